import type { Tx } from "@/db/client";
import { clinics } from "@/db/schema/clinics";
import { scheduleExceptions, scheduleHours } from "@/db/schema/resources";
import { templates } from "@/db/schema/templates";
import { addConsents, addConversations, addKnowledge, addTasks } from "@/db/testing/make-talk";
import { addVisits } from "@/db/testing/make-visit";
import { addWaitlist } from "@/db/testing/make-waitlist";
import { addChannels, addOperatories, addPatients, addProviders, addServices } from "@/db/testing/rows";
import { libraryRows } from "@/lib/messaging/templates/seed";
import { addMembers } from "./people";
import type { ClinicPlan } from "./plan";
import { planWaitlist } from "./plan-waitlist";
import { ramadanHours } from "./ramadan";

/** Writes a planned clinic, in a transaction of that clinic's scope that may also insert clinics (HQ). */
export async function writeClinic(
  tx: Tx,
  plan: ClinicPlan,
  userIds: ReadonlyMap<string, string>,
  now: Date,
): Promise<void> {
  const { blueprint, clinicId, idOf, id, createdAt } = plan;
  const maker = { tx, clinicId, id };
  await tx.insert(clinics).values({ ...blueprint.clinic, id: clinicId, createdAt, updatedAt: createdAt });
  await addProviders(
    maker,
    blueprint.providers.map(({ key, ...row }, position) => ({ ...row, id: idOf(key), position, createdAt })),
  );
  await addOperatories(
    maker,
    blueprint.operatories.map(({ key, name }, position) => ({ id: idOf(key), name, position })),
  );
  await addServices(
    maker,
    blueprint.services.map(({ key, leads, operatories = [], weight: _w, maxDaysAhead: _m, ...row }, position) => ({
      ...row,
      id: idOf(key),
      position,
      createdAt,
      providerIds: leads.map(idOf),
      operatoryIds: operatories.map(idOf),
    })),
  );
  await tx.insert(scheduleExceptions).values(plan.exceptions.map((row) => ({ ...row, clinicId })));
  await addMembers(tx, { slug: blueprint.clinic.slug, clinicId, userIds, idOf, now });
  await addChannels(maker, plan.channels);
  const library = libraryRows(clinicId, blueprint.clinic.locales ?? ["en"], "approved");
  await tx.insert(templates).values(library.map((row) => ({ ...row, id: id(), updatedAt: createdAt })));
  await addPatients(maker, {
    patients: plan.patients.map(
      ({ locale: _l, firstName: _f, contactPointId: _c, isChild: _i, history: _h, ...row }) => row,
    ),
    contactPoints: plan.contactPoints,
    links: plan.links,
  });
  await addConsents(maker, plan.consents);
  await addVisits(
    maker,
    plan.visits.map(({ patient: _p, placed: _q, ...row }) => row),
  );
  await addConversations(maker, plan.conversations);
  await addTasks(maker, plan.tasks);
  await addWaitlist(maker, planWaitlist(plan, now));
  await addKnowledge(
    maker,
    blueprint.knowledge.map((entry) => ({ ...entry, updatedAt: createdAt })),
  );
  const season = ramadanHours(maker, blueprint, idOf, now);
  if (season.length > 0) await tx.insert(scheduleHours).values(season);
}
