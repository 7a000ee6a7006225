import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { clinics } from "@/db/schema/clinics";
import { conversations, type MessagePayload } from "@/db/schema/messaging";
import { patientContactPoints, patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { localeOf } from "@/lib/core/locales";
import { sendIn } from "@/lib/messaging/send";
import { libraryTemplate } from "./library";
import { firstNameOf } from "./preview";
import { PURPOSES, type TemplatePurpose } from "./purposes";
import type { Variable } from "./schema";
import { renderTemplate, valuesFor } from "./render";
import { chooseTemplate, isApproved, listUsedIn } from "./twin";

export interface AutomaticMessage {
  conversationId: string;
  purpose: TemplatePurpose;
  /** Of the purpose's variables; the clinic's own and, where one person is meant, their name are filled in. */
  values: Partial<Record<Variable, string>>;
  dedupeKey: string;
  /** Of no use from here on; a reminder's is the visit's start. */
  expiresAt?: Date;
  sendAt?: Date;
  /** Buttons beside it, where the channel has them and the window is open. */
  choices?: MessagePayload["choices"];
}

/**
 * Enqueues one of the automatic messages in the person's language and answers its id. It is written by the clinic's
 * template, so that the same words may go out when the window is closed; without one, by the library's.
 */
export async function sendAutomaticIn(tx: Tx, ctx: ClinicContext, message: AutomaticMessage): Promise<string> {
  const { conversationId, purpose, dedupeKey, expiresAt, sendAt, choices } = message;
  const [found] = await tx
    .select({ thread: conversations, clinic: clinics })
    .from(conversations)
    .innerJoin(clinics, eq(clinics.id, conversations.clinicId))
    .where(and(eq(conversations.clinicId, ctx.clinic.id), eq(conversations.id, conversationId)));
  if (!found) throw new Error(`no conversation ${conversationId}`);
  const { thread, clinic } = found;
  const people = await peopleAt(tx, ctx, thread.contactPointId);
  const person = people.find((one) => one.id === thread.patientId) ?? (people.length === 1 ? people[0] : undefined);
  const languages = [thread.language, person?.language, clinic.defaultLocale];
  const known = {
    ...{ clinic_name: clinic.name, clinic_phone: clinic.phone },
    ...(person && { patient_name: firstNameOf(person.name) }),
    ...message.values,
  };
  const all = await listUsedIn(tx, ctx);
  const own = chooseTemplate(all, purpose, languages, isApproved) ?? chooseTemplate(all, purpose, languages);
  const spoken = languages.flatMap((one) => (one ? (localeOf(one) ?? []) : []));
  const used = own ?? libraryTemplate(spoken[0] ?? "en", purpose);
  const values = valuesFor(used.variables, known);
  return sendIn(tx, ctx, {
    ...{ conversationId, dedupeKey, text: renderTemplate(used.body, values), senderType: "system" },
    sendClass: PURPOSES[purpose].sendClass,
    ...(own && { templateId: own.id }),
    ...((own ?? choices) && {
      payload: {
        ...(own && { template: { name: own.name, locale: own.locale, values } }),
        ...(choices && { choices }),
      },
    }),
    ...(expiresAt && { expiresAt }),
    ...(sendAt && { sendAt }),
  });
}

const peopleAt = (tx: Tx, ctx: ClinicContext, contactPointId: string) =>
  tx
    .select({ id: patients.id, name: patients.name, language: patients.language })
    .from(patientContactPoints)
    .innerJoin(
      patients,
      and(eq(patients.clinicId, patientContactPoints.clinicId), eq(patients.id, patientContactPoints.patientId)),
    )
    .where(
      and(eq(patientContactPoints.clinicId, ctx.clinic.id), eq(patientContactPoints.contactPointId, contactPointId)),
    );
