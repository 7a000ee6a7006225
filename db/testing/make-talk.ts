import { newId } from "@/db/ids";
import { knowledgeEntries, turns } from "@/db/schema/dialog";
import { tasks } from "@/db/schema/front-desk";
import { conversations, messages } from "@/db/schema/messaging";
import { consentEvents, consents } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { inClinic } from "./make";
import { makerOf, type Maker } from "./rows";

type Row<T extends { $inferInsert: unknown }> = Omit<T["$inferInsert"], "clinicId">;
export type MessageRow = Omit<Row<typeof messages>, "conversationId">;
export type TurnRow = Omit<Row<typeof turns>, "conversationId">;
export type ConversationRow = Row<typeof conversations> & { id: string; messages: MessageRow[]; turns?: TurnRow[] };

/** Threads with their messages and the bot's turns. */
export async function addConversations({ tx, clinicId }: Maker, rows: ConversationRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.insert(conversations).values(rows.map(({ messages: _m, turns: _t, ...row }) => ({ ...row, clinicId })));
  const made = rows.flatMap((row) => (row.turns ?? []).map((turn) => ({ ...turn, clinicId, conversationId: row.id })));
  if (made.length > 0) await tx.insert(turns).values(made);
  const said = rows.flatMap((row) => row.messages.map((message) => ({ ...message, clinicId, conversationId: row.id })));
  if (said.length > 0) await tx.insert(messages).values(said);
}

export type KnowledgeRow = Row<typeof knowledgeEntries>;
export const addKnowledge = ({ tx, clinicId, id }: Maker, rows: KnowledgeRow[]) =>
  tx
    .insert(knowledgeEntries)
    .values(rows.map((row) => ({ id: id(), ...row, clinicId })))
    .returning();

export type TaskRow = Row<typeof tasks>;
export const addTasks = ({ tx, clinicId, id }: Maker, rows: TaskRow[]) =>
  tx
    .insert(tasks)
    .values(rows.map((row) => ({ id: id(), ...row, clinicId })))
    .returning();

export type ConsentChange = Row<typeof consents>;

/** A history of consent, oldest first; the last change of a kind and purpose is what holds. */
export async function addConsents({ tx, clinicId, id }: Maker, changes: ConsentChange[]): Promise<void> {
  if (changes.length === 0) return;
  const keyOf = (change: ConsentChange) => `${change.contactPointId} ${change.channelKind} ${change.purpose}`;
  const current = [...new Map(changes.map((change) => [keyOf(change), change])).values()];
  await tx.insert(consents).values(current.map((change) => ({ ...change, clinicId })));
  await tx.insert(consentEvents).values(changes.map((change) => ({ ...change, id: id(), clinicId })));
}

/** An open conversation of one contact point, with what was said so far. */
export async function makeConversation(
  ctx: ClinicContext,
  {
    messages: said = [],
    ...fields
  }: Partial<Row<typeof conversations>> & {
    channelId: string;
    contactPointId: string;
    messages?: (Partial<MessageRow> & { text: string })[];
  },
): Promise<{ id: string }> {
  const id = fields.id ?? newId();
  const rows = said.map((message) => ({
    direction: "inbound" as const,
    senderType: "patient" as const,
    status: "received" as const,
    occurredAt: ctx.now(),
    ...message,
  }));
  await inClinic(ctx, (tx) =>
    addConversations(makerOf(tx, ctx.clinic.id), [{ lastMessageAt: ctx.now(), ...fields, id, messages: rows }]),
  );
  return { id };
}

export const makeKnowledge = (
  ctx: ClinicContext,
  fields: Partial<KnowledgeRow> & Pick<KnowledgeRow, "question" | "answer">,
) =>
  inClinic(ctx, async (tx) => {
    const [made] = await addKnowledge(makerOf(tx, ctx.clinic.id), [{ locale: "en", category: "other", ...fields }]);
    if (!made) throw new Error("the row was not written");
    return made;
  });

export const makeTask = (ctx: ClinicContext, fields: Partial<TaskRow> = {}) =>
  inClinic(ctx, async (tx) => {
    const [made] = await addTasks(makerOf(tx, ctx.clinic.id), [{ reason: "handoff", createdAt: ctx.now(), ...fields }]);
    if (!made) throw new Error("the row was not written");
    return made;
  });
