import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { channels } from "@/db/schema/channels";
import { conversations, messages, outbox } from "@/db/schema/messaging";
import { contactPoints, patientContactPoints, patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { failureWords } from "@/lib/messaging/failure-words";
import type { SendClass } from "@/lib/messaging/send";
import { maskPhone } from "@/lib/patients/phone";
import { countCapped } from "@/lib/scheduling/count-capped";
import type { ListOutbox } from "./schema";

export interface StuckItem {
  id: string;
  messageId: string;
  conversationId: string;
  status: "dead" | "unknown";
  channelKind: string;
  /** Enough to recognise the address, too little to dial. */
  to: string;
  patient: { id: string; name: string } | null;
  text: string;
  sendClass: SendClass | null;
  attempts: number;
  failure: { code: string; words: string };
  at: Date;
}

interface Page {
  items: StuckItem[];
  page: number;
  limit: number;
  total: number;
  totalCapped: boolean;
}

/** The messages that didn't get out, or of which nobody knows; those that another way took over are left out. */
export const listOutbox = (ctx: ClinicContext, { status, page, limit }: ListOutbox): Promise<Result<Page>> =>
  query(ctx, async (tx) => {
    const mine = and(eq(outbox.clinicId, ctx.clinic.id), eq(outbox.state, status), isNull(outbox.supersededAt));
    const who = tx
      .select({ patientId: patients.id, name: patients.name })
      .from(patientContactPoints)
      .innerJoin(
        patients,
        and(eq(patients.clinicId, patientContactPoints.clinicId), eq(patients.id, patientContactPoints.patientId)),
      )
      .where(
        and(
          eq(patientContactPoints.clinicId, conversations.clinicId),
          eq(patientContactPoints.contactPointId, conversations.contactPointId),
        ),
      )
      .orderBy(sql`${patients.id} = ${conversations.patientId} desc nulls last`, patients.createdAt)
      .limit(1)
      .as("who");
    const rows = await tx
      .select({
        id: outbox.id,
        messageId: messages.id,
        conversationId: conversations.id,
        channelKind: channels.kind,
        address: contactPoints.value,
        patientId: who.patientId,
        name: who.name,
        text: messages.text,
        sendClass: messages.sendClass,
        attempts: outbox.attempts,
        code: outbox.lastError,
        at: messages.occurredAt,
      })
      .from(outbox)
      .innerJoin(messages, and(eq(messages.clinicId, outbox.clinicId), eq(messages.id, outbox.messageId)))
      .innerJoin(
        conversations,
        and(eq(conversations.clinicId, messages.clinicId), eq(conversations.id, messages.conversationId)),
      )
      .innerJoin(channels, and(eq(channels.clinicId, conversations.clinicId), eq(channels.id, conversations.channelId)))
      .innerJoin(
        contactPoints,
        and(eq(contactPoints.clinicId, conversations.clinicId), eq(contactPoints.id, conversations.contactPointId)),
      )
      .leftJoinLateral(who, sql`true`)
      .where(mine)
      .orderBy(desc(outbox.createdAt), desc(outbox.id))
      .limit(limit)
      .offset((page - 1) * limit);
    const items = rows.map(({ address, patientId, name, code, ...row }) => ({
      ...row,
      status,
      to: maskPhone(address),
      patient: patientId && name ? { id: patientId, name } : null,
      failure: { code: code ?? "unknown", words: failureWords(code ?? "unknown", ctx.locale) },
    }));
    return ok({ items, page, limit, ...(await countCapped(tx, sql`from ${outbox} where ${mine}`)) });
  });
