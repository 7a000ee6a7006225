import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import type { Tx } from "@/db/client";
import { inClinic, makeClinic } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import { bookAppointment, bookIn } from "./book";
import { cancelAppointment } from "./cancel";
import { changeVisit } from "./change-visit";
import { confirmHold } from "./confirm-hold";
import { holdSlot } from "./hold";
import { listAvailability } from "./list-availability";
import { listBusyIn } from "./list-busy";
import { replaceExternalBusy, replaceExternalBusyIn, type BusyEvent } from "./replace-external-busy";
import { undoStep } from "./undo";

const at = (time: string, day = "2026-03-03") => new Date(`${day}T${time}:00-05:00`);
const event = (externalId: string, from: string, to: string, more: Partial<BusyEvent> = {}): BusyEvent => ({
  ...{ externalId, startsAt: at(from), endsAt: at(to), ...more },
});
const WEEK = { source: "google", from: at("00:00", "2026-03-01"), to: at("00:00", "2026-03-08") } as const;

async function makeBusyClinic() {
  const made = await makeClinic();
  const { ctx, provider, cleaning, patient } = made;
  const slot = { serviceId: cleaning.id, providerId: provider.id };
  const visit = (time: string) => ({ ...slot, patientId: patient.id, startsAt: at(time), createdFrom: "SMS" }) as const;
  const replace = (...events: BusyEvent[]) =>
    replaceExternalBusy(ctx, { ...WEEK, providerId: provider.id, events }).then(unwrap);
  const freeOn = async (day: string) => {
    const { days } = unwrap(await listAvailability(ctx, { year: 2026, month: 3, ...slot }));
    return days.find((one) => one.day === day)?.slots.map(({ startsAt }) => startsAt.toISOString().slice(11, 16));
  };
  return { ...made, visit, replace, freeOn };
}

test("what is taken elsewhere is offered to nobody and can't be booked, and is free again once it is gone", async () => {
  const { ctx, visit, replace, freeOn } = await makeBusyClinic();
  const before = await freeOn("2026-03-03");
  await replace(event("dentist's own dentist", "10:05", "10:40"));
  const taken = ["14:45", "15:00", "15:15", "15:30"]; // 09:45 to 10:30 in New York
  expect(await freeOn("2026-03-03")).toEqual(before?.filter((time) => !taken.includes(time)));
  expect(await bookAppointment(ctx, visit("10:30"))).toMatchObject({ ok: false, error: "SLOT_TAKEN" });
  await replace();
  expect(await freeOn("2026-03-03")).toEqual(before);
  expect((await bookAppointment(ctx, visit("10:30"))).ok).toBe(true);
});

test("a time away that began days ago still counts", async () => {
  const { replace, freeOn } = await makeBusyClinic();
  await replace(event("leave", "08:00", "12:00", { startsAt: at("08:00", "2026-02-20"), isAllDay: true }));
  expect(await freeOn("2026-03-02")).toEqual([]);
  expect((await freeOn("2026-03-03"))?.[0]).toBe("18:00"); // the afternoon
});

test("who enters busy time hears of the live visits in its way, and the same again changes nothing", async () => {
  const { ctx, visit, replace, provider } = await makeBusyClinic();
  const booked = unwrap(await bookAppointment(ctx, visit("09:00")));
  const held = unwrap(await holdSlot(ctx, { ...visit("10:00"), expiresAt: at("23:00") }));
  await holdSlot(ctx, { ...visit("11:00"), expiresAt: ctx.now() }); // past its time
  const gone = unwrap(await bookAppointment(ctx, visit("15:00")));
  await cancelAppointment(ctx, { appointmentId: gone.id });
  const conference = event("conference", "09:15", "16:00");
  const first = await replace(conference);
  expect(first.overlapped.map(({ appointmentId, status }) => [appointmentId, status])).toEqual([
    [booked.id, "scheduled"],
    [held.id, "held"],
  ]);
  expect(await replace(conference)).toMatchObject({ changed: 0 });
  expect(await replace(event("conference", "09:15", "16:30"))).toMatchObject({ changed: 1 });
  const list = (to: string) =>
    query(ctx, (tx) => listBusyIn(tx, ctx, { from: at("00:00"), to: at(to), providerIds: [provider.id] }));
  expect(await list("24:00")).toMatchObject([{ source: "google", startsAt: at("09:15"), endsAt: at("16:30") }]);
  expect(await list("09:15")).toEqual([]);
});

