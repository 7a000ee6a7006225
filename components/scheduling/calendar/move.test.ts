import { expect, test } from "vitest";
import type { Appointment, Calendar } from "../queries";
import { reverseOf, withMove } from "./move";

const visit: Appointment = {
  id: "a",
  starts_at: "2026-03-02T14:00:00.000Z",
  ends_at: "2026-03-02T15:00:00.000Z",
  state: "scheduled",
  confirmation: "unasked",
  created_from: "SMS",
  patient: { id: "p", name: "Ana" },
  service: { id: "s", name: "Cleaning" },
  provider: { id: "lee", name: "Lee" },
  operatory: { id: "c1", name: "Chair 1" },
  segments: [
    { resource_id: "lee", starts_at: "2026-03-02T14:00:00.000Z", ends_at: "2026-03-02T15:00:00.000Z" },
    { resource_id: "kim", starts_at: "2026-03-02T14:30:00.000Z", ends_at: "2026-03-02T14:45:00.000Z" },
  ],
};
const calendar: Calendar = {
  visits: [visit],
  providers: [
    { id: "lee", name: "Lee", days: [] },
    { id: "ada", name: "Ada", days: [] },
  ],
  operatories: [{ id: "c1", name: "Chair 1" }],
  time_off: [],
  busy: [],
};

test("a moved visit takes its parts along, and its lead's part to the new lead", () => {
  const move = { id: "a", starts_at: "2026-03-02T16:00:00Z", provider_id: "ada" };
  const [moved] = withMove(calendar, move).visits;
  expect(moved).toMatchObject({
    starts_at: "2026-03-02T16:00:00.000Z",
    ends_at: "2026-03-02T17:00:00.000Z",
    provider: { id: "ada", name: "Ada" },
    operatory: { id: "c1" },
    segments: [
      { resource_id: "ada", ends_at: "2026-03-02T17:00:00.000Z" },
      { resource_id: "kim", starts_at: "2026-03-02T16:30:00.000Z" },
    ],
  });
});

test("a longer visit keeps its helper's part, and taking it back asks for what was", () => {
  const move = { id: "a", starts_at: visit.starts_at, duration_minutes: 90 };
  const longer = withMove(calendar, move);
  expect(longer.visits[0]?.segments.map(({ ends_at }) => ends_at)).toEqual([
    "2026-03-02T15:30:00.000Z",
    "2026-03-02T14:45:00.000Z",
  ]);
  expect(withMove(longer, reverseOf(visit, move)).visits).toEqual([visit]);
});
