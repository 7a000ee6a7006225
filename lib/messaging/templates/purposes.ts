import type { SendClass } from "@/lib/messaging/send";
import type { Variable } from "./schema";

export type Category = "marketing" | "utility" | "authentication";

interface PurposeRules {
  /** What the gate asks of such a message. */
  sendClass: SendClass;
  category: Category;
  /** The variables that its sender gives; a template may leave some out and may use no other. */
  variables: readonly Variable[];
  /** Seconds after which the vendor drops it undelivered, so that none lands when it is of no use any more. */
  ttlSeconds: number;
  /** Hours that a reminder put off must still leave before the visit. */
  leavesHours?: number;
  /** Asks people to book: pointless for those who have. */
  invites?: boolean;
}

const VISIT = ["patient_name", "clinic_name", "visit_time", "service_name", "provider_name", "link"] as const;
const INVITATION = ["patient_name", "clinic_name", "clinic_phone", "link"] as const;
const HOUR = 3600;
const DAY = 24 * HOUR;

/**
 * The automatic messages, by the name that `templates.purpose` holds. Reminders, confirmations and changes are utility,
 * invitations marketing (outside-world.md). A reminder's time to live ends before the visit that it is about begins.
 */
export const PURPOSES = {
  reminder_24h: {
    sendClass: "reminder",
    category: "utility",
    variables: VISIT,
    ttlSeconds: 12 * HOUR,
    leavesHours: 20,
  },
  reminder_3h: { sendClass: "reminder", category: "utility", variables: VISIT, ttlSeconds: 2 * HOUR, leavesHours: 2 },
  confirmation: { sendClass: "service", category: "utility", variables: VISIT, ttlSeconds: 12 * HOUR },
  moved: { sendClass: "service", category: "utility", variables: VISIT, ttlSeconds: 12 * HOUR },
  cancelled: { sendClass: "service", category: "utility", variables: VISIT, ttlSeconds: 12 * HOUR },
  waitlist_offer: {
    ...{ sendClass: "offer", category: "utility", ttlSeconds: HOUR / 3 },
    variables: ["patient_name", "clinic_name", "earlier_time", "service_name", "provider_name"],
  },
  waitlist_lost: {
    ...{ sendClass: "service", category: "utility", ttlSeconds: 12 * HOUR },
    variables: ["patient_name", "clinic_name", "earlier_time"],
  },
  recall: { sendClass: "marketing", category: "marketing", variables: INVITATION, ttlSeconds: DAY / 2, invites: true },
  recovery: {
    sendClass: "marketing",
    category: "marketing",
    variables: INVITATION,
    ttlSeconds: DAY / 2,
    invites: true,
  },
  rebook: { sendClass: "marketing", category: "marketing", variables: INVITATION, ttlSeconds: DAY / 2, invites: true },
  review: { sendClass: "marketing", category: "marketing", variables: INVITATION, ttlSeconds: DAY / 2 },
  handoff_note: {
    ...{ sendClass: "service", category: "utility", ttlSeconds: DAY },
    variables: ["patient_name", "clinic_name", "clinic_phone", "staff_name"],
  },
  write_back: {
    ...{ sendClass: "reply", category: "utility", ttlSeconds: DAY },
    variables: ["clinic_name", "clinic_phone"],
  },
} as const satisfies Record<string, PurposeRules>;

export type TemplatePurpose = keyof typeof PURPOSES;
export const TEMPLATE_PURPOSES = Object.keys(PURPOSES).filter(isPurpose);

export function isPurpose(value: unknown): value is TemplatePurpose {
  return typeof value === "string" && Object.hasOwn(PURPOSES, value);
}

/** What holds for an automatic message; undefined for a text of the clinic's own. */
export const rulesOfPurpose = (purpose: string | null): PurposeRules | undefined =>
  isPurpose(purpose) ? PURPOSES[purpose] : undefined;
