import { ARABIZI } from "./arabizi";
import { fold, unstretch } from "./fold";
import { shortForm, spellOut } from "./spelling";

/** Longer messages are read up to here: nobody books in more, and every pattern stays fast. */
export const MAX_CHARACTERS = 2_000;

export interface Token {
  readonly word: string;
  /** Where it stood in the message as written. */
  readonly from: number;
  readonly to: number;
  /** Where it stands in `Words.text`. */
  readonly at: number;
  /** What separated it from the word before: nothing, a comma, or the end of a sentence. */
  readonly after: "space" | "comma" | "stop";
}

/** A message as the understander reads it. */
export interface Words {
  readonly original: string;
  /** The folded words with single spaces between them and around: ` can i come friday `. */
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly isQuestion: boolean;
  readonly isShouting: boolean;
}

const PIECE =
  /(?<stop>[.!?؟¡¿…\n]+)|(?<comma>[,;:،؛()]+)|(?<money>[$€£]\s?\p{Nd}+(?:[.,]\p{Nd}+)*|\p{Nd}+(?:[.,]\p{Nd}+)*\s?[$€£])|(?<half>(?<!\p{L})(?:[ap]\s?\.\s?m\b(?:\s?\.)?|p\sm\b)|(?<=\p{Nd}:\p{Nd}\p{Nd})[ap]\b)|(?<ordinal>[ºª°])|(?<dash>(?<=[\p{Nd}mMhH] ?)[-–—](?= ?\p{Nd}))|(?<emoji>👍|👎|👌|✅|✔|🆗|💯|❌|🙏|🚫|🙅|☑)|(?<word>[\p{L}\p{M}\p{N}\u0640\u200c-\u200f]+(?:['’ʼ´`][\p{L}\p{M}]+)*(?:[:./\-–٫](?=\p{Nd})(?<=\p{Nd}[:./\-–٫])\p{Nd}+)*)/giu;

/** Reads a message into words. Never throws, whatever the characters. */
export function normalise(text: string): Words {
  const original = text.slice(0, MAX_CHARACTERS).replace(/[\p{Cs}\0]/gu, "");
  const tokens: Token[] = [];
  let at = 1;
  let after: Token["after"] = "stop";
  for (const match of original.matchAll(PIECE)) {
    const groups = match.groups ?? {};
    if (groups.stop) after = "stop";
    if (groups.comma && after === "space") after = "comma";
    for (const word of wordsOf(groups)) {
      tokens.push({ word, from: match.index, to: match.index + match[0].length, at, after });
      at += word.length + 1;
      after = "space";
    }
  }
  return {
    original,
    text: ` ${tokens.map((token) => `${token.word} `).join("")}`,
    tokens,
    isQuestion: /[?؟]/.test(original),
    isShouting: isShouting(original),
  };
}

function wordsOf(groups: Record<string, string | undefined>): string[] {
  if (groups.half) return [groups.half.toLowerCase().startsWith("a") ? "am" : "pm"];
  if (groups.money) return ["$"];
  if (groups.ordinal) return ["º"];
  if (groups.dash) return ["-"];
  if (groups.emoji) return [groups.emoji];
  if (!groups.word) return [];
  const folded = fold(groups.word).replace(/–/g, "-");
  const arabizi = ARABIZI.get(folded);
  if (arabizi) return fold(arabizi).split(" ");
  return shortForm(folded) ?? splitDigits(folded).flatMap((word) => spellOut(unstretch(word)));
}

/** "3pm", "10h30" and "3-5" are two words or more; "10:30" and "3/4" are one. */
function splitDigits(word: string): string[] {
  const range = /^(\d{1,2}(?::\d\d)?)-(\d{1,2}(?::\d\d)?)$/.exec(word);
  if (range?.[1] && range[2] && Math.max(Number.parseInt(range[1]), Number.parseInt(range[2])) <= 24) {
    return [range[1], "-", range[2]];
  }
  const written = /^(\d{1,2}h\d{0,2})-(\d{1,2})$/.exec(word);
  if (written?.[1] && written[2]) return [...splitDigits(written[1]), "-", written[2]];
  const military = /^(0\d|1[0-8]|2[0-3])([0-5]\d)-(0\d|1\d|2[0-3])([0-5]\d)$/.exec(word);
  if (military) return [`${military[1]}:${military[2]}`, "-", `${military[3]}:${military[4]}`];
  const afternoon = /^(\d{1,2})p$/.exec(word);
  if (afternoon?.[1]) return [afternoon[1], "pm"];
  return word.match(/\d+(?:[:./-]\d+)*|[^\d:./-]+/g)?.filter((part) => part !== "'") ?? [];
}

const isShouting = (text: string): boolean => {
  const letters = text.match(/\p{L}/gu) ?? [];
  return letters.length >= 12 && !/\p{Ll}|[\u0600-\u06ff]/u.test(text);
};

/** The words as the patient wrote them, for a range of `text`. */
export function quote(words: Words, start: number, end: number): string {
  const inside = words.tokens.filter((token) => token.at < end && token.at + token.word.length > start);
  const [first, last] = [inside[0], inside.at(-1)];
  return first && last ? words.original.slice(first.from, last.to) : "";
}

/** The clauses of a message: what stands between commas and stops, each padded like `Words.text`. */
export function clausesOf(words: Words): string[] {
  const clauses: string[] = [];
  for (const token of words.tokens) {
    if (token.after !== "space" || clauses.length === 0) clauses.push(` ${token.word} `);
    else clauses[clauses.length - 1] += `${token.word} `;
  }
  return clauses;
}

/** The text with some ranges blanked out, so that words read as one thing aren't read as another. */
export function without(text: string, ranges: readonly { start: number; end: number }[]): string {
  let rest = text;
  for (const { start, end } of ranges) {
    rest = rest.slice(0, start) + rest.slice(start, end).replace(/[^ ]/g, "_") + rest.slice(end);
  }
  return rest;
}
