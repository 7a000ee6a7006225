import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";
import { afterAll, expect, test } from "vitest";
import { makePhone } from "@/db/testing/make";
import { startTwilioStub } from "@/stubs/twilio/server";
import { check } from "./check";
import { parsePayload, type Expected } from "./payload-file";
import { planOf } from "./plan";

const authToken = "test-twilio-auth-token";
const stub = await startTwilioStub({ authToken });
process.env.TWILIO_API_BASE_URL = stub.url;
const { replay } = await import("./replay");
afterAll(() => stub.close());

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
  stub.ledger.entries.length = 0;
  const seen = await replay(planOf(file, "doubled"), stub.carrier);
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
