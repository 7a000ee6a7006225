import type { Facts } from "../decide/facts";
import type { SayItem } from "../decide/items";
import { asciiDigits } from "../understand/fold";
import { plainMarks } from "./segments";

/** Something said in a reply that only a fact may say. */
export interface Claim {
  readonly kind: "time" | "date" | "price" | "provider" | "booked";
  readonly words: string;
}

interface Said {
  readonly item: SayItem;
  readonly facts: readonly string[];
}

const MONTHS =
  "january|february|march|april|may|june|july|august|september|october|november|december|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|يناير|فبراير|مارس|أبريل|ابريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر";
const CLAIMS = {
  time: /\d{1,2}[:.]\d{2}(?!\d)|\b\d{1,2} ?[ap]\.? ?m\b/giu,
  date: new RegExp(
    `\\d{1,2} (?:de )?(?:${MONTHS})|(?:${MONTHS}) \\d{1,2}|\\d{4}-\\d{2}-\\d{2}|\\b\\d{1,2}/\\d{1,2}\\b`,
    "giu",
  ),
  price:
    /[$€£]\s?\d+(?:[.,]\d+)*|\d+(?:[.,]\d+)*\s?(?:[$€£]|usd|eur|sar|aed|dollars?|euros?|dólares|ريال|درهم|دولار|يورو)/giu,
  booked:
    /you(?:'re| are) (?:all )?(?:booked|confirmed|set)|\bbooked (?:for|you)|(?:is|are|been) (?:booked|confirmed|cancel(?:l)?ed|moved)|(?:cita|queda|está|quedó) (?:reservada|confirmada|cancelada|cambiada)|تم (?:ال)?(?:حجز|تأكيد|إلغاء|تغيير)/giu,
} as const;

/**
 * Proof of booking: whatever a reply says of a time, a date, a price, a provider or a deed done must come from the facts
 * that it was given. Answers what doesn't. An item of a done deed carries the row that proves it.
 */
export function accountsFor(text: string, said: readonly Said[], facts: Facts): Claim[] {
  const isProven = said.some(({ item }) => item.proof !== undefined);
  const given = said.flatMap((one) => one.facts).map(normal);
  let rest = normal(text);
  for (const fact of [...given].sort((a, b) => b.length - a.length)) if (fact) rest = rest.split(fact).join(" ");
  const claims: Claim[] = [];
  for (const kind of ["time", "date", "price"] as const)
    for (const [words] of rest.matchAll(CLAIMS[kind])) claims.push({ kind, words });
  for (const { name } of facts.providers)
    if (rest.includes(normal(name))) claims.push({ kind: "provider", words: name });
  if (!isProven) for (const [words] of normal(text).matchAll(CLAIMS.booked)) claims.push({ kind: "booked", words });
  return claims;
}

const normal = (text: string): string => asciiDigits(plainMarks(text)).toLowerCase();
