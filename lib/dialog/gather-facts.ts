import { and, asc, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { clinics } from "@/db/schema/clinics";
import type { channels } from "@/db/schema/channels";
import type { conversations } from "@/db/schema/messaging";
import { providers } from "@/db/schema/resources";
import { serviceProviders, services } from "@/db/schema/services";
import { rulesOf } from "@/lib/clinics/rules";
import type { ClinicContext } from "@/lib/core/context";
import { CONSENT_CHANNEL_OF } from "@/lib/messaging/channels/kinds";
import { isOptedOutIn } from "@/lib/messaging/consents/consent";
import { introducedAtIn } from "@/lib/patients/contact-point";
import { listPatientsAtIn } from "@/lib/patients/list-by-contact-point";
import type { ClinicFact, Facts, ProviderFact, ServiceFact } from "./decide/facts";
import { patientsIn, saysSomeoneElse } from "./decide/people";
import type { DialogChannel, NamedProvider, NamedService } from "./schema";
import { readWaitlistOfferIn } from "./waitlist-facts";

export type ChannelKind = (typeof channels.$inferSelect)["kind"];
type Conversation = typeof conversations.$inferSelect;

/** How the dialog names a channel: carriers' rules bind on `sms`. */
export const DIALOG_CHANNEL = {
  twilio_sms: "sms",
  twilio_whatsapp: "whatsapp",
  whatsapp_cloud: "whatsapp",
  email: "email",
  simulator: "simulator",
} as const satisfies Record<ChannelKind, DialogChannel>;

/** What a clinic can be asked for, and by which names: the same for all of its conversations. */
export interface ClinicBook {
  readonly clinic: ClinicFact;
  readonly services: readonly ServiceFact[];
  readonly providers: readonly ProviderFact[];
  readonly namedServices: readonly NamedService[];
  readonly namedProviders: readonly NamedProvider[];
}

export async function readClinicBookIn(tx: Tx, ctx: ClinicContext): Promise<ClinicBook> {
  const id = ctx.clinic.id;
  const [clinic] = await tx.select().from(clinics).where(eq(clinics.id, id));
  if (!clinic) throw new Error(`no clinic ${id}`);
  const offered = await tx
    .select()
    .from(services)
    .where(and(eq(services.clinicId, id), eq(services.isActive, true)))
    .orderBy(asc(services.position), asc(services.id));
  const people = await tx
    .select()
    .from(providers)
    .where(and(eq(providers.clinicId, id), eq(providers.isActive, true)))
    .orderBy(asc(providers.position), asc(providers.id));
  const links = await tx.select().from(serviceProviders).where(eq(serviceProviders.clinicId, id));
  const leads = new Set(links.map(({ providerId }) => providerId));
  const { threadHoldMinutes, digits } = rulesOf(clinic.settings);
  const { name, phone, address, emergencyNumber, timeZone, defaultLocale } = clinic;
  return {
    clinic: {
      ...{ name, phone, address, emergencyNumber, timeZone, defaultLocale, digits },
      isSuspended: clinic.status === "suspended",
      talkMinutes: threadHoldMinutes,
    },
    services: offered.map((service) => ({
      id: service.id,
      names: service.name,
      isOnline: service.isOnline,
      providerIds: links.flatMap((link) => (link.serviceId === service.id ? [link.providerId] : [])),
    })),
    providers: people.filter((one) => leads.has(one.id)).map((one) => ({ id: one.id, name: one.name })),
    namedServices: offered.map((service) => ({
      id: service.id,
      names: [...Object.values(service.name), ...Object.values(service.synonyms).flat()],
    })),
    namedProviders: people.map((one) => ({ id: one.id, name: one.name })),
  };
}

/** What holds for this conversation at this moment. */
export async function gatherFactsIn(
  tx: Tx,
  ctx: ClinicContext,
  book: ClinicBook,
  conversation: Conversation,
  channel: Pick<typeof channels.$inferSelect, "kind" | "botMode">,
  inbound: {
    carrierAnswered: Facts["carrierAnswered"];
    hasStaffLeft: boolean;
    repeats: number;
    isMediaOnly: boolean;
    hasBotWritten: boolean;
    text: string;
    isPatientAsked: boolean;
  },
): Promise<Facts> {
  const { contactPointId } = conversation;
  const people = await listPatientsAtIn(tx, ctx, contactPointId);
  const patients = people.map(({ id, name, language, relation }) => ({ id, name, language, relation }));
  const consentChannel = CONSENT_CHANNEL_OF[channel.kind];
  const introducedAt = await introducedAtIn(tx, ctx, contactPointId);
  return {
    now: ctx.now().toISOString(),
    clinic: book.clinic,
    services: book.services,
    providers: book.providers,
    channel: DIALOG_CHANNEL[channel.kind],
    botMode: channel.botMode,
    isHeldByStaff: conversation.holder === "staff" && !inbound.hasStaffLeft,
    isHandedOff: conversation.status === "handoff",
    isOptedOut: await isOptedOutIn(tx, ctx, contactPointId, consentChannel),
    carrierAnswered: inbound.carrierAnswered,
    isIntroduced: introducedAt !== null || (channel.kind !== "twilio_sms" && inbound.hasBotWritten),
    repeats: inbound.repeats,
    isMediaOnly: inbound.isMediaOnly,
    language: conversation.language,
    patients,
    namedPatientIds: patientsIn(patients, inbound.text, inbound.isPatientAsked).map(({ id }) => id),
    saysSomeoneElse: inbound.isPatientAsked && saysSomeoneElse(inbound.text),
    waitlistOffer: await readWaitlistOfferIn(tx, ctx, conversation.id),
  };
}
