import type { MessageRow, TurnRow } from "@/db/testing/make-talk";
import type { Decision } from "@/lib/dialog/decide/items";
import type { Understanding } from "@/lib/dialog/schema";
import { FRESH } from "@/lib/dialog/state";
import type { Blueprint, Locale } from "./blueprint";
import type { PlannedPatient } from "./plan-patients";
import type { PlannedVisit } from "./plan-visits";
import type { Random } from "./random";
import type { Line, Thread } from "./threads/thread";

/** The calendar and the digits are pinned: engines differ in what a bare `ar` means. */
const TAGS = { en: "en-US", es: "es-US", ar: "ar-u-ca-gregory-nu-latn" } as const satisfies Record<Locale, string>;

interface Facts {
  thread: Thread;
  patient: PlannedPatient;
  visit: PlannedVisit | undefined;
  blueprint: Blueprint;
}

/** Puts the facts of the visit and the clinic into a line. */
export function spell(words: string, { thread, patient, visit, blueprint }: Facts): string {
  const { clinic, providers } = blueprint;
  const format = (options: Intl.DateTimeFormatOptions) =>
    visit ? new Intl.DateTimeFormat(TAGS[thread.locale], { ...options, timeZone: clinic.timeZone }).format(visit.startsAt) : "";
  const name = visit?.placed.service.name[thread.locale] ?? visit?.placed.service.name.en ?? "";
  const facts: Record<string, string> = {
    first: patient.firstName,
    clinic: clinic.name,
    address: clinic.address,
    phone: clinic.phone,
    service: name.charAt(0).toLowerCase() + name.slice(1),
    day: format({ weekday: "long", day: "numeric", month: "long" }).replace(/[,،]/g, ""),
    time: format({ hour: "numeric", minute: "2-digit" }),
    provider: providers.find(({ key }) => key === visit?.placed.lead)?.name ?? "",
  };
  // A Spanish "p.m." at the end of a sentence brings its own full stop.
  return words.replace(/\{(\w+)\}/g, (whole, key: string) => facts[key] ?? whole).replaceAll("..", ".");
}

interface Setting {
  staffId: string;
  vendor: "twilio" | "whatsapp";
  id: () => string;
  random: Random;
}

/**
 * The messages of a thread, the last of them at `moment`, the first, if it was a reminder, at `remindedAt`; and the
 * bot's turn between a message and its answer.
 */
export function talkRows(
  thread: Thread,
  spelled: (words: string) => string,
  { moment, remindedAt }: { moment: Date; remindedAt?: Date },
  setting: Setting,
) {
  const { id, random, staffId, vendor } = setting;
  const vendorIdOf = (hex: string) => (vendor === "twilio" ? `SM${hex}` : `wamid.${hex}`);
  const times = timesOf(thread.lines, moment, random);
  if (remindedAt) times[0] = remindedAt;
  const messages = thread.lines.map((line, index): MessageRow => {
    const at = times[index] ?? moment;
    const common = { id: id(), text: spelled(line[1]), occurredAt: at, createdAt: at, vendor, vendorId: vendorIdOf(random.hex(32)) };
    if (line[0] === "patient") return { ...common, direction: "inbound", senderType: "patient", status: "received" };
    const who = line[0] === "staff" ? { senderType: "staff" as const, senderUserId: staffId } : { senderType: "bot" as const };
    const status = random.chance(0.9) ? "delivered" : "sent";
    return { ...common, ...who, direction: "outbound", status, sentAt: at, sendClass: classOf(thread.lines, index) };
  });
  const turns = messages.flatMap((message, index) => {
    const line = thread.lines[index];
    if (!line || line[0] !== "patient") return [];
    const reply = thread.lines[index + 1]?.[0] === "bot" ? messages[index + 1] : undefined;
    const turn = turnOf(thread, line, reply?.id ?? null, message.occurredAt, setting);
    message.turnId = turn.id;
    if (reply) reply.turnId = turn.id;
    return [turn];
  });
  return { messages, turns };
}

/** The bot answers within seconds, patients within minutes, staff when they get to it; counted back from the end. */
function timesOf(lines: readonly Line[], moment: Date, random: Random): Date[] {
  const seconds = { bot: { from: 2, to: 6 }, patient: { from: 15, to: 90 }, staff: { from: 120, to: 420 } } as const;
  let at = moment.getTime();
  const times = lines.toReversed().map((line) => {
    const time = new Date(at);
    at -= random.int(seconds[line[0]].from, seconds[line[0]].to) * 1000;
    return time;
  });
  return times.reverse();
}

function classOf(lines: readonly Line[], index: number): MessageRow["sendClass"] {
  if (lines[index]?.[0] === "staff") return "staff";
  const before = lines[index - 1];
  if (before?.[2] === "opt_out") return "optout_confirmation";
  if (before) return "reply";
  return lines.some((line) => line[2] === "opt_out") ? "marketing" : "reminder";
}

function turnOf(thread: Thread, line: Line, replyId: string | null, at: Date, { id, random }: Setting): TurnRow & { id: string } {
  const meant = line[2] ?? "provide";
  const isHandedOff = thread.status === "handoff" && replyId !== null;
  const confidence = random.int(82, 99) / 100;
  const understanding: Understanding = {
    language: thread.locale,
    wordCount: line[1].split(/\s+/).length,
    confidence,
    intents: [{ intent: meant, confidence }],
    optOut: meant === "opt_out" ? "opt_out" : "none",
    optOutBy: meant === "opt_out" ? "keyword" : null,
    isOptInKeyword: false,
    emergency: meant === "emergency",
    angry: false,
    requested: [],
    slots: {},
    spans: [],
  };
  const silence = replyId ? null : thread.optsOut ? "opted_out" : thread.holder === "staff" ? "staff_hold" : "handed_off";
  const handOff = isHandedOff ? { isUrgent: thread.isUrgent ?? false } : null;
  const decision: Decision = { silence, say: [], sendClass: meant === "opt_out" ? "optout_confirmation" : "reply", handOff };
  return {
    id: id(),
    at,
    outcome: silence ? "silent" : isHandedOff ? "handed_off" : "replied",
    silence,
    stateBefore: { ...FRESH },
    stateAfter: { ...FRESH, language: thread.locale },
    understanding: { ...understanding },
    decision: { ...decision },
    effects: [],
    replyMessageId: replyId,
    latencyMs: random.int(18, 90),
    createdAt: at,
  };
}
