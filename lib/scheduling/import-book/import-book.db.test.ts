import { and, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { appointments, occupancies } from "@/db/schema/appointments";
import { makeBareClinic, makeClinic, makePatient, makeProvider, makeService } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { tellOfVisits } from "@/lib/notifications/tell-of-visits";
import { bookAppointment } from "../book";
import { editNote } from "../edit-note";
import { importBook } from "./import-book";
import { ImportBook } from "./schema";
import { undoImport } from "./undo-import";

const run = (ctx: ClinicContext, csv: string, more: object = {}) =>
  importBook(ctx, ImportBook.parse({ csv, dry_run: false, ...more }));
const dry = async (ctx: ClinicContext, csv: string, more: object = {}) =>
  unwrap(await run(ctx, csv, { dry_run: true, ...more }));
const visitsOf = (ctx: ClinicContext) =>
  query(ctx, (tx) =>
    tx
      .select()
      .from(appointments)
      .where(and(eq(appointments.clinicId, ctx.clinic.id), eq(appointments.createdFrom, "IMPORT")))
      .orderBy(appointments.startsAt, appointments.id),
  );
const countOf = (ctx: ClinicContext, table: string) =>
  query(ctx, async (tx) => {
    const { rows } = await tx.execute<{ n: number }>(
      sql`select count(*)::int as n from ${sql.identifier(table)} where clinic_id = ${ctx.clinic.id}`,
    );
    return rows[0]?.n ?? 0;
  });
const lines = (head: string, ...rows: string[]) => [head, ...rows].join("\n");

test("a dry run names each conflict by its row, and writes nothing", async () => {
  const { ctx, provider, cleaning, patient } = await makeClinic();
  await makePatient(ctx, { name: "Twin Test", nameKey: "twin test" });
  await makePatient(ctx, { name: "Twin Test", nameKey: "twin test" });
  const startsAt = new Date("2026-03-10T14:00:00Z"); // 10:00 in New York
  const there = { patientId: patient.id, serviceId: cleaning.id, providerId: provider.id, createdFrom: "API" } as const;
  unwrap(await bookAppointment(ctx, { ...there, startsAt }));
  const csv = lines(
    "name,phone,email,date,time,end,duration,provider,service,chair,status,external_id",
    "Ana Ruiz,(202) 555-0101,,03/11/2026,9:00 AM,,,Moreno Ada,Cleaning,Chair 1,confirmed,A1",
    "Bo Lee,202 555 0102,,03/11/2026,09:15,,,Dr. Samir Haddad,cleaning,chair 1,,A2",
    "Cy Orr,202 555 0103,,03/10/2026,10:15,10:45,,Dr. Ada Moreno,Cleaning,,,A3",
    "Di Fox,202 555 0104,,02/30/2026,soon,,,Dr. Who,Whitening,Chair 9,maybe,A4",
    "Ed Ray,202 555 0105,,03/12/2026,,,,Dr. Ada Moreno,Cleaning,,,A5",
    "Twin Test,,,03/12/2026,14:00,,,Dr. Ada Moreno,Cleaning,,,A6",
    "Fay Kim,phone,nowhere,03/12/2026,15:00,14:00,,Dr. Ada Moreno,Cleaning,,,A7",
    "Gus Low,202 555 0107,,03/12/2026,15:00,,900,Dr. Ada Moreno,Cleaning,,,A8",
    "Hal Day,202 555 0108,,03/13/2026,15:00,,,Dr. Ada Moreno,Cleaning,,done,A9",
    "Ida May,,,03/08/2026,02:30,,,Dr. Ada Moreno,Cleaning,,,A1",
    "Ida May,,,03/08/2026,02:30,,,Dr. Ada Moreno,Cleaning,,,B1",
    "Jo Fall,202 555 0109,,11/01/2026,01:30,,,Dr. Ada Moreno,Cleaning,,,B2",
    ",,,03/16/2026,09:00,,,Dr. Ada Moreno,Cleaning,,,B3",
    "Ana Ruiz,2025550101,,2026-03-11,09:00,,,Ada Moreno,Cleaning,,,B4",
  );
  const report = await dry(ctx, csv);
  expect(report.problems.map(({ row, column, code, value }) => [row, column, code, value])).toEqual([
    [3, "time", "OVERLAPS_ROW", "2"],
    [4, "time", "OVERLAPS_VISIT", "Dr. Ada Moreno, 2026-03-10 10:00–10:30"],
    [5, "provider", "PROVIDER_UNKNOWN", "Dr. Who"],
    [5, "service", "SERVICE_UNKNOWN", "Whitening"],
    [5, "chair", "CHAIR_UNKNOWN", "Chair 9"],
    [5, "date", "DATE_INVALID", "02/30/2026"],
    [6, "time", "TIME_MISSING", null],
    [7, "name", "PATIENT_AMBIGUOUS", "Twin Test"],
    [8, "phone", "PHONE_INVALID", null],
    [8, "email", "EMAIL_INVALID", null],
    [8, "end", "END_INVALID", "14:00"],
    [9, "duration", "DURATION_INVALID", "900"],
    [10, "status", "STATUS_IN_FUTURE", "done"],
    [11, "time", "TIME_MOVED", "2026-03-08 02:30"],
    [11, "phone", "NO_CONTACT", null],
    [11, "external_id", "EXTERNAL_ID_TWICE", "2"],
    [12, "time", "TIME_MOVED", "2026-03-08 02:30"],
    [12, "time", "OUTSIDE_HOURS", null],
    [13, "time", "TIME_TWICE", "2026-11-01 01:30"],
    [13, "time", "OUTSIDE_HOURS", null],
    [14, "name", "NAME_MISSING", null],
    [15, null, "DUPLICATE_IN_FILE", "2"],
  ]);
  expect(report).toMatchObject({ dryRun: true, rows: 14, ready: 3, failed: 10, skipped: 1, imported: 0, upcoming: 3 });
  expect(report.failedRows).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 14]);
  expect(report.unknown.map(({ column, value }) => [column, value])).toEqual([
    ["provider", "Dr. Who"],
    ["service", "Whitening"],
    ["chair", "Chair 9"],
  ]);
  expect(report.problems.every(({ message }) => message.length > 5 && !message.includes("{"))).toBe(true);
  expect(await visitsOf(ctx)).toEqual([]);

  const refused = await run(ctx, csv);
  expect(refused).toMatchObject({ ok: false, error: "VALIDATION_FAILED" });
  expect(await visitsOf(ctx)).toEqual([]);
  expect(await countOf(ctx, "patients")).toBe(3);
  expect(unwrap(await run(ctx, csv, { skip_rows: report.failedRows })).imported).toBe(3);
});

