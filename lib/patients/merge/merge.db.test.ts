import { and, asc, eq } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { appointments, appointmentSegments, occupancies } from "@/db/schema/appointments";
import { notes, tasks } from "@/db/schema/front-desk";
import { conversations } from "@/db/schema/messaging";
import { consents, patientContactPoints, patientMerges, patients } from "@/db/schema/patients";
import { auditLog } from "@/db/schema/records";
import { waitlistEntries } from "@/db/schema/waitlist";
import { inClinic, makeClinic, makePatient, makePhone, makeService, makeUser } from "@/db/testing/make";
import { makeConversation, makeTask } from "@/db/testing/make-talk";
import { makeVisit } from "@/db/testing/make-visit";
import { makeWaitlistClinic } from "@/db/testing/make-waitlist";
import type { ClinicContext } from "@/lib/core/context";
import { err, unwrap } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { addContactPoint } from "../contact-points/add";
import { foldName } from "../fold";
import { addNote } from "../notes/add";
import { MERGE_FIELDS, MergePatients } from "../schema";
import { mergePatients } from "./merge";
import { undoMerge } from "./undo";

/** Everything of a clinic that hangs on its patients, in one order; when a record was last touched is not part of it. */
const readBook = (ctx: ClinicContext) =>
  query(ctx, async (tx) => ({
    patients: (await tx.select().from(patients).orderBy(asc(patients.id))).map(({ updatedAt: _at, ...row }) => row),
    links: await tx
      .select()
      .from(patientContactPoints)
      .orderBy(asc(patientContactPoints.patientId), asc(patientContactPoints.contactPointId)),
    visits: await tx.select().from(appointments).orderBy(asc(appointments.id)),
    threads: await tx.select().from(conversations).orderBy(asc(conversations.id)),
    tasks: await tx.select().from(tasks).orderBy(asc(tasks.id)),
    notes: await tx.select().from(notes).orderBy(asc(notes.id)),
    consents: await tx.select().from(consents),
    occupied: await tx.select().from(occupancies).orderBy(asc(occupancies.appointmentId)),
    planned: await tx.select().from(appointmentSegments).orderBy(asc(appointmentSegments.appointmentId)),
  }));

const person = fc.record({
  name: fc.constantFrom("Ana Ruiz", "Ana María Ruiz", "Zoë Park", "Ana", "Ana R"),
  birthDate: fc.option(fc.constantFrom("1980-02-29", "2001-12-31")),
  language: fc.option(fc.constantFrom("en", "es")),
  timeZone: fc.option(fc.constantFrom("America/New_York", "Asia/Riyadh")),
  nextFollowUpDate: fc.option(fc.constantFrom("2026-03-02", "2026-09-01")),
  patientType: fc.constantFrom("COLD_LEAD", "NEW", "EXISTING"),
  phones: fc.subarray([0, 1, 2, 3]),
  emails: fc.subarray([0, 1]),
  visits: fc.nat(2),
  tasks: fc.nat(2),
  notes: fc.nat(2),
  isTalkedWith: fc.boolean(),
});
type Person = typeof person extends fc.Arbitrary<infer T> ? T : never;

