import { RateLimiterPostgres } from "rate-limiter-flexible";
import { pool } from "@/db/client";
import { err, ok, type Result } from "@/lib/core/result";

const WINDOW_SECONDS = 15 * 60;

function limiter(keyPrefix: string, points: number) {
  return new RateLimiterPostgres({
    storeClient: pool(),
    storeType: "pool",
    tableName: "rate_limits",
    tableCreated: true,
    keyPrefix,
    points,
    duration: WINDOW_SECONDS,
    clearExpiredByTimeout: false,
  });
}

/**
 * Counts a log-in attempt before it is checked: 5 an account and 20 an address in 15 minutes, over all processes.
 * A success gives the account's attempts back (`forgive`).
 */
export async function countLogIn(account: string, address: string): Promise<Result<null>> {
  for (const [limit, key] of [
    [limiter("login-account", 5), account],
    [limiter("login-address", 20), address],
  ] as const) {
    try {
      await limit.consume(key);
    } catch (refused) {
      if (refused instanceof Error) throw refused;
      const wait =
        refused && typeof refused === "object" && "msBeforeNext" in refused ? Number(refused.msBeforeNext) : 0;
      return err("RATE_LIMITED", { retryAfterSeconds: Math.ceil(wait / 1000) });
    }
  }
  return ok();
}

export async function forgive(account: string, address: string): Promise<void> {
  await limiter("login-account", 5).delete(account);
  await limiter("login-address", 20).reward(address, 1);
}