test("a run brings people and visits, completes what is over, messages nobody, and does nothing the second time", async () => {
  const { ctx, provider, chair, patient } = await makeClinic();
  const csv = lines(
    "Paciente;Móvil;Fecha;Hora;Duración;Profesional;Servicio;Sillón;Estado;Nota;Ref",
    `${patient.name};${patient.phone};27/02/2026;10:00;45;Ada Moreno;Cleaning;;atendido;;1`,
    "Eva Sol;+12025550161;26/02/2026;10:00;45;Ada Moreno;Cleaning;;;;2",
    "Eva Sol;+12025550161;09/03/2026;09:00;45;Ada Moreno;Cleaning;Chair 1;confirmada;'=prefers mornings;3",
    "Leo Sol;+12025550161;09/03/2026;09:45;30;Ada Moreno;Cleaning;Chair 1;;;4",
    "Leo Sol;;10/03/2026;09:45;30;Ada Moreno;Revisión;;cancelada;;5",
  );
  const columns = {
    ...{ name: "Paciente", phone: "Móvil", date: "Fecha", time: "Hora", duration: "Duración", provider: "Profesional" },
    ...{ service: "Servicio", chair: "Sillón", status: "Estado", note: "Nota", external_id: "Ref" },
  };
  const report = await dry(ctx, csv, { columns, date_order: "dmy" });
  expect(report.unknown).toEqual([{ column: "service", value: "Revisión", rows: 1 }]);
  const names = { service: { Revisión: report.choices.service[0]?.id ?? "" } };
  const asked = { columns, date_order: "dmy", names };
  const done = unwrap(await run(ctx, csv, asked));
  expect(done).toMatchObject({ imported: 5, failed: 0, newPatients: 2, upcoming: 2 });

  const visits = await visitsOf(ctx);
  expect(visits.map((visit) => [visit.startsAt.toISOString(), visit.status, visit.confirmation])).toEqual([
    ["2026-02-26T15:00:00.000Z", "completed", "unasked"],
    ["2026-02-27T15:00:00.000Z", "completed", "unasked"],
    ["2026-03-09T13:00:00.000Z", "scheduled", "confirmed"],
    ["2026-03-09T13:45:00.000Z", "scheduled", "unasked"],
    ["2026-03-10T13:45:00.000Z", "cancelled", "unasked"],
  ]);
  expect(visits[1]?.patientId).toBe(patient.id);
  expect(visits[2]).toMatchObject({ note: "=prefers mornings", operatoryId: chair.id, providerId: provider.id });
  expect(visits[3]?.patientId).toBe(visits[4]?.patientId);
  expect(await countOf(ctx, "occupancies")).toBe(4);

  await tellOfVisits(ctx);
  for (const table of ["messages", "outbox", "notifications", "notification_deliveries"])
    expect([table, await countOf(ctx, table)]).toEqual([table, 0]);

  const again = unwrap(await run(ctx, csv, asked));
  expect(again).toMatchObject({ imported: 0, skipped: 5, importId: null });
  const unnamed = unwrap(await run(ctx, csv, { ...asked, columns: { ...columns, external_id: "" } }));
  expect(unnamed).toMatchObject({ imported: 0, skipped: 5 });
  expect(await visitsOf(ctx)).toHaveLength(5);
});

