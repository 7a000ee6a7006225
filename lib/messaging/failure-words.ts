import { createTranslator } from "use-intl/core";
import { messagesOf } from "@/lib/core/catalogue";
import { reasonOf, type SendReason } from "./channels/reasons";

/** Codes that say more than their reason. */
const WORDS_OF_CODE = {
  "30003": "unreachable",
  "30005": "unreachable",
  "30008": "unknown",
  mail_no_mailbox: "mailNoMailbox",
  mail_malformed: "mailNoMailbox",
  mail_full: "mailFull",
  mail_refused: "mailRefused",
  mail_later: "mailLater",
  mail_sender: "mailSender",
  mail_server: "mailServer",
  mail_tls: "mailServer",
  threw: "gaveUp",
  window_closed: "windowClosed",
} as const satisfies Record<string, string>;

const WORDS_OF_REASON = {
  window_closed: "windowClosed",
  undeliverable: "undeliverable",
  paced: "paced",
  marketing_cap: "marketingCap",
  opted_out: "optedOut",
  invalid_number: "invalidNumber",
  landline: "landline",
  filtered: "filtered",
  template: "template",
  expired: "expired",
  unsupported: "unsupported",
  credentials: "credentials",
  not_configured: "credentials",
  vendor_down: "vendorDown",
  no_connection: "vendorDown",
  other: "unknown",
} as const satisfies Record<SendReason, string>;

const isKnown = (code: string): code is keyof typeof WORDS_OF_CODE => Object.hasOwn(WORDS_OF_CODE, code);

/** Why a message didn't arrive and what to do, for staff, in their language. */
export function failureWords(code: string, locale: string): string {
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: "messaging.failures" });
  const name = code.split(":")[0] ?? "";
  return t(isKnown(name) ? WORDS_OF_CODE[name] : WORDS_OF_REASON[reasonOf(code)]);
}
