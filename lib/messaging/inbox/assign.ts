import { and, asc, eq, inArray } from "drizzle-orm";
import { memberships, users } from "@/db/schema/identity";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { MEMBER_ROLES, may } from "@/lib/identity/permissions";
import { actOnThread } from "./internal";
import type { Assign } from "@/lib/messaging/schema";

const ANSWERING = MEMBER_ROLES.filter((role) => may(role, "conversation.reply"));

/**
 * Gives a conversation to a member who may answer, or to nobody; who answers it (bot or staff) stays as it is. CONFLICT
 * when somebody else has it than the caller saw; NOT_FOUND for who is no such member; ILLEGAL_TRANSITION when closed.
 */
export const assignConversation = (ctx: ClinicContext, id: string, { assigneeId, expectedId }: Assign) =>
  actOnThread(ctx, id, "conversation.assign", async (thread, tx) => {
    if (thread.status === "closed") return err("ILLEGAL_TRANSITION", { status: thread.status });
    if (expectedId !== undefined && expectedId !== thread.assigneeId && assigneeId !== thread.assigneeId)
      return err("CONFLICT", { what: "assignee", by: thread.assigneeId });
    if (assigneeId === null) return ok({ assigneeId });
    const [member] = await tx
      .select({ id: memberships.userId })
      .from(memberships)
      .where(
        and(
          eq(memberships.clinicId, ctx.clinic.id),
          eq(memberships.userId, assigneeId),
          inArray(memberships.role, ANSWERING),
        ),
      );
    return member ? ok({ assigneeId }) : err("NOT_FOUND", { what: "member" });
  });

/** Whom a conversation can be given to, by name. */
export const listAssignees = (ctx: ClinicContext): Promise<Result<{ items: { id: string; name: string }[] }>> =>
  query(ctx, async (tx) => {
    const items = await tx
      .select({ id: users.id, name: users.name })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(and(eq(memberships.clinicId, ctx.clinic.id), inArray(memberships.role, ANSWERING)))
      .orderBy(asc(users.name), asc(users.id));
    return ok({ items });
  });
