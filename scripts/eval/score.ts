/** What every scorer answers: measures with the rows behind them, and the rows missed. */

export interface Measure {
  readonly name: string;
  /** 0 to 1, or null where no row has a score. */
  readonly value: number | null;
  readonly rows: number;
}
export interface Miss {
  readonly file: string;
  readonly measure: string;
  readonly id: string;
  readonly lang: string;
  readonly text: string;
  readonly expected: string;
  readonly answer: string;
}
export interface Score {
  readonly file: string;
  readonly measures: readonly Measure[];
  readonly misses: readonly Miss[];
}

export const share = (name: string, right: readonly boolean[]): Measure => ({
  name,
  value: right.length === 0 ? null : right.filter(Boolean).length / right.length,
  rows: right.length,
});

/** One share for all rows and one for each group, in the order of the groups' size. */
export function shares<T>(
  name: string,
  rows: readonly T[],
  isRight: (row: T) => boolean,
  groupOf: (row: T) => string,
): Measure[] {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(groupOf(row), [...(groups.get(groupOf(row)) ?? []), row]);
  const each = [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([group, of]) => share(`${name} · ${group}`, of.map(isRight)));
  return [share(name, rows.map(isRight)), ...each];
}

export const mean = (name: string, measures: readonly Measure[]): Measure => {
  const values = measures.flatMap(({ value }) => value ?? []);
  const rows = measures.reduce((sum, one) => sum + one.rows, 0);
  return { name, value: values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length, rows };
};

export interface Tally {
  right: number;
  said: number;
  wanted: number;
}

/** Precision, recall and F1 of a tally. */
export function retrieval(name: string, { right, said, wanted }: Tally, rows: number): Measure[] {
  const precision = said === 0 ? null : right / said;
  const recall = wanted === 0 ? null : right / wanted;
  const f1 = said + wanted === 0 ? null : (2 * right) / (said + wanted);
  return [
    { name: `${name} precision`, value: precision, rows: said },
    { name: `${name} recall`, value: recall, rows: wanted },
    { name: `${name} F1`, value: f1, rows },
  ];
}
