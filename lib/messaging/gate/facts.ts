import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { clinics } from "@/db/schema/clinics";
import type { ClinicContext } from "@/lib/core/context";
import { dayIn, daysBetween } from "@/lib/core/zone";
import { countryOf } from "@/lib/patients/phone";
import { reasonOf, type SendReason } from "@/lib/messaging/channels/reasons";
import { channelOf } from "@/lib/messaging/channels/registry";
import { clinicHoursIn, holidaysIn } from "@/lib/messaging/clinic-hours";
import type { Purpose } from "@/lib/messaging/consents/consent";
import { restsOnHolidays } from "./country-rules";
import { decideSend, OWN_ACT_MS, type GateFacts, type Verdict } from "./gate";
import * as reads from "./reads";
import { nextOpening, placesOf, type Opening, type Recipient } from "./quiet-hours";
import type { SendClass } from "@/lib/messaging/send";
import { rulesOfPurpose } from "@/lib/messaging/templates/purposes";
import { listUsedIn, purposeOf, twinOf, type Template, type Twin } from "@/lib/messaging/templates/twin";

/** One message that asks to go out, or one that might be written. */
export interface GateAsk {
  key: string;
  sendClass: SendClass;
  channelId: string;
  contactPointId: string;
  conversationId: string | null;
  text: string;
  /** When it was written; now for one that only might be. */
  writtenAt: Date;
  expiresAt: Date | null;
  templateId: string | null;
  values: readonly string[];
  /** The vendor has said that the window is closed, whatever our clock says. */
  isWindowClosed: boolean;
}

export interface Gate {
  /** The verdict on one message, and the template that may go out in its place. */
  decide: (key: string) => Verdict & { twin?: Twin };
  /** Counts a message as sent, for what is decided after it. */
  count: (key: string) => void;
}

type ClinicRow = typeof clinics.$inferSelect;
type ChannelRow = typeof channels.$inferSelect;

interface Known {
  clinic: ClinicRow;
  channels: Map<string, ChannelRow>;
  behind: Map<string, reads.Behind>;
  points: Map<string, reads.Point>;
  consents: Awaited<ReturnType<typeof reads.readConsentsIn>>;
  threads: Awaited<ReturnType<typeof reads.readThreadsIn>>;
  sent: Awaited<ReturnType<typeof reads.readSentIn>>;
  booked: Set<string>;
  /** When each of these people last did something themselves on a page. */
  acts: Map<string, Date>;
  templates: Template[];
  holidays: string[];
  isOpenAt: (at: Date) => boolean;
}

const DAY_MS = 86_400_000;
/** A message that is claimed at the window's last moment must still arrive within it. */
const WINDOW_MS = DAY_MS - 60_000;
const PER_DAY = 1;
const PER_WEEK = 3;
const BAD_NUMBER: readonly SendReason[] = ["invalid_number", "landline"];
const isCapped = (sendClass: SendClass) => sendClass === "offer" || sendClass === "marketing";

/**
 * Reads, set-wise, what the gate needs to know of these messages. `isClaim`: the contact points are locked for the length
 * of the transaction, so that no stop and no rival's claim comes between the question and the answer.
 */
export async function openGate(tx: Tx, ctx: ClinicContext, asks: readonly GateAsk[], isClaim: boolean): Promise<Gate> {
  const known = await readKnown(tx, ctx, asks, isClaim);
  const byKey = new Map(asks.map((ask) => [ask.key, ask]));
  const openings = new Map<string, Opening>();
  const openingOf = (recipient: Recipient): Opening => {
    const key = JSON.stringify([recipient.saidZones, recipient.numberCountry]);
    const opening = openings.get(key) ?? openingFrom(recipient, ctx.now());
    openings.set(key, opening);
    return opening;
  };
  const askOf = (key: string): GateAsk => {
    const ask = byKey.get(key);
    if (!ask) throw new Error("the gate was not asked about this message");
    return ask;
  };
  return {
    decide: (key) => {
      const { facts, twin } = factsOf(ctx, known, askOf(key), openingOf);
      return { ...decideSend(facts), ...(twin && { twin }) };
    },
    count: (key) => {
      const { contactPointId: pointId, sendClass, text } = askOf(key);
      known.sent.push({ messageId: key, pointId, sendClass, text, at: ctx.now() });
    },
  };
}

/** What goes now leaves within moments: those must be decent too, or it waits for the next morning. */
const LEAVES_WITHIN_MS = 5_000;

