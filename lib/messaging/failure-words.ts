import { createTranslator } from "use-intl/core";
import { messagesOf } from "@/lib/core/catalogue";

/** The carrier's codes that have words of their own; the rest share one sentence. */
const WORDS_OF = {
  "21610": "optedOut",
  "21211": "invalidNumber",
  "21614": "invalidNumber",
  "30006": "landline",
  "30003": "unreachable",
  "30005": "unreachable",
  "30007": "filtered",
  "30008": "unknown",
} as const satisfies Record<string, string>;

const isKnown = (code: string): code is keyof typeof WORDS_OF => Object.hasOwn(WORDS_OF, code);

/** Why a message didn't arrive and what to do, for staff, in their language. */
export function failureWords(code: string, locale: string): string {
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: "messaging.failures" });
  return t(isKnown(code) ? WORDS_OF[code] : "unknown");
}
