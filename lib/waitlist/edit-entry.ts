import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { waitlistEntries, waitlistOffers } from "@/db/schema/waitlist";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import { setProvidersIn } from "./add-entry";
import { VIOLATIONS } from "./internal";
import type { EditEntry } from "./schema";

/**
 * Changes what somebody waits for, takes them off the list, or puts them back. Who leaves has nothing offered any more: what
 * was sent is withdrawn, a yes to it is answered kindly. ILLEGAL_TRANSITION for one who was booked. NOT_FOUND.
 */
export async function editEntryIn(
  tx: Tx,
  ctx: ClinicContext,
  id: string,
  input: EditEntry,
): Promise<Result<{ id: string }>> {
  const mine = and(eq(waitlistEntries.clinicId, ctx.clinic.id), eq(waitlistEntries.id, id));
  const [entry] = await tx.select().from(waitlistEntries).where(mine).for("update");
  if (!entry) return err("NOT_FOUND", { what: "waitlist_entry" });
  const { status, providerIds, ...wishes } = input;
  if (entry.status === "booked" || entry.status === "ended")
    return err("ILLEGAL_TRANSITION", { from: entry.status, to: status ?? entry.status });
  const given = Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined));
  await tx
    .update(waitlistEntries)
    .set({ ...given, ...(status && { status }), updatedAt: ctx.now() })
    .where(mine);
  if (providerIds) await setProvidersIn(tx, ctx, id, providerIds);
  if (status === "removed") await withdraw(tx, ctx, id);
  const changed = [...Object.keys(given), ...(status ? ["status"] : []), ...(providerIds ? ["providers"] : [])];
  await audit(tx, ctx, { action: "waitlist.edit", targetType: "waitlist_entry", targetId: id, changed });
  await announce(tx, ctx, "waitlist", id);
  return ok({ id });
}

export const editEntry = (ctx: ClinicContext, id: string, input: EditEntry): Promise<Result<{ id: string }>> =>
  transact(ctx, VIOLATIONS, (tx) => editEntryIn(tx, ctx, id, input));

/** Takes somebody off the list; `editEntry` with `waiting` is the undo. */
export const removeEntry = (ctx: ClinicContext, id: string): Promise<Result<{ id: string }>> =>
  editEntry(ctx, id, { status: "removed" });

async function withdraw(tx: Tx, ctx: ClinicContext, entryId: string): Promise<void> {
  await tx
    .update(waitlistOffers)
    .set({ status: "withdrawn", reason: "removed" })
    .where(
      and(
        ...[eq(waitlistOffers.clinicId, ctx.clinic.id), eq(waitlistOffers.entryId, entryId)],
        inArray(waitlistOffers.status, ["queued", "sent"]),
      ),
    );
}
