import { eq, sql } from "drizzle-orm";
import pg from "pg";
import { expect, test, vi } from "vitest";
import type { Tx } from "@/db/client";
import { appointmentEvents } from "@/db/schema/appointments";
import { scheduleExceptions } from "@/db/schema/resources";
import {
  inClinic,
  makeBareClinic,
  makeClinic,
  makeOperatory,
  makePatient,
  makeProvider,
  makeService,
} from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { env } from "@/lib/core/env";
import { unwrap, type Result } from "@/lib/core/result";
import { bookAppointment, bookIn } from "./book";
import { cancelAppointment, cancelIn } from "./cancel";
import { changeVisit } from "./change-visit";
import { confirmHold } from "./confirm-hold";
import { holdSlot } from "./hold";
import { rescheduleAppointment } from "./reschedule";

/** Races commit for real; the pool's size makes several of them run at once, whatever the machine. */
const startsAt = new Date("2026-03-02T15:00:00Z");
const minutesLater = (minutes: number) => new Date(startsAt.getTime() + minutes * 60_000);
const RIVALS = 64;
const times = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

const winners = (answers: Result<unknown>[]) => answers.filter((answer) => answer.ok).length;
const refusals = (answers: Result<unknown>[]) =>
  new Set(answers.flatMap((answer) => (answer.ok ? [] : [answer.error])));

/** What the server counted and what stands in the table: no deadlock, no overlap, no visit without its time. */
async function verdict(ctx: ClinicContext) {
  const client = new pg.Client(env().DATABASE_URL);
  await client.connect();
  try {
    await client.query("select set_config('app.clinic_id', $1, false)", [ctx.clinic.id]);
    await client.query("select pg_stat_force_next_flush()");
    const { rows } = await client.query<{ deadlocks: number; overlaps: number; bare: number }>(`
      select (select deadlocks::int from pg_stat_database where datname = current_database()) as deadlocks,
        (select count(*)::int from occupancies a join occupancies b on a.resource_id = b.resource_id
          and a.during && b.during and a.appointment_id < b.appointment_id) as overlaps,
        (select count(*)::int from appointments v where v.status in ('held', 'scheduled', 'checked_in')
          and not exists (select 1 from occupancies o where o.appointment_id = v.id)) as bare`);
    return rows[0];
  } finally {
    await client.end();
  }
}
const CLEAN = { deadlocks: 0, overlaps: 0, bare: 0 };

test("of 64 rivals for one slot exactly one gets it and 63 are told so", async () => {
  const { ctx, patient, provider, cleaning } = await makeClinic();
  const input = { patientId: patient.id, providerId: provider.id, serviceId: cleaning.id, startsAt } as const;
  const book = (tx: Tx) => bookIn(tx, ctx, { ...input, createdFrom: "SMS" });
  const answers = await times(RIVALS, () => changeVisit(ctx, book)); // as rivals in other processes: not in turn
  expect(winners(answers)).toBe(1);
  expect(refusals(answers)).toEqual(new Set(["SLOT_TAKEN"]));
  expect(await verdict(ctx)).toEqual(CLEAN);
});

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

