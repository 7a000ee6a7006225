import { answerLines } from "@/lib/dialog/measure/answer-lines";
import type { OutputLine } from "@/lib/dialog/measure/line";
import type { IntentRow } from "./rows";
import { mean, retrieval, shares, type Miss, type Score } from "./score";

const REFERENCE = { reference_time: "2026-01-14T10:00:00", timezone: "UTC" };
const REFUSED: ReadonlySet<string> = new Set(["out_of_scope", "human_handoff"]);
/** A wish that would start one of our errands. */
const ERRANDS: ReadonlySet<string> = new Set(["book", "reschedule", "cancel_appointment"]);

export interface Judged<Row> {
  readonly row: Row;
  readonly answer: OutputLine;
}

export const answerIntents = (rows: readonly IntentRow[]): Judged<IntentRow>[] => {
  const answers = answerLines(
    rows.map((row) => ({
      id: row.id,
      text: row.text,
      locale: row.lang,
      last_system: row.history?.at(-1),
      channel: "whatsapp",
      ...REFERENCE,
    })),
  );
  return rows.flatMap((row, index) => {
    const answer = answers[index];
    return answer ? [{ row, answer }] : [];
  });
};

export const isIntentRight = ({ row, answer }: Judged<IntentRow>): boolean =>
  answer.label === row.label || (row.accept ?? []).includes(answer.label);

/** Intent accuracy over the core rows, by language and by label. */
export function scoreIntents(file: string, judged: readonly Judged<IntentRow>[]): Score {
  const core = judged.filter(({ row }) => row.tier === "core" && row.label !== null);
  const byLabel = shares("label", core, isIntentRight, ({ row }) => row.label ?? "").slice(1);
  return {
    file,
    measures: [
      ...shares("intent accuracy", core, isIntentRight, ({ row }) => row.lang),
      mean("intent accuracy, macro over labels", byLabel),
      ...byLabel,
    ],
    misses: core.filter((one) => !isIntentRight(one)).map((one) => missOf(file, one)),
  };
}

const missOf = (file: string, { row, answer }: Judged<IntentRow>): Miss => ({
  file,
  measure: "intent",
  id: row.id,
  lang: row.lang,
  text: row.text,
  expected: [row.label, ...(row.accept ?? [])].join("|"),
  answer: answer.labels.join("+"),
});

/** Out of scope over the core rows of all intent files: refusing and handing over both count as found. */
export function scoreOutOfScope(judged: readonly Judged<IntentRow>[]): Score {
  const core = judged.filter(({ row }) => row.tier === "core" && row.label !== null);
  const isOut = ({ row }: Judged<IntentRow>) => row.label === "out_of_scope";
  const isFound = ({ answer }: Judged<IntentRow>) => REFUSED.has(answer.label);
  const wanted = core.filter(isOut);
  const said = core.filter(
    ({ row, answer }) => answer.label === "out_of_scope" || (isOut({ row, answer }) && isFound({ row, answer })),
  );
  const right = said.filter((one) => isOut(one) || (one.row.accept ?? []).includes("out_of_scope"));
  const other = wanted.filter(({ row }) => row.oos_kind === "other_business");
  const tally = { right: wanted.filter(isFound).length, said: said.length, wanted: wanted.length };
  return {
    file: "out of scope",
    measures: [
      { name: "precision", value: said.length === 0 ? null : right.length / said.length, rows: said.length },
      ...retrieval("", tally, core.length)
        .slice(1, 2)
        .map((one) => ({ ...one, name: "recall" })),
      ...shares("recall by language", wanted, isFound, ({ row }) => row.lang).slice(1),
      ...shares("other business refused", other, isFound, ({ row }) => row.lang).slice(0, 1),
      ...shares(
        "other business not booked",
        other,
        ({ answer }) => !ERRANDS.has(answer.label),
        ({ row }) => row.lang,
      ).slice(0, 1),
    ],
    misses: [],
  };
}
