import { expect, test } from "vitest";
import { check, type Seen, type SeenEvent } from "./check";
import type { Expected } from "./payload-file";

const EVENT: SeenEvent = {
  kind: "message",
  providerId: "SM1",
  from: "+12025550101",
  to: "+12025550100",
  text: "is Dr. Moreno in today?",
  media: [],
  optOutType: null,
  status: null,
  errorCode: null,
};
const SEEN: Seen = {
  forgedStatus: 403,
  httpStatuses: [200],
  events: [EVENT],
  patientMessages: 1,
  answers: 1,
  consent: null,
  messageStatus: null,
  people: 1,
  strangers: [],
};
const message = {
  ...{ kind: "message", provider_id: "SM1", from: "+12025550101", to: "+12025550100", user_id: null },
  ...{ text: "is Dr. Moreno in today?", media: [] },
};
const EXPECTED: Expected = {
  ...{ http_status: 200, events: [message], patient_messages: 1, answer: "yes" },
  ...{ effect: "none", distinct_patients: 1, note: "anything" },
};
const told: SeenEvent = { ...EVENT, kind: "status", from: null, text: null, status: "sent" };
const STATUS_SEEN: Seen = { ...SEEN, events: [told], patientMessages: 0, answers: 0, messageStatus: "sent" };
const status = { kind: "status", provider_id: "SM1", status: "sent", to: "+12025550100", error_code: null };
const STATUS: Expected = { http_status: 200, events: [status], answer: "no", delivery: "sent" };

test("a replay in which every fact is right holds", () => {
  expect(check(EXPECTED, SEEN)).toEqual([]);
  expect(check(STATUS, STATUS_SEEN)).toEqual([]);
});

test.each<[string, Partial<Seen>]>([
  ["another answer to one of two deliveries", { httpStatuses: [200, 500] }],
  ["a forged delivery that was taken in", { forgedStatus: 200 }],
  ["no delivery at all", { httpStatuses: [] }],
  ["no message", { events: [] }],
  ["a message kept twice", { events: [EVENT, EVENT] }],
  ["another id", { events: [{ ...EVENT, providerId: "SM2" }] }],
  ["another sender", { events: [{ ...EVENT, from: "+12025550109" }] }],
  ["another receiver", { events: [{ ...EVENT, to: "+12025550109" }] }],
  ["another text", { events: [{ ...EVENT, text: "is Dr. Moreno in today" }] }],
  ["a picture too many", { events: [{ ...EVENT, media: [{ url: "https://x.test", contentType: "image/png" }] }] }],
  ["two messages of the patient", { patientMessages: 2 }],
  ["silence where an answer is due", { answers: 0 }],
  ["two answers", { answers: 2 }],
  ["an opt-out out of nothing", { consent: "out" }],
  ["two people", { people: 2 }],
  ["a host of somebody's that was asked", { strangers: ["pictures.example.test"] }],
])("%s doesn't hold", (_, change) => {
  expect(check(EXPECTED, { ...SEEN, ...change })).not.toEqual([]);
});

test.each<[string, Partial<Expected>, Partial<Seen>]>([
  ["a text where nothing may be sent", {}, { answers: 1 }],
  ["another status word", { events: [{ ...status, status: "failed" }] }, {}],
  ["another error code", { events: [{ ...status, error_code: "30003" }] }, {}],
  ["a message that stands elsewhere", { delivery: "delivered" }, {}],
  ["a delivery in a word nobody knows", { delivery: "perhaps" }, {}],
  ["another last status", { final_status: "read" }, {}],
  ["delivered by a word that means nothing", { events: [{ ...status, status: "sent" }] }, { messageStatus: "read" }],
  ["an opt-out that was not kept", { effect: "opted_out" }, {}],
  ["a fact that has no check", { same_person_as: "another file" }, {}],
  ["a fact of an event that has no check", { events: [{ ...status, price: "1.00" }] }, {}],
])("%s doesn't hold", (_, wanted, change) => {
  expect(check({ ...STATUS, ...wanted }, { ...STATUS_SEEN, ...change })).not.toEqual([]);
});

test("a choice of HTTP statuses, clean text, an untold media type and either answer are taken as such", () => {
  const media = [{ url: "https://x.test/1", contentType: "application/octet-stream" }];
  const seen = { ...SEEN, answers: 0, httpStatuses: [400], events: [{ ...EVENT, text: "clean", media }] };
  const wanted = { ...message, text: "cl\u0000ean", media: [{ url: "https://x.test/1", mime_type: null }] };
  expect(
    check({ ...EXPECTED, http_status: "200 or 400", events: [wanted], clean_text: "clean", answer: "either" }, seen),
  ).toEqual([]);
});
