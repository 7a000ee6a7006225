import type { ConversationRow, TaskRow } from "@/db/testing/make-talk";
import { addDays, dayIn, instantOf, timeIn } from "@/lib/core/zone";
import type { Blueprint } from "./blueprint";
import type { PlannedPatient } from "./plan-patients";
import type { PlannedVisit } from "./plan-visits";
import type { Random } from "./random";
import { spell, talkRows } from "./talk-rows";
import type { Thread } from "./threads/thread";

const MINUTE_MS = 60_000;
/** Services whose names fit into the sentences of the threads. */
const SPEAKABLE = ["checkup", "cleaning", "filling"];

export interface TalkSetting {
  blueprint: Blueprint;
  patients: readonly PlannedPatient[];
  visits: readonly PlannedVisit[];
  /** The channels on which talks are held. */
  lines: { smsId: string; whatsappId?: string };
  staffId: string;
  now: Date;
  id: () => string;
  random: Random;
}
export interface TalksPlanned {
  conversations: ConversationRow[];
  tasks: TaskRow[];
  /** When each contact point sent its stop. */
  stopped: Map<string, Date>;
}

/** Every thread of the blueprint, each with a person and a visit that it fits; what it tells is true of the visit. */
export function planTalks(setting: TalkSetting): TalksPlanned {
  const planned: TalksPlanned = { conversations: [], tasks: [], stopped: new Map() };
  const used = new Set<string>();
  for (const [index, thread] of setting.blueprint.threads.entries()) {
    const visit = thread.about === "nothing" ? undefined : visitFor(thread, setting, used);
    const patient = visit?.patient ?? somebodyFor(thread, setting, used);
    used.add(patient.contactPointId);
    const moment = momentOf(thread, visit, setting);
    const conversation = conversationOf(thread, patient, visit, moment, setting, lineOf(thread, index, setting));
    planned.conversations.push(conversation);
    if (thread.task) planned.tasks.push(taskOf(thread, conversation.id, patient, moment, setting));
    const stop = conversation.messages[thread.lines.findIndex((line) => line[2] === "opt_out")];
    if (stop) planned.stopped.set(patient.contactPointId, stop.occurredAt);
  }
  return planned;
}

interface Line {
  channelId: string;
  vendor: "twilio" | "whatsapp";
}

/** Every second talk is held on WhatsApp where the clinic has it; a stop is told to the carrier. */
function lineOf({ lines: said }: Thread, index: number, { lines }: TalkSetting): Line {
  const isStop = said.some((line) => line[2] === "opt_out");
  return lines.whatsappId && index % 2 === 1 && !isStop
    ? { channelId: lines.whatsappId, vendor: "whatsapp" }
    : { channelId: lines.smsId, vendor: "twilio" };
}

/** The first visit that a thread can be about, in the thread's language if there is one. */
function visitFor(thread: Thread, { visits, random, now }: TalkSetting, used: Set<string>): PlannedVisit {
  const isFree = ({ patient }: PlannedVisit) => !patient.isChild && !used.has(patient.contactPointId);
  const fits = (visit: PlannedVisit) =>
    thread.about === "cancelled"
      ? visit.status === "cancelled" && visit.startsAt.getTime() - visit.createdAt.getTime() > 3_600_000
      : visit.status === "scheduled" && visit.startsAt > now;
  const found = random.shuffled(visits.filter((visit) => isFree(visit) && fits(visit)));
  const inLanguage = found.filter(({ patient }) => patient.locale === thread.locale);
  const ranked = (inLanguage.length > 0 ? inLanguage : found).toSorted((a, b) => rank(thread, a) - rank(thread, b));
  const [visit] = ranked;
  if (!visit) throw new Error(`no visit for a thread about ${thread.about}`);
  return visit;
}

/** A reminder is about one of the next visits; a booking is of a service that its sentences can name. */
function rank(thread: Thread, visit: PlannedVisit): number {
  if (thread.about === "upcoming")
    return visit.startsAt.getTime() + (confirms(thread) && visit.confirmation !== "confirmed" ? 1e15 : 0);
  const speakable = SPEAKABLE.includes(visit.placed.service.key) ? 0 : 1e15;
  return speakable + (thread.about === "booked" && thread.status === "open" ? -visit.createdAt.getTime() : 0);
}

function somebodyFor(thread: Thread, { patients, random }: TalkSetting, used: Set<string>): PlannedPatient {
  const free = patients.filter(({ isChild, contactPointId }) => !isChild && !used.has(contactPointId));
  const inLanguage = free.filter(({ locale }) => locale === thread.locale);
  const strangers = inLanguage.filter(({ history }) => history === "lead");
  const isStranger = thread.lines[0]?.[0] === "patient" && strangers.length > 0;
  return random.pick(isStranger ? strangers : inLanguage.length > 0 ? inLanguage : free);
}

