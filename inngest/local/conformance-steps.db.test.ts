import { invoke, NonRetriableError, RetryAfterError } from "inngest";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { conformanceRemote } from "@/db/testing/conformance-remote";
import { env } from "@/lib/core/env";
import { until } from "./stage";
import { openTarget, type Target } from "./target";

interface FailureArgs {
  event: { data: { event: { data?: { n?: number } }; run_id: string } };
  error: Error;
}

/*
 * What functions may count on, written against the protocol alone. These tests hold for the local executor; with
 * CONFORMANCE=1 they are put to the Inngest server at INNGEST_BASE_URL instead (README, "In production").
 */
let target: Target;
const open = async (write: Parameters<typeof openTarget>[2]) => {
  target = await openTarget(env().DATABASE_URL, conformanceRemote(), write);
  return target;
};
const endedRuns = (functionId: string, count?: number) => target.ended(functionId, count);
afterEach(() => target.close());

test("runs each step once, in order, and remembers what it gave", async () => {
  const calls: string[] = [];
  const { inngest } = await open((inngest) => [
    inngest.createFunction({ id: "order", triggers: [{ event: "t/order" }] }, async ({ event, step }) => {
      const first = await step.run("first", () => (calls.push("first"), { clinicId: String(event.data.clinicId) }));
      const second = await step.run("second", () => (calls.push("second"), [first.clinicId, null, "Ñandú 日本"]));
      await step.run("third", () => void calls.push("third"));
      return second;
    }),
  ]);
  await inngest.send({ name: "t/order", data: { clinicId: "c1" } });
  const [run] = await endedRuns("order");
  expect(run).toMatchObject({ state: "DONE", output: ["c1", null, "Ñandú 日本"] });
  expect(calls).toEqual(["first", "second", "third"]);
});

test("tries a failing step again without repeating the ones before it", async () => {
  const calls: string[] = [];
  const { inngest } = await open((inngest) => [
    inngest.createFunction({ id: "again", triggers: [{ event: "t/again" }] }, async ({ step, attempt }) => {
      await step.run("steady", () => void calls.push("steady"));
      return step.run("shaky", () => {
        calls.push(`shaky ${attempt}`);
        if (attempt < 2) throw new Error("not yet");
        return "at last";
      });
    }),
  ]);
  await inngest.send({ name: "t/again" });
  const [run] = await endedRuns("again");
  expect(run).toMatchObject({ state: "DONE", output: "at last" });
  expect(calls).toEqual(["steady", "shaky 0", "shaky 1", "shaky 2"]);
});

test("lets a function catch a step that failed for good", async () => {
  const { inngest } = await open((inngest) => [
    inngest.createFunction({ id: "caught", triggers: [{ event: "t/caught" }] }, async ({ step }) => {
      try {
        return await step.run("no", () => {
          throw new NonRetriableError("the carrier said never");
        });
      } catch (error) {
        return step.run("instead", () => (error instanceof Error ? error.message : ""));
      }
    }),
  ]);
  await inngest.send({ name: "t/caught" });
  expect(await endedRuns("caught")).toMatchObject([{ state: "DONE", output: "the carrier said never" }]);
});

test("tries a function that fails outside of steps again, as often as it allows, and tells its failure handler", async () => {
  let tries = 0;
  const told: unknown[] = [];
  const { inngest } = await open((inngest) => [
    inngest.createFunction(
      {
        id: "doomed",
        retries: 2,
        triggers: [{ event: "t/doomed" }],
        onFailure: ({ event, error }: FailureArgs) =>
          void told.push([event.data.event.data?.n, event.data.run_id, error.message]),
      },
      () => {
        tries += 1;
        throw new Error("always");
      },
    ),
  ]);
  await inngest.send({ name: "t/doomed", data: { n: 7 } });
  const [run] = await endedRuns("doomed");
  await until(() => told.length > 0, target.limitMs);
  expect(run).toMatchObject({ state: "FAILED", output: { message: "always" } });
  expect(tries).toBe(3);
  expect(told).toEqual([[7, run?.runId, "always"]]);
});

