import { and, eq, lte, ne, sql } from "drizzle-orm";
import { clinics } from "@/db/schema/clinics";
import { conversations } from "@/db/schema/messaging";
import type { ClinicContext } from "@/lib/core/context";
import { ok, unwrap } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { raiseTaskIn } from "@/lib/messaging/tasks/raise";

const DEFAULT_MINUTES = 10;
const MOST = 100;

/** The bot was silent because a person is to answer; other silences are answers of their kind (after a stop, thanks). */
const WAITS_FOR_STAFF = sql`not exists (
  select 1 from turns t where t.clinic_id = conversations.clinic_id and t.conversation_id = conversations.id
    and t.at >= conversations.last_inbound_at and t.outcome = 'silent'
    and coalesce(t.silence, '') not in ('staff_hold', 'bot_off', 'handed_off'))`;

/**
 * Tells staff of threads in which a patient's message has waited for an answer for 10 minutes (a setting), each message
 * once. Answers how many there were.
 */
export const alertUnanswered = async (ctx: ClinicContext): Promise<number> =>
  unwrap(
    await transact(ctx, {}, async (tx) => {
      const [clinic] = await tx
        .select({ settings: clinics.settings })
        .from(clinics)
        .where(eq(clinics.id, ctx.clinic.id));
      const minutes = clinic?.settings.unansweredAfterMinutes ?? DEFAULT_MINUTES;
      const waiting = await tx
        .select({ id: conversations.id })
        .from(conversations)
        .where(
          and(
            eq(conversations.clinicId, ctx.clinic.id),
            ne(conversations.status, "closed"),
            sql`last_inbound_at >= last_message_at`,
            sql`(unanswered_alert_at is null or unanswered_alert_at < last_inbound_at)`,
            lte(conversations.lastInboundAt, sql`now() - make_interval(mins => ${minutes})`),
            WAITS_FOR_STAFF,
          ),
        )
        .limit(MOST)
        .for("update", { skipLocked: true });
      for (const { id } of waiting) {
        await tx
          .update(conversations)
          .set({ unansweredAlertAt: sql`last_inbound_at` })
          .where(and(eq(conversations.clinicId, ctx.clinic.id), eq(conversations.id, id)));
        await raiseTaskIn(tx, ctx, { reason: "unanswered", conversationId: id });
      }
      return ok(waiting.length);
    }),
  );