function openingFrom(recipient: Recipient, now: Date): Opening {
  const opening = nextOpening(recipient, now);
  return opening === "now" ? nextOpening(recipient, new Date(now.getTime() + LEAVES_WITHIN_MS)) : opening;
}

async function readKnown(tx: Tx, ctx: ClinicContext, asks: readonly GateAsk[], isClaim: boolean): Promise<Known> {
  const pointIds = [...new Set(asks.map((ask) => ask.contactPointId))];
  const behind = await reads.readBehindIn(tx, ctx, pointIds);
  const theirs = [...new Set([...behind.values()].flatMap((one) => one.pointIds))];
  const hasCapped = asks.some((ask) => isCapped(ask.sendClass));
  const lock = !isClaim ? "none" : hasCapped ? "exclusive" : "share";
  const points = await reads.lockPointsIn(tx, ctx, hasCapped ? theirs : pointIds, lock);
  const [clinic] = await tx.select().from(clinics).where(eq(clinics.id, ctx.clinic.id));
  if (!clinic) throw new Error("a clinic vanished");
  const lines = await tx.select().from(channels).where(eq(channels.clinicId, ctx.clinic.id));
  const isProactive = asks.some((ask) => isCapped(ask.sendClass) || ask.sendClass === "reminder");
  const hasWindow = lines.some((line) => channelOf(line.kind).capabilities.hasWindow);
  const templates = hasWindow || asks.some((ask) => ask.templateId) ? await listUsedIn(tx, ctx) : [];
  const isInviting = asks.some((ask) => rulesOfPurpose(purposeOf(templates, ask.templateId))?.invites);
  const followsHours = lines.some((line) => line.botMode === "out_of_hours");
  const patientIds = [...new Set([...behind.values()].flatMap((one) => one.patientIds))];
  return {
    clinic,
    channels: new Map(lines.map((line) => [line.id, line])),
    behind,
    points,
    consents: await reads.readConsentsIn(tx, ctx, pointIds),
    threads: await reads.readThreadsIn(tx, ctx, pointIds),
    sent: isProactive ? await reads.readSentIn(tx, ctx, theirs) : [],
    acts: asks.some((ask) => ask.sendClass === "service")
      ? await reads.readActsIn(tx, ctx, patientIds, new Date(ctx.now().getTime() - OWN_ACT_MS))
      : new Map(),
    booked: isInviting ? await reads.readBookedIn(tx, ctx, patientIds) : new Set(),
    templates,
    holidays: restsOnHolidays(clinic.country) ? await holidaysIn(tx, ctx) : [],
    isOpenAt: followsHours ? await clinicHoursIn(tx, ctx) : () => false,
  };
}

function factsOf(
  ctx: ClinicContext,
  known: Known,
  ask: GateAsk,
  openingOf: (recipient: Recipient) => Opening,
): { facts: GateFacts; twin: Twin | undefined } {
  const { clinic } = known;
  const [line, point] = [known.channels.get(ask.channelId), known.points.get(ask.contactPointId)];
  const behind = known.behind.get(ask.contactPointId);
  if (!line || !point || !behind) throw new Error("the gate knows no such address");
  const { consentChannel, capabilities } = channelOf(line.kind);
  const recipient = recipientOf(known, point, behind);
  const here = threadsOf(known, ask);
  const country = recipient.numberCountry;
  const languages = [here.thread?.language, ...behind.languages, clinic.defaultLocale];
  const twin = capabilities.hasTemplates ? twinOf(known.templates, { ...ask, languages, country, clinic }) : undefined;
  const purpose = rulesOfPurpose(purposeOf(known.templates, ask.templateId));
  const isPast = !here.lastInboundAt || ctx.now().getTime() - here.lastInboundAt.getTime() >= WINDOW_MS;
  const window = !capabilities.hasWindow ? "none" : isPast || ask.isWindowClosed ? "closed" : "open";
  const isOpenNow = !isCapped(ask.sendClass) && ask.sendClass !== "service" && ask.sendClass !== "reminder";
  const facts: GateFacts = {
    ...{ sendClass: ask.sendClass, channel: consentChannel, ...consentOf(known, ask.contactPointId, consentChannel) },
    ...{ holder: here.thread?.holder ?? "bot", botMode: line.botMode, isChannelActive: line.isActive },
    isClinicOpen: known.isOpenAt(ask.writtenAt),
    isClinicSuspended: clinic.status === "suspended",
    hasAutomaticSends: clinic.hasAutomaticSends,
    address: addressOf(point),
    ...{
      lastInboundAt: here.lastInboundAt,
      lastActAt: lastActOf(known, here.lastActAt, behind),
      window,
      hasTwin: twin !== undefined,
    },
    ...countsOf(ctx, known, ask, behind, recipient),
    isBooked: purpose?.invites === true && areBooked(known, here.thread?.patientId ?? null, behind),
    ...{ expiresAt: ask.expiresAt, leavesHours: purpose?.leavesHours ?? 2 },
    opening: isOpenNow ? "now" : openingOf(recipient),
    now: ctx.now(),
  };
  return { facts, twin };
}

