import type { channels } from "@/db/schema/channels";
import type { conversations } from "@/db/schema/messaging";
import type { ConsentChannel, Purpose } from "./consent";
import type { SendClass } from "./send";

/** Why a message was not sent; its words are `inbox.suppressed.<reason>`. */
export const SUPPRESSED = [
  "channel_off",
  "clinic_suspended",
  "sends_stopped",
  "bot_off",
  "staff_hold",
  "opted_out",
  "no_consent",
  "unreachable",
] as const;
export type SuppressedReason = (typeof SUPPRESSED)[number];

export interface GateFacts {
  sendClass: SendClass;
  channel: ConsentChannel;
  consent: Record<Purpose, "in" | "out" | null>;
  holder: (typeof conversations.$inferSelect)["holder"];
  botMode: (typeof channels.$inferSelect)["botMode"];
  isChannelActive: boolean;
  isClinicSuspended: boolean;
  hasAutomaticSends: boolean;
  isUnreachable: boolean;
  lastInboundAt: Date | null;
  /** When quiet hours end for this recipient; null outside them. */
  opensAt: Date | null;
  now: Date;
}

export type Verdict =
  { verdict: "send" } | { verdict: "suppress"; reason: SuppressedReason } | { verdict: "later"; at: Date };

interface Policy {
  /** Written by the system; staff's own words are not. */
  isAutomatic: boolean;
  goesWhileStaffHold: boolean;
  hasQuietHours: boolean;
  needsMarketingConsent: boolean;
}

/** The table of domain.md, "The send gate". The one opt-out confirmation stands outside it. */
const POLICIES: Record<Exclude<SendClass, "optout_confirmation">, Policy> = {
  reply: { isAutomatic: true, goesWhileStaffHold: false, hasQuietHours: false, needsMarketingConsent: false },
  service: { isAutomatic: true, goesWhileStaffHold: true, hasQuietHours: true, needsMarketingConsent: false },
  reminder: { isAutomatic: true, goesWhileStaffHold: true, hasQuietHours: true, needsMarketingConsent: false },
  offer: { isAutomatic: true, goesWhileStaffHold: false, hasQuietHours: true, needsMarketingConsent: false },
  marketing: { isAutomatic: true, goesWhileStaffHold: false, hasQuietHours: true, needsMarketingConsent: true },
  staff: { isAutomatic: false, goesWhileStaffHold: true, hasQuietHours: false, needsMarketingConsent: false },
};

/** A service message this soon after the patient's own act is its answer, at any hour. */
const OWN_ACT_MS = 15 * 60_000;

/**
 * Whether a message may go out at this moment (domain.md, "The send gate"). Asked in the transaction that claims it.
 * A suspended clinic answers who writes and sends nothing else; on SMS nothing passes a stop but its confirmation.
 */
export function decideSend(facts: GateFacts): Verdict {
  if (facts.sendClass === "optout_confirmation") return { verdict: "send" };
  const policy = POLICIES[facts.sendClass];
  const reason = objectionTo(facts, policy);
  if (reason) return { verdict: "suppress", reason };
  if (policy.hasQuietHours && facts.opensAt && !isAnswerToOwnAct(facts)) return { verdict: "later", at: facts.opensAt };
  return { verdict: "send" };
}

function objectionTo(facts: GateFacts, policy: Policy): SuppressedReason | undefined {
  const { sendClass, channel, consent } = facts;
  if (!facts.isChannelActive) return "channel_off";
  if (facts.isClinicSuspended && sendClass !== "reply") return "clinic_suspended";
  if (policy.isAutomatic && !facts.hasAutomaticSends) return "sends_stopped";
  if (sendClass === "reply" && (facts.botMode === "off" || facts.botMode === "drafts")) return "bot_off";
  if (facts.holder === "staff" && !policy.goesWhileStaffHold) return "staff_hold";
  if (consent.service === "out" && (sendClass !== "reply" || channel === "sms")) return "opted_out";
  if (policy.needsMarketingConsent && consent.marketing !== "in") return "no_consent";
  if (policy.isAutomatic && facts.isUnreachable) return "unreachable";
  return undefined;
}

const isAnswerToOwnAct = ({ sendClass, lastInboundAt, now }: GateFacts): boolean =>
  sendClass === "service" && lastInboundAt !== null && now.getTime() - lastInboundAt.getTime() <= OWN_ACT_MS;
