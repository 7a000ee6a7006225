import { expect, test } from "vitest";
import { PretendClinic, wallClock, type MadeBooking } from "./pretend-clinic";
import { rehearse } from "./rehearse-booking";
import { answerBookings, hourOf, isSameSet, paired, scoreBookings } from "./score-bookings";

const booking = (over: Partial<MadeBooking> = {}): MadeBooking => ({
  ...{ patient: "Nora", doctor: "Dr. Weber", weekday: 4, time: "09:00" },
  ...over,
});
const said = (text: string) => ({ text });
const clinic = (busy: { doctor: string; weekday: number; time: string }[] = []) =>
  new PretendClinic(wallClock(1, "08:00"), ["Dr. Weber", "Dr. Okafor"], busy);

test("a set of bookings is the same in any order and no other way", () => {
  const child = booking({ patient: "Tim" });
  expect(isSameSet([booking(), child], [child, booking({ patient: "nora" })])).toBe(true);
  expect(isSameSet([booking(), child], [booking()])).toBe(false);
  expect(isSameSet([booking()], [booking(), child])).toBe(false);
  expect(isSameSet([booking()], [booking({ time: "09:30" })])).toBe(false);
});

test("fields are compared with the booking most like the one wanted", () => {
  const other = booking({ patient: "Tim", time: "11:00" });
  const pairs = paired([booking(), other], [booking({ patient: "Tim", time: "12:00" }), booking({ weekday: 5 })]);
  expect(pairs.map(({ made }) => made?.time)).toEqual(["09:00", "12:00"]);
  expect(paired([booking(), other], []).every(({ made }) => made === undefined)).toBe(true);
});

test("hours as a calendar writes them", () => {
  expect(["12 am", "7 AM", "12 pm", "11 pm", "noon"].map(hourOf)).toEqual([
    "00:00",
    "07:00",
    "12:00",
    "23:00",
    undefined,
  ]);
});

test("a talk is booked by the product itself, on a yes and under the name given", () => {
  const turns = ["I'd like to see Dr. Weber on Thursday at 9am", "Nora Blum", "yes please"].map(said);
  expect(rehearse(clinic(), turns).booked).toEqual([booking({ patient: "Nora Blum" })]);
  const early = rehearse(clinic(), turns.slice(0, 2));
  expect([early.booked, early.held]).toEqual([[], [booking({ patient: "Nora Blum" })]]);
});

test("a start that the record calls taken is not booked", () => {
  const taken = clinic([{ doctor: "Dr. Weber", weekday: 4, time: "09:00" }]);
  const { booked, replies } = rehearse(taken, [said("My name is Nora Blum, Dr. Weber on Thursday at 9am please")]);
  expect([booked, replies[0]]).toEqual([[], expect.stringContaining("8:30")]);
});

test("what was said to a person's question is read as the answer to it", () => {
  const turns = [
    said("I'd like to see Dr. Weber on Thursday"),
    { text: "Nora", answers: "May I have your first name?" },
    { text: "9am", answers: "At what time can you come?" },
    { text: "yes", answers: "Shall I book it?" },
  ];
  expect(rehearse(clinic(), turns).booked).toEqual([booking()]);
});

test("only talks with a clear result count, and a miss says what was made of it", () => {
  const row = {
    id: "1",
    scorable: true,
    now: { day: "Monday", time: "08:00" },
    turns: [
      { speaker: "user", text: "Dr. Weber on Thursday at 9am please, my name is Nora" },
      { speaker: "assistant", text: "Shall I book it?" },
      { speaker: "user", text: "yes" },
    ],
    bookings: [{ doctor: "Dr. Weber", patient: "Nora", day: "Thursday", start_time_24h: "09:00" }],
  };
  const later = [{ doctor: "Dr. Weber", patient: "Nora", day: "Thursday", start_time_24h: "10:00" }];
  const rows = [row, { ...row, id: "2", bookings: later }, { ...row, id: "3", scorable: false }];
  const { measures, misses } = scoreBookings("own", answerBookings(rows));
  expect(measures.map(({ name, value }) => [name, value])).toEqual([
    ["whole booking, rough (same set)", 0.5],
    ["same set, with what waits for a yes", 0.5],
    ["wanted and booked at all", 1],
    ["field patient", 1],
    ["field doctor", 1],
    ["field day", 1],
    ["field time", 0.5],
    ["booked and wanted", 0.5],
  ]);
  expect(misses.map(({ id, answer }) => [id, answer])).toEqual([["2", "Nora / Dr. Weber / Thursday 09:00"]]);
});
