import { expect, test } from "vitest";
import { FACTS, heard, pick, service, world, turn, talk, KNOWN } from "@/db/testing/decide-stage";
import { replayDecision } from "../run-decision";
import { FRESH } from "../state";
import { decide } from "./decide";

test("an emergency comes first: fixed words, an urgent hand-off, even while staff hold", () => {
  const said = heard(["emergency", "opt_out"], {}, { emergency: true, optOut: "opt_out" });
  const held = turn(FRESH, said, { ...FACTS, isHeldByStaff: true });
  expect([held.keys, held.kinds, held.decision.handOff]).toEqual([["emergency"], ["task"], { isUrgent: true }]);
  expect(held.text).toContain("911");
  expect(held.decision.sendClass).toBe("service");
});

test("a stop is recorded and confirmed once; CANCEL alone also raises a task about the visit", () => {
  const opt = { optOut: "opt_out", optOutBy: "keyword" } as const;
  const stop = turn(
    FRESH,
    heard(["opt_out"], {}, { ...opt, spans: [{ kind: "opt", words: "stop", value: "opt_out" }] }),
  );
  expect([stop.kinds, stop.decision.sendClass]).toEqual([["consent"], "optout_confirmation"]);
  const cancel = turn(
    FRESH,
    heard(["opt_out"], {}, { ...opt, spans: [{ kind: "opt", words: "cancel", value: "opt_out" }] }),
  );
  expect(cancel.asked).toContainEqual({ kind: "task", input: { reason: "visit_or_stop", patientId: null } });
  const again = turn(FRESH, heard(["opt_out"], {}, opt), { ...FACTS, isOptedOut: true });
  expect(again.decision.silence).toBe("opted_out");
});

test("what the carrier has answered itself is recorded and not answered twice", () => {
  const stop = turn(FRESH, heard(["opt_out"], {}, { optOut: "opt_out" }), { ...FACTS, carrierAnswered: "STOP" });
  expect([stop.decision.silence, stop.kinds]).toEqual(["carrier_answered", ["consent"]]);
  expect(turn(FRESH, heard(["help"], {}, { optOut: "help" }), { ...FACTS, carrierAnswered: "HELP" }).kinds).toEqual([]);
});

test("a lone YES starts messages again only for a number that is stopped", () => {
  const yes = heard(["affirm"], { yesNo: "yes" }, { isOptInKeyword: true });
  expect(turn(FRESH, yes, { ...FACTS, isOptedOut: true }).asked[0]).toMatchObject({
    kind: "consent",
    input: { state: "in" },
  });
  expect(turn(FRESH, yes).kinds).toEqual([]);
});

test("a stopped number that writes on is not answered, and staff are asked to phone", () => {
  const told = turn(FRESH, heard(["book"]), { ...FACTS, isOptedOut: true });
  expect([told.decision.silence, told.asked[0]?.input]).toEqual([
    "opted_out",
    { reason: "phone_after_stop", patientId: null },
  ]);
});

test("a lone CANCEL where no carrier acts on it asks which was meant", () => {
  const asked = turn(FRESH, heard(["cancel_current"]), { ...KNOWN, channel: "whatsapp" });
  expect(asked.state.asked?.question).toBe("cancelWhat");
  expect(turn(asked.state, heard(["choose"], pick(1)), KNOWN).state.asked?.question).toBe("confirmCancel");
  expect(turn(asked.state, heard(["choose"], pick(2)), KNOWN).kinds).toEqual(["consent"]);
  expect(turn(asked.state, heard(["choose"], pick(3)), KNOWN).keys).toEqual(["fine"]);
});

test("the bot is silent while staff hold, while it is off, and after it has spoken for a suspended clinic", () => {
  expect(turn(FRESH, heard(["book"]), { ...FACTS, isHeldByStaff: true }).decision.silence).toBe("staff_hold");
  expect(turn(FRESH, heard(["book"]), { ...FACTS, botMode: "off" }).decision.silence).toBe("bot_off");
  expect(turn(FRESH, heard(["book"]), { ...FACTS, botMode: "out_of_hours" }).decision.silence).toBe("bot_off");
  const suspended = { ...FACTS, clinic: { ...FACTS.clinic, isSuspended: true } };
  const first = turn(FRESH, heard(["book"]), suspended);
  expect(first.text).toContain(FACTS.clinic.phone);
  expect(turn(first.state, heard(["book"]), suspended).decision.silence).toBe("clinic_suspended");
});

test("two failures to understand in a row hand off, one doesn't, and later ones are silent", () => {
  const first = turn(FRESH, heard([]));
  expect([first.keys[0], first.decision.handOff]).toEqual(["notUnderstood", null]);
  const second = turn(first.state, heard([]));
  expect(second.decision.handOff).toEqual({ isUrgent: false });
  const waiting = { ...FACTS, isHandedOff: true };
  const third = turn(turn(second.state, heard([]), waiting).state, heard([]), waiting);
  expect(third.decision.silence).toBe("handed_off");
  const between = talk([heard([]), heard(["greet"]), heard([])]);
  expect(between.decision.handOff).toBeNull();
});

test.each([["talk_to_human"], ["complaint"]] as const)("%s hands off with an honest waiting time", (intent) => {
  const open = turn(FRESH, heard([intent]));
  expect(open.decision.handOff).toEqual({ isUrgent: false });
  expect(open.text).toContain("5:00 PM");
  const closed = world({ opening: { isOpen: false, until: "2026-03-03T14:00:00.000Z", week: [] } });
  expect(turn(FRESH, heard([intent]), FACTS, closed).text).toContain("Tuesday, March 3 at 9:00 AM");
});

