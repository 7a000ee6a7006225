import type { Mention, NamedService } from "@/lib/dialog/schema";
import { fold, isOneSlipApart } from "./fold";
import { quote, type Words } from "./normalise";
import { findAll, occurs } from "./pattern";
import { SERVICE_FAMILIES, type ServiceFamily } from "./service-families";

export interface Mentioned {
  readonly start: number;
  readonly end: number;
  readonly ids: readonly string[];
  readonly isRefused: boolean;
}

/** Words that many services share and that tell none of them apart. */
const GENERIC = new Set(
  "the a an and of for with to my de del la el los las y para con un una mi dental dentist tooth teeth dientes muelas diente appointment visit treatment service routine regular general cita servicio tratamiento consulta visita new first موعد علاج زياره خدمه اسنان الاسنان سن السن في من مع".split(
    " ",
  ),
);
const REFUSED =
  / (?:not|no|instead of|rather than|en vez de|en lugar de|ni|sin|مو|مش|بدل|بدون|ليس) (?:a |an |the |una? |la |el |my |mi )?$/;

/** The services that a message speaks of, in the order said. Clinic's own names come first, then what people call them. */
export function findServices(words: Words, services: readonly NamedService[]): Mentioned[] {
  const found = [...byOwnName(words, services), ...byFamily(words.text, services)];
  found.sort((a, b) => weight(b) - weight(a) || a.start - b.start);
  const kept: Mentioned[] = [];
  for (const one of found) if (!kept.some((other) => one.start < other.end && other.start < one.end)) kept.push(one);
  return kept.sort((a, b) => a.start - b.start);
}

/** Longer and better known wins where mentions overlap. */
const weight = (one: Mentioned) => (one.ids.length > 0 ? 1_000 : 0) + (one.end - one.start) - one.ids.length;

function byFamily(text: string, services: readonly NamedService[]): Mentioned[] {
  return SERVICE_FAMILIES.flatMap((family) => {
    const places = [...findAll(family.latin, text), ...findAll(family.arabic, text)];
    if (places.length === 0) return [];
    const ids = services.filter((service) => isOf(service, family)).map(({ id }) => id);
    return places.map(({ start, end }) => ({ start, end, ids, isRefused: REFUSED.test(text.slice(0, start)) }));
  });
}

function isOf(service: NamedService, family: ServiceFamily): boolean {
  const names = ` ${service.names.map((name) => wordsOf(name).join(" ")).join(" | ")} `;
  if (!occurs(family.latin, names) && !occurs(family.arabic, names)) return false;
  const closer = family.key === "cleaning" ? SERVICE_FAMILIES.find(({ key }) => key === "deep_cleaning") : undefined;
  return !closer || !(occurs(closer.latin, names) || occurs(closer.arabic, names));
}

const wordsOf = (name: string): string[] => fold(name).match(/[\p{L}\p{N}]+/gu) ?? [];

function byOwnName(words: Words, services: readonly NamedService[]): Mentioned[] {
  const best: (Mentioned & { readonly score: number })[] = [];
  for (const service of services) {
    for (const name of service.names) {
      const place = placeOf(words, wordsOf(name));
      if (place) best.push({ ...place, ids: [service.id], isRefused: REFUSED.test(words.text.slice(0, place.start)) });
    }
  }
  return merge(best);
}

/** Services that the same words fit: the best fit, or all that fit alike. */
function merge(found: readonly (Mentioned & { readonly score: number })[]): Mentioned[] {
  return found.flatMap((one, index) => {
    const rivals = found.filter((other) => other.start < one.end && one.start < other.end);
    const top = Math.max(...rivals.map(({ score }) => score));
    if (one.score < top || rivals.find(({ score }) => score === top) !== one) return [];
    const ids = [...new Set(rivals.filter(({ score }) => score === top).flatMap((rival) => rival.ids))];
    return index >= 0 ? [{ start: one.start, end: one.end, ids, isRefused: one.isRefused }] : [];
  });
}

/** Where a name is said, whole or by its telling words; the score is the share of the name that was said. */
function placeOf(words: Words, name: readonly string[]): { start: number; end: number; score: number } | null {
  const telling = name.filter((word) => !GENERIC.has(word));
  if (telling.length === 0) return null;
  const at = words.tokens.findIndex(({ word }) => telling.some((part) => isSame(word, part)));
  const first = words.tokens[at];
  if (!first) return null;
  const window = words.tokens.slice(at, at + name.length + 1);
  const said = telling.filter((part) => window.some(({ word }) => isSame(word, part)));
  if (said.length * 2 <= telling.length) return null;
  const all = name.filter((part) => window.some(({ word }) => isSame(word, part)));
  const last = window.findLast(({ word }) => name.some((part) => isSame(word, part))) ?? first;
  return { start: first.at, end: last.at + last.word.length, score: said.length / telling.length + all.length / 10 };
}

/** The same word, but for a plural, an Arabic article, or one slip in a long one. */
function isSame(word: string, part: string): boolean {
  if (word === part) return true;
  const [a, b] = [stem(word), stem(part)];
  return a === b || (a.length >= 4 && b.length >= 5 && a[0] === b[0] && isOneSlipApart(a, b));
}
const stem = (word: string): string =>
  word > "\u0600" ? word.replace(/^[وف]?(?:بال|لل|ال|ب(?=ال))/, "") : word.replace(/(?<=[a-z]{3})(?:ies|es|s)$/, "");

/** One mention of all that were said and wanted, as written. */
export function mentionOf(words: Words, found: readonly Mentioned[]): Mention | undefined {
  const [first] = found;
  if (!first) return undefined;
  return { ids: [...new Set(found.flatMap(({ ids }) => ids))], words: quote(words, first.start, first.end) };
}
