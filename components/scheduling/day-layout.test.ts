import { expect, test } from "vitest";
import { inLanes, layOut } from "./day-layout";
import type { Appointment, Provider } from "./queries";
import { addDays, wallOf } from "./wall";

const ZONE = "America/New_York";
const provider = (id: string, hours: Provider["hours_today"] = []): Provider => ({
  id,
  name: id,
  is_active: true,
  hours_today: hours,
});
const visit = (id: string, startsAt: string, endsAt: string, more: Partial<Appointment> = {}): Appointment => ({
  id,
  starts_at: startsAt,
  ends_at: endsAt,
  state: "scheduled",
  confirmation: "unasked",
  created_from: "SMS",
  patient: { id: "p", name: "Ana" },
  service: { id: "s", name: "Cleaning" },
  provider: { id: "lee", name: "Lee" },
  segments: [],
  ...more,
});

test("reads the clinic's clock, not the browser's, also on the night the clocks change", () => {
  expect(wallOf("2026-03-02T14:30:00Z", ZONE)).toEqual({ day: "2026-03-02", minutes: 9 * 60 + 30 });
  expect(wallOf("2026-03-08T07:30:00Z", ZONE)).toEqual({ day: "2026-03-08", minutes: 3 * 60 + 30 });
  expect(wallOf("2026-03-02T00:00:00Z", "Asia/Kathmandu")).toEqual({ day: "2026-03-02", minutes: 5 * 60 + 45 });
  expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
});

test("the day spans working hours and every visit, in full hours", () => {
  const late = visit("a", "2026-03-02T23:30:00Z", "2026-03-03T00:10:00Z");
  const day = layOut("2026-03-02", ZONE, [provider("lee", [{ from: "08:30", to: "17:00" }]), provider("off")], [late]);
  expect(day.columns.map((column) => column.provider.id)).toEqual(["lee"]);
  expect([day.from, day.to]).toEqual([8 * 60, 20 * 60]);
});

test("an empty day without anybody at work still shows everyone and ordinary hours", () => {
  const day = layOut("2026-03-02", ZONE, [provider("lee"), provider("kim")], []);
  expect(day).toMatchObject({ from: 480, to: 1080 });
  expect(day.columns).toHaveLength(2);
});

test("a helper's segment stands in the helper's column, at its own time", () => {
  const cleaning = visit("a", "2026-03-02T14:00:00Z", "2026-03-02T15:00:00Z", {
    segments: [
      { resource_id: "lee", starts_at: "2026-03-02T14:00:00Z", ends_at: "2026-03-02T15:00:00Z" },
      { resource_id: "kim", starts_at: "2026-03-02T14:30:00Z", ends_at: "2026-03-02T15:00:00Z" },
    ],
  });
  const { columns } = layOut("2026-03-02", ZONE, [provider("lee"), provider("kim")], [cleaning]);
  expect(columns.map(({ blocks }) => [blocks[0]?.from, blocks[0]?.to])).toEqual([
    [540, 600],
    [570, 600],
  ]);
});

test("overlapping blocks share the width, others keep all of it", () => {
  const part = (id: string, from: number, to: number) => ({ visit: visit(id, "", ""), from, to });
  const blocks = inLanes([part("a", 0, 60), part("b", 30, 90), part("c", 60, 90), part("d", 90, 120)]);
  expect(blocks.map(({ visit: { id }, lane, lanes }) => [id, lane, lanes])).toEqual([
    ["a", 0, 2],
    ["b", 1, 2],
    ["c", 0, 2],
    ["d", 0, 1],
  ]);
});
