import { z } from "zod";
import { camelKeys } from "@/lib/core/keys";

export const CONSENT_CHANNELS = ["sms", "whatsapp", "email"] as const;
export const PURPOSES = ["service", "marketing"] as const;
/** Where a member learnt it from. */
export const CONSENT_SOURCES = ["in_person", "phone", "paper_form", "web_form", "email", "message"] as const;

/**
 * `POST …/patients/{id}/consents`: what a person agreed to or ended, told to a member. `words`: what was said or signed, the
 * evidence; for marketing in the US they must be given. `at`: when, if not now.
 */
export const SetConsent = z
  .object({
    contact_point_id: z.uuid(),
    channel: z.enum(CONSENT_CHANNELS),
    purpose: z.enum(PURPOSES),
    state: z.enum(["in", "out"]),
    source: z.enum(CONSENT_SOURCES),
    words: z.string().trim().min(1).max(500).optional(),
    at: z.iso.datetime({ offset: true }).optional(),
  })
  .transform(camelKeys);
export type SetConsent = z.output<typeof SetConsent>;

export const PatientId = z.object({ id: z.uuid() });
