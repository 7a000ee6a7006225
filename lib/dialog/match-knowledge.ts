import type { Requested } from "./schema";
import { fold } from "./understand/fold";

export interface KnowledgeEntry {
  readonly id: string;
  readonly category: string;
  readonly question: string;
  readonly answer: string;
}

/** At least this share of what the question is about must be in an entry, or nobody's answer is better than a wrong one. */
const NEAR_ENOUGH = 0.6;
const TOPIC_BONUS = 0.25;
/** Two words count as one when they share this much of their trigrams: "parking", "park"; "seguros", "seguro". */
const SAME_WORD = 0.44;

const CATEGORY_OF: Partial<Record<Requested, string>> = {
  hours: "hours",
  address: "location",
  city: "location",
  parking: "parking",
  price: "price",
  insurance: "insurance",
};

const COMMON = new Set(
  (
    "a also an and any are at be by can could do does for from have how i if in is it me my of on or our please see tell the there this to too us want was we what whats when where which who will with would you your about much many long need get take near nearby around hi hello thanks " +
    "al algo con cual cuales cuando cuanto cuanta cuesta como de del donde el ella en es esta estan este hay la las lo los me mi muy no o para pero por puedo que quiero quien se si sin son su sus tengo tiene tienen un una usted ustedes y ya hola gracias saber " +
    "هل ما من في على الى عن مع هو هي كم كيف متى اين وين شو ايش عندكم لديكم لو سمحت ممكن انا انتم هذا هذه او و يا اريد ابغى ابي بدي عايز اعرف شكرا مرحبا السلام عليكم"
  ).split(" "),
);

const wordsOf = (text: string): string[] =>
  [...new Set(fold(text).split(/[^\p{L}\p{N}]+/u))].filter((word) => word.length > 1 && !COMMON.has(word));

const trigramsOf = (word: string): Set<string> => {
  const padded = `  ${word.replace(/^(?:ال|وال|بال|لل)(?=..)/, "")} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)));
};

function likeness(a: string, b: string): number {
  const [left, right] = [trigramsOf(a), trigramsOf(b)];
  const shared = [...left].filter((part) => right.has(part)).length;
  return shared / (left.size + right.size - shared);
}

const has = (words: readonly string[], word: string) =>
  words.some((own) => own === word || likeness(own, word) >= SAME_WORD);

/**
 * The entry that answers a question, or undefined. Each word of the question weighs the more the fewer entries have it;
 * an entry's score is the share of that weight that it has, and a bonus for the topic asked about. A word that no entry
 * has weighs most, so that "how much is whitening" isn't answered with the price of a cleaning.
 */
export function matchKnowledge(
  question: string,
  topics: readonly Requested[],
  entries: readonly KnowledgeEntry[],
): KnowledgeEntry | undefined {
  const asked = wordsOf(question).slice(0, 40);
  const known = entries.map((entry) => ({ entry, words: wordsOf(`${entry.question} ${entry.answer}`).slice(0, 200) }));
  const weightOf = new Map(
    asked.map((word) => {
      const count = known.filter(({ words }) => has(words, word)).length;
      return [word, Math.log(1 + (known.length + 1) / (count + 0.5))] as const;
    }),
  );
  const all = [...weightOf.values()].reduce((sum, weight) => sum + weight, 0);
  const categories = topics.map((topic) => CATEGORY_OF[topic]);
  const scored = known.map(({ entry, words }) => {
    const shared = asked.filter((word) => has(words, word)).reduce((sum, word) => sum + (weightOf.get(word) ?? 0), 0);
    const share = all > 0 ? shared / all : 0;
    return { entry, score: share > 0 && categories.includes(entry.category) ? share + TOPIC_BONUS : share };
  });
  const best = scored.reduce<(typeof scored)[number] | undefined>(
    (top, one) => (!top || one.score > top.score ? one : top),
    undefined,
  );
  return best && best.score >= NEAR_ENOUGH ? best.entry : undefined;
}
