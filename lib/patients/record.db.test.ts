import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditLog } from "@/db/schema/records";
import { newId } from "@/db/ids";
import { makeClinic, makePhone } from "@/db/testing/make";
import { makeVisit } from "@/db/testing/make-visit";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { addContactPoint } from "./contact-points/add";
import { changeContactPoint } from "./contact-points/change";
import { removeContactPoint } from "./contact-points/remove";
import { createPatient } from "./create";
import { getPatient } from "./get";
import { addNote } from "./notes/add";
import { CreatePatient, ListPatients, UpdatePatient } from "./schema";
import { listPatients } from "./search";
import { updatePatient } from "./update";

const auditOf = (ctx: ClinicContext, targetId: string) =>
  query(ctx, (tx) =>
    tx
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.clinicId, ctx.clinic.id), eq(auditLog.targetId, targetId))),
  );

test("whoever reads a record is written down once an hour, however often an open page reads it and at once, without content", async () => {
  const { ctx, patient } = await makeClinic();
  const other: ClinicContext = { ...ctx, actor: { type: "user", id: newId(), name: "Other" } };
  const later: ClinicContext = { ...ctx, now: () => new Date(ctx.now().getTime() + 3_600_000) };
  await Promise.all(Array.from({ length: 6 }, () => getPatient(ctx, patient.id).then(unwrap)));
  for (const reader of [other, ctx, later]) unwrap(await getPatient(reader, patient.id));
  const rows = await auditOf(ctx, patient.id);
  expect(rows.map(({ action, actorId, changed }) => [action, actorId, changed]).sort()).toEqual(
    [ctx, other, later].map((reader) => ["patient.read", reader.actor.id, []]).sort(),
  );
});

test("a new person without a visit is a lead; the same name at the same phone is there already", async () => {
  const { ctx } = await makeClinic();
  const body = CreatePatient.parse({
    name: "Zoë Park",
    phone: makePhone(),
    birth_date: "1990-03-03",
    time_zone: "Asia/Riyadh",
  });
  const made = unwrap(await createPatient(ctx, body));
  expect(made).toMatchObject({ patientType: "COLD_LEAD", age: 35, timeZone: "Asia/Riyadh" });
  expect(await createPatient(ctx, { ...body, name: "zoe  park" })).toMatchObject({
    ...{ ok: false, error: "CONFLICT", details: { what: "patient", id: made.id } },
  });
  expect(await createPatient(ctx, { ...body, timeZone: "Mars/Base" })).toMatchObject({ error: "VALIDATION_FAILED" });
});

test("a change names the fields that really changed, and the type is nobody's to set", async () => {
  const { ctx, patient } = await makeClinic();
  const body = UpdatePatient.parse({
    name: "Ána  Ruiz",
    language: null,
    patient_type: "EXISTING",
    id: "x",
    clinic_id: "y",
  });
  const changed = unwrap(await updatePatient(ctx, patient.id, body));
  expect(changed).toMatchObject({ id: patient.id, name: "Ána Ruiz", patientType: patient.patientType });
  expect((await auditOf(ctx, patient.id)).map((row) => row.changed)).toEqual([["name"]]);
  expect(unwrap(await listPatients(ctx, ListPatients.parse({ q: "ana ru" }))).items).toHaveLength(1);
  expect(await updatePatient(ctx, patient.id, { name: "👋" })).toMatchObject({ error: "VALIDATION_FAILED" });
  const elsewhere = await makeClinic();
  expect(await updatePatient(elsewhere.ctx, patient.id, body)).toMatchObject({ error: "NOT_FOUND" });
});

test("of a kind one address is the primary one, the last that is removed leaves its place to the next", async () => {
  const { ctx, patient } = await makeClinic();
  const add = (value: string, isPrimary = false) =>
    addContactPoint(ctx, patient.id, { kind: "phone", value, isPrimary });
  const [second, third] = [unwrap(await add(makePhone(), true)), unwrap(await add(makePhone()))];
  const primary = async () =>
    unwrap(await getPatient(ctx, patient.id))
      .contactPoints.filter((point) => point.isPrimary)
      .map((point) => point.id);
  expect(await primary()).toEqual([second.id]);
  unwrap(
    await changeContactPoint(ctx, { id: patient.id, pointId: third.id }, { isPrimary: true, relation: "guardian" }),
  );
  expect(await primary()).toEqual([third.id]);
  unwrap(await removeContactPoint(ctx, { id: patient.id, pointId: third.id }));
  expect(await primary()).toHaveLength(1);
  expect(await removeContactPoint(ctx, { id: patient.id, pointId: third.id })).toMatchObject({ error: "NOT_FOUND" });
  expect(await add("not a phone")).toMatchObject({ error: "VALIDATION_FAILED" });
  expect(await addContactPoint(ctx, patient.id, { kind: "email", value: "nobody", isPrimary: false })).toMatchObject({
    error: "VALIDATION_FAILED",
  });
});

test("filters find who they say: type, language, upcoming visit, follow-up, day of creation", async () => {
  const { ctx, patient, provider, cleaning } = await makeClinic();
  const lead = unwrap(
    await createPatient(ctx, CreatePatient.parse({ name: "Lea", phone: makePhone(), language: "es" })),
  );
  await makeVisit(ctx, {
    ...{ patientId: patient.id, providerId: provider.id, serviceId: cleaning.id },
    startsAt: new Date("2026-03-05T15:00:00Z"),
  });
  unwrap(await updatePatient(ctx, patient.id, { nextFollowUpDate: "2026-03-02" }));
  unwrap(await updatePatient(ctx, lead.id, { nextFollowUpDate: "2026-03-03" }));
  const ids = async (ask: object) =>
    unwrap(await listPatients(ctx, ListPatients.parse(ask))).items.map((item) => item.id);
  expect(await ids({ type: "COLD_LEAD" })).toEqual([lead.id]);
  expect(await ids({ language: "es" })).toEqual([lead.id]);
  expect(await ids({ upcoming: "yes" })).toEqual([patient.id]);
  expect(await ids({ upcoming: "no" })).toEqual([lead.id]);
  expect(await ids({ follow_up: "due" })).toEqual([patient.id]);
  expect(await ids({ follow_up: "planned" })).toEqual([lead.id]);
  expect(await ids({ sort: "-follow_up" })).toEqual([lead.id, patient.id]);
  expect(await ids({ created_from: "2126-01-01" })).toEqual([]);
});

test("a note is a member's, of a patient of their clinic", async () => {
  const { ctx, patient } = await makeClinic();
  expect(await addNote(ctx, patient.id, { text: "x" })).toMatchObject({ ok: false, error: "FORBIDDEN" });
});
