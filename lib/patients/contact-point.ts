import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { contactPoints } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";

export type ContactPoint = typeof contactPoints.$inferSelect;
type Kind = ContactPoint["kind"];

const LONGEST = 254; // an e-mail address

/** The clinic's contact point of this address, made when it is new. `value` is E.164 for phones; e-mails are lowered here. */
export async function ensureContactPointIn(
  tx: Tx,
  ctx: ClinicContext,
  { kind, value }: { kind: Kind; value: string },
): Promise<ContactPoint> {
  const address = (kind === "email" ? value.trim().toLowerCase() : value.trim()).slice(0, LONGEST);
  const row = { clinicId: ctx.clinic.id, kind, value: address };
  const found = await findContactPointIn(tx, ctx, row);
  if (found) return found;
  const [made] = await tx.insert(contactPoints).values(row).onConflictDoNothing().returning();
  const point = made ?? (await findContactPointIn(tx, ctx, row)); // a rival made it: its commit is visible by now
  if (!point) throw new Error("a contact point vanished");
  return point;
}

export async function findContactPointIn(
  tx: Tx,
  ctx: ClinicContext,
  { kind, value }: { kind: Kind; value: string },
): Promise<ContactPoint | undefined> {
  const [found] = await tx
    .select()
    .from(contactPoints)
    .where(
      and(eq(contactPoints.clinicId, ctx.clinic.id), eq(contactPoints.kind, kind), eq(contactPoints.value, value)),
    );
  return found;
}

/** When the first automatic SMS with the clinic's name and the way to stop went to this contact point; null: not yet. */
export async function introducedAtIn(tx: Tx, ctx: ClinicContext, contactPointId: string): Promise<Date | null> {
  const [row] = await tx.select().from(contactPoints).where(pointOf(ctx, contactPointId));
  return row?.introducedAt ?? null;
}

/** Remembers that the introduction goes out with the message that is written in this transaction. */
export async function markIntroducedIn(tx: Tx, ctx: ClinicContext, contactPointId: string): Promise<void> {
  await tx.update(contactPoints).set({ introducedAt: ctx.now() }).where(pointOf(ctx, contactPointId));
}

const pointOf = (ctx: ClinicContext, contactPointId: string) =>
  and(eq(contactPoints.clinicId, ctx.clinic.id), eq(contactPoints.id, contactPointId));
