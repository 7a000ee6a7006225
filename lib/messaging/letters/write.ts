import { and, eq, isNull, sql } from "drizzle-orm";
import { createTranslator } from "use-intl/core";
import type { Tx } from "@/db/client";
import { clinics } from "@/db/schema/clinics";
import { conversations, messages } from "@/db/schema/messaging";
import { patientContactPoints, patients } from "@/db/schema/patients";
import { templates } from "@/db/schema/templates";
import { messagesOf } from "@/lib/core/catalogue";
import type { ClinicContext } from "@/lib/core/context";
import type { Letter } from "@/lib/messaging/channels/channel";
import type { Purpose } from "@/lib/messaging/consents/consent";
import type { OutboxItem } from "@/lib/messaging/outbox/items";
import type { SendClass } from "@/lib/messaging/send";
import { isPurpose } from "@/lib/messaging/templates/purposes";
import { signUnsubscribe, unsubscribeUrls } from "@/lib/messaging/unsubscribe/link";
import { languageOf, subjectOf } from "./subject";

/** What a letter's link ends. An offer's consent is that for service: who wants none of them ends all letters. */
const ENDS: Partial<Record<SendClass, Purpose>> = { marketing: "marketing", offer: "service", reminder: "service" };
/** Sent to many: mail programs show a way out of their own beside it, and the large ones insist. */
const ONE_CLICK: readonly SendClass[] = ["marketing", "offer"];

/**
 * What goes with a message as a letter, in its own language: its template's, else the thread's, the person's, the
 * clinic's. The subject is kept with the message, so that the thread shows what was sent.
 */
export async function writeLetterIn(tx: Tx, ctx: ClinicContext, item: OutboxItem): Promise<Letter> {
  const { clinic, language, purpose } = await readIn(tx, ctx, item);
  const sendClass = item.sendClass ?? "reply";
  const locale = languageOf(item.text, [item.payload?.template?.locale, language, clinic.defaultLocale]);
  const subject = item.payload?.subject ?? subjectOf(locale, purpose, sendClass, clinic.name);
  if (!item.payload?.subject) await keepSubject(tx, ctx, item, subject);
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: "messaging.mail" });
  const ends = ENDS[sendClass];
  const link = { clinicId: ctx.clinic.id, contactPointId: item.contactPointId, messageId: item.messageId };
  return {
    ...{ subject, senderName: clinic.name, locale, isAutomatic: sendClass !== "staff" },
    foot: [clinic.name, clinic.address, clinic.phone].filter(Boolean).join(" · "),
    ...(ends && {
      unsubscribe: {
        words: t(`ends.${ends}`),
        isOneClick: ONE_CLICK.includes(sendClass),
        ...unsubscribeUrls(signUnsubscribe({ ...link, purpose: ends })),
      },
    }),
  };
}

async function readIn(tx: Tx, ctx: ClinicContext, item: OutboxItem) {
  const ofTemplate = item.templateId ? eq(templates.id, item.templateId) : sql`false`;
  const [found] = await tx
    .select({ clinic: clinics, thread: conversations, purpose: templates.purpose })
    .from(conversations)
    .innerJoin(clinics, eq(clinics.id, conversations.clinicId))
    .leftJoin(templates, and(eq(templates.clinicId, conversations.clinicId), ofTemplate))
    .where(and(eq(conversations.clinicId, ctx.clinic.id), eq(conversations.id, item.conversationId)));
  if (!found) throw new Error("a conversation vanished");
  const people = await peopleAt(tx, ctx, item.contactPointId);
  const person =
    people.find(({ id }) => id === found.thread.patientId) ?? (people.length === 1 ? people[0] : undefined);
  const { clinic, thread, purpose } = found;
  return { clinic, language: thread.language ?? person?.language, purpose: isPurpose(purpose) ? purpose : undefined };
}

const peopleAt = (tx: Tx, ctx: ClinicContext, contactPointId: string) =>
  tx
    .select({ id: patients.id, language: patients.language })
    .from(patientContactPoints)
    .innerJoin(
      patients,
      and(eq(patients.clinicId, patientContactPoints.clinicId), eq(patients.id, patientContactPoints.patientId)),
    )
    .where(
      and(
        ...[eq(patientContactPoints.clinicId, ctx.clinic.id), eq(patientContactPoints.contactPointId, contactPointId)],
        isNull(patients.mergedIntoId),
      ),
    );

const keepSubject = (tx: Tx, ctx: ClinicContext, { messageId, payload }: OutboxItem, subject: string) =>
  tx
    .update(messages)
    .set({ payload: { ...payload, subject } })
    .where(and(eq(messages.clinicId, ctx.clinic.id), eq(messages.id, messageId)));