test("never repeats a function that said not to", async () => {
  let tries = 0;
  const { inngest } = await open((inngest) => [
    inngest.createFunction({ id: "final", triggers: [{ event: "t/final" }] }, () => {
      tries += 1;
      throw new NonRetriableError("no");
    }),
  ]);
  await inngest.send({ name: "t/final" });
  expect(await endedRuns("final")).toMatchObject([{ state: "FAILED" }]);
  expect(tries).toBe(1);
});

test("waits as long as a step asks before it tries again", async () => {
  const at: number[] = [];
  const { inngest } = await open((inngest) => [
    inngest.createFunction({ id: "later", triggers: [{ event: "t/later" }] }, async ({ step, attempt }) => {
      await step.run("busy", () => {
        at.push(performance.now());
        if (attempt === 0) throw new RetryAfterError("slow down", target.pause);
      });
    }),
  ]);
  await inngest.send({ name: "t/later" });
  await endedRuns("later");
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(target.pauseMs - 5);
});

test("sleeps, and sleeps until, without holding a call open", async () => {
  const { inngest } = await open((inngest) => [
    inngest.createFunction({ id: "nap", triggers: [{ event: "t/nap" }] }, async ({ step }) => {
      await step.sleep("a while", target.pause);
      const then = await step.run("then", () => Date.now() + target.pauseMs);
      await step.sleepUntil("until then", new Date(then));
      return Date.now() - then;
    }),
  ]);
  const begin = performance.now();
  await inngest.send({ name: "t/nap" });
  const [run] = await endedRuns("nap");
  expect(Number(run?.output)).toBeGreaterThanOrEqual(-5);
  expect(performance.now() - begin).toBeGreaterThanOrEqual(2 * target.pauseMs - 10);
});

test("runs parallel steps at once and goes on when all are done", async () => {
  const calls: string[] = [];
  let inside = 0;
  let most = 0;
  const { inngest } = await open((inngest) => [
    inngest.createFunction({ id: "both", triggers: [{ event: "t/both" }] }, async ({ step }) => {
      const part = (name: string) =>
        step.run(name, async () => {
          most = Math.max(most, ++inside);
          await new Promise((resolve) => setTimeout(resolve, 40));
          inside -= 1;
          calls.push(name);
          return name;
        });
      const [a, b, c] = await Promise.all([part("a"), part("b"), step.sleep("s", "1s").then(() => part("c"))]);
      return step.run("join", () => [a, b, c].join(""));
    }),
  ]);
  await inngest.send({ name: "t/both" });
  expect(await endedRuns("both")).toMatchObject([{ state: "DONE", output: "abc" }]);
  expect(most).toBe(2);
  expect([...calls].sort()).toEqual(["a", "b", "c"]);
});

test("sends events from a step, once, and they start other functions", async () => {
  const heard: unknown[] = [];
  const { inngest } = await open((inngest) => [
    inngest.createFunction({ id: "teller", triggers: [{ event: "t/tell" }] }, async ({ step }) => {
      await step.sendEvent("tell", [
        { name: "t/told", data: { n: 1 } },
        { name: "t/told", data: { n: 2 } },
      ]);
      await step.run("after", () => null);
    }),
    inngest.createFunction({ id: "hearer", triggers: [{ event: "t/told", if: "event.data.n == 2" }] }, ({ event }) => {
      heard.push(event.data.n);
    }),
  ]);
  await inngest.send({ name: "t/tell" });
  await endedRuns("hearer");
  await endedRuns("teller");
  expect(heard).toEqual([2]);
});

test("invokes a function and gives its answer, or its failure, to the step", async () => {
  const { inngest } = await open((inngest) => {
    const square = inngest.createFunction(
      { id: "square", retries: 0, triggers: [invoke(z.object({ n: z.number() }))] },
      ({ event }) => {
        if (event.data.n < 0) throw new Error("too small");
        return event.data.n ** 2;
      },
    );
    return [
      square,
      inngest.createFunction({ id: "caller", triggers: [{ event: "t/call" }] }, async ({ step }) => {
        const good = await step.invoke("good", { function: square, data: { n: 9 } });
        const bad = await step
          .invoke("bad", { function: square, data: { n: -1 } })
          .catch((error: unknown) => (error instanceof Error ? error.message : "?"));
        return [good, bad];
      }),
    ];
  });
  await inngest.send({ name: "t/call" });
  const [run] = await endedRuns("caller");
  expect(run).toMatchObject({ state: "DONE", output: [81, expect.stringContaining("too small")] });
});
