import { expect, test } from "vitest";
import { makeClinic, makePatient } from "@/db/testing/make";
import { makeConversation, makeTask } from "@/db/testing/make-talk";
import { makeVisit } from "@/db/testing/make-visit";
import { clockAt } from "@/lib/core/clock";
import { unwrap } from "@/lib/core/result";
import { getDashboard } from "./dashboard";

/** Monday 2 March, 12:00 in New York. */
const NOON = "2026-03-02T17:00:00Z";
const WEEK_AGO = new Date("2026-02-23T15:00:00Z");

async function makeDay() {
  const made = await makeClinic({}, NOON);
  const common = { patientId: made.patient.id, serviceId: made.cleaning.id, providerId: made.provider.id };
  const visit = (startsAt: string, fields: Partial<Parameters<typeof makeVisit>[1]> = {}) =>
    makeVisit(made.ctx, { ...common, createdAt: WEEK_AGO, ...fields, startsAt: new Date(startsAt) });
  return { ...made, visit };
}

test("today's visits are counted by where they stand, on the clinic's day and not on UTC's", async () => {
  const { ctx, visit } = await makeDay();
  await visit("2026-03-02T14:00:00Z", { status: "completed" });
  await visit("2026-03-02T14:30:00Z", { status: "no_show" });
  await visit("2026-03-02T15:00:00Z", { status: "cancelled" });
  await visit("2026-03-02T16:30:00Z", { status: "checked_in" });
  await visit("2026-03-02T19:00:00Z", { confirmation: "confirmed" });
  await visit("2026-03-02T20:00:00Z", { confirmation: "asked" });
  await visit("2026-03-03T04:30:00Z"); // 23:30 of the clinic's Monday
  await visit("2026-03-03T05:00:00Z"); // its Tuesday
  await visit("2026-03-03T15:00:00Z", { createdAt: new Date("2026-03-02T06:00:00Z") });
  await visit("2026-03-02T04:00:00Z"); // its Sunday
  const { today } = unwrap(await getDashboard(ctx));
  expect(today).toEqual({
    total: 6,
    upcoming: 3,
    confirmed: 1,
    unconfirmed: 2,
    checked_in: 1,
    completed: 1,
    cancelled: 1,
    no_show: 1,
    booked_today: 1,
  });
});

test("who comes next is in order, eight at most, with the names that people read", async () => {
  const { ctx, visit, patient, provider } = await makeDay();
  const starts = Array.from(
    { length: 10 },
    (_, index) => new Date(Date.parse("2026-03-02T18:00:00Z") + index * 1_800_000),
  );
  for (const startsAt of starts.toReversed()) await visit(startsAt.toISOString());
  await visit("2026-03-02T16:30:00Z", { status: "checked_in" });
  const { next } = unwrap(await getDashboard(ctx));
  expect(next.map(({ startsAt }) => startsAt)).toEqual(starts.slice(0, 8));
  expect(next[0]).toMatchObject({
    state: "scheduled",
    patient: { id: patient.id, name: patient.name },
    service: { name: "Cleaning", color: "teal" },
    provider: { name: provider.name },
  });
});

test("the month is its 30 days with the empty ones, and the no-show rate leaves out what is neither", async () => {
  const { ctx, visit } = await makeDay();
  await visit("2026-01-31T15:00:00Z", { status: "no_show" }); // the day before the first
  await visit("2026-02-01T15:00:00Z", { status: "no_show" });
  await visit("2026-02-20T15:00:00Z", { status: "completed" });
  await visit("2026-02-20T16:00:00Z", { status: "completed" });
  await visit("2026-02-20T17:00:00Z", { status: "completed" });
  await visit("2026-02-20T18:00:00Z", { status: "cancelled" });
  const { trend, noShowRate } = unwrap(await getDashboard(ctx));
  expect(trend.length).toBe(30);
  expect([trend[0]?.day, trend.at(-1)?.day]).toEqual(["2026-02-01", "2026-03-02"]);
  expect(trend.find(({ day }) => day === "2026-02-20")).toEqual({
    day: "2026-02-20",
    total: 3,
    completed: 3,
    no_show: 0,
    cancelled: 1,
  });
  expect(trend.reduce((sum, { total }) => sum + total, 0)).toBe(4);
  expect(noShowRate).toBe(0.25);
});

