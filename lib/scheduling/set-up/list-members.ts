import { asc, eq } from "drizzle-orm";
import { memberships, users } from "@/db/schema/identity";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import type { MemberRole } from "@/lib/identity/permissions";

export interface LinkableMember {
  id: string;
  name: string;
  role: MemberRole;
  /** The provider whose day their log-in opens on. */
  providerId: string | null;
}

/** The clinic's members, by name: whose log-in can be a provider's. */
export const listLinkableMembers = (ctx: ClinicContext): Promise<Result<{ items: LinkableMember[] }>> =>
  query(ctx, async (tx) => {
    const items = await tx
      .select({ id: users.id, name: users.name, role: memberships.role, providerId: memberships.providerId })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(eq(memberships.clinicId, ctx.clinic.id))
      .orderBy(asc(users.name), asc(users.id));
    return ok({ items });
  });
