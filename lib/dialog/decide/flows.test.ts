import { expect, test } from "vitest";
import {
  FACTS,
  offer,
  TEN,
  ELEVEN,
  VISIT,
  heard,
  pick,
  service,
  world,
  turn,
  talk,
  KNOWN,
  FAMILY,
} from "@/db/testing/decide-stage";
import { FRESH } from "../state";

test("a booking asks for the service, offers slots, holds the one chosen and books it on a yes", () => {
  const first = talk([heard(["book"])], KNOWN);
  expect(first.state.asked?.question).toBe("service");
  const offered = talk([heard(["book"]), heard(["choose"], pick(1))], KNOWN);
  expect(offered.state.asked).toMatchObject({ question: "offers", expecting: "choice" });
  const held = talk([heard(["book"], service("clean")), heard(["choose"], pick(2))], KNOWN);
  expect(held.asked.at(-1)).toEqual({ kind: "hold", input: { patientId: "ann", offer: TEN } });
  const booked = turn(held.state, heard(["affirm"], { yesNo: "yes" }), KNOWN);
  expect(booked.asked).toEqual([{ kind: "bookHold", input: { holdId: "hold", patientId: "ann" } }]);
  expect(booked.text).toContain("booked: Cleaning, Tuesday, March 3 at 10:00 AM, with Dr. Samir Haddad");
  expect(booked.state).toMatchObject({ flow: "idle", proposal: null });
});

test("everything said at once goes straight to the yes or no", () => {
  const time = { days: [{ from: "2026-03-03", to: "2026-03-03" }], at: "10:00", words: "tuesday at 10" };
  const one = world({ slots: { fits: [TEN], nearest: [], hasMore: false, why: null } });
  const all = turn(FRESH, heard(["book"], { ...service("clean"), time, personName: "Kim Poe" }), FACTS, one);
  expect(all.kinds).toEqual(["slots", "patient", "hold"]);
  expect(all.state.asked?.question).toBe("confirmBooking");
});

test("a stranger is asked for a name, and a yes that came before it counts", () => {
  const start = [heard(["book"], service("clean")), heard(["choose"], pick(1))];
  const asked = talk(start);
  expect(asked.state.asked?.question).toBe("name");
  expect(asked.kinds).not.toContain("hold");
  const named = talk([...start, heard(["provide"], { personName: "Kim Poe" })]);
  expect(named.state.asked?.question).toBe("confirmBooking");
  const early = talk([...start, heard(["affirm"], { yesNo: "yes" }), heard(["provide"], { personName: "Kim Poe" })]);
  expect(early.kinds).toEqual(["patient", "hold", "bookHold"]);
});

test("a yes with another time is no yes: the new time is offered first", () => {
  const held = talk([heard(["book"], service("clean")), heard(["choose"], pick(1))], KNOWN);
  const four = offer("2026-03-03T21:00:00.000Z");
  const one = world({ slots: { fits: [four], nearest: [], hasMore: false, why: null } });
  const changed = turn(
    held.state,
    heard(["affirm"], { yesNo: "yes", time: { at: "16:00", words: "at 4" } }),
    KNOWN,
    one,
  );
  expect(changed.kinds).toEqual(["release", "slots", "hold"]);
  expect(changed.state.proposal?.offer).toEqual(four);
});

test("a yes that repeats the time on offer is a yes", () => {
  const held = talk([heard(["book"], service("clean")), heard(["choose"], pick(1))], KNOWN);
  const same = turn(held.state, heard(["affirm"], { yesNo: "yes", time: { at: "09:00", words: "9 am" } }), KNOWN);
  expect(same.kinds).toEqual(["bookHold"]);
});

test("a slot that was taken meanwhile is said so, with the nearest others", () => {
  const held = talk([heard(["book"], service("clean")), heard(["choose"], pick(1))], KNOWN);
  const gone = world({ bookHold: { ok: false, error: "SLOT_TAKEN" }, book: { ok: false, error: "SLOT_TAKEN" } });
  const refused = turn(held.state, heard(["affirm"], { yesNo: "yes" }), KNOWN, gone);
  expect(refused.keys).toEqual(["taken", "offerNearest"]);
  expect(refused.state).toMatchObject({ flow: "booking", proposal: null });
});

test("a number that no option has is said so and nothing is searched again", () => {
  const offered = talk([heard(["book"], service("clean"))], KNOWN);
  const wrong = turn(offered.state, heard(["choose"], pick(7)), KNOWN);
  expect(wrong.keys).toEqual(["noSuchOption", "remind.offers"]);
  expect(wrong.kinds).toEqual([]);
});

