import { eq, sql } from "drizzle-orm";
import { userCredentials, users } from "@/db/schema/identity";
import type { Clock } from "@/lib/core/clock";
import { hashToken } from "@/lib/core/crypto";
import { err, ok, type Result } from "@/lib/core/result";
import { transactAsUser, unscoped } from "@/lib/core/transact";
import { isPasswordRight } from "./password";
import type { LogIn } from "./schema";
import { openSession } from "./session";
import { countLogIn, forgive } from "./throttle";

/**
 * Checks an e-mail and password and opens a session. The answer and its time are the same for an unknown address,
 * a wrong password and a disabled account: UNAUTHENTICATED; too many attempts: RATE_LIMITED.
 */
export async function logIn(input: LogIn, address: string, now: Clock): Promise<Result<{ token: string }>> {
  const account = hashToken(input.email); // no addresses in the counters' table
  const allowed = await countLogIn(account, address);
  if (!allowed.ok) return allowed;
  const userId = await findUserId(input.email);
  const stored = userId ? await readAccount(userId) : undefined;
  const right = await isPasswordRight(stored?.passwordHash, input.password);
  if (!right || !stored || stored.disabledAt) return err("UNAUTHENTICATED", { why: "credentials" });
  const token = await transactAsUser(stored.id, (tx) => openSession(tx, stored, now()));
  await forgive(account, address);
  return ok({ token });
}

async function findUserId(email: string): Promise<string | undefined> {
  const found = await unscoped((tx) =>
    tx.execute<{ id: string | null }>(sql`select find_user_by_email(${email}) as id`),
  );
  return found.rows[0]?.id ?? undefined;
}

const readAccount = (userId: string) =>
  transactAsUser(userId, async (tx) => {
    const [row] = await tx
      .select({
        id: users.id,
        epoch: users.epoch,
        disabledAt: users.disabledAt,
        passwordHash: userCredentials.passwordHash,
      })
      .from(users)
      .innerJoin(userCredentials, eq(userCredentials.userId, users.id))
      .where(eq(users.id, userId));
    return row;
  });