async function makeWorld() {
  const clinic = await makeClinic();
  const user = await makeUser([{ ctx: clinic.ctx, role: "STAFF" }]);
  const ctx: ClinicContext = { ...clinic.ctx, role: "STAFF", actor: { type: "user", id: user.id, name: user.name } };
  let hour = 0;
  const phones = Array.from({ length: 4 }, makePhone);
  const settle = async ({ phones: own, emails, visits, tasks, notes, isTalkedWith, ...facts }: Person) => {
    const one = await makePatient(ctx, { ...facts, nameKey: foldName(facts.name) });
    for (const at of own)
      unwrap(await addContactPoint(ctx, one.id, { kind: "phone", value: phones[at] ?? "", isPrimary: at === 3 }));
    for (const at of emails)
      unwrap(await addContactPoint(ctx, one.id, { kind: "email", value: `p${at}@example.test`, isPrimary: false }));
    for (let n = 0; n < visits; n++) {
      const startsAt = new Date(Date.parse("2026-03-03T14:00:00Z") + 3_600_000 * hour++);
      await makeVisit(ctx, {
        patientId: one.id,
        serviceId: clinic.cleaning.id,
        providerId: clinic.provider.id,
        startsAt,
      });
    }
    for (let n = 0; n < tasks; n++) await makeTask(ctx, { patientId: one.id, reason: "other" });
    for (let n = 0; n < notes; n++) unwrap(await addNote(ctx, one.id, { text: `note ${n}` }));
    if (isTalkedWith)
      await makeConversation(ctx, {
        channelId: clinic.channel.id,
        contactPointId: one.contactPointId,
        patientId: one.id,
      });
    return one;
  };
  return { ctx, settle };
}

test("a merge and its undo leave everything as it was, whichever of the two goes on", { timeout: 60_000 }, async () => {
  const { ctx, settle } = await makeWorld();
  await fc.assert(
    fc.asyncProperty(person, person, fc.subarray([...MERGE_FIELDS]), async (one, two, take) => {
      const [kept, other] = [await settle(one), await settle(two)];
      const before = await readBook(ctx);
      const merge = unwrap(await mergePatients(ctx, kept.id, { otherId: other.id, take }));
      const between = await readBook(ctx);
      expect([between.occupied, between.planned]).toEqual([before.occupied, before.planned]);
      expect(between.visits.filter((visit) => visit.patientId === other.id)).toEqual([]);
      expect([...between.tasks, ...between.notes].filter((row) => row.patientId === other.id)).toEqual([]);
      const row = between.patients.find((found) => found.id === kept.id);
      for (const field of take.includes("name") ? [] : (["name"] as const)) expect(row?.[field]).toBe(one[field]);
      expect(row?.birthDate).toBe(
        take.includes("birth_date") ? (two.birthDate ?? one.birthDate) : (one.birthDate ?? two.birthDate),
      );
      unwrap(await undoMerge(ctx, kept.id, merge.mergeId));
      expect(await readBook(ctx)).toEqual(before);
    }),
    { numRuns: 12 },
  );
});

const bare = { phones: [], emails: [], visits: 1, tasks: 1, notes: 0, isTalkedWith: true } as const;
const facts = { birthDate: null, language: null, timeZone: null, nextFollowUpDate: null, patientType: "NEW" } as const;
const plain = (name: Person["name"]): Person => ({ ...facts, ...bare, name, phones: [], emails: [] });

test("of rivals that merge the same patient one wins, and only its undo counts", async () => {
  const { ctx, settle } = await makeWorld();
  const [other, ...rivals] = [
    await settle(plain("Ana Ruiz")),
    await settle(plain("Zoë Park")),
    await settle(plain("Ana R")),
  ];
  const answers = await Promise.all(
    [...rivals, ...rivals].map((rival) => mergePatients(ctx, rival.id, { otherId: other.id, take: [] })),
  );
  const won = answers.filter((answer) => answer.ok);
  expect(won).toHaveLength(1);
  expect(answers.filter((answer) => !answer.ok)).toEqual(
    Array.from({ length: 3 }, () => ({ ok: false, error: "CONFLICT", details: { what: "merged" } })),
  );
  const { mergeId, keptId } = unwrap(won[0] ?? err("CONFLICT"));
  const undone = await Promise.all([undoMerge(ctx, keptId, mergeId), undoMerge(ctx, keptId, mergeId)]);
  expect(undone.filter((answer) => answer.ok)).toHaveLength(1);
  const standing = await query(ctx, (tx) => tx.select().from(patientMerges));
  expect(standing.filter((merge) => merge.undoneAt === null)).toEqual([]);
});

