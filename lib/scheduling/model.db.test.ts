import fc from "fast-check";
import { expect, test } from "vitest";
import { countDeadlocks } from "@/db/testing/deadlocks";
import { breaches, differences } from "@/db/testing/scheduling/check-book";
import { explain, fixed } from "@/db/testing/scheduling/linearize";
import { copyOf } from "@/db/testing/scheduling/model";
import { anyCrowd, anyOp, inTime } from "@/db/testing/scheduling/ops";
import { step } from "@/db/testing/scheduling/predict";
import { makeWorld, play, readBook, ZONES } from "@/db/testing/scheduling/world";

/*
 * Random lives of a clinic's book, on a real Postgres, against a model of it. `BOOK_RUNS=500 npx vitest run --project
 * db lib/scheduling/model` lives longer, `BOOK_SEED=…` lives one again.
 */
const runs = (usual: number) => ({
  numRuns: Number(process.env.BOOK_RUNS ?? usual),
  ...(process.env.BOOK_SEED ? { seed: Number(process.env.BOOK_SEED) } : {}),
  endOnFailure: process.env.BOOK_RUNS !== undefined,
});
const LIMIT_MS = process.env.BOOK_RUNS ? 3_600_000 : 240_000;
const zone = fc.constantFrom(...ZONES);

const counts = new Map<string, number>();
const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
const report = (title: string) => {
  if (process.env.BOOK_RUNS) process.stdout.write(`${title} ${JSON.stringify([...counts].toSorted())}\n`);
  counts.clear();
};

test(
  "whatever is done to the book, one thing after the other, it answers and stands as the rules say",
  async () => {
    const life = fc.asyncProperty(
      zone,
      fc.array(anyOp, { minLength: 5, maxLength: 40, size: "max" }),
      async (where, ops) => {
        const { world, model } = await makeWorld(where);
        for (const op of ops) {
          const answer = await play(world, model, op);
          if (!answer) continue;
          expect(step(model, op, answer)).toBeUndefined();
          count(`${op.kind === "step" ? op.step : op.kind} ${answer.ok ? "ok" : answer.error}`);
        }
        const book = await readBook(world);
        expect(breaches(book)).toEqual([]);
        expect(differences(book, model)).toEqual([]);
      },
    );
    await fc.assert(life, runs(20));
    report("one after the other");
  },
  LIMIT_MS,
);

test(
  "what is done at once ends as if it had been done in some order, and the database saw no deadlock",
  async () => {
    const batches = fc.array(anyCrowd(5), { minLength: 2, maxLength: 5, size: "max" });
    const before = fc.array(anyOp.map(inTime), { minLength: 4, maxLength: 12, size: "max" });
    const life = fc.asyncProperty(zone, before, batches, async (where, first, crowds) => {
      const { world, model } = await makeWorld(where);
      let now = model;
      for (const op of first) {
        const answer = await play(world, now, op);
        if (answer) expect(step(now, op, answer)).toBeUndefined();
      }
      for (const crowd of crowds) {
        const ops = crowd.flatMap((op) => fixed(now, op));
        const start = copyOf(now);
        const answers = await Promise.all(ops.map((op) => play(world, start, op)));
        const done = ops.flatMap((op, at) => {
          const answer = answers[at];
          if (answer) count(answer.ok ? "ok" : answer.error);
          return answer ? [{ op, answer }] : [];
        });
        const book = await readBook(world);
        expect(breaches(book)).toEqual([]);
        const end = explain(start, done, book);
        expect(end ?? { noOrderExplains: done }).toBe(end);
        if (end) now = end;
      }
    });
    await fc.assert(life, runs(15));
    report("at once");
    expect(await countDeadlocks()).toBe(0);
  },
  LIMIT_MS,
);
