import { z } from "zod";
import { camelKeys } from "@/lib/core/keys";

export const KINDS = [
  "emergency",
  "handoff",
  "unanswered",
  "booked",
  "moved",
  "cancelled",
  "channel_broken",
  "send_failed",
  "day_ahead",
] as const;
export type Kind = (typeof KINDS)[number];

/** Emergencies can't be turned off: somebody may be bleeding (product.md, notifications). */
export const mayTurnOff = (kind: Kind): boolean => kind !== "emergency";

const Preference = z.object({
  kind: z.enum(KINDS),
  in_portal: z.boolean(),
  by_email: z.boolean(),
  by_sms: z.boolean(),
});

/** A member's choice; kinds that are left out keep what they had. */
export const SetPreferences = z
  .object({ preferences: z.array(Preference).max(KINDS.length), phone: z.string().max(40).nullish() })
  .transform(({ preferences, phone }) => ({ preferences: preferences.map(camelKeys), phone }));
export type SetPreferences = z.output<typeof SetPreferences>;

export const ListNotifications = z
  .object({ cursor: z.string().optional(), limit: z.coerce.number().int().min(1).max(100).default(20) })
  .transform(camelKeys);
export type ListNotifications = z.output<typeof ListNotifications>;

/** Those named, or all that are unread. */
export const MarkRead = z.object({ ids: z.array(z.uuid()).max(100).optional() });
export type MarkRead = z.output<typeof MarkRead>;
