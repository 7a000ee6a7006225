import { eq } from "drizzle-orm";
import { users } from "@/db/schema/identity";
import type { UserContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { transactAsUser } from "@/lib/core/transact";

/** Sets a person's own language; the screens and the error messages follow it. */
export async function updateMe(ctx: UserContext, input: { locale: string }): Promise<Result<{ locale: string }>> {
  await transactAsUser(ctx.user.id, (tx) =>
    tx.update(users).set({ locale: input.locale }).where(eq(users.id, ctx.user.id)),
  );
  return ok({ locale: input.locale });
}
