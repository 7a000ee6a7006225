import type { TemplateDecision } from "@/lib/messaging/channels/notice";

type Approval = NonNullable<TemplateDecision["approval"]>;

/** Meta's states of a template in ours (Cloud API, template status). A flagged one still goes out. */
const APPROVAL_OF: Record<string, Approval> = {
  APPROVED: "approved",
  REINSTATED: "approved",
  FLAGGED: "approved",
  PENDING: "pending",
  IN_APPEAL: "pending",
  REJECTED: "rejected",
  PAUSED: "paused",
  DISABLED: "disabled",
  ARCHIVED: "disabled",
  LIMIT_EXCEEDED: "disabled",
  PENDING_DELETION: "disabled",
  DELETED: "disabled",
};

/** A state that nobody has heard of is none. */
export const approvalOf = (word: string | undefined): Approval | undefined => APPROVAL_OF[word?.toUpperCase() ?? ""];

const CATEGORIES = ["marketing", "utility", "authentication"] as const;
export const categoryOf = (word: string | undefined) => CATEGORIES.find((one) => one === word?.toLowerCase());

/** `es_MX` is `es-MX` here. */
export const localeOf = (language: string): string => language.replace("_", "-");

const LONGEST_REASON = 100;

/** Meta's word for why it was refused or stopped; an approved one has no reason. */
export function reasonOfRejection(approval: Approval, word: string | undefined): string | null {
  if (approval === "approved" || approval === "pending" || !word || word.toUpperCase() === "NONE") return null;
  return word.toUpperCase().slice(0, LONGEST_REASON);
}
