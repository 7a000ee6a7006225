import { type scheduleExceptions } from "@/db/schema/resources";
import type { ConsentChange } from "@/db/testing/make-talk";
import { addDays, dayIn } from "@/lib/core/zone";
import type { Blueprint } from "./blueprint";
import { exceptionsFrom } from "./open-hours";
import { planConsents } from "./plan-consents";
import { planPatients, type PatientsPlanned } from "./plan-patients";
import { planTalks, type TalksPlanned } from "./plan-talks";
import { planVisits, type PlannedVisit } from "./plan-visits";
import { idsFrom, randomFrom } from "./random";

const DAY_MS = 86_400_000;
const HISTORY_DAYS = 900;

interface PlannedChannel {
  id: string;
  kind: "twilio_sms" | "whatsapp_cloud" | "email" | "simulator";
  address: string;
  account?: string;
  displayAddress?: string;
  createdAt: Date;
}

export interface ClinicPlan extends PatientsPlanned, TalksPlanned {
  blueprint: Blueprint;
  clinicId: string;
  createdAt: Date;
  idOf: (key: string) => string;
  id: () => string;
  exceptions: Omit<typeof scheduleExceptions.$inferInsert, "clinicId">[];
  visits: PlannedVisit[];
  consents: ConsentChange[];
  channels: PlannedChannel[];
}

/** Everything that a demo clinic holds at `now`; pure: the same blueprint and moment give the same clinic. */
export function planClinic(blueprint: Blueprint, staffId: string, now: Date): ClinicPlan {
  const random = randomFrom(blueprint.seed);
  const createdAt = new Date(now.getTime() - HISTORY_DAYS * DAY_MS);
  const id = idsFrom(random, new Date(now.getTime() - 60 * DAY_MS));
  const clinicId = id();
  const keys = [...blueprint.providers, ...blueprint.operatories, ...blueprint.services].map(({ key }) => key);
  const ids = new Map(keys.map((key) => [key, id()]));
  const idOf = (key: string) => ids.get(key) ?? unknown(key);
  const { slug, timeZone } = blueprint.clinic;
  const dated = exceptionsFrom(blueprint, dayIn(now, timeZone));
  const people = planPatients(blueprint, id, random, now);
  const visits = planVisits({
    blueprint,
    exceptions: dated,
    patients: people.patients,
    idOf,
    staffId,
    now,
    id,
    random,
  });
  const sms = { id: id(), kind: "twilio_sms" as const, address: blueprint.smsAddress, createdAt };
  const simulator = { id: id(), kind: "simulator" as const, address: slug, createdAt };
  const whatsapp = whatsappOf(blueprint, createdAt);
  const channels = [sms, ...(whatsapp ? [whatsapp] : []), mailOf(blueprint, createdAt), simulator];
  const lines = { smsId: sms.id, ...(whatsapp ? { whatsappId: whatsapp.id } : {}) };
  const talks = planTalks({ blueprint, patients: people.patients, visits, lines, staffId, now, id, random });
  settleTypes(people, visits, timeZone);
  return {
    ...people,
    ...talks,
    blueprint,
    clinicId,
    createdAt,
    idOf,
    id,
    exceptions: dated.map(({ provider, kind, dayFrom, dayTo, times, reason }) => ({
      id: id(),
      providerId: provider ? idOf(provider) : null,
      kind,
      dayFrom,
      dayTo,
      fromTime: times?.[0] ?? null,
      toTime: times?.[1] ?? null,
      reason,
    })),
    visits,
    consents: planConsents(people.patients, talks.stopped, random, now),
    channels,
  };
}

/** Its id is drawn from chances of its own: whether a clinic has this channel changes nothing else of it. */
function whatsappOf({ whatsapp, seed }: Blueprint, createdAt: Date): PlannedChannel | undefined {
  if (!whatsapp) return undefined;
  const { numberId: address, account, displayAddress } = whatsapp;
  const id = idsFrom(randomFrom(seed + 1), createdAt)();
  return { id, kind: "whatsapp_cloud", address, account, displayAddress, createdAt };
}

/** By the deployment's mail server; its id is drawn apart as well. */
function mailOf({ mailAddress: address, seed }: Blueprint, createdAt: Date): PlannedChannel {
  return { id: idsFrom(randomFrom(seed + 2), createdAt)(), kind: "email", address, createdAt };
}

/** From the first booking NEW, from the first completed visit EXISTING, and then due again by the service's interval. */
function settleTypes({ patients, contactPoints }: PatientsPlanned, visits: PlannedVisit[], timeZone: string): void {
  for (const patient of patients) {
    const own = visits.filter((visit) => visit.patientId === patient.id);
    const done = own.filter(({ status }) => status === "completed");
    patient.patientType = done.length > 0 ? "EXISTING" : own.length > 0 ? "NEW" : "COLD_LEAD";
    const last = done.findLast(({ placed }) => placed.service.recallIntervalDays);
    const interval = last?.placed.service.recallIntervalDays;
    patient.nextFollowUpDate = last && interval ? addDays(dayIn(last.startsAt, timeZone), interval) : null;
    const point = contactPoints.find((one) => one.id === patient.contactPointId);
    if (point) point.createdAt = min(point.createdAt, patient.createdAt);
    if (point && patient.patientType !== "COLD_LEAD") point.introducedAt = min(point.introducedAt, patient.createdAt);
  }
}

const min = (known: Date | null | undefined, other: Date) => (known && known < other ? known : other);

function unknown(key: string): never {
  throw new Error(`the blueprint has no ${key}`);
}
