import { asc, eq } from "drizzle-orm";
import { cannedReplies } from "@/db/schema/front-desk";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";

export interface CannedReply {
  id: string;
  shortcut: string;
  locale: string;
  text: string;
}

/** Few and read at once: a clinic that needs more writes knowledge instead. */
export const MOST_CANNED_REPLIES = 300;

/** The clinic's answers by short name, in all languages. */
export const listCannedReplies = (ctx: ClinicContext): Promise<Result<{ items: CannedReply[] }>> =>
  query(ctx, async (tx) => {
    const items = await tx
      .select({
        id: cannedReplies.id,
        shortcut: cannedReplies.shortcut,
        locale: cannedReplies.locale,
        text: cannedReplies.text,
      })
      .from(cannedReplies)
      .where(eq(cannedReplies.clinicId, ctx.clinic.id))
      .orderBy(asc(cannedReplies.shortcut), asc(cannedReplies.locale))
      .limit(MOST_CANNED_REPLIES);
    return ok({ items });
  });
