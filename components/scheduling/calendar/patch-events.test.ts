import type { Calendar as EventCalendar } from "@event-calendar/core";
import { expect, test } from "vitest";
import { given, patchEvents } from "./patch-events";

type Input = EventCalendar.EventInput;
const event = (id: string, start = "2026-03-02T09:00:00", shows = "Ana"): Input => ({
  ...{ id, start, end: "2026-03-02T10:00:00", resourceIds: ["lee"], extendedProps: { shows } },
});

/** A grid that writes down what it is told. */
function listening() {
  const told: string[] = [];
  const grid = {
    setOption: (name: string) => told.push(`all ${name}`),
    removeEventById: (id: string) => told.push(`gone ${id}`),
    addEvent: ({ id }: Input) => told.push(`new ${id}`),
    updateEvent: ({ id }: Input) => told.push(`changed ${id}`),
  };
  return { told, grid: grid as unknown as EventCalendar }; // the four calls are all that is used of it
}

test("only what is another is told to the grid", () => {
  const { told, grid } = listening();
  const before = given([event("a"), event("b"), event("c"), event("d")]);
  patchEvents(grid, before, [event("a"), event("b", "2026-03-02T09:15:00"), event("c", undefined, "Ben"), event("e")]);
  expect(told).toEqual(["gone d", "new e", "changed b", "changed c"]);
});

test("a card that was in somebody's hand is put where the data has it, though the data is the same", () => {
  const { told, grid } = listening();
  const before = given([event("a"), event("b")]);
  before.touched.add("a");
  const after = patchEvents(grid, before, [event("a"), event("b")]);
  expect([told, after.touched.size]).toEqual([["changed a"], 0]);
});

test("many changes are told at once", () => {
  const { told, grid } = listening();
  const many = Array.from({ length: 40 }, (_, at) => event(String(at)));
  patchEvents(grid, given([]), many);
  expect(told).toEqual(["all events"]);
});
