/**
 * Why a message did not go out, as our code acts on it, whoever the vendor is. `window_closed`: by template. `undeliverable`,
 * `invalid_number`, `landline`: by the next channel; the last two mark the address. `paced`: later. `marketing_cap`: 12, 24,
 * 48 hours later. `credentials`, `vendor_down`, `no_connection`: nothing about this message; the breaker counts them.
 */
export const SEND_REASONS = [
  "window_closed",
  "undeliverable",
  "paced",
  "marketing_cap",
  "opted_out",
  "invalid_number",
  "landline",
  "filtered",
  "template",
  "expired",
  "unsupported",
  "credentials",
  "not_configured",
  "vendor_down",
  "no_connection",
  "other",
] as const;
export type SendReason = (typeof SEND_REASONS)[number];

const codes = (reason: SendReason, list: string): [string, SendReason][] =>
  list.split(" ").map((code) => [code, reason]);

/** WhatsApp's codes (Cloud API error reference), those of Twilio, and names for what SMTP answers; they never overlap. */
const REASON_OF_CODE = new Map<string, SendReason>([
  // WhatsApp Cloud API
  ...codes("window_closed", "131047"),
  ...codes("undeliverable", "131026 131021 131030"),
  ...codes("marketing_cap", "131049 130472"),
  ...codes("opted_out", "131050"),
  ...codes("paced", "4 80007 130429 131048 131056 133016"),
  ...codes("unsupported", "131051 131052 131053 131009 131008 100"),
  ...codes("template", "132000 132001 132005 132007 132012 132015 132016 132018 132068 132069"),
  ...codes("credentials", "0 3 10 190 200 131005 131031 131042 131045 133010 368"),
  ...codes("vendor_down", "1 2 131000 131016 131057 133004"),
  // Twilio
  ...codes("window_closed", "63016"),
  ...codes("undeliverable", "30003 30005 30008 63003 63024 63049"),
  ...codes("landline", "30006 21614"),
  ...codes("invalid_number", "21211 21401 21407"),
  ...codes("opted_out", "21610 63038"),
  ...codes("filtered", "30004 30007 30034 63013"),
  ...codes("paced", "20429 14107 30001 30022 63018"),
  ...codes("template", "63021 63027 63028 63040 63041 63042 21656"),
  ...codes("expired", "30036 63032"),
  ...codes("unsupported", "21602 21617 21619 21620 63005 63012 63030"),
  ...codes("credentials", "20003 20404 20005 30002 63007 21606 21659"),
  // E-mail: names of our own, before the server's number
  ...codes("invalid_number", "mail_no_mailbox mail_malformed"),
  ...codes("undeliverable", "mail_full mail_later"),
  ...codes("filtered", "mail_refused"),
  ...codes("credentials", "mail_sender mail_login"),
  ...codes("not_configured", "mail_tls mail_server"),
  ...codes("no_connection", "mail_down"),
]);

/** What a vendor's code means to us; `other` for one that has no meaning of its own here. */
export const reasonOf = (code: string): SendReason => REASON_OF_CODE.get(code.split(":")[0] ?? "") ?? "other";
