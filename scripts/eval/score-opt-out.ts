import { answerLines } from "@/lib/dialog/measure/answer-lines";
import type { OptRow } from "./rows";
import type { Judged } from "./score-intents";
import { share, shares, type Score } from "./score";

const FILE = "optout_phrases";

export const answerOptOut = (rows: readonly OptRow[]): Judged<OptRow>[] => {
  const answers = answerLines(
    rows.map(({ id, text, lang }) => ({
      id,
      text,
      locale: lang,
      channel: "sms",
      reference_time: "2026-01-14T10:00:00",
      timezone: "UTC",
    })),
  );
  return rows.flatMap((row, index) => {
    const answer = answers[index];
    return answer ? [{ row, answer }] : [];
  });
};

/** Stops found and wrongly seen. Recall first: a missed stop breaks the law. */
export function scoreOptOut(judged: readonly Judged<OptRow>[]): Score {
  const scored = judged.filter(({ row }) => !row.disputed);
  const stops = scored.filter(({ row }) => row.label === "opt_out");
  const called = scored.filter(({ answer }) => answer.opt === "opt_out");
  const isRight = ({ row, answer }: Judged<OptRow>) => answer.opt === row.label;
  const negatives = scored.filter(({ row }) => row.kind === "hard_negative");
  return {
    file: FILE,
    measures: [
      ...shares("opt-out recall", stops, isRight, ({ row }) => row.lang),
      share(
        "opt-out precision",
        called.map(({ row }) => row.label === "opt_out"),
      ),
      ...shares("all four answers", scored, isRight, ({ row }) => row.label),
      share(
        "hard negatives let be",
        negatives.map(({ answer }) => answer.opt !== "opt_out"),
      ),
    ],
    misses: scored
      .filter((one) => !isRight(one))
      .map(({ row, answer }) => ({
        file: FILE,
        measure: row.kind,
        id: row.id,
        lang: row.lang,
        text: row.text,
        expected: row.label,
        answer: answer.opt,
      })),
  };
}
