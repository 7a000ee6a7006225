import { expect, test } from "vitest";
import { appointments, occupancies } from "@/db/schema/appointments";
import { countDeadlocks } from "@/db/testing/deadlocks";
import { makeClinic, makePatient, makeService } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { bookAppointment } from "../book";
import { cancelWithRest } from "../series/cancel-with-rest";
import { getSeries } from "../series/get-series";
import { bookFamily } from "./book-family";
import { findFamilyStarts } from "./find-family-starts";
import { BookFamily, FindFamilyStarts, type FamilyStart } from "./schema";

const TUESDAY = "2026-03-03";
const CHAIRED = (minutes: number) => [
  { role: "lead", fromMinute: 0, toMinute: minutes } as const,
  { role: "operatory", fromMinute: 0, toMinute: minutes } as const,
];

async function family() {
  const clinic = await makeClinic();
  const ctx: ClinicContext = { ...clinic.ctx, role: "STAFF", actor: { type: "user", id: "u", name: "Desk" } };
  const { patient, provider, other, cleaning } = clinic;
  const child = await makePatient(ctx, { phone: patient.phone, relation: "guardian" });
  const find = (arrangement: string, serviceIds = [cleaning.id, cleaning.id], providerIds: string[] = []) => {
    const ask = { day: TUESDAY, service_ids: serviceIds.join(","), provider_ids: providerIds.join(","), arrangement };
    return findFamilyStarts(ctx, FindFamilyStarts.parse(ask));
  };
  const bookAt = ({ visits }: FamilyStart, patientIds = [patient.id, child.id]) =>
    bookFamily(
      ctx,
      BookFamily.parse({
        members: visits.map((visit, index) => ({
          patient_id: patientIds[index],
          service_id: visit.serviceId,
          provider_id: visit.providerId,
          starts_at: visit.startsAt.toISOString(),
        })),
      }),
    );
  const countVisits = async () => (await query(ctx, (tx) => tx.select().from(appointments))).length;
  return { ...clinic, ctx, child, find, bookAt, countVisits, providerIds: [provider.id, other.id] };
}

const timesOf = (items: FamilyStart[]) => items.map(({ startsAt }) => startsAt.toISOString().slice(11, 16));
const first = <T>(items: T[]): T => {
  const [item] = items;
  if (item === undefined) throw new Error("nothing was found");
  return item;
};

test("two people come one after the other to the same provider, or at once to two", async () => {
  const { find, ctx, patient, cleaning, provider } = await family();
  const taken = { patientId: patient.id, serviceId: cleaning.id, providerId: provider.id, createdFrom: "SMS" } as const;
  unwrap(await bookAppointment(ctx, { ...taken, startsAt: new Date("2026-03-03T15:00:00Z") }));
  const inTurn = unwrap(await find("back_to_back", undefined, [provider.id, ""])).items;
  expect(timesOf(inTurn).slice(0, 3)).toEqual(["14:00", "15:30", "15:45"]);
  for (const { visits } of inTurn) {
    expect(visits.map(({ providerId }) => providerId)).toEqual([provider.id, provider.id]);
    expect(visits[1]?.startsAt).toEqual(visits[0]?.endsAt);
  }
  const atOnce = unwrap(await find("parallel")).items;
  expect(timesOf(atOnce)).not.toContain("15:00");
  for (const { visits } of atOnce) {
    expect(new Set(visits.map(({ providerId }) => providerId)).size).toBe(2);
    expect(visits[1]?.startsAt).toEqual(visits[0]?.startsAt);
  }
});

