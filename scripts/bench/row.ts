/** One measure of the suite, as `--json` prints it. */
export interface Row {
  suite: number | "calendar" | "inbox" | "reply";
  name: string;
  ratio: number;
  quartiles: [number, number];
  gate: number;
  moonshot: number;
  holds: boolean;
  better: "higher" | "lower";
  unit: string;
  note: string;
}

export interface Plan {
  /** Counted rounds; one more runs first and is dropped. */
  rounds: number;
  seconds: number;
  say: (line: string) => void;
}

/** The value below which `share` of the sorted values lie, between neighbours where it falls between them. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
  return low + (high - low) * (at - Math.floor(at));
}

const rounded = (value: number) => Number(value.toPrecision(4));

/** Median and quartiles of the rounds' ratios; the gate is held against the quartile that looks worse. */
export function rowOf(
  facts: Omit<Row, "ratio" | "quartiles" | "holds">,
  ratios: readonly number[],
  isCorrect = true,
): Row {
  const quartiles: [number, number] = [rounded(quantile(ratios, 0.25)), rounded(quantile(ratios, 0.75))];
  const holds = facts.better === "higher" ? quartiles[0] >= facts.gate : quartiles[1] <= facts.gate;
  const { note, ...rest } = facts;
  return { ...rest, ratio: rounded(quantile(ratios, 0.5)), quartiles, holds: holds && isCorrect, note };
}
