import { createHmac } from "node:crypto";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";
import { expect, test } from "vitest";
import { checkSignature, splitAddress } from "./check-signature";
import { deliveriesOf, parsePayload } from "./payload-file";
import { planOf } from "./plan";

const one = "MessageSid=SM1&AccountSid=AC1&From=%2B12025550101&To=%2B12025550100&Body=hello";
const two = one.replace("SM1", "SM2");
const told = "MessageSid=SM3&AccountSid=AC1&To=%2B12025550101&MessageStatus=delivered";
const file = (fields: Record<string, unknown>) =>
  parsePayload({ id: "own", channel: "twilio_sms", expected: {}, ...fields });

test("in order is one round, doubled is each one twice and all again", () => {
  const both = file({ deliveries: [one, two] });
  const bodies = (mode: "in order" | "doubled") =>
    planOf(both, mode).rounds.map((round) => round.map(({ body }) => body));
  expect(bodies("in order")).toEqual([[one, two]]);
  expect(bodies("doubled")).toEqual([
    [one, one, two, two],
    [one, two],
  ]);
});

test("a shuffle is made of the same deliveries, and the same for the same seed", () => {
  const both = file({ deliveries: [one, two, told] });
  const bodies = (seed: number) =>
    planOf(both, "shuffled", seed)
      .rounds.flat()
      .map(({ body }) => body);
  expect(bodies(5).toSorted()).toEqual([one, one, two, two, told, told].toSorted());
  expect(bodies(5)).toEqual(bodies(5));
  expect(Array.from({ length: 5 }, (_, seed) => bodies(seed).join()).some((order) => order !== bodies(0).join())).toBe(
    true,
  );
});

test("the clinic takes the number that a message is for, and has sent what a status is about", () => {
  expect(planOf(file({ body: one }), "in order")).toMatchObject({
    ...{ number: "+12025550100", sent: [], channel: "twilio_sms", env: { TWILIO_ACCOUNT_SID: "AC1" } },
    rounds: [[{ path: "/api/webhooks/sms/inbound" }]],
  });
  expect(planOf(file({ body: told }), "in order")).toMatchObject({
    ...{ sent: [{ vendorId: "SM3", to: "+12025550101" }] },
    rounds: [[{ path: "/api/webhooks/sms/status" }]],
  });
});

test("a signature and an address of the file's own are kept, with its own token", () => {
  const signature = { auth_token: "theirs", url: "https://them.example.test/in?a=1", x_twilio_signature: "c2ln" };
  expect(planOf(file({ body: one, signature }), "in order")).toMatchObject({
    env: { APP_URL: "https://them.example.test", TWILIO_AUTH_TOKEN: "theirs" },
    rounds: [[{ path: "/in?a=1", headers: { "x-twilio-signature": "c2ln" } }]],
  });
});

test("a file of Meta's is replayed at its own time, for the number that it names, about what it tells of", () => {
  const value = {
    metadata: { phone_number_id: "1001" },
    statuses: [{ id: "wamid.a", status: "read", timestamp: 1750000000, recipient_id: "15550102" }],
  };
  const plan = planOf(file({ channel: "whatsapp_cloud", body: { entry: [{ changes: [{ value }] }] } }), "in order");
  expect(plan).toMatchObject({
    ...{ channel: "whatsapp_cloud", number: "1001", at: new Date("2025-06-15T15:06:41Z") },
    ...{ sent: [{ vendorId: "wamid.a", to: "15550102" }], rounds: [[{ path: "/api/webhooks/whatsapp/cloud" }]] },
  });
});

test("WhatsApp by Twilio has an address of its own, and numbers without their prefix", () => {
  const body = one.replaceAll("%2B", "whatsapp%3A%2B");
  expect(planOf(file({ channel: "twilio_whatsapp", body }), "in order")).toMatchObject({
    ...{ number: "+12025550100", rounds: [[{ path: "/api/webhooks/whatsapp/twilio" }]] },
  });
});

test("a body that is an object is sent as JSON", () => {
  expect(deliveriesOf(file({ body: { a: [1] } }))).toEqual(['{"a":[1]}']);
});

test.each([
  ["https://a.example.test/x?y=1", "https://a.example.test", "/x?y=1"],
  ["https://user@a.example.test:8443", "https://user@a.example.test:8443", "/"],
])("%s is split", (address, appUrl, path) => {
  expect(splitAddress(address)).toEqual({ appUrl, path });
});

const url = "https://front.example.test/hook?a=1";
const params = { From: "+12025550101", Body: "hi" };
const twilioFile = (x_twilio_signature: string, valid: boolean) =>
  file({
    ...{ channel: "signature", provider: "twilio", auth_token: "t0ken", url, params },
    ...{ x_twilio_signature, expected: { valid } },
  });
const metaFile = (header: string, valid: boolean) =>
  file({
    ...{ channel: "signature", provider: "meta", app_secret: "s", raw_body: "{}" },
    ...{ x_hub_signature_256: header, expected: { valid } },
  });

test("a signature file holds where the verdict is the expected one", () => {
  const good = getExpectedTwilioSignature("t0ken", url, params);
  const hash = `sha256=${createHmac("sha256", "s").update("{}").digest("hex")}`;
  expect(
    [twilioFile(good, true), twilioFile("bad", false), metaFile(hash, true), metaFile("", false)].map(checkSignature),
  ).toEqual([[], [], [], []]);
  expect(checkSignature(twilioFile(good, false))).toEqual(["called valid"]);
  expect(checkSignature(twilioFile("bad", true))).toEqual(["called false"]);
  expect(checkSignature(metaFile("", true))).toEqual(["called false"]);
  expect(checkSignature(file({ channel: "signature", expected: {} }))).toEqual(["nothing to compare with"]);
});
