import { afterAll, expect, test } from "vitest";
import type { OutboundMessage, OutboundTemplate } from "@/lib/messaging/channels/channel";
import { startTwilioStub } from "@/stubs/twilio/server";

const [account, token] = ["AC00000000000000000000000000000042", "a token of this test's own"];
const forms: URLSearchParams[] = [];
const stub = await startTwilioStub({ accountSid: account, authToken: token });
const accept = stub.carrier.accept.bind(stub.carrier);
stub.carrier.accept = (form) => (forms.push(form), accept(form));
process.env.TWILIO_API_BASE_URL = stub.url;
const { findWhatsapp, sendWhatsapp } = await import("./send");
afterAll(() => stub.close());

const credentials = { account, auth_token: token };
const message: OutboundMessage = {
  ...{ outboxId: "outbox-1", from: "+12025550100", to: "+12025550101", text: "hello", credentials },
};
const template: OutboundTemplate = {
  ...{ name: "reminder", locale: "en", values: ["Ana", "4 PM"], body: "Ana, see you at 4 PM", category: "utility" },
  ...{ vendorRef: "HX1", ttlSeconds: 3600 },
};

test("a text goes between WhatsApp's addresses, and its statuses come back to WhatsApp's webhook", async () => {
  expect(await sendWhatsapp(message)).toMatchObject({ outcome: "sent" });
  const form = forms.at(-1);
  expect([form?.get("From"), form?.get("To"), form?.get("Body")]).toEqual([
    ...["whatsapp:+12025550100", "whatsapp:+12025550101", "hello"],
  ]);
  expect(form?.get("StatusCallback")).toMatch(/\/api\/webhooks\/whatsapp\/twilio\?outbox=outbox-1$/);
});

test("a template goes by its content SID, its variables numbered, no longer than it is of use", async () => {
  expect(await sendWhatsapp({ ...message, template })).toMatchObject({ outcome: "sent" });
  const form = forms.at(-1);
  expect(form?.get("ContentSid")).toBe("HX1");
  expect(JSON.parse(form?.get("ContentVariables") ?? "")).toEqual({ "1": "Ana", "2": "4 PM" });
  expect([form?.get("ValidityPeriod"), form?.get("Body")]).toEqual(["3600", null]);
});

test("a template that Twilio has no content of is refused here", async () => {
  const without = { ...template, vendorRef: null };
  expect(await sendWhatsapp({ ...message, template: without })).toMatchObject({
    outcome: "refused",
    reason: "template",
  });
});

test.each([
  [63016, "refused", "window_closed"],
  [21610, "refused", "opted_out"],
  [21211, "refused", "invalid_number"],
  [20003, "retry", "credentials"],
  [63018, "retry", "paced"],
] as const)("Twilio's %i is %s: %s", async (code, outcome, reason) => {
  stub.fail({ kind: "error", code });
  expect(await sendWhatsapp(message)).toMatchObject({ outcome, reason, code: String(code) });
});

test("an account of another clinic has a client of its own", async () => {
  const theirs = { account: "AC00000000000000000000000000000043", auth_token: token };
  expect(await sendWhatsapp({ ...message, credentials: theirs })).toMatchObject({ reason: "credentials" });
  expect(await sendWhatsapp({ ...message, credentials: { account: null, auth_token: token } })).toMatchObject({
    ...{ outcome: "retry", reason: "not_configured" },
  });
});

test("a message whose answer was lost is found by its addresses and text", async () => {
  const lost = { ...message, text: "was it sent?" };
  stub.fail({ kind: "reset", isAccepted: true });
  expect((await sendWhatsapp(lost)).outcome).toBe("unknown");
  const none = () => Promise.resolve(new Set<string>());
  expect(await findWhatsapp(lost, new Date(), none)).toMatchObject({ outcome: "found", status: "sent" });
  expect(await findWhatsapp({ ...lost, text: "another" }, new Date(), none)).toEqual({ outcome: "absent" });
});
