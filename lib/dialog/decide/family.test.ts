import { expect, test } from "vitest";
import { ANN, BEN, FACTS, FAMILY, heard, NINE, pick, service, talk, turn, world } from "@/db/testing/decide-stage";
import { FRESH, type DialogState } from "../state";
import type { Facts } from "./facts";
import { saysSomeoneElse } from "./people";

const named = (...ids: string[]): Facts => ({ ...FAMILY, namedPatientIds: ids });
const asksWho = heard(["book"], service("clean"));
const start = (): DialogState => turn(FRESH, asksWho, FAMILY).state;
const optionsOf = ({ state }: { state: DialogState }) => state.asked?.options;

test("a family is asked by first name who it is for, before anything else", () => {
  const asked = turn(FRESH, asksWho, FAMILY);
  expect(asked.text).toBe("Who is the visit for?\n1) Ann\n2) Ben\n3) Someone else");
  expect(asked.kinds).toEqual([]);
});

test.each([
  ["a number", heard(["choose"], pick(2)), FAMILY, "ben"],
  ["a name", heard(["provide"], { personName: "Ben" }), named("ben"), "ben"],
  ["a whole name", heard(["provide"], { personName: "Ben Lee" }), FAMILY, "ben"],
  ["for me", heard(["provide"], { forRelation: "self", personName: "myself" }), FAMILY, "ann"],
] as const)("who it is for is answered by %s, and remembered for the rest of the talk", (_, said, facts, id) => {
  const answered = turn(start(), said, facts);
  expect(answered.state.known.patientId).toBe(id);
  const booked = turn(turn(answered.state, heard(["choose"], pick(1)), FAMILY).state, heard(["affirm"]), FAMILY);
  expect(booked.state.known.patientId).toBe(id);
  const later = turn(booked.state, heard(["list_appointments"]), FAMILY);
  expect(later.asked).toContainEqual({ kind: "visits", input: { patientIds: [id] } });
});

test.each([
  ["its number", heard(["choose"], pick(3)), FAMILY],
  ["words", heard(["show_more"]), { ...FAMILY, saysSomeoneElse: true }],
  ["words taken for a name", heard(["provide"], { personName: "otra persona" }), { ...FAMILY, saysSomeoneElse: true }],
  ["a relation", heard(["provide"], { forRelation: "child" }), FAMILY],
] as const)("someone new, by %s, is booked under a name of their own", (_, said, facts) => {
  const first = turn(start(), said, facts);
  const offered =
    first.state.asked?.question === "offers" ? turn(first.state, heard(["choose"], pick(1)), FAMILY) : first;
  expect(offered.state).toMatchObject({ asked: { question: "name" }, known: { patientId: null, isSomeoneNew: true } });
  const kept = turn(offered.state, heard(["provide"], { personName: "Tom Lee" }), FAMILY);
  expect(kept.asked).toContainEqual({ kind: "hold", input: { patientId: "new", offer: NINE } });
  expect(kept.text).toContain("For Tom Lee: Cleaning");
});

test.each(["someone else", "For somebody else, please", "otra persona", "para otra persona", "شخص آخر", "لشخص آخر"])(
  "%s is nobody on record",
  (text) => expect(saysSomeoneElse(text)).toBe(true),
);
test.each(["Otto", "Ann else", "other times", "شخصي"])("%s isn't someone else", (text) =>
  expect(saysSomeoneElse(text)).toBe(false),
);

test("for my daughter is not for who writes, also when the talk was about them before", () => {
  const before: DialogState = { ...FRESH, known: { ...FRESH.known, patientId: "ann" } };
  const asked = turn(before, heard(["book"], { ...service("clean"), forRelation: "child" }), FAMILY);
  expect(asked.text).toBe("Who is the visit for?\n1) Ben\n2) Someone else");
  expect(optionsOf(asked)).toEqual(["ben", "someone-new"]);
  const record = talk(
    [
      heard(["book"], { ...service("clean"), forRelation: "child" }),
      heard(["choose"], pick(1)),
      heard(["provide"], { personName: "Lily Lee" }),
    ],
    { ...FACTS, patients: [ANN] },
  );
  expect(record.asked).toContainEqual(
    expect.objectContaining({
      kind: "patient",
      input: expect.objectContaining({ name: "Lily Lee", relation: "guardian" }),
    }),
  );
});

test("no, it's for Ben: the time stays, is kept for him, and its yes or no is asked anew", () => {
  const forAnn = turn(turn(FRESH, asksWho, named("ann")).state, heard(["choose"], pick(1)), FAMILY);
  expect(forAnn.text).toContain("For Ann Lee");
  const corrected = turn(forAnn.state, heard(["negate"], { yesNo: "no" }), named("ben"));
  expect(corrected.kinds).toEqual(["release", "hold"]);
  expect(corrected.text).toContain("Ben Lee");
  const yesForAnother = turn(forAnn.state, heard(["affirm"], { yesNo: "yes" }), named("ben"));
  expect(yesForAnother.kinds).not.toContain("bookHold");
});

test("and for Ann? asks for the same again, of her", () => {
  const listed = turn(FRESH, heard(["list_appointments"]), named("ben"), world({ visits: [] }));
  expect(listed.text).toContain("no visit ahead for Ben");
  const again = turn(listed.state, heard([]), named("ann"));
  expect(again.asked).toEqual([{ kind: "visits", input: { patientIds: ["ann"] } }]);
  expect(again.text).toContain("(Ann)");
});

test("for both: one after the other", () => {
  const both = turn(start(), heard(["choose", "provide"], { choice: { all: true }, personName: "both" }), FAMILY);
  expect(both.text).toContain("one after the other");
  expect(both.state).toMatchObject({ asked: { question: "whichPatient" }, known: { patientId: null, newName: null } });
  const [byName] = [turn(FRESH, asksWho, named("ann", "ben"))];
  expect(byName.text).toContain("one after the other");
});

test("whoever no longer shares the number is nobody whose visits are told", () => {
  const about: DialogState = { ...FRESH, known: { ...FRESH.known, patientId: "gone" } };
  expect(turn(about, heard(["list_appointments"]), FAMILY).text).toContain("Whose visit is it about?");
  const only = turn(about, heard(["list_appointments"]), { ...FACTS, patients: [BEN] });
  expect(only.asked).toContainEqual({ kind: "visits", input: { patientIds: ["ben"] } });
});
