import type { Facts } from "../decide/facts";
import type { SayItem } from "../decide/items";
import type { Language } from "../schema";
import { accountsFor, type Claim } from "./check";
import { fitsSms, plainMarks } from "./segments";
import { readerOf, written, type Reader } from "./values";
import { wordsFor } from "./words";

export interface Reply {
  readonly text: string;
  /** What the checker could not account for; then `text` is the plain rendering. */
  readonly unaccounted: readonly Claim[];
}

interface Line {
  readonly item: SayItem;
  readonly text: string;
  readonly facts: readonly string[];
}

/** One reply: the items in the reader's language, in order, short enough for the channel, every claim accounted for. */
export function renderReply(items: readonly SayItem[], facts: Facts, language: Language): Reply {
  const reader = readerOf(facts, language);
  const lines = items.filter(({ key }) => wordsFor(language, "say").has(key)).map((item) => lineOf(reader, item));
  const fitted = fit(lines, reader);
  const text = joined(fitted, facts);
  const unaccounted = accountsFor(text, fitted, facts);
  if (unaccounted.length === 0 && text !== "") return { text, unaccounted };
  const plain: SayItem = { key: "plain", values: { phone: { is: "text", text: facts.clinic.phone } }, variant: 0 };
  return { text: joined([lineOf(reader, plain)], facts), unaccounted };
}

function lineOf(reader: Reader, item: SayItem): Line {
  const values = Object.fromEntries(
    Object.entries(item.values).map(([name, value]) => [name, written(reader, value)] as const),
  );
  const text = wordsFor(reader.language, "say").of(item.key, values, item.variant).trim();
  return { item, text, facts: Object.values(values) };
}

/** An answer that the clinic wrote and that is too long for a text message ends at a sentence. */
const SHORTENED = 240;

/**
 * What of a reply fits a text message: all of it, else without what is optional, else in its short wording, else the
 * introduction and the last line, which is the question that waits.
 */
function fit(lines: readonly Line[], reader: Reader): readonly Line[] {
  if (reader.facts.channel !== "sms" && reader.facts.channel !== "simulator") return lines;
  const needed = lines.filter(({ item }) => !item.isOptional);
  const shorter = needed.map((line) => shortened(reader, line));
  const bare = shorter.filter(({ item }, at) => at === shorter.length - 1 || /(?:^|\.)intro/.test(item.key));
  return [lines, needed, shorter, bare].find((tried) => fitsSms(joined(tried, reader.facts))) ?? bare;
}

function shortened(reader: Reader, line: Line): Line {
  const key = `short.${line.item.key}`;
  if (wordsFor(reader.language, "say").has(key)) return lineOf(reader, { ...line.item, key });
  if (line.item.key !== "answer" || line.text.length <= SHORTENED) return line;
  const cut = line.text.slice(0, SHORTENED);
  const end = Math.max(cut.lastIndexOf(". "), cut.lastIndexOf("؟ "), cut.lastIndexOf("! "), cut.lastIndexOf("\n"));
  return { ...line, text: end > 40 ? cut.slice(0, end + 1).trim() : `${cut.slice(0, cut.lastIndexOf(" ")).trim()}...` };
}

const joined = (lines: readonly Line[], facts: Facts): string => {
  const text = lines.map((line) => line.text).join("\n");
  return facts.channel === "email" ? text : plainMarks(text);
};
