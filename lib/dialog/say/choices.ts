import type { MessagePayload } from "@/db/schema/messaging";
import type { Facts } from "../decide/facts";
import type { Language } from "../schema";
import type { DialogState } from "../state";
import { shortMomentOf, timeOf } from "./format";
import { readerOf } from "./values";
import { wordsFor } from "./words";

/** "1) Yes 2) Another time", in one line or each in its own: how every text of the catalogue numbers its options. */
const OPTION = /(?:^|[\s:])([1-9])\) ([^\n]+?)(?=\s[1-9]\) |\n|$)/g;
/** What a button or a row can show of an option; a longer one gets a short title and is told in full below it. */
const LONGEST_TITLE = 20;

type Choices = Pick<MessagePayload, "choices" | "choicesLabel">;

/**
 * The options of a reply's question as quick answers, for channels that have buttons or lists: the same options that the
 * text numbers, in the same order, each with the digit that it stands for. Undefined where the text shows no numbers.
 */
export function choicesOf(
  text: string,
  { asked, offers }: DialogState,
  facts: Facts,
  language: Language,
): Choices | undefined {
  const count = asked?.options.length ?? 0;
  if (count < 2) return undefined;
  const numbered = [...text.matchAll(OPTION)].slice(-count);
  if (numbered.length !== count || numbered.some(([, digit], at) => Number(digit) !== at + 1)) return undefined;
  const { writing } = readerOf(facts, language);
  const choices = numbered.map(([, digit, line = ""], at) => {
    const id = `choose:${digit}`;
    const offer = asked?.question === "offers" ? offers[at] : undefined;
    const startsAt = offer && new Date(offer.startsAt);
    if (!startsAt) return line.length > LONGEST_TITLE ? { id, title: line, description: line } : { id, title: line };
    const title = shortMomentOf(writing, startsAt);
    return line === timeOf(writing, startsAt) ? { id, title } : { id, title, description: line };
  });
  return { choices, choicesLabel: wordsFor(language, "parts").of("choices") };
}
