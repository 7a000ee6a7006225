import { newId } from "@/db/ids";
import { notes } from "@/db/schema/front-desk";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import { lockThreadIn } from "./internal";
import type { Aside } from "./list-asides";
import type { AddNote } from "@/lib/messaging/schema";

/** What staff tell each other about a conversation; no channel ever sees it. Works in a closed one, too. */
export const addNote = (ctx: ClinicContext, conversationId: string, { text }: AddNote): Promise<Result<Aside>> =>
  transact(ctx, {}, async (tx) => {
    const { actor } = ctx;
    if (actor.type !== "user") return err("FORBIDDEN");
    const thread = await lockThreadIn(tx, ctx, conversationId);
    if (!thread.ok) return thread;
    const [id, at] = [newId(), ctx.now()];
    const { patientId } = thread.data;
    const row = { id, clinicId: ctx.clinic.id, conversationId, patientId, authorId: actor.id, text, createdAt: at };
    await tx.insert(notes).values(row);
    await audit(tx, ctx, { action: "note.add", targetType: "note", targetId: id });
    await announce(tx, ctx, "conversation", conversationId);
    return ok({ id, kind: "note", at, by: actor.name, text });
  });
