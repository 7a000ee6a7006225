import type { tasks } from "@/db/schema/front-desk";
import type { conversations } from "@/db/schema/messaging";
import type { Localized } from "@/db/schema/services";
import type { Intent } from "@/lib/dialog/schema";
import type { Locale } from "../blueprint";

/**
 * What was said, in order: who, the words, and, of a patient, what was meant. Words may name {first}, {clinic}, {service},
 * {day}, {time}, {provider}, {address} and {phone} of the visit and the clinic that they are about.
 */
export type Line = readonly [who: "patient", words: string, meant: Intent] | readonly [who: "bot" | "staff", words: string];

export interface Thread {
  locale: Locale;
  status: (typeof conversations.$inferSelect)["status"];
  holder?: "bot" | "staff";
  isUrgent?: boolean;
  /** The visit that it is about: one booked by SMS at that moment, one still to come, or none. */
  about: "booked" | "upcoming" | "cancelled" | "nothing";
  /** How long ago the last message came; a thread about a booked visit is as old as the booking. */
  minutesAgo?: number;
  /** Of the last messages, how many nobody at the clinic has seen. */
  unread?: number;
  task?: (typeof tasks.$inferSelect)["reason"];
  isTaskDone?: boolean;
  /** What staff read first, in the clinic's own language. */
  summary?: Localized;
  /** The patient sends a stop in it. */
  optsOut?: boolean;
  lines: readonly Line[];
}

export const patient = (words: string, meant: Intent): Line => ["patient", words, meant];
export const bot = (words: string): Line => ["bot", words];
export const staff = (words: string): Line => ["staff", words];
