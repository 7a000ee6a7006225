import { and, eq } from "drizzle-orm";
import { clinics } from "@/db/schema/clinics";
import { memberships } from "@/db/schema/identity";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";

export interface CalendarStart {
  /** ISO: Monday 1 … Sunday 7. */
  weekStart: number;
  /** The provider that the member's log-in belongs to: their own day comes first. */
  ownProviderId: string | null;
}

/** How the calendar opens for whoever asks. */
export const getCalendarStart = (ctx: ClinicContext): Promise<Result<CalendarStart>> =>
  query(ctx, async (tx) => {
    const [clinic] = await tx
      .select({ weekStart: clinics.weekStart })
      .from(clinics)
      .where(eq(clinics.id, ctx.clinic.id));
    const mine = and(eq(memberships.clinicId, ctx.clinic.id), eq(memberships.userId, ctx.actor.id));
    const [member] =
      ctx.actor.type === "user"
        ? await tx.select({ providerId: memberships.providerId }).from(memberships).where(mine)
        : [];
    return ok({ weekStart: clinic?.weekStart ?? 7, ownProviderId: member?.providerId ?? null });
  });
