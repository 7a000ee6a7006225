import type { CREATED_FROM } from "@/db/schema/appointments";
import type { clinics } from "@/db/schema/clinics";
import type { knowledgeEntries } from "@/db/schema/dialog";
import type { Localized, LocalizedWords } from "@/db/schema/services";
import type { HoursOf, Segment } from "@/db/testing/rows";
import type { Thread } from "./threads/thread";

export type Locale = "en" | "es" | "ar";
export type Source = (typeof CREATED_FROM)[number];
export type Category = (typeof knowledgeEntries.$inferSelect)["category"];

export interface ProviderPlan {
  key: string;
  name: string;
  kind: "dentist" | "hygienist";
  color: string;
  languages: Locale[];
  hours: HoursOf;
}

export interface ServicePlan {
  key: string;
  name: Localized;
  synonyms: LocalizedWords;
  durationMinutes: number;
  bufferBeforeMinutes?: number;
  bufferAfterMinutes?: number;
  color: string;
  value: number;
  recallIntervalDays?: number;
  isOnline?: boolean;
  segments: readonly Segment[];
  /** Keys of the providers who may lead it. */
  leads: readonly string[];
  /** Keys of the chairs; none listed: any. */
  operatories?: readonly string[];
  /** Nobody books it further ahead than this. */
  maxDaysAhead?: number;
  /** How often it is booked, compared with the others. */
  weight: number;
}

/** Days count from today; without a provider the whole clinic is meant, without times the whole day. */
export interface ExceptionPlan {
  provider?: string;
  kind: "closed" | "extra";
  fromDay: number;
  toDay?: number;
  times?: readonly [from: string, to: string];
  reason: string;
  /** Moves on to the first of these ISO weekdays. */
  weekday?: number;
}

export interface PatientsPlan {
  count: number;
  /** How many never came, and how many come for the first time in the coming weeks. */
  leads: number;
  newcomers: number;
  families: number;
  emails: number;
  languages: readonly (readonly [Locale, number])[];
  phone: (index: number) => string;
}

export interface VisitsPlan {
  count: number;
  /** How full a day is, by its distance from today. */
  weightOf: (offset: number) => number;
  sources: readonly (readonly [Source, number])[];
}

/** A demo clinic as told; `plan-*.ts` makes rows of it. */
export interface Blueprint {
  seed: number;
  clinic: Omit<typeof clinics.$inferInsert, "id">;
  smsAddress: string;
  /** A number of its own at WhatsApp, by its id there; half of the talks are held on it. */
  /** The mailbox that its letters are from. */
  mailAddress: string;
  whatsapp?: { numberId: string; account: string; displayAddress: string };
  providers: readonly ProviderPlan[];
  operatories: readonly { key: string; name: string }[];
  services: readonly ServicePlan[];
  exceptions: readonly ExceptionPlan[];
  /** The hours of every working day in Ramadan, instead of the usual ones. */
  ramadan?: readonly (readonly [from: string, to: string])[];
  /** Closed every year on `MM-DD`. */
  holidays: readonly (readonly [monthDay: string, reason: string])[];
  patients: PatientsPlan;
  visits: VisitsPlan;
  knowledge: readonly { locale: Locale; category: Category; question: string; answer: string }[];
  threads: readonly Thread[];
}