function recipientOf({ clinic, holidays }: Known, point: reads.Point, behind: reads.Behind): Recipient {
  return {
    saidZones: behind.zones,
    numberCountry: point.value.startsWith("+") ? countryOf(point.value) : undefined,
    clinicCountry: clinic.country,
    clinicZone: clinic.timeZone,
    ...(clinic.settings.sendWindow && { narrowed: clinic.settings.sendWindow }),
    holidays,
  };
}

/** The thread that a message belongs to, or would, and when the patient last wrote here and anywhere. */
function threadsOf({ threads }: Known, ask: GateAsk) {
  const all = threads.filter((one) => one.contactPointId === ask.contactPointId);
  const here = all.filter((one) => one.channelId === ask.channelId);
  const thread = here.find((one) => (ask.conversationId ? one.id === ask.conversationId : one.status !== "closed"));
  const latest = (ones: typeof all) =>
    ones.reduce<Date | null>(
      (at, { lastInboundAt }) => (!at || (lastInboundAt && lastInboundAt > at) ? lastInboundAt : at),
      null,
    );
  return { thread, lastInboundAt: latest(here), lastActAt: latest(all) };
}

const lastActOf = ({ acts }: Known, wroteAt: Date | null, { patientIds }: reads.Behind): Date | null =>
  patientIds.reduce<Date | null>((last, id) => {
    const at = acts.get(id);
    return at && (!last || at > last) ? at : last;
  }, wroteAt);

function consentOf({ consents }: Known, pointId: string, channelKind: GateFacts["channel"]) {
  const of = (purpose: Purpose) =>
    consents.find(
      (one) => one.contactPointId === pointId && one.channelKind === channelKind && one.purpose === purpose,
    );
  const service = of("service");
  const stoppedAt = service?.state === "out" ? service.at : null;
  return { consent: { service: service?.state ?? null, marketing: of("marketing")?.state ?? null }, stoppedAt };
}

function addressOf({ unreachableSince, unreachableReason }: reads.Point): GateFacts["address"] {
  if (!unreachableSince) return "good";
  return unreachableReason && BAD_NUMBER.includes(reasonOf(unreachableReason)) ? "bad" : "unreachable";
}

/** Days are the recipient's own; a week is today and the six days before. */
function countsOf(
  ctx: ClinicContext,
  { sent, clinic }: Known,
  ask: GateAsk,
  behind: reads.Behind,
  recipient: Recipient,
): Pick<GateFacts, "sent" | "caps" | "isDuplicate"> {
  const zone = placesOf(recipient)[0]?.zone ?? clinic.timeZone;
  const today = dayIn(ctx.now(), zone);
  const others = sent.filter((one) => one.messageId !== ask.key && behind.pointIds.includes(one.pointId));
  const ages = others
    .filter((one) => one.sendClass !== "reminder")
    .map((one) => daysBetween(dayIn(one.at, zone), today));
  const isSame = (one: (typeof sent)[number]) =>
    one.pointId === ask.contactPointId && one.text === ask.text && ctx.now().getTime() - one.at.getTime() < DAY_MS;
  const { marketingPerDay: perDay = PER_DAY, marketingPerWeek: perWeek = PER_WEEK } = clinic.settings;
  return {
    sent: { today: ages.filter((age) => age <= 0).length, week: ages.filter((age) => age < 7).length },
    caps: { perDay, perWeek },
    isDuplicate: others.some(isSame),
  };
}

const areBooked = ({ booked }: Known, patientId: string | null, { patientIds }: reads.Behind): boolean =>
  patientId ? booked.has(patientId) : patientIds.length > 0 && patientIds.every((id) => booked.has(id));