test("bookings by source are those made in the month; the simulator's count in the demo alone", async () => {
  const { ctx, visit } = await makeDay();
  await visit("2026-03-10T15:00:00Z", { createdFrom: "SMS" });
  await visit("2026-03-10T16:00:00Z", { createdFrom: "SMS", status: "cancelled" });
  await visit("2026-03-10T17:00:00Z", { createdFrom: "PUBLIC_WEB" });
  await visit("2026-03-10T18:00:00Z", { createdFrom: "SIMULATOR" });
  await visit("2026-03-10T19:00:00Z", { createdFrom: "IMPORT", createdAt: new Date("2026-01-20T15:00:00Z") });
  const holdExpiresAt = new Date("2026-03-02T17:10:00Z");
  await visit("2026-03-10T20:00:00Z", { createdFrom: "SMS", status: "held", holdExpiresAt });
  const demo = unwrap(await getDashboard(ctx, "demo")).bySource;
  const production = unwrap(await getDashboard(ctx, "production")).bySource;
  expect(demo).toEqual([
    { source: "SMS", count: 2 },
    { source: "PUBLIC_WEB", count: 1 },
    { source: "SIMULATOR", count: 1 },
  ]);
  expect(production).toEqual(demo.filter(({ source }) => source !== "SIMULATOR"));
});

test("the inbox and the tasks say what waits: emergencies first, then the oldest", async () => {
  const { ctx, patient, channel } = await makeDay();
  const talk = async (status: "open" | "handoff" | "waiting" | "closed", unreadCount: number) => {
    const { contactPointId } = await makePatient(ctx);
    return makeConversation(ctx, { channelId: channel.id, contactPointId, status, unreadCount });
  };
  const handedOff = await talk("handoff", 2);
  for (const [status, unread] of [
    ["open", 1],
    ["open", 0],
    ["waiting", 0],
    ["closed", 5],
  ] as const)
    await talk(status, unread);
  await makeTask(ctx, {
    createdAt: new Date("2026-03-02T10:00:00Z"),
    patientId: patient.id,
    conversationId: handedOff.id,
  });
  await makeTask(ctx, { createdAt: new Date("2026-03-01T10:00:00Z"), reason: "question" });
  await makeTask(ctx, { createdAt: new Date("2026-03-02T16:00:00Z"), reason: "emergency" });
  await makeTask(ctx, { doneAt: new Date("2026-03-02T11:00:00Z") });
  const { inbox, tasks } = unwrap(await getDashboard(ctx));
  expect(inbox).toEqual({ open: 2, handoff: 1, waiting: 1, unread: 3 });
  expect(tasks.open).toBe(3);
  expect(tasks.items.map(({ reason }) => reason)).toEqual(["emergency", "question", "handoff"]);
  expect(tasks.items[2]).toMatchObject({
    created_at: "2026-03-02T10:00:00.000Z",
    patient: { id: patient.id, name: patient.name },
    conversation_id: handedOff.id,
  });
});

test("an empty clinic has zeros, no rate, and nothing of another clinic's", async () => {
  const { visit } = await makeDay();
  await visit("2026-03-02T19:00:00Z");
  const { ctx } = await makeClinic({ timeZone: "Asia/Kathmandu" });
  const board = unwrap(await getDashboard({ ...ctx, now: clockAt(NOON) }));
  expect(board).toMatchObject({ bySource: [], next: [], noShowRate: null, tasks: { open: 0, items: [] } });
  expect(board.today.total + board.today.booked_today + board.inbox.open).toBe(0);
});