const confirms = (thread: Thread) => thread.lines.some((line) => line[2] === "confirm");

/** When the last words were said: at the booking, confirmation or cancellation that they tell of, which they also cause. */
function momentOf(thread: Thread, visit: PlannedVisit | undefined, setting: TalkSetting): Date {
  const { now, blueprint } = setting;
  const { timeZone } = blueprint.clinic;
  const latest = now.getTime() - MINUTE_MS;
  const ago = awake(thread, new Date(now.getTime() - (thread.minutesAgo ?? 240) * MINUTE_MS), timeZone);
  if (!visit) return ago;
  const byPatient = { actorType: "patient", actorId: visit.patient.id };
  if (thread.about === "booked") {
    visit.createdFrom = "SMS";
    visit.events[0] = { ...visit.events[0], kind: "created", at: visit.createdAt, toValue: "scheduled", ...byPatient };
    return new Date(Math.min(visit.createdAt.getTime() + MINUTE_MS, latest));
  }
  if (thread.about === "cancelled") return visit.updatedAt ?? ago;
  if (!confirms(thread)) return ago;
  const answered = visit.events.find(({ toValue }) => toValue === "confirmed");
  if (answered) return answered.at;
  const asked = visit.events.find(({ toValue }) => toValue === "asked")?.at ?? visit.createdAt;
  const at = new Date(Math.min(Math.max(ago.getTime(), asked.getTime() + 2 * MINUTE_MS), latest));
  confirm(visit, at);
  return at;
}

/** Writes down that the patient confirmed, and that they were asked if nobody had. */
function confirm(visit: PlannedVisit, at: Date): void {
  const change = { kind: "confirmation" as const, at };
  if (visit.confirmation === "unasked") {
    const askedAt = new Date(at.getTime() - MINUTE_MS);
    visit.events.push({ ...change, at: askedAt, fromValue: "unasked", toValue: "asked", actorType: "system", actorId: "seed" });
  }
  visit.events.push({
    ...change,
    fromValue: "asked",
    toValue: "confirmed",
    actorType: "patient",
    actorId: visit.patient.id,
  });
  visit.confirmation = "confirmed";
  visit.updatedAt = at;
}

/** The clinic writes first, and its staff answer, by day; patients write whenever they like. */
function awake(thread: Thread, at: Date, timeZone: string): Date {
  const isOurs = thread.lines[0]?.[0] === "bot" || thread.lines.some(([who]) => who === "staff");
  const time = timeIn(at, timeZone);
  if (!isOurs || (time >= "09:15" && time < "19:30")) return at;
  const day = dayIn(at, timeZone);
  return instantOf(time < "09:15" ? addDays(day, -1) : day, "18:40", timeZone);
}

function conversationOf(
  thread: Thread,
  patient: PlannedPatient,
  visit: PlannedVisit | undefined,
  moment: Date,
  setting: TalkSetting,
  { channelId, vendor }: Line,
): ConversationRow {
  const { blueprint, staffId, id } = setting;
  const conversationId = id();
  if (visit && thread.about === "booked") visit.conversationId = conversationId;
  const remindedAt = confirms(thread) ? visit?.events.find(({ toValue }) => toValue === "asked")?.at : undefined;
  const spelled = (words: string) => spell(words, { thread, patient, visit, blueprint });
  const rows = talkRows(thread, spelled, { moment, ...(remindedAt ? { remindedAt } : {}) }, { ...setting, vendor });
  const inbound = rows.messages.filter(({ direction }) => direction === "inbound").at(-1);
  const { defaultLocale } = blueprint.clinic;
  const summary = thread.summary && ((defaultLocale === "ar" ? thread.summary.ar : undefined) ?? thread.summary.en);
  return {
    id: conversationId,
    channelId,
    contactPointId: patient.contactPointId,
    holder: thread.holder ?? "bot",
    status: thread.status,
    isUrgent: thread.isUrgent ?? false,
    assigneeId: thread.holder === "staff" ? staffId : null,
    language: thread.locale,
    summary: summary ?? null,
    unreadCount: thread.unread ?? 0,
    lastMessageAt: rows.messages.at(-1)?.occurredAt ?? moment,
    lastInboundAt: inbound?.occurredAt ?? null,
    createdAt: rows.messages[0]?.occurredAt ?? moment,
    ...rows,
  };
}

function taskOf(
  thread: Thread,
  conversationId: string,
  patient: PlannedPatient,
  moment: Date,
  { staffId, id }: TalkSetting,
): TaskRow {
  const done = thread.isTaskDone
    ? { doneAt: new Date(moment.getTime() + 9 * MINUTE_MS), doneBy: staffId }
    : {};
  return { id: id(), reason: thread.task ?? "question", patientId: patient.id, conversationId, createdAt: moment, ...done };
}
