import { notes } from "@/db/schema/front-desk";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import { lockPatientIn } from "../get";

/** Writes down what staff should know of a patient; never sent. Only a person writes notes: else FORBIDDEN. */
export const addNote = (
  ctx: ClinicContext,
  id: string,
  { text }: { text: string },
): Promise<Result<{ id: string; createdAt: Date }>> =>
  transact(ctx, {}, async (tx) => {
    if (ctx.actor.type !== "user") return err("FORBIDDEN");
    const locked = await lockPatientIn(tx, ctx, id);
    if (!locked.ok) return locked;
    const row = { clinicId: ctx.clinic.id, patientId: id, authorId: ctx.actor.id, text, createdAt: ctx.now() };
    const [made] = await tx.insert(notes).values(row).returning();
    if (!made) throw new Error("a note was not written");
    await audit(tx, ctx, { action: "note.add", targetType: "patient", targetId: id });
    await announce(tx, ctx, "patient", id);
    return ok({ id: made.id, createdAt: made.createdAt });
  });
