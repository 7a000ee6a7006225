import { expect, test } from "vitest";
import {
  ANN,
  FAMILY,
  FACTS,
  heard,
  KNOWN,
  NINE,
  pick,
  service,
  talk,
  TEN,
  turn,
  VISIT,
} from "@/db/testing/decide-stage";
import { agreedWritten } from "../say/summary";
import { FRESH } from "../state";
import { isDrafted } from "./drafting";
import type { Agreed, Facts } from "./facts";

const drafting = (facts: Facts): Facts => ({ ...facts, botMode: "drafts" });
const agreedIn = ({ asked }: ReturnType<typeof turn>): Agreed | undefined =>
  asked.flatMap((one) => (one.kind === "task" ? [one.input.agreed] : []))[0];

const booking = [heard(["book"], service("clean")), heard(["choose"], pick(1)), heard(["affirm"])];

test("a yes to a booking is left to staff, with what, when and for whom, and the words promise no more", () => {
  const last = talk(booking, drafting(KNOWN));
  expect(last.asked).toEqual([
    {
      kind: "task",
      input: { reason: "as_agreed", patientId: "ann", agreed: { act: "book", offer: NINE, name: null } },
    },
  ]);
  expect(last.text).toContain("put you down for Cleaning");
  expect(last.state).toMatchObject({ flow: "idle", proposal: null });
});

test("a stranger's name is asked for and goes to staff: nobody is put on record by a draft", () => {
  const first = talk(booking.slice(0, 2), drafting(FACTS));
  expect(first.state.asked?.question).toBe("name");
  const named = turn(first.state, heard(["provide"], { personName: "Kim Poe" }), drafting(FACTS));
  expect(named.state.asked?.question).toBe("confirmBooking");
  const last = turn(named.state, heard(["affirm"]), drafting(FACTS));
  expect(agreedIn(last)).toMatchObject({ act: "book", name: "Kim Poe" });
});

test("a yes that came before the name counts, once the name is there", () => {
  const first = talk(booking.slice(0, 2), drafting(FACTS));
  const early = turn(first.state, heard(["affirm"]), drafting(FACTS));
  const last = turn(early.state, heard(["provide"], { personName: "Kim Poe" }), drafting(FACTS));
  expect(agreedIn(last)).toMatchObject({ act: "book", name: "Kim Poe" });
});

test.each([
  [
    "move",
    [
      heard(["reschedule"]),
      heard(["provide"], { time: { at: "10:00", words: "10" } }),
      heard(["choose"], pick(2)),
      heard(["affirm"]),
    ],
    { act: "move", offer: TEN, visit: VISIT },
  ],
  ["cancel", [heard(["cancel"]), heard(["affirm"])], { act: "cancel", visit: VISIT }],
  ["confirm", [heard(["confirm"])], { act: "confirm", visit: VISIT }],
] as const)("a patient's yes to %s is left to staff", (_, said, agreed) => {
  const last = talk([...said], drafting(KNOWN));
  expect(agreedIn(last)).toEqual(agreed);
  expect(last.decision.handOff).toBeNull();
});

test("an emergency, a stop and a word for help don't wait for staff; all else does", () => {
  const of = (said: ReturnType<typeof heard>) => turn(FRESH, said, drafting(KNOWN));
  const waits = (said: ReturnType<typeof heard>) => isDrafted(of(said).decision, drafting(KNOWN));
  expect(waits(heard(["emergency"], {}, { emergency: true }))).toBe(false);
  expect(waits(heard(["opt_out"], {}, { optOut: "opt_out", optOutBy: "keyword" }))).toBe(false);
  expect(waits(heard(["help"], {}, { optOut: "help", optOutBy: "keyword" }))).toBe(false);
  expect(waits(heard(["greet"]))).toBe(true);
  expect(of(heard(["emergency"], {}, { emergency: true })).decision.handOff).toEqual({ isUrgent: true });
});

test("while staff hold, while the number is stopped and while the clinic is suspended nothing is drafted", () => {
  const silenceOf = (change: Partial<Facts>) =>
    turn(FRESH, heard(["greet"]), { ...drafting(KNOWN), ...change }).decision.silence;
  expect(silenceOf({ isHeldByStaff: true })).toBe("staff_hold");
  expect(silenceOf({ isOptedOut: true })).toBe("opted_out");
  expect(silenceOf({ clinic: { ...FACTS.clinic, isSuspended: true } })).toBe("clinic_suspended");
});

test("what staff are asked to do reads in the clinic's language", () => {
  const book = { act: "book", offer: NINE, name: "Kim Poe" } as const;
  const inLanguage = (defaultLocale: string) =>
    agreedWritten(book, { ...FAMILY, patients: [ANN], clinic: { ...FACTS.clinic, defaultLocale } });
  expect(inLanguage("en")).toBe("To book for Kim Poe: Cleaning, Tuesday, March 3 at 9:00 AM, Dr. Ada Moreno.");
  expect(inLanguage("es")).toContain("Reservar para Kim Poe: Limpieza");
  expect(inLanguage("ar")).toContain("للحجز لـKim Poe: تنظيف");
  expect(agreedWritten({ act: "late", visit: VISIT, minutes: 20 }, FACTS)).toContain("About 20 minutes late: Cleaning");
});