test("a handed-off conversation still books", () => {
  const waiting = { ...KNOWN, isHandedOff: true };
  expect(
    talk([heard(["book"], service("clean")), heard(["choose"], pick(1)), heard(["affirm"])], waiting).keys,
  ).toEqual(["booked"]);
});

test("a machine that thanks us for ever is left to a person after five turns, and then it is quiet (F36)", () => {
  let state = FRESH;
  const said: string[][] = [];
  for (let at = 0; at < 8; at++) {
    const facts = { ...FACTS, isHandedOff: said.some((keys) => keys[0] === "handOff.lost") };
    const played = turn(state, heard(["thank"]), facts);
    said.push(played.keys);
    state = played.state;
  }
  expect(said.map(([key]) => key)).toEqual([...Array(5).fill("welcome"), "handOff.lost", undefined, undefined]);
  expect(turn(FRESH, heard(["book"]), { ...FACTS, repeats: 4 }).keys[0]).toBe("handOff.lost");
});

test("a question without an entry is flagged once, the second hands off; an entry is quoted", () => {
  const asks = heard(["ask_question"], {}, { requested: ["parking"] });
  const first = turn(FRESH, asks);
  expect([first.keys, first.kinds]).toEqual([["flagged"], ["knowledge", "task"]]);
  expect(turn(first.state, asks).decision.handOff).toEqual({ isUrgent: false });
  const known = world({ knowledge: { id: "entry", answer: "Parking is behind the house, $5 a day." } });
  expect(turn(FRESH, asks, FACTS, known).text).toContain("Parking is behind the house, $5 a day.");
});

test("a question in the middle of a booking is answered and the booking goes on", () => {
  const held = talk([heard(["book"], service("clean")), heard(["choose"], pick(1))], KNOWN);
  const asks = heard(["ask_hours_location"], {}, { requested: ["address"] });
  const answered = turn(held.state, asks, KNOWN);
  expect(answered.keys).toEqual(["address", "remind.confirmBooking"]);
  const both = turn(
    held.state,
    heard(["affirm", "ask_hours_location"], { yesNo: "yes" }, { requested: ["address"] }),
    KNOWN,
  );
  expect(both.keys).toEqual(["address", "booked"]);
});

test("after half an hour the hold is let go, and a late yes books if the slot is still free", () => {
  const held = talk([heard(["book"], service("clean")), heard(["choose"], pick(1))], KNOWN);
  const later = { ...KNOWN, now: "2026-03-02T12:45:00.000Z" };
  const yes = turn(held.state, heard(["affirm"], { yesNo: "yes" }), later);
  expect(yes.kinds).toEqual(["release", "book"]);
  const hello = turn(held.state, heard(["greet"]), later);
  expect(hello.state.asked?.question).toBe("goOn");
  const on = turn(hello.state, heard(["affirm"], { yesNo: "yes" }), later);
  expect([on.kinds, on.state.asked?.question]).toEqual([["hold"], "confirmBooking"]);
  expect(turn(hello.state, heard(["negate"], { yesNo: "no" }), later).state).toMatchObject({
    flow: "idle",
    paused: null,
  });
});

test("a question is never asked twice in the same words", () => {
  const first = turn(FRESH, heard(["book"]), KNOWN);
  const second = turn(first.state, heard(["affirm"]), KNOWN);
  const third = turn(second.state, heard(["affirm"]), KNOWN);
  expect(new Set([first.text, second.text, third.text]).size).toBe(3);
});

test("the language is the chosen one, else that of the last message of three words, else the clinic's", () => {
  const spanish = turn(FRESH, heard(["book"], {}, { language: "es", wordCount: 5 }), KNOWN);
  expect(spanish.language).toBe("es");
  expect(turn(spanish.state, heard(["affirm"], {}, { language: "en", wordCount: 1 }), KNOWN).language).toBe("es");
  const chosen = turn(
    spanish.state,
    heard(["change_language"], { language: "ar" }, { language: "en", wordCount: 3 }),
    KNOWN,
  );
  expect(chosen.language).toBe("ar");
  expect(turn(chosen.state, heard(["book"], {}, { language: "en", wordCount: 6 }), KNOWN).language).toBe("ar");
  expect(turn(FRESH, heard(["greet"], {}, { language: null }), KNOWN).language).toBe("en");
});

test.each([
  ["en", "booked: Cleaning, Tuesday, March 3 at 9:00 AM"],
  ["es", "reservada: Limpieza, martes 3 de marzo a las 9:00"],
  ["ar", "تم الحجز: تنظيف، الثلاثاء 3 مارس الساعة 9:00 ص"],
] as const)("a whole booking reads well in %s", (language, expected) => {
  const facts = { ...KNOWN, language };
  const said = [heard(["book"], service("clean")), heard(["choose"], pick(1)), heard(["affirm"], { yesNo: "yes" })];
  expect(
    talk(
      said.map((one) => ({ ...one, language: null })),
      facts,
    ).text,
  ).toContain(expected);
});

test("the same answers give the same decision: a stored turn can be replayed", () => {
  const state = talk([heard(["book"], service("clean")), heard(["choose"], pick(1))], KNOWN).state;
  const said = heard(["affirm"], { yesNo: "yes" });
  const { state: after, decision, language, exchanges } = turn(state, said, KNOWN);
  expect(replayDecision(decide(state, said, KNOWN), exchanges)).toEqual({ state: after, decision, language });
});