test.each([
  ["the second", pick(2), TEN],
  ["the last", pick(-1), ELEVEN],
  ["ten", { time: { at: "10:00", words: "ten" } }, TEN],
  ["with Haddad", { provider: { ids: ["sam"], words: "Haddad" } }, TEN],
  ["wednesday", { time: { weekdays: [3], words: "wednesday" } }, ELEVEN],
])("an offer is chosen by %s", (_, slots, chosen) => {
  const offered = talk([heard(["book"], service("clean"))], KNOWN);
  expect(turn(offered.state, heard(["affirm"], slots), KNOWN).state.proposal?.offer).toEqual(chosen);
});

test("a day asked about while offers stand is looked up, even if one of them is on it", () => {
  const offered = talk([heard(["book"], service("clean"))], KNOWN);
  const asks = heard(["ask_availability"], { time: { weekdays: [3], words: "wednesday?" } });
  expect(turn(offered.state, asks, KNOWN).kinds).toEqual(["slots"]);
});

test("a service that isn't online, and one that a dentist doesn't do, are said so", () => {
  expect(turn(FRESH, heard(["book"], service("root")), KNOWN).keys).toEqual(["notOnline", "askService"]);
  const both = heard(["book"], { ...service("fill"), provider: { ids: ["sam"], words: "Haddad" } });
  expect(turn(FRESH, both, KNOWN).keys[0]).toBe("providerNotFor");
});

test("a visit moves after which one, when, and a yes; its provider stays unless another is named", () => {
  const asked = talk([heard(["reschedule"])], KNOWN);
  expect(asked.state.asked?.question).toBe("time");
  const offered = talk(
    [heard(["reschedule"]), heard(["provide"], { time: { weekdays: [2], words: "tuesday" } })],
    KNOWN,
  );
  expect(offered.asked.at(-1)).toMatchObject({ kind: "slots", input: { providerId: "ada", exceptVisitId: "visit" } });
  const chosen = turn(offered.state, heard(["choose"], pick(1)), KNOWN);
  expect(chosen.state.asked?.question).toBe("confirmMove");
  const moved = turn(chosen.state, heard(["affirm"], { yesNo: "yes" }), KNOWN);
  expect(moved.kinds).toEqual(["visits", "move"]);
  expect(moved.text).toContain("your visit is now Tuesday, March 3 at 9:00 AM");
});

test("a visit is cancelled on a yes and kept on a no", () => {
  const asked = talk([heard(["cancel"])], KNOWN);
  expect(asked.kinds).toEqual(["visits"]);
  expect(asked.state.asked?.question).toBe("confirmCancel");
  expect(turn(asked.state, heard(["affirm"], { yesNo: "yes" }), KNOWN).kinds).toEqual(["visits", "cancel"]);
  expect(turn(asked.state, heard(["choose"], pick(1)), KNOWN).kinds).toEqual(["visits", "cancel"]);
  const kept = turn(asked.state, heard(["negate"], { yesNo: "no" }), KNOWN);
  expect([kept.kinds, kept.keys]).toEqual([["visits"], ["kept"]]);
  expect(turn(asked.state, heard(["choose"], pick(2)), KNOWN).keys).toEqual(["kept"]);
});

test("of several visits the one that the words fit is meant, else it is asked", () => {
  const later = { ...VISIT, id: "later", startsAt: "2026-03-10T15:00:00.000Z" };
  const two = world({ visits: [VISIT, later] });
  expect(turn(FRESH, heard(["cancel"]), KNOWN, two).state.asked).toMatchObject({
    question: "whichVisit",
    options: ["visit", "later"],
  });
  const tenth = { time: { days: [{ from: "2026-03-10", to: "2026-03-10" }], words: "the 10th" } };
  expect(turn(FRESH, heard(["cancel"], tenth), KNOWN, two).state.known.visitId).toBe("later");
});

test("a family is asked by first name before anything of an appointment is shown", () => {
  const asked = turn(FRESH, heard(["list_appointments"]), FAMILY);
  expect([asked.kinds, asked.keys]).toEqual([[], ["whoseVisit"]]);
  expect(asked.text).toContain("1) Ann\n2) Ben");
  const told = turn(asked.state, heard(["choose"], pick(2)), FAMILY);
  expect(told.asked).toEqual([{ kind: "visits", input: { patientIds: ["ben"] } }]);
  const named = turn(FRESH, heard(["list_appointments"]), { ...FAMILY, namedPatientIds: ["ann"] });
  expect(named.asked).toEqual([{ kind: "visits", input: { patientIds: ["ann"] } }]);
});

test("a number on no record is told of no visit, and nothing is looked up", () => {
  for (const intent of ["list_appointments", "cancel", "reschedule", "confirm", "running_late"] as const) {
    const told = turn(FRESH, heard([intent]));
    expect(told.keys[0]).toBe("noRecord");
    expect(told.kinds).toEqual([]);
  }
});

test("somebody else's visits aren't spoken of from this number", () => {
  const told = turn(FRESH, heard(["cancel"], { personName: "Peter Brown" }), KNOWN);
  expect([told.kinds, told.keys]).toEqual([[], ["notOnRecord"]]);
});
