import ical, { ICalCalendarMethod, ICalEventClass, ICalEventStatus } from "ical-generator";
import { createTranslator } from "use-intl/core";
import type { Localized } from "@/db/schema/services";
import { messagesOf } from "@/lib/core/catalogue";
import type { ClinicContext } from "@/lib/core/context";
import { localName } from "../read-visits";
import type { FeedShows } from "./schema";

export interface FeedEntry {
  id: string;
  startsAt: Date;
  endsAt: Date;
  status: "scheduled" | "checked_in" | "completed" | "no_show" | "cancelled";
  updatedAt: Date;
  service: Localized;
  patient: string;
  chair: string | null;
  /** How often it has changed. */
  sequence: number;
}

interface FeedHead {
  providerName: string;
  shows: FeedShows;
}

/** How often readers are asked to come back. */
const COME_BACK_SECONDS = 15 * 60;

/**
 * The calendar as text. Instants are UTC, which no reader can misread; the clinic's zone is named beside them. Of a
 * patient it holds the initials at most, and those only where the clinic wants them.
 */
export function calendarText(
  { clinic, locale }: Pick<ClinicContext, "clinic" | "locale">,
  { providerName, shows }: FeedHead,
  entries: readonly FeedEntry[],
): string {
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: "appointments.feed" });
  const calendar = ical({
    name: `${providerName} · ${clinic.name}`,
    prodId: { company: "Chairside", product: "Calendar feed", language: locale.toUpperCase().slice(0, 2) },
    method: ICalCalendarMethod.PUBLISH,
    ttl: COME_BACK_SECONDS,
    x: [["X-WR-TIMEZONE", clinic.timeZone]],
  });
  for (const entry of entries) {
    const busy = shows === "busy";
    calendar.createEvent({
      id: `${entry.id}@chairside`,
      sequence: entry.sequence,
      stamp: new Date(entry.updatedAt),
      lastModified: new Date(entry.updatedAt),
      start: new Date(entry.startsAt),
      end: new Date(entry.endsAt),
      summary: busy ? t("busy") : titleOf(entry, shows, locale),
      location: busy ? null : entry.chair,
      status: entry.status === "cancelled" ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      class: ICalEventClass.PRIVATE,
    });
  }
  return calendar.toString();
}

const titleOf = ({ service, patient }: FeedEntry, shows: FeedShows, locale: string): string =>
  shows === "initials" ? `${localName(service, locale)} · ${initialsOf(patient)}` : localName(service, locale);

/** The first letters of the first and the last name: "A. R."; of a single name, one. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words.slice(0, 1);
  return ends.map((word = "") => `${/\p{L}/u.exec(word)?.[0]?.toUpperCase() ?? ""}.`).join(" ");
}
