import { RateLimiterPostgres } from "rate-limiter-flexible";
import { countingPool } from "@/db/client";
import { keyedHash } from "./crypto";
import { env } from "./env";
import { err, ok, type Result } from "./result";

/** So many in so many seconds, counted for each key in Postgres: over all processes, and through restarts. */
export interface Rate {
  name: string;
  points: number;
  seconds: number;
}

const limiters = new Map<string, RateLimiterPostgres>();

function limiterOf({ name, points, seconds }: Rate): RateLimiterPostgres {
  const id = `${name} ${points} ${seconds}`;
  const known = limiters.get(id);
  if (known) return known;
  const made = new RateLimiterPostgres({
    ...{ storeClient: countingPool(), storeType: "pool", tableName: "rate_limits", tableCreated: true },
    ...{ keyPrefix: name, points, duration: seconds, clearExpiredByTimeout: false },
    // Who is far beyond it costs the database nothing more.
    ...{ inMemoryBlockOnConsumed: points + 1 },
  });
  limiters.set(id, made);
  return made;
}

/** Addresses and accounts are counted without being written down. */
const hidden = (key: string) => keyedHash(env().SESSION_SECRET, key);

/** Counts one of `key`. RATE_LIMITED, with the seconds to wait, when there were too many. */
export async function count(rate: Rate, key: string): Promise<Result<null>> {
  try {
    await limiterOf(rate).consume(hidden(key));
    return ok();
  } catch (refused) {
    if (refused instanceof Error) throw refused;
    const wait = refused && typeof refused === "object" && "msBeforeNext" in refused ? Number(refused.msBeforeNext) : 0;
    return err("RATE_LIMITED", { retryAfterSeconds: Math.max(1, Math.ceil(wait / 1000)) });
  }
}

/** Takes the counts of `key` back: all, or one. */
export async function forget(rate: Rate, key: string, most?: 1): Promise<void> {
  if (most) await limiterOf(rate).reward(hidden(key), most);
  else await limiterOf(rate).delete(hidden(key));
}

/** Removes the counts whose time is over; answers how many. */
export async function clearOldCounts(): Promise<number> {
  const gone = await countingPool().query("delete from rate_limits where expire < extract(epoch from now()) * 1000");
  return gone.rowCount ?? 0;
}
