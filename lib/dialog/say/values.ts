import type { Facts } from "../decide/facts";
import type { SayValue } from "../decide/items";
import { callNames } from "../decide/people";
import type { Language } from "../schema";
import { dayOf, numberWritten, timeOf, weekdayName, wallTimeWritten, type Writing } from "./format";
import { wishWritten } from "./wish";
import { wordsFor } from "./words";

export interface Reader {
  readonly facts: Facts;
  readonly language: Language;
  readonly writing: Writing;
}

export const readerOf = (facts: Facts, language: Language): Reader => ({
  facts,
  language,
  writing: { language, timeZone: facts.clinic.timeZone, digits: facts.clinic.digits },
});

/** A fact in the reader's words. Ids are looked up in the clinic's own rows: nothing else has a name. */
export function written(reader: Reader, value: SayValue): string {
  const parts = wordsFor(reader.language, "parts");
  switch (value.is) {
    case "service":
      return serviceName(reader, value.id);
    case "provider":
      return providerName(reader, value.id);
    case "services":
      return numbered(value.ids.map((id) => serviceName(reader, id)));
    case "providers":
      return value.ids.map((id) => providerName(reader, id)).join(parts.of("comma"));
    case "person":
      return value.name;
    case "people":
      return numbered([...value.names, ...(value.withSomeoneNew ? [parts.of("someoneNew")] : [])]);
    case "moment":
      return momentWritten(reader, value.at);
    case "clock":
      return timeOf(reader.writing, new Date(value.at));
    case "offers":
      return offersWritten(reader, value);
    case "visits":
      return visitsWritten(reader, value.visits);
    case "wish":
      return wishWritten(reader.writing, value.wish);
    case "week":
      return weekWritten(reader, value.week);
    case "number":
      return numberWritten(reader.writing, value.number);
    case "text":
      return value.text;
  }
}

/** Options are typed as digits, so they are shown in those that every phone types. */
const numbered = (lines: readonly string[]): string => lines.map((line, at) => `${at + 1}) ${line}`).join("\n");

export function serviceName({ facts, language }: Reader, id: string): string {
  const names = facts.services.find((service) => service.id === id)?.names;
  return names?.[language] ?? names?.en ?? "";
}

export const providerName = ({ facts, language }: Reader, id: string): string =>
  facts.providers.find((provider) => provider.id === id)?.name ?? wordsFor(language, "parts").of("anyone");

export const momentWritten = ({ writing, language }: Reader, at: string): string => {
  const [day, time] = [dayOf(writing, new Date(at)), timeOf(writing, new Date(at))];
  return wordsFor(language, "parts").of("moment", { day, time });
};

type Offers = Extract<SayValue, { is: "offers" }>;

/** Numbered offers; what all of them share, the day and perhaps the provider, is said once above them. */
function offersWritten(reader: Reader, { offers, withProvider, isDaySaid }: Offers): string {
  const parts = wordsFor(reader.language, "parts");
  const rows = offers.map(({ startsAt, providerId }) => ({
    day: dayOf(reader.writing, new Date(startsAt)),
    time: timeOf(reader.writing, new Date(startsAt)),
    provider: withProvider ? providerName(reader, providerId) : "",
  }));
  const shared = (part: "day" | "provider") =>
    rows.length > 1 && rows.every((row) => row[part] === rows[0]?.[part]) ? (rows[0]?.[part] ?? "") : "";
  const [day, provider] = [shared("day"), shared("day") && shared("provider")];
  const join = (words: readonly string[]) => words.filter((word) => word !== "").join(parts.of("comma"));
  const lines = rows.map((row) => join([day ? "" : row.day, row.time, provider ? "" : row.provider]));
  const head = join([isDaySaid ? "" : day, provider && parts.of("with", { provider })]);
  return `${head ? `${capitalised(head)}:\n` : ""}${numbered(lines)}`;
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

type Visits = Extract<SayValue, { is: "visits" }>["visits"];

/** One visit is a phrase, several are a numbered list. */
function visitsWritten(reader: Reader, visits: Visits): string {
  const lines = visits.slice(0, 5).map((visit) => {
    const at = new Date(visit.startsAt);
    const [day, time] = [dayOf(reader.writing, at), timeOf(reader.writing, at)];
    // A service or provider that is no longer offered has its name in the visit alone.
    const service = serviceName(reader, visit.serviceId) || visit.serviceName;
    const said = { service, day, time, provider: visit.providerName };
    const person = familyName(reader, visit.patientId);
    return wordsFor(reader.language, "parts").of(person ? "visitOf" : "visit", { ...said, ...(person && { person }) });
  });
  return lines.length === 1 ? (lines[0] ?? "") : numbered(lines);
}

/** Where several people share the contact point, whose a visit is, by first name. */
function familyName({ facts: { patients } }: Reader, patientId: string): string | undefined {
  return patients.length > 1 ? callNames(patients)[patients.findIndex(({ id }) => id === patientId)] : undefined;
}

type Week = Extract<SayValue, { is: "week" }>["week"];

/** Weekly hours with neighbours of the same hours as one: "Mon–Thu 9:00 AM–5:00 PM". */
function weekWritten(reader: Reader, week: Week): string {
  const { writing } = reader;
  const parts = wordsFor(reader.language, "parts");
  const span = (from: string, to: string) =>
    parts.of("span", { from: wallTimeWritten(writing, from), to: wallTimeWritten(writing, to) });
  const groups: { first: number; last: number; spans: string }[] = [];
  for (let weekday = 1; weekday <= 7; weekday++) {
    const spans = week.filter((one) => one.weekday === weekday).map(({ from, to }) => span(from, to));
    const text = spans.join(parts.of("comma"));
    const last = groups.at(-1);
    if (text && last?.spans === text && last.last === weekday - 1) last.last = weekday;
    else if (text) groups.push({ first: weekday, last: weekday, spans: text });
  }
  const name = (weekday: number) => weekdayName(writing, weekday, reader.language === "ar" ? "long" : "short");
  return groups
    .map(({ first, last, spans }) => {
      const days = first === last ? name(first) : parts.of("span", { from: name(first), to: name(last) });
      return parts.of("hours", { days, spans });
    })
    .join("; ");
}