test("one source does not touch another's events, nor what lies outside its window", async () => {
  const { ctx, provider, replace } = await makeBusyClinic();
  await replace(event("a", "10:00", "11:00"));
  const later = { from: at("00:00", "2026-03-08"), to: at("00:00", "2026-03-20"), providerId: provider.id, events: [] };
  expect(unwrap(await replaceExternalBusy(ctx, { ...later, source: "google" })).changed).toBe(0);
  expect(unwrap(await replaceExternalBusy(ctx, { ...later, ...WEEK, source: "feed" })).changed).toBe(0);
  const moved = event("a", "10:00", "11:00", {
    startsAt: at("10:00", "2026-03-09"),
    endsAt: at("11:00", "2026-03-09"),
  });
  expect(unwrap(await replaceExternalBusy(ctx, { ...later, source: "google", events: [moved] })).changed).toBe(1);
  expect(await replace()).toEqual({ changed: 0, overlapped: [] });
});

test("a cancelled visit can't be taken back into time that is taken elsewhere since", async () => {
  const { ctx, visit, replace } = await makeBusyClinic();
  const booked = unwrap(await bookAppointment(ctx, visit("09:00")));
  await cancelAppointment(ctx, { appointmentId: booked.id });
  await replace(event("a", "09:00", "09:10"));
  expect(await undoStep(ctx, { appointmentId: booked.id })).toEqual({ ok: false, error: "OUTSIDE_HOURS" });
});

test("a hold over time that is taken elsewhere since is not booked, the others are", async () => {
  const { ctx, visit, replace } = await makeBusyClinic();
  const hold = async (time: string) => unwrap(await holdSlot(ctx, { ...visit(time), expiresAt: at("23:00") })).id;
  const [one, other] = [await hold("09:00"), await hold("10:00")];
  await replace(event("a", "09:20", "10:00"));
  expect(await confirmHold(ctx, { appointmentId: one })).toEqual({ ok: false, error: "SLOT_TAKEN" });
  expect((await confirmHold(ctx, { appointmentId: other })).ok).toBe(true);
});

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

/** Runs `first` up to its commit, then `second` until it waits for `first` or is through; then lets `first` commit. */
async function meet<A, B>(
  ctx: ClinicContext,
  first: (pause: () => Promise<void>) => Promise<A>,
  second: () => Promise<B>,
) {
  const [wrote, mayCommit] = [gate(), gate()];
  const one = first(() => (wrote.open(), mayCommit.opened));
  await wrote.opened;
  const other = second();
  const waiting = async (tx: Tx) =>
    (
      await tx.execute(
        sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    ).rows.length;
  const waits = vi.waitFor(async () => expect(await inClinic(ctx, waiting)).toBe(1), 10_000);
  await Promise.race([other, waits.catch(() => undefined)]);
  mayCommit.open();
  return [await one, await other] as const;
}

test("who books while busy time is being entered is refused when both commit", async () => {
  const { ctx, visit, provider } = await makeBusyClinic();
  const input = { ...WEEK, providerId: provider.id, events: [event("a", "09:00", "10:00")] };
  const write = (pause: () => Promise<void>) =>
    transact(ctx, {}, async (tx) => {
      const replaced = await replaceExternalBusyIn(tx, ctx, input);
      await pause();
      return replaced;
    });
  const [replaced, booked] = await meet(ctx, write, () => bookAppointment(ctx, visit("09:30")));
  expect(replaced).toEqual({ ok: true, data: { changed: 1, overlapped: [] } });
  expect(booked).toMatchObject({ ok: false, error: "SLOT_TAKEN" });
});

test("who enters busy time while a visit is being booked hears of it", async () => {
  const { ctx, visit, replace } = await makeBusyClinic();
  const book = (pause: () => Promise<void>) =>
    changeVisit(ctx, async (tx) => {
      const booked = await bookIn(tx, ctx, visit("09:30"));
      await pause();
      return booked;
    });
  const [booked, replaced] = await meet(ctx, book, () => replace(event("a", "09:00", "10:00")));
  expect(booked.ok).toBe(true);
  expect(replaced.overlapped).toHaveLength(1);
});
