import { Temporal } from "temporal-polyfill";
import { dayIn, isTimeZone, timeIn } from "@/lib/core/zone";
import type { UnderstandInput, Understanding } from "@/lib/dialog/schema";
import { normalise } from "@/lib/dialog/understand/normalise";
import { understand } from "@/lib/dialog/understand/understand";
import { readContext, type Context } from "./context";
import { labelsIn } from "./labels-in-context";
import { labelsOf, NOT_UNDERSTOOD } from "./labels";
import { NO_TIME, type InputLine, type OutputLine, type SpokenTime, type Task } from "./line";
import { readCity, readProviderKinds, readProviderName } from "./places";
import { spokenTime } from "./spoken-time";
import { nextTask } from "./task";

/** What one talk carries from line to line. */
export interface Talk {
  readonly task: Task;
}
export const NEW_TALK: Talk = { task: "none" };

/** The answer for a line that can't be read at all. */
export const emptyAnswer = (id: OutputLine["id"]): OutputLine => ({
  id,
  label: NOT_UNDERSTOOD,
  labels: [NOT_UNDERSTOOD],
  task: "none",
  slots: {},
  requested: [],
  datetime: NO_TIME,
  opt: "none",
  language: null,
  confidence: 0,
});

/** Answers one line by the measure's contract (dialog.md), and says what its talk carries on. Pure; a bad zone counts as none. */
export function answerLine(line: InputLine, talk: Talk): { answer: OutputLine; talk: Talk } {
  const zone = zoneOf(line);
  const at = instantOf(line.reference_time, zone);
  if (at === null) return { answer: { ...emptyAnswer(line.id), task: talk.task }, talk };
  const context = readContext(line.last_system, line.expecting, false);
  const understanding = understand(inputOf(line, at, zone, context));
  const datetime = spokenTime(understanding.slots.time, { today: dayIn(at, zone), now: timeIn(at, zone) });
  const known = { ...context, hasTime: datetime.type !== "none" };
  const intents = understanding.intents.map(({ intent }) => intent);
  const words = normalise(line.text).text;
  const task = nextTask(talk.task, intents, known, words);
  const slots = slotsOf(line.text, understanding, datetime, known);
  const isFirst = !line.last_system && talk.task === "none";
  const labels = labelsIn(labelsOf(understanding, words, isFirst), {
    isFirst,
    context: known,
    slots,
    before: talk.task,
    words,
    isBlank: intents.length === 0,
  });
  return {
    answer: {
      id: line.id,
      label: labels[0] ?? NOT_UNDERSTOOD,
      labels,
      task,
      slots,
      requested: understanding.requested,
      datetime,
      opt: understanding.optOut,
      language: understanding.language,
      confidence: understanding.confidence,
    },
    talk: { task },
  };
}

const inputOf = (line: InputLine, referenceTime: Date, timeZone: string, context: Context): UnderstandInput => ({
  text: line.text,
  ...(line.locale && { locale: line.locale }),
  referenceTime,
  timeZone,
  ...(line.last_system && { lastSystem: line.last_system }),
  ...(context.expecting && { expecting: context.expecting }),
  services: [],
  providers: [],
  channel: line.channel === "sms" ? "sms" : "whatsapp",
});

const OFFSET = /(Z|[+-]\d{2}:?\d{2})$/i;

/** The zone given, else the offset of the reference time, else UTC. */
function zoneOf({ timezone, reference_time: time }: InputLine): string {
  if (timezone && isTimeZone(timezone)) return timezone;
  const offset = OFFSET.exec(time)?.[1];
  return offset === undefined || /z/i.test(offset) ? "UTC" : `${offset.slice(0, 3)}:${offset.slice(-2)}`;
}

function instantOf(time: string, zone: string): Date | null {
  try {
    if (OFFSET.test(time)) return new Date(Temporal.Instant.from(time).epochMilliseconds);
    return new Date(Temporal.PlainDateTime.from(time).toZonedDateTime(zone).epochMilliseconds);
  } catch {
    return null; // not a time: the line is answered as one that can't be understood
  }
}

function slotsOf(
  text: string,
  { slots }: Understanding,
  datetime: SpokenTime,
  context: Context,
): Record<string, string | string[]> {
  const kinds = readProviderKinds(text);
  const city = readCity(text, context.asksCity);
  const provider = readProviderName(text) ?? slots.provider?.words;
  const [date, time] = [dateOf(slots.time, datetime), timeOf(slots.time)];
  return {
    ...(date && { date }),
    ...(time && { time }),
    ...(city && city !== provider && { city }),
    ...(provider && { provider }),
    ...(kinds.length > 0 && { provider_kind: kinds.length === 1 ? (kinds[0] ?? "") : kinds }),
    ...(slots.service && { service: slots.service.words }),
    ...(slots.personName && { name: slots.personName }),
  };
}

type Time = Understanding["slots"]["time"];

function dateOf(time: Time, datetime: SpokenTime): string | string[] | undefined {
  if (!time?.days && !time?.weekdays) return undefined;
  const days = (time.days ?? []).filter(({ from, to }) => from === to).map(({ from }) => from);
  if (days.length > 1) return days;
  return days[0] ?? (datetime.type === "instant" ? datetime.from?.slice(0, 10) : undefined) ?? time.words;
}

function timeOf(time: Time): string | string[] | undefined {
  if (!time) return undefined;
  return (
    time.at ??
    time.anyOf ??
    time.ambiguousAt ??
    (time.daypart || time.notBefore || time.notAfter ? time.words : undefined)
  );
}
