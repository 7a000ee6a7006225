import { z } from "zod";
import { camelKeys } from "@/lib/core/keys";

/** `dead`: given up. `unknown`: perhaps delivered, the vendor can't say. Both can be sent again. */
export const STUCK_STATUSES = ["dead", "unknown"] as const;

/** `GET …/outbox`: what didn't get out, newest first. */
export const ListOutbox = z
  .object({
    status: z.enum(STUCK_STATUSES).default("dead"),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  })
  .transform(camelKeys);
export type ListOutbox = z.output<typeof ListOutbox>;

export const OutboxId = z.object({ id: z.uuid() });
