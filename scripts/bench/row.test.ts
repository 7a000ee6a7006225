import { expect, test } from "vitest";
import { quantile, rowOf } from "./row";

const facts = { suite: 1, name: "x", gate: 0.6, moonshot: 5, unit: "of bare", note: "" } as const;

test("quantiles lie between neighbours", () => {
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
  expect(quantile([1, 2, 3, 4], 0.25)).toBeCloseTo(1.75);
});

test("the gate is held against the quartile that looks worse, in both directions", () => {
  const ratios = [0.5, 0.55, 0.7, 0.8, 0.9];
  expect(rowOf({ ...facts, better: "higher" }, ratios)).toMatchObject({ ratio: 0.7, holds: false });
  expect(rowOf({ ...facts, better: "lower", gate: 0.75 }, ratios)).toMatchObject({
    quartiles: [0.55, 0.8],
    holds: false,
  });
  expect(rowOf({ ...facts, better: "lower", gate: 0.8 }, ratios).holds).toBe(true);
});

test("a fast run with a wrong count holds nothing", () => {
  expect(rowOf({ ...facts, better: "higher" }, [1, 1, 1], false).holds).toBe(false);
});
