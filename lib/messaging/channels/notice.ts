import type { Category } from "@/lib/messaging/templates/purposes";
import type { ChannelKind } from "./kinds";

/** What a vendor may tell of an account or a number that staff must know; words in `settings.notices`. */
export const VENDOR_NOTICES = [
  "account_disabled",
  "account_closing",
  "account_restricted",
  "account_violation",
  "account_rejected",
  "account_alert",
  "quality_low",
  "limit_lowered",
] as const;
export type VendorNotice = (typeof VENDOR_NOTICES)[number];

/** What a vendor decided on a template, by name and language; what it doesn't say stays. */
export interface TemplateDecision {
  name: string;
  /** In our form: `en`, `es-MX`. */
  locale: string;
  approval?: "pending" | "approved" | "rejected" | "paused" | "disabled";
  /** The vendor may have filed it elsewhere. */
  category?: Category;
  /** The vendor's own word, where it gave one; words in `settings.templates.reasons`. */
  rejectedReason?: string | null;
  /** The text that was decided on, where the vendor tells it: another text of ours is not decided. */
  body?: string;
}

/** News of an account that names no number by which a clinic could be found. */
export interface AccountNotice {
  type: "notice";
  channelKind: ChannelKind;
  account: string;
  /** The address with whose key it was believed; null: with the deployment's. */
  signedFor: string | null;
  /** The number that it is about as people see it, in digits; null: the account. */
  shownNumber: string | null;
  /** `notice: null`: what stood against the account, or the number, is over. */
  news:
    { about: "account" | "number"; notice: VendorNotice | null } | { about: "template"; decision: TemplateDecision };
}
