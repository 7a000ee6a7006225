import { expect, test } from "vitest";
import { readTwilioEvent } from "@/lib/messaging/channels/twilio-sms/parse";

const BASE = { MessageSid: "SM1", From: "whatsapp:+12025550101", To: "whatsapp:+12025550100", Body: "" };
const read = (fields: Record<string, string>) =>
  readTwilioEvent({ event: "message", vendorId: "SM1", body: { ...BASE, ...fields } });

test("WhatsApp's addresses lose their prefix and find WhatsApp's channel", () => {
  expect(read({ Body: "hello", ProfileName: "Nour" })).toMatchObject({
    ...{ channelKind: "twilio_whatsapp", from: "+12025550101", to: "+12025550100", contactKind: "phone" },
    ...{ text: "hello", kind: "text", profileName: "Nour", userId: null, wantsAnswer: true },
  });
});

test("a person without a number is a user id; beside a number it is the same person's", () => {
  expect(read({ From: "whatsapp:ES.42", ExternalUserId: "ES.42" })).toMatchObject({
    ...{ from: "ES.42", contactKind: "whatsapp_user", userId: "ES.42" },
  });
  expect(read({ ExternalUserId: "ES.42" })).toMatchObject({
    from: "+12025550101",
    contactKind: "phone",
    userId: "ES.42",
  });
});

test.each([
  [
    "location",
    { Latitude: "1.5", Longitude: "-2", Label: "Corner" },
    { place: { latitude: 1.5, longitude: -2, name: "Corner" } },
  ],
  ["button", { ButtonPayload: "choose:1", ButtonText: "Tue", Body: "Tue" }, { replyId: "choose:1" }],
  ["list_choice", { ListId: "r1", ListTitle: "Tue", Body: "Tue" }, { replyId: "r1" }],
  ["image", { NumMedia: "1", MediaUrl0: "https://m.example.test/1", MediaContentType0: "image/jpeg" }, null],
  [
    "audio",
    { NumMedia: "1", MediaUrl0: "https://m.example.test/1", MediaContentType0: "audio/ogg" },
    { isVoice: true },
  ],
])("a message of kind %s is read", (kind, fields, payload) => {
  expect(read(fields)).toMatchObject({ kind, payload });
});

test("an SMS stays one", () => {
  expect(read({ From: "+12025550101", To: "+12025550100" })).toMatchObject({
    channelKind: "twilio_sms",
    payload: null,
  });
});

test.each([
  ["63016", "window_closed"],
  ["21610", "opted_out"],
  ["30006", "landline"],
  ["30003", "undeliverable"],
  ["30034", "filtered"],
])("a failure with %s is %s", (code, reason) => {
  const body = { MessageSid: "SM1", MessageStatus: "failed", ErrorCode: code };
  expect(readTwilioEvent({ event: "status:failed", vendorId: "SM1", body })).toMatchObject({ code, reason });
});
