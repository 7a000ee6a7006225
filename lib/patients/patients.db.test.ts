import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { patientContactPoints } from "@/db/schema/patients";
import { auditLog } from "@/db/schema/records";
import { makeBareClinic, makeClinic, makePatient, makePhone } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import { ensureContactPointIn, introducedAtIn, markIntroducedIn } from "./contact-point";
import { revealContactPoint } from "./contact-points/reveal";
import { findOrCreatePatientIn, type PatientDetails } from "./find-or-create";
import { getPatient } from "./get";
import { listPatientsAtIn } from "./list-by-contact-point";
import { ListPatients } from "./schema";
import { listPatients } from "./search";

const asStaff = (ctx: ClinicContext): ClinicContext => ({
  ...ctx,
  actor: { type: "user", id: "019cb0a0-0000-7000-8000-000000000001", name: "Sam" },
  role: "STAFF",
});
const find = (ctx: ClinicContext, details: Omit<PatientDetails, "createdFrom">) =>
  transact(ctx, {}, (tx) => findOrCreatePatientIn(tx, ctx, { createdFrom: "SMS", ...details }));

test("the same phone and name are the same person, however they are written", async () => {
  const ctx = await makeBareClinic();
  const first = unwrap(await find(ctx, { name: "María  López", phone: "(202) 555-0123" }));
  const again = unwrap(await find(ctx, { name: "maria lopez", phone: "+1 202 555 0123" }));
  expect([first.isNew, again.isNew]).toEqual([true, false]);
  expect(again.patient.id).toBe(first.patient.id);
  expect(first.patient.name).toBe("María López");
});

test("another name on a known phone is a new person of the family, not the one who was there", async () => {
  const ctx = await makeBareClinic();
  const phone = makePhone();
  const mother = unwrap(await find(ctx, { name: "Ana Ruiz", phone }));
  const son = unwrap(await find(ctx, { name: "Leo Ruiz", phone }));
  expect(son.patient.id).not.toBe(mother.patient.id);
  const there = await query(ctx, async (tx) => {
    const point = await tx
      .select()
      .from(patientContactPoints)
      .where(and(eq(patientContactPoints.patientId, son.patient.id)));
    return listPatientsAtIn(tx, ctx, point[0]?.contactPointId ?? "");
  });
  expect(there.map(({ name, relation }) => [name, relation])).toEqual([
    ["Ana Ruiz", "self"],
    ["Leo Ruiz", "family"],
  ]);
});

test("only staff add a further address to a person who exists", async () => {
  const ctx = await makeBareClinic();
  const phone = makePhone();
  const { patient } = unwrap(await find(ctx, { name: "Ana Ruiz", phone }));
  await find(ctx, { name: "Ana Ruiz", phone, email: "stranger@example.test" });
  expect(unwrap(await getPatient(ctx, patient.id)).email).toBeNull();
  await find(asStaff(ctx), { name: "Ana Ruiz", phone, email: "Ana@Example.test" });
  expect(unwrap(await getPatient(ctx, patient.id)).email).toBe("ana@example.test");
});

test("rivals who bring the same new person make one", async () => {
  const ctx = await makeBareClinic();
  const phone = makePhone();
  const found = await Promise.all(Array.from({ length: 6 }, () => find(ctx, { name: "Zoe Park", phone })));
  expect(new Set(found.map((one) => unwrap(one).patient.id)).size).toBe(1);
});

test("a name without letters and a phone without a number are refused", async () => {
  const ctx = await makeBareClinic();
  expect(await find(ctx, { name: "👋", phone: makePhone() })).toMatchObject({ error: "VALIDATION_FAILED" });
  expect(await find(ctx, { name: "Ana", phone: "soon" })).toMatchObject({ error: "VALIDATION_FAILED" });
});

test("a patient is found by part of the name without accents, by any spelling of the phone, and never elsewhere", async () => {
  const { ctx } = await makeClinic();
  const other = await makeClinic();
  const made = unwrap(await find(ctx, { name: "José Ñandú", phone: "+12025550177" }));
  await makePatient(other.ctx, { name: "jose nandu", phone: "+12025550177" });
  const ids = async (q: string) =>
    unwrap(await listPatients(ctx, ListPatients.parse({ q }))).items.map((item) => item.id);
  expect(await ids("nandu")).toEqual([made.patient.id]);
  expect(await ids("JOSÉ")).toEqual([made.patient.id]);
  expect(await ids("(202) 555-0177")).toEqual([made.patient.id]);
  expect(await ids("%")).toEqual([]);
  const all = unwrap(await listPatients(ctx, ListPatients.parse({ limit: "1" })));
  expect(all).toMatchObject({ total: 2, page: 1, limit: 1, totalCapped: false });
  expect(await getPatient(other.ctx, made.patient.id)).toMatchObject({ ok: false, error: "NOT_FOUND" });
});

test("a viewer sees a phone masked, the desk sees it whole", async () => {
  const { ctx, patient } = await makeClinic();
  expect(unwrap(await getPatient(asStaff(ctx), patient.id)).phone).toBe(patient.phone);
  const seen = unwrap(await getPatient({ ...ctx, role: "VIEWER" }, patient.id)).phone;
  expect(seen).not.toContain(patient.phone.slice(2, 10));
});

test("a viewer who says why sees a number whole, and each time is written down without it", async () => {
  const [{ ctx, patient }, elsewhere] = [await makeClinic(), await makeClinic()];
  const viewer: ClinicContext = { ...ctx, role: "VIEWER" };
  const { contactPointId: id, phone } = patient;
  const [point] = unwrap(await getPatient(viewer, patient.id)).contactPoints;
  expect(point).toMatchObject({ id, isMasked: true });
  const reveal = async (reader: ClinicContext) => revealContactPoint(reader, id, { reason: "call_patient" });
  expect([unwrap(await reveal(viewer)).value, unwrap(await reveal(viewer)).value]).toEqual([phone, phone]);
  const rows = await query(ctx, (tx) => tx.select().from(auditLog).where(eq(auditLog.targetId, id)));
  const row = ["contact_point.reveal", "call_patient"];
  expect(rows.map(({ action, reason }) => [action, reason])).toEqual([row, row]);
  expect(JSON.stringify(rows)).not.toContain(phone.slice(2));
  expect(await reveal(elsewhere.ctx)).toMatchObject({ error: "NOT_FOUND" });
});

test("the introduction is remembered once it goes out", async () => {
  const ctx = await makeBareClinic();
  const read = await transact(ctx, {}, async (tx) => {
    const point = await ensureContactPointIn(tx, ctx, { kind: "phone", value: makePhone() });
    const before = await introducedAtIn(tx, ctx, point.id);
    await markIntroducedIn(tx, ctx, point.id);
    return { ok: true, data: [before, await introducedAtIn(tx, ctx, point.id)] };
  });
  expect(unwrap(read)).toEqual([null, ctx.now()]);
});
