import { answerLine, emptyAnswer, NEW_TALK, type Talk } from "./answer-line";
import { InputLine, type OutputLine } from "./line";

/**
 * Answers lines of JSON in their order, none left out: a line that is no message gets the empty understanding. Lines of
 * one `conversation` are one talk.
 */
export function answerLines(lines: readonly unknown[]): OutputLine[] {
  const talks = new Map<string, Talk>();
  return lines.map((raw, index) => {
    const line = InputLine.safeParse(raw);
    if (!line.success) return emptyAnswer(idOf(raw) ?? index);
    const key = line.data.conversation == null ? undefined : String(line.data.conversation);
    const { answer, talk } = answerLine(line.data, (key !== undefined && talks.get(key)) || NEW_TALK);
    if (key !== undefined) talks.set(key, talk);
    return answer;
  });
}

function idOf(raw: unknown): string | number | undefined {
  if (typeof raw !== "object" || raw === null || !("id" in raw)) return undefined;
  return typeof raw.id === "string" || typeof raw.id === "number" ? raw.id : undefined;
}

/** A line of a `.jsonl` file; what isn't JSON is null. */
export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null; // answered as a line that can't be understood
  }
}
