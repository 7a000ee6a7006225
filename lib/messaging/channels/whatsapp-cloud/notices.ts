import type { AccountNotice, TemplateDecision, VendorNotice } from "@/lib/messaging/channels/notice";
import { looseOf, textOf, type Loose } from "./loose";
import { approvalOf, categoryOf, localeOf, reasonOfRejection } from "./template-states";

type News = AccountNotice["news"];

/**
 * What Meta tells of an account, a number or a template rather than of a message; undefined where it says nothing that
 * this system acts on: then it is kept and shown as it came.
 */
export function readNotice(body: Loose): AccountNotice | undefined {
  const account = textOf(body.waba);
  const value = looseOf(body.value);
  const news = newsOf(textOf(body.field) ?? "", value);
  if (!account || !news) return undefined;
  const number = textOf(value.display_phone_number) ?? textOf(value.phone_number);
  const shown = number?.replace(/\D/g, "") ?? "";
  const signedFor = textOf(body.signed_for) ?? null;
  return { type: "notice", channelKind: "whatsapp_cloud", account, signedFor, shownNumber: shown || null, news };
}

function newsOf(field: string, value: Loose): News | undefined {
  const word = (name: string) => textOf(value[name])?.toUpperCase() ?? "";
  switch (field) {
    case "message_template_status_update":
    case "template_category_update":
      return templateNews(value);
    case "account_update":
      return accountNews(word("event"), value);
    case "account_review_update":
      return REVIEWS[word("decision")];
    case "phone_number_quality_update":
      return QUALITIES[word("event")];
    case "account_alerts":
      return alertNews(value);
    default:
      return undefined;
  }
}

const about = (subject: "account" | "number", notice: VendorNotice | null): News => ({ about: subject, notice });

const REVIEWS: Record<string, News> = {
  APPROVED: about("account", null),
  REJECTED: about("account", "account_rejected"),
};
/** People blocked or reported the number; the limit of people a day fell or rose again. */
const QUALITIES: Record<string, News> = {
  FLAGGED: about("number", "quality_low"),
  UNFLAGGED: about("number", null),
  DOWNGRADE: about("number", "limit_lowered"),
  UPGRADE: about("number", null),
};
const BANS: Record<string, News> = {
  DISABLE: about("account", "account_disabled"),
  SCHEDULE_FOR_DISABLE: about("account", "account_closing"),
  REINSTATE: about("account", null),
};
const ACCOUNT_EVENTS: Record<string, News> = {
  ACCOUNT_RESTRICTION: about("account", "account_restricted"),
  ACCOUNT_VIOLATION: about("account", "account_violation"),
  ACCOUNT_DELETED: about("account", "account_disabled"),
  VERIFIED_ACCOUNT: about("account", null),
};

function accountNews(event: string, value: Loose): News | undefined {
  const states = looseOf(value.ban_info).waba_ban_state;
  const state = textOf(Array.isArray(states) ? states[0] : states)?.toUpperCase();
  return (state ? BANS[state] : undefined) ?? ACCOUNT_EVENTS[event];
}

/** An alert that is only information is no news to staff. */
function alertNews(value: Loose): News | undefined {
  const alert = looseOf(value.alert_info ?? value);
  const severity = textOf(alert.alert_severity)?.toUpperCase();
  if (severity !== "CRITICAL" && severity !== "WARNING") return undefined;
  const isOver = textOf(alert.alert_status)?.toUpperCase() === "RESOLVED";
  return about("account", isOver ? null : "account_alert");
}

function templateNews(value: Loose): News | undefined {
  const name = textOf(value.message_template_name);
  const language = textOf(value.message_template_language);
  const approval = approvalOf(textOf(value.event));
  const category = categoryOf(textOf(value.new_category) ?? textOf(value.message_template_category));
  if (!name || !language || (!approval && !category)) return undefined;
  const decision: TemplateDecision = {
    ...{ name, locale: localeOf(language) },
    ...(approval ? { approval, rejectedReason: reasonOfRejection(approval, textOf(value.reason)) } : {}),
    ...(category ? { category } : {}),
  };
  return { about: "template", decision };
}
