import type { channels } from "@/db/schema/channels";
import type { conversations } from "@/db/schema/messaging";
import type { ConsentChannel, Purpose } from "@/lib/messaging/consents/consent";
import type { Opening } from "./quiet-hours";
import type { SendClass } from "@/lib/messaging/send";

/** Why a message was not sent; its words are `inbox.suppressed.<reason>`. */
export const SUPPRESSED = [
  "channel_off",
  "clinic_suspended",
  "sends_stopped",
  "expired",
  "bot_off",
  "staff_hold",
  "opted_out",
  "no_consent",
  "number_bad",
  "unreachable",
  "already_booked",
  "duplicate",
  "cap_reached",
  "window_closed",
  "no_decent_hour",
] as const;
export type SuppressedReason = (typeof SUPPRESSED)[number];

/** All that the gate asks about one message. It has no clock: `now` comes with the facts. */
export interface GateFacts {
  sendClass: SendClass;
  channel: ConsentChannel;
  consent: Record<Purpose, "in" | "out" | null>;
  /** When the person ended messages on this channel kind, where that holds. */
  stoppedAt: Date | null;
  holder: (typeof conversations.$inferSelect)["holder"];
  botMode: (typeof channels.$inferSelect)["botMode"];
  /** Whether somebody was in when the message was written. */
  isClinicOpen: boolean;
  isChannelActive: boolean;
  isClinicSuspended: boolean;
  hasAutomaticSends: boolean;
  address: "good" | "unreachable" | "bad";
  /** The patient's last message on this channel. */
  lastInboundAt: Date | null;
  /** The last thing that they did themselves: a message on any channel, or a visit booked or changed on a page. */
  lastActAt: Date | null;
  /** Free text on this channel; `none`: it has no window. */
  window: "none" | "open" | "closed";
  /** Whether a template may go out in its place. */
  hasTwin: boolean;
  /** Marketing and offers that the people behind this address were sent today and in seven days, and the limits. */
  sent: { today: number; week: number };
  caps: { perDay: number; perWeek: number };
  /** Invites to a visit, and everybody behind the address has one ahead. */
  isBooked: boolean;
  /** The same words went to this address within a day. */
  isDuplicate: boolean;
  expiresAt: Date | null;
  /** Hours before `expiresAt` that a reminder put off must still leave. */
  leavesHours: number;
  opening: Opening;
  now: Date;
}

export type Verdict =
  | { verdict: "send" }
  | { verdict: "template" }
  | { verdict: "later"; at: Date; why: "quiet_hours" }
  | { verdict: "suppress"; reason: SuppressedReason };

interface Policy {
  /** Written by the system; staff's own words are not. */
  isAutomatic: boolean;
  goesWhileStaffHold: boolean;
  hasQuietHours: boolean;
  needsMarketingConsent: boolean;
  isCapped: boolean;
}

const ANSWER = { isAutomatic: true, goesWhileStaffHold: false, hasQuietHours: false };
const PLANNED = { isAutomatic: true, goesWhileStaffHold: true, hasQuietHours: true };
const INVITING = { isAutomatic: true, goesWhileStaffHold: false, hasQuietHours: true };
const FREE = { needsMarketingConsent: false, isCapped: false };

/** The table of domain.md, "The send gate". The one opt-out confirmation stands outside it. */
const POLICIES: Record<Exclude<SendClass, "optout_confirmation">, Policy> = {
  reply: { ...ANSWER, ...FREE },
  service: { ...PLANNED, ...FREE },
  reminder: { ...PLANNED, ...FREE },
  offer: { ...INVITING, needsMarketingConsent: false, isCapped: true },
  marketing: { ...INVITING, needsMarketingConsent: true, isCapped: true },
  staff: { isAutomatic: false, goesWhileStaffHold: true, hasQuietHours: false, ...FREE },
};

/** A service message this soon after the patient's own act is its answer, at any hour. */
export const OWN_ACT_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;

/** Only what is written to many or on a schedule can come twice in the same words. */
const MAY_REPEAT: readonly SendClass[] = ["reply", "service", "staff"];

