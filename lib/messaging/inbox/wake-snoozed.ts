import { and, eq, lte } from "drizzle-orm";
import { conversations } from "@/db/schema/messaging";
import { systemContext } from "@/lib/clinics/mint";
import { systemClock, type Clock } from "@/lib/core/clock";
import type { ClinicContext } from "@/lib/core/context";
import { ok, unwrap } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { clinicsWithDueWork } from "@/lib/messaging/due-work";
import { changeThreadIn } from "./internal";

const MOST = 200;

/** Shows the conversations again whose time has come, in one clinic; answers how many. */
export const wakeSnoozed = async (ctx: ClinicContext): Promise<number> =>
  unwrap(
    await transact(ctx, {}, async (tx) => {
      const due = await tx
        .select({ id: conversations.id })
        .from(conversations)
        .where(and(eq(conversations.clinicId, ctx.clinic.id), lte(conversations.snoozedUntil, ctx.now())))
        .limit(MOST)
        .for("update", { skipLocked: true });
      for (const { id } of due) await changeThreadIn(tx, ctx, id, "conversation.wake", { snoozedUntil: null });
      return ok(due.length);
    }),
  );

/** The same in every clinic that has such a conversation. */
export async function wakeDue(clock: Clock = systemClock): Promise<number> {
  let woken = 0;
  for (const id of await clinicsWithDueWork("snooze"))
    woken += await wakeSnoozed(await systemContext(id, "messaging.wake", clock));
  return woken;
}
