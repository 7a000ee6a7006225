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
  const fitted = fit(lines, facts);
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

function fit(lines: readonly Line[], facts: Facts): readonly Line[] {
  if (facts.channel !== "sms" && facts.channel !== "simulator") return lines;
  if (fitsSms(joined(lines, facts))) return lines;
  const needed = lines.filter(({ item }) => !item.isOptional);
  if (fitsSms(joined(needed, facts))) return needed;
  const shorter = needed.map((line) => (line.item.key === "answer" ? shortened(line) : line));
  if (fitsSms(joined(shorter, facts))) return shorter;
  // The last line is the question that waits: what came before it goes first.
  return shorter.slice(-1);
}

function shortened(line: Line): Line {
  const cut = line.text.slice(0, SHORTENED);
  const end = Math.max(cut.lastIndexOf(". "), cut.lastIndexOf("؟ "), cut.lastIndexOf("! "), cut.lastIndexOf("\n"));
  return { ...line, text: end > 40 ? cut.slice(0, end + 1).trim() : `${cut.slice(0, cut.lastIndexOf(" ")).trim()}...` };
}

const joined = (lines: readonly Line[], facts: Facts): string => {
  const text = lines.map((line) => line.text).join("\n");
  return facts.channel === "email" ? text : plainMarks(text);
};
