/** How long free text waits for more, sliding, and how long at most from the first unanswered message (dialog.md). */
export const COLLECT_MS = 2_000;
export const COLLECT_AT_MOST_MS = 6_000;

/** Beyond this nothing is a lone word; the patterns below see short text only. */
const LONGEST_SHORT_WORD = 24;
const NUMBER = /^#?\d{1,3}\s?[.)!]?$/;

const word = (words: string) => new Set(words.split(" "));
/** The lone words that carriers act on, and their kin in our other languages: they are answered at once. */
const KEYWORDS = word(
  "stop stopall unsubscribe cancel end quit revoke optout start unstop help info " +
    "alto parar basta baja cancelar fin ayuda empezar توقف قف ايقاف الغاء مساعدة ابدا اشتراك",
);
const YES_OR_NO = word(
  "yes y yep yeah yup sure ok okay no n nope nah confirm confirmed correct " +
    "si sí s claro vale dale bueno confirmo correcto نعم اي ايه ايوه ايوا اجل لا كلا تمام موافق اكيد طيب 👍 👎",
);

/** Letters as they are compared here: lower case, plain alef, no marks around the word. */
const plain = (text: string) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u064b-\u0652\u0640]/g, "")
    .replace(/[أإآ]/g, "ا")
    .replace(/^[\s"'¡¿]+|[\s"'.,;!?،؟]+$/g, "")
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0));

/**
 * Milliseconds that a message waits for more to follow. A digit, a lone keyword and a short yes or no that was asked for
 * don't wait; people write everything else, and photos, in several messages.
 */
export function waitFor(text: string, expecting: string | undefined): number {
  if (text.length > LONGEST_SHORT_WORD) return COLLECT_MS;
  const said = plain(text);
  if (NUMBER.test(said) || KEYWORDS.has(said)) return 0;
  const isExpected = expecting === "confirm" || expecting === "anything_else";
  return isExpected && YES_OR_NO.has(said) ? 0 : COLLECT_MS;
}

export const SEND_ATTEMPTS = 8;
const FIRST_RETRY_SECONDS = 5;
const LAST_RETRY_SECONDS = 15 * 60;

/**
 * Seconds until a failed send is tried again: doubling from 5 s to 15 min, up to half as much again by chance (`random`
 * in [0, 1)), and never sooner than the vendor asks.
 */
export function retryDelaySeconds(attempts: number, random: number, afterSeconds = 0): number {
  const doubled = FIRST_RETRY_SECONDS * 2 ** (attempts - 1) * (1 + random / 2);
  return Math.max(afterSeconds, Math.min(doubled, LAST_RETRY_SECONDS));
}

/** A message on which our own code breaks this often is put away (guarantees.md, F32). */
export const POISON_ATTEMPTS = 5;

/** Seconds without a message to one person after the vendor said that they got too many (guarantees.md, F10). */
export const PAIR_REST_SECONDS = 6;

const CAP_HOURS = [12, 24, 48];

/** Hours until a message is tried again that met a vendor's limit of marketing to one person; undefined: no more. */
export const marketingCapHours = (attempts: number): number | undefined => CAP_HOURS[attempts - 1];

/** A claim that is older when its send would begin was made before a pause: it is given back and made anew. */
export const CLAIM_FRESH_MS = 1_000;