/** How many of this test's connections wait for another's transaction. */
const countWaiting = (ctx: ClinicContext) =>
  inClinic(ctx, async (tx) => {
    const { rows } = await tx.execute<{ waiting: number }>(
      sql`select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rows[0]?.waiting ?? 0;
  });

test("who read the book before a rival's commit is refused all the same, by the database", async () => {
  const { ctx, patient, provider, cleaning } = await makeClinic();
  const input = { patientId: patient.id, providerId: provider.id, serviceId: cleaning.id, startsAt } as const;
  const book = (tx: Tx) => bookIn(tx, ctx, { ...input, createdFrom: "SMS" });
  const [wrote, mayCommit] = [gate(), gate()];
  const first = changeVisit(ctx, async (tx) => {
    const booked = await book(tx);
    wrote.open();
    await mayCommit.opened;
    return booked;
  });
  await wrote.opened;
  const second = changeVisit(ctx, book); // the place is free in the book that it reads
  const waits = vi.waitFor(async () => expect(await countWaiting(ctx)).toBe(1), 10_000);
  await Promise.race([second, waits.catch(() => undefined)]);
  mayCommit.open();
  expect([await first, await second]).toMatchObject([{ ok: true }, { ok: false, error: "SLOT_TAKEN" }]);
  expect(await verdict(ctx)).toEqual(CLEAN);
});

test("the same step taken twice at once is one change", async () => {
  const { ctx, patient, provider, cleaning } = await makeClinic();
  const input = { patientId: patient.id, providerId: provider.id, serviceId: cleaning.id, startsAt } as const;
  const visit = { appointmentId: unwrap(await bookAppointment(ctx, { ...input, createdFrom: "SMS" })).id };
  const [wrote, mayCommit] = [gate(), gate()];
  const first = changeVisit(ctx, async (tx) => {
    const cancelled = await cancelIn(tx, ctx, visit);
    wrote.open();
    await mayCommit.opened;
    return cancelled;
  });
  await wrote.opened;
  const second = cancelAppointment(ctx, visit);
  const waits = vi.waitFor(async () => expect(await countWaiting(ctx)).toBe(1), 10_000);
  await Promise.race([second, waits.catch(() => undefined)]);
  mayCommit.open();
  expect([await first, await second]).toMatchObject([{ ok: true }, { ok: true }]);
  const changes = inClinic(ctx, (tx) =>
    tx.select().from(appointmentEvents).where(eq(appointmentEvents.kind, "status")),
  );
  expect(await changes).toHaveLength(1);
});

test("64 rivals for 64 slots all get theirs", async () => {
  const ctx = await makeBareClinic();
  const staff = await times(4, () => makeProvider(ctx, {}, { 1: [["09:00", "17:00"]] }));
  const service = await makeService(ctx, { providerIds: staff.map(({ id }) => id) });
  const patient = await makePatient(ctx);
  const answers = await times(RIVALS, (index) =>
    bookAppointment(ctx, {
      patientId: patient.id,
      serviceId: service.id,
      providerId: staff[index % 4]?.id,
      startsAt: minutesLater(-60 + 30 * Math.floor(index / 4)),
      createdFrom: "SMS",
    }),
  );
  expect(winners(answers)).toBe(RIVALS);
  expect(await verdict(ctx)).toEqual(CLEAN);
});

test("rivals who take anybody fill all providers and chairs, and not one more", async () => {
  const ctx = await makeBareClinic();
  const staff = await times(5, () => makeProvider(ctx));
  await times(4, () => makeOperatory(ctx));
  const segments = [
    { role: "lead", fromMinute: 0, toMinute: 30 } as const,
    { role: "operatory", fromMinute: 0, toMinute: 30 } as const,
  ];
  const service = await makeService(ctx, { providerIds: staff.map(({ id }) => id), segments });
  const patient = await makePatient(ctx);
  const input = { patientId: patient.id, serviceId: service.id, startsAt, createdFrom: "SMS" } as const;
  const answers = await times(32, () => bookAppointment(ctx, input));
  expect(winners(answers)).toBe(4);
  expect(refusals(answers)).toEqual(new Set(["SLOT_TAKEN"]));
  expect(await verdict(ctx)).toEqual(CLEAN);
});

test("two visits that want each other's place are both answered, and neither loses its own", async () => {
  for (let round = 0; round < 8; round++) {
    const { ctx, patient, provider, other, cleaning } = await makeClinic();
    const input = { patientId: patient.id, serviceId: cleaning.id, createdFrom: "SMS" } as const;
    const isSame = round % 2 === 0; // the same provider at two times, or two providers at one time
    const [one, two] = [
      unwrap(await bookAppointment(ctx, { ...input, providerId: provider.id, startsAt })),
      unwrap(
        await bookAppointment(ctx, {
          ...input,
          providerId: isSame ? provider.id : other.id,
          startsAt: isSame ? minutesLater(30) : startsAt,
        }),
      ),
    ];
    const answers = await Promise.all([
      rescheduleAppointment(ctx, { appointmentId: one.id, startsAt: two.startsAt, providerId: two.provider.id }),
      rescheduleAppointment(ctx, { appointmentId: two.id, startsAt: one.startsAt, providerId: one.provider.id }),
    ]);
    expect(refusals(answers)).toEqual(new Set(["SLOT_TAKEN"]));
    expect(await verdict(ctx)).toEqual(CLEAN);
  }
});

test("moves, bookings and cancels that cross each other leave one visit a place and no deadlock", async () => {
  const ctx = await makeBareClinic();
  const staff = await times(3, () => makeProvider(ctx));
  await times(2, () => makeOperatory(ctx));
  const segments = [
    { role: "lead", fromMinute: 0, toMinute: 30 } as const,
    { role: "operatory", fromMinute: 0, toMinute: 30 } as const,
  ];
  const service = await makeService(ctx, { providerIds: staff.map(({ id }) => id), segments });
  const patient = await makePatient(ctx);
  const input = { patientId: patient.id, serviceId: service.id, createdFrom: "SMS" } as const;
  const visits: { id: string }[] = [];
  for (const index of [0, 1, 2, 3])
    visits.push(unwrap(await bookAppointment(ctx, { ...input, startsAt: minutesLater(30 * index - 60) })));
  const answers = await times(48, (index) => {
    const visit = visits[index % 4];
    const start = minutesLater(15 * (index % 7) - 60);
    if (index % 3 === 0) return bookAppointment(ctx, { ...input, startsAt: start });
    if (index === 25) return cancelAppointment(ctx, { appointmentId: visit?.id ?? "" });
    const providerId = staff[index % 3]?.id;
    return rescheduleAppointment(ctx, { appointmentId: visit?.id ?? "", startsAt: start, providerId });
  });
  const expected = ["SLOT_TAKEN", "ILLEGAL_TRANSITION"];
  expect([...refusals(answers)].filter((code) => !expected.includes(code))).toEqual([]);
  expect(await verdict(ctx)).toEqual(CLEAN);
});

test("a hold that ends while its patient says yes is booked or taken, never both", async () => {
  for (let round = 0; round < 8; round++) {
    const { ctx, patient, provider, cleaning } = await makeClinic();
    const slot = { patientId: patient.id, providerId: provider.id, serviceId: cleaning.id, startsAt } as const;
    const input = { ...slot, createdFrom: "SMS" } as const;
    const hold = unwrap(await holdSlot(ctx, { ...input, expiresAt: ctx.now() }));
    const answers = await Promise.all([
      confirmHold(ctx, { appointmentId: hold.id }),
      ...Array.from({ length: 7 }, () => bookAppointment(ctx, input)),
    ]);
    expect(winners(answers)).toBe(1);
    expect(refusals(answers)).toEqual(new Set(["SLOT_TAKEN"]));
    expect(await verdict(ctx)).toEqual(CLEAN);
  }
});

test("time off that is entered while visits are booked either refuses them or sees them", async () => {
  const { ctx, patient, provider, cleaning } = await makeClinic();
  const input = { patientId: patient.id, providerId: provider.id, serviceId: cleaning.id, createdFrom: "SMS" } as const;
  const day = { clinicId: ctx.clinic.id, providerId: provider.id, kind: "closed" } as const;
  const closing = inClinic(ctx, async (tx) => {
    await tx.execute(`select 1 from providers where id = '${provider.id}' for update`);
    await tx.insert(scheduleExceptions).values({ ...day, dayFrom: "2026-03-02", dayTo: "2026-03-02" });
    const seen = await tx.execute(`select id from appointments where provider_id = '${provider.id}'`);
    return seen.rows.length;
  });
  const booking = times(8, (index) => bookAppointment(ctx, { ...input, startsAt: minutesLater(30 * index - 60) }));
  const [seen, answers] = await Promise.all([closing, booking]);
  expect(winners(answers)).toBe(seen);
  expect([...refusals(answers)].filter((code) => code !== "OUTSIDE_HOURS" && code !== "SLOT_TAKEN")).toEqual([]);
});
