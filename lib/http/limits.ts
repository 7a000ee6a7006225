import { count, type Rate } from "@/lib/core/rate";
import type { Result } from "@/lib/core/result";

/** Requests a minute (domain.md): a credential's, an anonymous address's, and all of a clinic's together. */
const RATES = {
  credential: { name: "credential", points: 600, seconds: 60 },
  address: { name: "address", points: 120, seconds: 60 },
  clinic: { name: "clinic", points: 6_000, seconds: 60 },
} as const satisfies Record<string, Rate>;

/** Counts one request of a credential (a session, a key), of an address without one, or of a clinic. */
export const countRequest = (by: keyof typeof RATES, key: string): Promise<Result<null>> => count(RATES[by], key);
