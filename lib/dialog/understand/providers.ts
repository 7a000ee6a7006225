import type { NamedProvider } from "@/lib/dialog/schema";
import { fold, isOneSlipApart } from "./fold";
import type { Token, Words } from "./normalise";
import type { Mentioned } from "./services";
import { consonants } from "./transliterate";

/** Finds who is asked for: by any part of the name, with a title or without, in either script, one slip forgiven. */

const TITLES = new Set(
  "dr dra doctor doctora doc dentist hygienist ms mr mrs miss prof professor د دكتور دكتوره الدكتور الدكتوره دكتورنا طبيب طبيبه الطبيب الطبيبه للدكتور للدكتوره بالدكتور دكتر".split(
    " ",
  ),
);
const LEADS = new Set("with see seeing for con ver al la el a مع عند ل للدكتور اشوف by by: de".split(" "));
/** Names that are also words: they count after a title or "with" only. */
const ALSO_WORDS = new Set(
  "may will mark grace hope young long summer june april august rose dawn joy faith bill art rich white black brown green gray king day night best good friend early sunday le an do so you lee may march sol luz paz cruz flores blanco rosa angel salud reyes leon campos amal noor nour hanan salam said rabi امل نور سلام سعيد ربيع كريم جميل وليد".split(
    " ",
  ),
);
const NOT_NAMES = new Set(
  "the who that this is for at on in and or my your a an available el la los que de mi su para en و في الاسنان اسنان متاح متاحه موجود اخر اخرى ثاني ثانيه تاني غير اطفال تقويم".split(
    " ",
  ),
);
const REFUSED =
  / (?:not|no|except|but not|instead of|other than|anyone but|anybody but|menos|excepto|en vez de|otro que|مو|مش|غير|الا|بدل)(?: (?:with|see|con|مع|al?|la|el))* $/;

interface Part {
  readonly id: string;
  readonly word: string;
}

/** Parts that many names share. */
const PARTICLES = new Set("al el de del la las los van von der bin ben ibn abu da do dos ال بن ابن ابو عبد".split(" "));

const wordsOf = (name: string): string[] =>
  (fold(name.replace(/['’ʼ`]/g, "")).match(/[\p{L}]+/gu) ?? []).filter(
    (word) => !TITLES.has(word) && !PARTICLES.has(word) && word.length > 1,
  );

/** Every mention of a provider, in the order said. Asked for one, a short answer needs no title. An unknown name after a title comes without ids. */
export function findProviders(words: Words, providers: readonly NamedProvider[], isAsked = false): Mentioned[] {
  const parts = providers.flatMap(({ id, name, aliases = [] }) =>
    [name, ...aliases].flatMap((one) => wordsOf(one).map((word) => ({ id, word }))),
  );
  const found: Mentioned[] = [];
  for (let index = 0; index < words.tokens.length;) {
    const mention = mentionAt(words, index, parts, isAsked && words.tokens.length <= 4);
    if (mention) found.push(mention.mentioned);
    index = mention?.next ?? index + 1;
  }
  return found;
}

function mentionAt(
  words: Words,
  index: number,
  parts: readonly Part[],
  isAsked: boolean,
): { mentioned: Mentioned; next: number } | null {
  const { tokens } = words;
  const hasTitle = TITLES.has(tokens[index]?.word ?? "");
  const at = hasTitle ? index + 1 : index;
  const isLed = hasTitle || isAsked || LEADS.has(tokens[index - 1]?.word ?? "");
  const first = tokens[at];
  if (!first) return null;
  const firstIds = idsOf(first.word, parts, isLed, hasTitle || isAsked);
  if (firstIds.length === 0) return hasTitle ? unknown(words, index) : null;
  const { ids, end } = narrowed(tokens, at, firstIds, parts);
  const [from, last] = [tokens[index] ?? first, tokens[end] ?? first];
  return { mentioned: mentionedOf(words, from, last, ids), next: end + 1 };
}

/** A second name ("Sarah Chen") leaves those that both fit. */
function narrowed(tokens: readonly Token[], at: number, ids: readonly string[], parts: readonly Part[]) {
  let [end, left] = [at, ids];
  for (const token of tokens.slice(at + 1, at + 4)) {
    const both = idsOf(token.word, parts, true, true).filter((id) => left.includes(id));
    if (both.length === 0 && !/^(?:al|el|de|la|bin|ben|abu|van|von|ال|بن)$/.test(token.word)) break;
    if (both.length > 0) [left, end] = [both, tokens.indexOf(token)];
  }
  return { ids: left, end };
}

function idsOf(word: string, parts: readonly Part[], isLed: boolean, hasTitle: boolean): string[] {
  if (NOT_NAMES.has(word) || (ALSO_WORDS.has(word) && !isLed)) return [];
  const exact = parts.filter((part) => part.word === bare(word) || part.word === word);
  const close = exact.length > 0 ? exact : parts.filter((part) => isClose(word, part.word, isLed, hasTitle));
  return [...new Set(close.map(({ id }) => id))];
}

const bare = (word: string): string => word.replace(/^(?:لل|ل|و|ب)(?=[\u0600-\u06ff]{3})/, "");

function isClose(word: string, part: string, isLed: boolean, hasTitle: boolean): boolean {
  const sameScript = /[\u0600-\u06ff]/.test(word) === /[\u0600-\u06ff]/.test(part);
  if (sameScript)
    return isLed && word.length >= 5 && part.length >= 5 && word[0] === part[0] && isOneSlipApart(word, part);
  const [a, b] = [consonants(bare(word)), consonants(part)];
  if (a !== b) return false;
  // Two consonants fit many words: a name that is plainly said, without a clitic and beginning with the first of them.
  return (
    a.length >= 3 ||
    (hasTitle && a.length === 2 && bare(word) === word && !/^[اويaeiou]/.test(word) && word.length <= 5)
  );
}

/** "Dr. Brown", whom nobody here knows: the name as said, and no ids. */
function unknown(words: Words, index: number): { mentioned: Mentioned; next: number } | null {
  const [title, name] = [words.tokens[index], words.tokens[index + 1]];
  const isTitle = /^(?:dr|dra|doctor|doctora|د|دكتور|دكتوره|الدكتور|الدكتوره)$/.test(title?.word ?? "");
  if (!title || !name || !isTitle || NOT_NAMES.has(name.word) || (name.after === "stop" && title.to < name.from - 2))
    return null;
  if (!/^\p{Lu}|[\u0600-\u06ff]/u.test(words.original.slice(name.from)) || /\d/.test(name.word)) return null;
  return { mentioned: mentionedOf(words, title, name, []), next: index + 2 };
}

const mentionedOf = (words: Words, from: Token, to: Token, ids: readonly string[]): Mentioned => ({
  start: from.at,
  end: to.at + to.word.length,
  ids,
  isRefused: REFUSED.test(words.text.slice(0, from.at)),
});