test("two that are merged into each other at once end as one, and nobody waits forever", async () => {
  const { ctx, settle } = await makeWorld();
  const [one, two] = [await settle(plain("Ana Ruiz")), await settle(plain("Ana R"))];
  const answers = await Promise.all([
    mergePatients(ctx, one.id, { otherId: two.id, take: [] }),
    mergePatients(ctx, two.id, { otherId: one.id, take: [] }),
  ]);
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
});

test("merges are undone from the last one back, and what came in between stays with who goes on", async () => {
  const { ctx, settle } = await makeWorld();
  const [first, second, third] = [
    await settle(plain("Ana")),
    await settle(plain("Ana R")),
    await settle(plain("Ana Ruiz")),
  ];
  const inner = unwrap(await mergePatients(ctx, second.id, { otherId: first.id, take: [] }));
  const outer = unwrap(await mergePatients(ctx, third.id, { otherId: second.id, take: [] }));
  expect(await undoMerge(ctx, second.id, inner.mergeId)).toMatchObject({ error: "CONFLICT" });
  const note = unwrap(await addNote(ctx, third.id, { text: "said meanwhile" }));
  unwrap(await undoMerge(ctx, third.id, outer.mergeId));
  unwrap(await undoMerge(ctx, second.id, inner.mergeId));
  const book = await readBook(ctx);
  expect(book.patients.map((row) => row.mergedIntoId).filter(Boolean)).toEqual([]);
  expect(book.notes.find((row) => row.id === note.id)?.patientId).toBe(third.id);
  for (const one of [first, second, third])
    expect(book.visits.filter((row) => row.patientId === one.id)).toHaveLength(1);
});

test("a patient of another clinic, the same one, and an unknown merge are refused; both records are audited", async () => {
  const [here, elsewhere] = [await makeWorld(), await makeWorld()];
  const [one, two, foreign] = [
    await here.settle(plain("Ana")),
    await here.settle(plain("Ana R")),
    await elsewhere.settle(plain("Ana")),
  ];
  const take = MergePatients.parse({ other_id: one.id }).take;
  expect(await mergePatients(here.ctx, one.id, { otherId: foreign.id, take })).toMatchObject({ error: "NOT_FOUND" });
  expect(await mergePatients(here.ctx, one.id, { otherId: one.id, take })).toMatchObject({
    error: "VALIDATION_FAILED",
  });
  expect(await undoMerge(here.ctx, one.id, two.id)).toMatchObject({ error: "NOT_FOUND" });
  unwrap(await mergePatients(here.ctx, one.id, { otherId: two.id, take }));
  const rows = await inClinic(here.ctx, (tx) =>
    tx
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.clinicId, here.ctx.clinic.id), eq(auditLog.action, "patient.merge"))),
  );
  expect(rows.map((row) => row.targetId).sort()).toEqual([one.id, two.id].sort());
});

test("who waits for an earlier visit keeps their place over a merge, once for each service", async () => {
  const { ctx, provider, makeWaiting } = await makeWaitlistClinic();
  const second = await makeService(ctx, { providerIds: [provider.id] });
  const [one, other] = [await makeWaiting(), await makeWaiting()];
  const more = { patient_id: other.patient.id, service_id: second.id };
  await makeWaiting(more);
  const waits = async () => {
    const rows = await query(ctx, (tx) => tx.select().from(waitlistEntries).orderBy(asc(waitlistEntries.id)));
    return rows.map(({ patientId }) => (patientId === one.patient.id ? "kept" : "merged"));
  };
  expect(await waits()).toEqual(["kept", "merged", "merged"]);
  const { mergeId } = unwrap(await mergePatients(ctx, one.patient.id, { otherId: other.patient.id, take: [] }));
  expect(await waits()).toEqual(["kept", "merged", "kept"]);
  unwrap(await undoMerge(ctx, one.patient.id, mergeId));
  expect(await waits()).toEqual(["kept", "merged", "merged"]);
});
