import { z } from "zod";
import { camelKeys } from "@/lib/core/keys";

/** Why an event was set aside, as `webhook_events.problem` has it; anything else is an error of ours, by its name. */
export const NOT_UNDERSTOOD = "not_understood";
export const ANOTHER_SENDER = "another_sender";

/** `GET …/strays`: what vendors brought and nobody could read, newest first. */
export const ListStrays = z
  .object({
    page: z.coerce.number().int().min(1).max(10_000).default(1),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  })
  .transform(camelKeys);
export type ListStrays = z.output<typeof ListStrays>;

export const StrayId = z.object({ id: z.uuid() });
