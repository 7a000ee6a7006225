import { RateLimiterMemory } from "rate-limiter-flexible";
import { err, ok, type Result } from "@/lib/core/result";

/** Requests a minute (domain.md): a credential's, and an anonymous address's. Counted per process. */
const credential = new RateLimiterMemory({ keyPrefix: "credential", points: 600, duration: 60 });
const anonymous = new RateLimiterMemory({ keyPrefix: "address", points: 120, duration: 60 });

/** Counts one request of a credential (a session, a key) or of an address without one. */
export async function countRequest(by: "credential" | "address", key: string): Promise<Result<null>> {
  const limiter = by === "credential" ? credential : anonymous;
  try {
    await limiter.consume(key);
    return ok();
  } catch (refused) {
    const wait =
      refused && typeof refused === "object" && "msBeforeNext" in refused ? Number(refused.msBeforeNext) : 1000;
    return err("RATE_LIMITED", { retryAfterSeconds: Math.ceil(wait / 1000) });
  }
}