test("services of different lengths, buffers and one chair are minded", async () => {
  const { ctx, find, bookAt, providerIds } = await family();
  const long = await makeService(ctx, { providerIds, durationMinutes: 60, bufferAfterMinutes: 10 });
  const chaired = await makeService(ctx, { providerIds, segments: CHAIRED(30), bufferBeforeMinutes: 5 });
  const { items } = unwrap(await find("back_to_back", [long.id, chaired.id, chaired.id]));
  const { visits } = first(items);
  const minutes = visits.map(({ startsAt }) => (startsAt.getTime() - (visits[0]?.startsAt.getTime() ?? 0)) / 60_000);
  expect(minutes).toEqual([0, 75, 110]);
  const third = await makePatient(ctx);
  const [one, two] = [await makePatient(ctx), await makePatient(ctx)];
  const booked = unwrap(await bookAt(first(items), [one.id, two.id, third.id]));
  expect(booked.visits.map(({ startsAt }) => startsAt)).toEqual(visits.map(({ startsAt }) => startsAt));
  expect(unwrap(await find("parallel", [chaired.id, chaired.id, chaired.id])).items).toEqual([]); // two dentists
});

test("whatever the search answers can be booked as a whole, and is one family after", async () => {
  for (const arrangement of ["back_to_back", "parallel"]) {
    const { ctx, find, bookAt, patient, child } = await family();
    const { seriesId } = unwrap(await bookAt(first(unwrap(await find(arrangement)).items)));
    const series = unwrap(await getSeries(ctx, { id: seriesId }));
    expect(series).toMatchObject({
      kind: "family",
      visits: [{ patient: { id: patient.id } }, { patient: { id: child.id } }],
    });
    const [, second] = series.visits;
    unwrap(await cancelWithRest(ctx, { appointmentId: second?.id ?? "", rest: "cancel" }));
    const after = unwrap(await getSeries(ctx, { id: seriesId }));
    expect(after.visits.map(({ state }) => state)).toEqual(["cancelled", "cancelled"]);
  }
});

test("when one of them can't be had nobody is booked, and nobody new is written down", async () => {
  const { ctx, find, bookAt, patient, child, cleaning, countVisits } = await family();
  const start = first(unwrap(await find("back_to_back")).items);
  const [, second] = start.visits;
  if (!second) throw new Error("two visits");
  const taken = {
    patientId: child.id,
    serviceId: cleaning.id,
    providerId: second.providerId,
    createdFrom: "SMS",
  } as const;
  unwrap(await bookAppointment(ctx, { ...taken, startsAt: second.startsAt }));
  expect(await bookAt(start)).toMatchObject({ error: "SLOT_TAKEN", details: { conflicts: [{ index: 1 }] } });
  expect(await countVisits()).toBe(1);
  const same = BookFamily.safeParse({
    members: start.visits.map((visit) => ({
      patient_id: patient.id,
      service_id: cleaning.id,
      starts_at: visit.startsAt.toISOString(),
    })),
  });
  expect(same.success).toBe(false);
});

test("of families and single patients who want the same time each is booked whole or not at all, without deadlock", async () => {
  const { ctx, find, bookAt, patient, cleaning, providerIds } = await family();
  const start = first(unwrap(await find("parallel")).items);
  const mirrored = { ...start, visits: start.visits.toReversed() };
  const before = await countDeadlocks();
  const answers = await Promise.all<Result<unknown>>([
    ...Array.from({ length: 12 }, (_, index) => bookAt(index % 2 === 0 ? start : mirrored)),
    ...providerIds.map((providerId) =>
      bookAppointment(ctx, {
        patientId: patient.id,
        serviceId: cleaning.id,
        providerId,
        startsAt: start.startsAt,
        createdFrom: "SMS",
      }),
    ),
  ]);
  expect(new Set(answers.flatMap((answer) => (answer.ok ? [] : [answer.error])))).toEqual(new Set(["SLOT_TAKEN"]));
  expect(await countDeadlocks()).toBe(before);
  const visits = await query(ctx, (tx) => tx.select().from(appointments));
  expect(visits.filter(({ seriesId }) => seriesId !== null).length % 2).toBe(0);
  expect(await query(ctx, (tx) => tx.select().from(occupancies))).toHaveLength(visits.length);
  expect(visits.length).toBeGreaterThan(0);
});