/**
 * Whether a message may go out at this moment (domain.md, "The send gate"), as it is, as its template, later, or not at
 * all and why. Asked in the transaction that claims it; the patient page and dry runs ask the same function.
 */
export function decideSend(facts: GateFacts): Verdict {
  if (isExpired(facts)) return { verdict: "suppress", reason: "expired" };
  if (facts.sendClass === "optout_confirmation") return { verdict: "send" };
  const policy = POLICIES[facts.sendClass];
  const reason = objectionTo(facts, policy);
  if (reason) return { verdict: "suppress", reason };
  if (policy.hasQuietHours && facts.opening !== "now" && !isAnswerToOwnAct(facts)) return waitFor(facts);
  return facts.window === "closed" ? { verdict: "template" } : { verdict: "send" };
}

/** Until the next decent hour, if the message is still of use then. */
function waitFor(facts: GateFacts): Verdict {
  const { opening, sendClass, expiresAt, leavesHours } = facts;
  if (!(opening instanceof Date)) return { verdict: "suppress", reason: "no_decent_hour" };
  const mustLeave = sendClass === "reminder" ? leavesHours * HOUR_MS : 0;
  if (expiresAt && opening.getTime() + mustLeave > expiresAt.getTime())
    return { verdict: "suppress", reason: "expired" };
  return { verdict: "later", at: opening, why: "quiet_hours" };
}

function objectionTo(facts: GateFacts, policy: Policy): SuppressedReason | undefined {
  return (
    objectionOfClinic(facts, policy) ??
    objectionOfPerson(facts, policy) ??
    objectionOfMessage(facts, policy) ??
    (facts.window === "closed" && !facts.hasTwin ? "window_closed" : undefined)
  );
}

function objectionOfClinic(facts: GateFacts, policy: Policy): SuppressedReason | undefined {
  const { sendClass, botMode } = facts;
  if (!facts.isChannelActive) return "channel_off";
  // A suspended clinic answers who writes and sends nothing else.
  if (facts.isClinicSuspended && sendClass !== "reply") return "clinic_suspended";
  if (policy.isAutomatic && !facts.hasAutomaticSends) return "sends_stopped";
  if (sendClass !== "reply") return undefined;
  if (botMode === "off" || botMode === "drafts") return "bot_off";
  return botMode === "out_of_hours" && facts.isClinicOpen ? "bot_off" : undefined;
}

function objectionOfPerson(facts: GateFacts, policy: Policy): SuppressedReason | undefined {
  const { consent, address } = facts;
  if (facts.holder === "staff" && !policy.goesWhileStaffHold) return "staff_hold";
  if (consent.service === "out" && !isAnswerAfterStop(facts)) return "opted_out";
  if (policy.needsMarketingConsent && consent.marketing !== "in")
    return consent.marketing === "out" ? "opted_out" : "no_consent";
  if (!policy.isAutomatic || address === "good") return undefined;
  return address === "bad" ? "number_bad" : "unreachable";
}

function objectionOfMessage(facts: GateFacts, policy: Policy): SuppressedReason | undefined {
  const { sent, caps } = facts;
  if (facts.isBooked) return "already_booked";
  if (facts.isDuplicate && !MAY_REPEAT.includes(facts.sendClass)) return "duplicate";
  if (policy.isCapped && (sent.today >= caps.perDay || sent.week >= caps.perWeek)) return "cap_reached";
  return undefined;
}

/** By SMS nothing passes a stop; elsewhere whoever writes after it is answered, and nothing proactive follows. */
function isAnswerAfterStop(facts: GateFacts): boolean {
  const { sendClass, channel, lastInboundAt, stoppedAt } = facts;
  if (channel === "sms" || !lastInboundAt || !stoppedAt || lastInboundAt <= stoppedAt) return false;
  return sendClass === "reply" || sendClass === "staff" || isAnswerToOwnAct(facts);
}

const isAnswerToOwnAct = ({ sendClass, lastActAt, now }: GateFacts): boolean =>
  sendClass === "service" && lastActAt !== null && now.getTime() - lastActAt.getTime() <= OWN_ACT_MS;

const isExpired = ({ expiresAt, now }: GateFacts): boolean => expiresAt !== null && expiresAt <= now;
