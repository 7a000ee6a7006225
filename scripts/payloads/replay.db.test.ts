import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";
import { afterAll, expect, test } from "vitest";
import { makePhone } from "@/db/testing/make";
import { startTwilioStub } from "@/stubs/twilio/server";
import { startWhatsappStub } from "@/stubs/whatsapp/server";
import { check } from "./check";
import { parsePayload, type Expected } from "./payload-file";
import { planOf } from "./plan";

const authToken = "test-twilio-auth-token";
const stub = await startTwilioStub({ authToken });
const [accessToken, appSecret] = ["test-whatsapp-access-token", "a token for replays alone"];
const meta = await startWhatsappStub({ accessToken, appSecret });
Object.assign(process.env, {
  ...{ TWILIO_API_BASE_URL: stub.url, WHATSAPP_GRAPH_BASE_URL: meta.url },
  ...{ WHATSAPP_ACCESS_TOKEN: accessToken, WHATSAPP_APP_SECRET: appSecret },
});
const { replay } = await import("./replay");
afterAll(() => Promise.all([stub.close(), meta.close()]));

/** A file of our own making, signed for the tests' own address. `expected` gets the facts that follow from the fields. */
function fileOf(fields: Record<string, string>, expected: Expected) {
  const path = fields.MessageStatus ? "status" : "inbound";
  const url = `http://localhost:3000/api/webhooks/sms/${path}`;
  const x_twilio_signature = getExpectedTwilioSignature(authToken, url, fields);
  const signature = { auth_token: authToken, url, x_twilio_signature };
  const body = new URLSearchParams(fields).toString();
  return parsePayload({
    id: "own",
    channel: "twilio_sms",
    body,
    signature,
    expected: { http_status: 200, ...expected },
  });
}

async function problemsOf(file: ReturnType<typeof fileOf>): Promise<string[]> {
  const ledgers = [stub.ledger, meta.ledger];
  for (const { entries } of ledgers) entries.length = 0;
  const seen = await replay(planOf(file, "doubled"), ledgers);
  return check(file.expected, { ...seen, strangers: [] });
}

const [from, to] = [makePhone(), makePhone()];

test("a question that comes three times is one message with one answer, and its picture is kept", async () => {
  const photo = { NumMedia: "1", MediaUrl0: "https://media.example.test/1", MediaContentType0: "image/jpeg" };
  const fields = { MessageSid: "SMquestion", From: from, To: to, Body: "Do you see children?", ...photo };
  const media = [{ url: photo.MediaUrl0, mime_type: "image/jpeg" }];
  const event = { kind: "message", provider_id: "SMquestion", from, to, text: fields.Body, media };
  const expected: Expected = { events: [event], patient_messages: 1, answer: "yes", effect: "none" };
  expect(await problemsOf(fileOf(fields, expected))).toEqual([]);
});

test("a stop that the carrier has answered is kept and not answered again, in a form that names no account too", async () => {
  const [phone, number] = [makePhone(), makePhone()];
  const fields = { MessageSid: "SMstop", From: phone, To: number, Body: "Stop", OptOutType: "STOP" };
  const event = { kind: "message", provider_id: "SMstop", from: phone, text: "Stop", opt_out_type: "STOP" };
  const expected: Expected = { events: [event], patient_messages: 1, answer: "no", effect: "opted_out" };
  expect(await problemsOf(fileOf(fields, expected))).toEqual([]);
});

test("a status finds the message by the vendor's id alone", async () => {
  const fields = { MessageSid: "SMold", To: makePhone(), From: makePhone(), MessageStatus: "delivered" };
  const event = { kind: "status", provider_id: "SMold", status: "delivered", to: fields.To, error_code: null };
  const expected: Expected = { events: [event], patient_messages: 0, answer: "no", delivery: "delivered" };
  expect(await problemsOf(fileOf(fields, expected))).toEqual([]);
});

test("a batch of Meta's, twice and again, is each message once with one answer, and its preference is kept", async () => {
  const number = String(Math.floor(Math.random() * 1e15));
  const [who, id] = [makePhone().slice(1), `wamid.${number}`];
  const head = { messaging_product: "whatsapp", metadata: { phone_number_id: number } };
  const contacts = [{ wa_id: who, profile: { name: "Nour" } }];
  const messages = [
    { id, from: who, timestamp: "1750000000", type: "text", text: { body: "Do you see children?" } },
    { id: `${id}.2`, from: who, timestamp: "1750000001", reaction: { message_id: "wamid.y", emoji: "👍" } },
  ];
  const user_preferences = [{ wa_id: who, category: "marketing_messages", value: "stop", timestamp: "1750000002" }];
  const changes = [
    { field: "messages", value: { ...head, contacts, messages } },
    { field: "user_preferences", value: { ...head, user_preferences } },
  ];
  const events = [
    { kind: "message", provider_id: id, type: "text", from: who, profile_name: "Nour", text: "Do you see children?" },
    { kind: "message", provider_id: `${id}.2`, type: "reaction", reaction: { to: "wamid.y", emoji: "👍" } },
    { kind: "marketing_preference", from: who, value: "stop", category: "marketing_messages" },
  ];
  const expected: Expected = { http_status: 200, events, patient_messages: 2, answer: "yes" };
  const body = { object: "whatsapp_business_account", entry: [{ id: "1", changes }] };
  expect(await problemsOf(parsePayload({ id: "own", channel: "whatsapp_cloud", body, expected }))).toEqual([]);
});

test("what was expected otherwise is told", async () => {
  const fields = { MessageSid: "SMhello", From: makePhone(), To: makePhone(), Body: "hello" };
  const expected: Expected = { events: [], patient_messages: 2, answer: "no", effect: "opted_out" };
  expect(await problemsOf(fileOf(fields, expected))).toEqual([
    "one message too many",
    "patient messages: 1 instead of 2",
    "1 sent where nothing may be",
    'consent: null instead of "out"',
  ]);
});