test("of two who import the same book at once one does, and who is booked meanwhile keeps the time", async () => {
  const { ctx, provider, cleaning, patient } = await makeClinic();
  const csv = lines(
    "name,phone,date,time,provider,service",
    "Ana Ruiz,+12025550171,2026-03-09,09:00,Ada Moreno,Cleaning",
    "Bo Lee,+12025550172,2026-03-09,09:30,Ada Moreno,Cleaning",
  );
  const both = await Promise.all([run(ctx, csv), run(ctx, csv)]);
  expect(both.map((answer) => unwrap(answer).imported).sort()).toEqual([0, 2]);

  const rival = lines("name,phone,date,time,provider,service", "Cy,+12025550173,2026-03-09,10:00,Ada Moreno,Cleaning");
  const startsAt = new Date("2026-03-09T14:00:00Z");
  const book = {
    patientId: patient.id,
    serviceId: cleaning.id,
    providerId: provider.id,
    startsAt,
    createdFrom: "API",
  } as const;
  const [booked, imported] = await Promise.all([bookAppointment(ctx, book), run(ctx, rival)]);
  expect([booked.ok, imported.ok].filter(Boolean)).toHaveLength(1);
  if (!imported.ok)
    expect(imported).toMatchObject({ error: "VALIDATION_FAILED", details: [{ path: ["csv", 2, "time"] }] });
  const taken = await query(ctx, (tx) => tx.select().from(occupancies).where(eq(occupancies.resourceId, provider.id)));
  expect(taken).toHaveLength(3);
});

test("an import is taken back as far as nobody has touched it, and can come again", async () => {
  const { ctx } = await makeClinic();
  const csv = lines(
    "name,phone,date,time,provider,service,external_id",
    "Ana Ruiz,+12025550181,2026-02-20,09:00,Ada Moreno,Cleaning,1",
    "Ana Ruiz,+12025550181,2026-03-09,09:00,Ada Moreno,Cleaning,2",
    "Bo Lee,+12025550182,2026-03-09,09:30,Ada Moreno,Cleaning,3",
  );
  const { importId } = unwrap(await run(ctx, csv));
  const touched = (await visitsOf(ctx))[2];
  const later = { ...ctx, now: () => new Date(ctx.now().getTime() + 60_000) };
  unwrap(await editNote(later, { appointmentId: touched?.id ?? "", note: "calls before" }));
  expect(unwrap(await undoImport(later, { importId: importId ?? "" }))).toMatchObject({ cancelled: 1, kept: 2 });
  expect(unwrap(await undoImport(later, { importId: importId ?? "" }))).toMatchObject({ cancelled: 0 });
  expect((await visitsOf(ctx)).map(({ status }) => status)).toEqual(["completed", "cancelled", "scheduled"]);
  expect(unwrap(await run(later, csv))).toMatchObject({ imported: 1, skipped: 2 });
  const elsewhere = await makeBareClinic();
  expect(await undoImport(elsewhere, { importId: importId ?? "" })).toMatchObject({ ok: false, error: "NOT_FOUND" });
});

const SIZE = 5000;

/** Ten providers, half of the visits over; every fiftieth wants the time of the row before it. */
async function makeLargeBook() {
  const ctx = await makeBareClinic();
  const ids: string[] = [];
  for (let at = 0; at < 10; at++) ids.push((await makeProvider(ctx, { name: `Dentist ${at}` })).id);
  await makeService(ctx, { providerIds: ids });
  const start = Date.parse("2026-02-02T09:00:00Z");
  const rowOf = (n: number, isClash: boolean) => {
    const at = isClash ? n - 1 : n;
    const [provider, slot] = [at % 10, Math.floor(at / 10)];
    const wall = new Date(start + Math.floor(slot / 16) * 86_400_000 + (slot % 16) * 1_800_000).toISOString();
    return `Person ${n % 2000},+1212${String(n % 2000).padStart(7, "5550000")},${wall.slice(0, 10)},${wall.slice(11, 16)},Dentist ${provider},Cleaning,X${n}`;
  };
  const book = (hasClashes: boolean) =>
    lines(
      "name,phone,date,time,provider,service,external_id",
      ...Array.from({ length: SIZE }, (_, n) => rowOf(n, hasClashes && n % 50 === 49)),
    );
  return { ctx, clean: book(false), clashing: book(true) };
}

test("thousands of visits are checked, refused as a whole, and taken in one go", { timeout: 60_000 }, async () => {
  const { ctx, clean, clashing } = await makeLargeBook();
  const report = await dry(ctx, clashing);
  expect(report.failed).toBe(report.problems.filter(({ kind }) => kind === "error").length);
  expect(report.failed).toBeGreaterThan(0);
  expect((await run(ctx, clashing)).ok).toBe(false);
  expect(await countOf(ctx, "appointments")).toBe(0);
  expect(unwrap(await run(ctx, clean))).toMatchObject({ imported: SIZE, failed: 0 });
  expect(await countOf(ctx, "appointments")).toBe(SIZE);
  expect(await countOf(ctx, "outbox")).toBe(0);
});
