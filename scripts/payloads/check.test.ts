import { expect, test } from "vitest";
import { check, type Seen, type SeenEvent } from "./check";
import type { Expected } from "./payload-file";

const KEPT = {
  ...{ from: "+12025550101", to: "+12025550100", user_id: null, text: "is Dr. Moreno in today?" },
  ...{ kind: "text", payload: null, media: [], flags: {} },
};
const EVENT: SeenEvent = { kind: "message", providerId: "SM1", facts: KEPT };
/** The event with other facts. */
const kept = (facts: Record<string, unknown>): SeenEvent => ({ ...EVENT, facts: { ...KEPT, ...facts } });
const SEEN: Seen = {
  forgedStatus: 403,
  httpStatuses: [200],
  events: [EVENT],
  patientMessages: 1,
  answers: 1,
  consent: null,
  messageStatus: null,
  addresses: ["+12025550101"],
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
const told: SeenEvent = {
  ...{ kind: "status", providerId: "SM1" },
  facts: { status: "sent", to: "+12025550100", error_code: null },
};
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
  ["another sender", { events: [kept({ from: "+12025550109" })] }],
  ["another receiver", { events: [kept({ to: "+12025550109" })] }],
  ["another text", { events: [kept({ text: "is Dr. Moreno in today" })] }],
  ["a picture too many", { events: [kept({ media: [{ url: "https://x.test", contentType: "image/png" }] })] }],
  ["two messages of the patient", { patientMessages: 2 }],
  ["silence where an answer is due", { answers: 0 }],
  ["two answers", { answers: 2 }],
  ["an opt-out out of nothing", { consent: "out" }],
  ["two people", { addresses: ["+12025550101", "+12025550102"] }],
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
  ["another person", { same_person_as: "+12025550199" }, {}],
  ["a fact that has no check", { mood: "cheerful" }, {}],
  ["a fact of an event that has no check", { events: [{ ...status, price: "1.00" }] }, {}],
])("%s doesn't hold", (_, wanted, change) => {
  expect(check({ ...STATUS, ...wanted }, { ...STATUS_SEEN, ...change })).not.toEqual([]);
});

test("a choice of HTTP statuses, clean text, an untold media type and either answer are taken as such", () => {
  const media = [{ url: "https://x.test/1", contentType: "application/octet-stream" }];
  const seen = { ...SEEN, answers: 0, httpStatuses: [400], events: [kept({ text: "clean", media })] };
  const wanted = { ...message, text: "cl\u0000ean", media: [{ url: "https://x.test/1", mime_type: null }] };
  expect(
    check({ ...EXPECTED, http_status: "200 or 400", events: [wanted], clean_text: "clean", answer: "either" }, seen),
  ).toEqual([]);
});

const PHOTO = { vendorMediaId: "7", contentType: "image/png" };
const tapped = { kind: "button", payload: { replyId: "choose:1", about: "wamid.b", isForwarded: true } };

test.each<[string, unknown, Record<string, unknown>]>([
  ["type", "image", { kind: "image" }],
  ["type", "interactive", tapped],
  ["type", "ephemeral", { kind: "unsupported", payload: { vendorType: "ephemeral" } }],
  ["interactive_type", "button_reply", tapped],
  ["reply_id", "choose:1", tapped],
  ["in_reply_to", "wamid.b", tapped],
  ["forwarded", true, tapped],
  ["media", { id: "7", mime_type: "image/png" }, { media: [PHOTO] }],
  ["reaction", { to: "wamid.b", emoji: null }, { payload: { about: "wamid.b", emoji: "" } }],
  ["location", { latitude: 1, longitude: 2 }, { payload: { place: { latitude: 1, longitude: 2 } } }],
  ["contact_names", ["Lab"], { payload: { contacts: [{ name: "Lab", phones: [] }] } }],
  ["order_items", 2, { payload: { items: [{}, {}] } }],
  ["error_codes", [131051], { flags: { errorCodes: "131051" } }],
  ["from_ad", true, { flags: { fromAd: "Whiter teeth" } }],
  ["profile_name", "Nour", { flags: { profileName: "Nour" } }],
  ["system", { type: "x", wa_id: "15550109" }, { kind: "system", identity: [{ value: "+15550109" }] }],
])("the fact %s holds where it was kept, and nowhere else", (name, value, facts) => {
  const wanted = { events: [{ kind: "message", provider_id: "SM1", [name]: value }] };
  expect(check(wanted, { ...SEEN, events: [kept(facts)] })).toEqual([]);
  expect(check(wanted, { ...SEEN, events: [kept({ kind: "text" })] })).not.toEqual([]);
});

test("two words on one message are told apart in whatever order they came", () => {
  const saying = (word: string): SeenEvent => ({ ...told, facts: { ...told.facts, status: word } });
  const wanted = { events: [{ ...status, status: "read" }, status] };
  expect(check(wanted, { ...STATUS_SEEN, events: [saying("sent"), saying("read")], messageStatus: "read" })).toEqual(
    [],
  );
  expect(check(wanted, { ...STATUS_SEEN, events: [saying("sent"), saying("sent")] })).not.toEqual([]);
});
