import { invoke, NonRetriableError, RetryAfterError } from "inngest";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { env } from "@/lib/core/env";
import { endedRuns, openStage, until, type Stage } from "./stage";

interface FailureArgs {
  event: { data: { event: { data?: { n?: number } }; run_id: string } };
  error: Error;
}

let stage: Stage;
const open = async (...args: Parameters<typeof openStage> extends [string, ...infer Rest] ? Rest : never) => {
  stage = await openStage(env().DATABASE_URL, ...args);
  return stage;
};
afterEach(() => stage.close());

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
  const [run] = await endedRuns(stage, "order");
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
  const [run] = await endedRuns(stage, "again");
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
  expect(await endedRuns(stage, "caught")).toMatchObject([{ state: "DONE", output: "the carrier said never" }]);
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
  const [run] = await endedRuns(stage, "doomed");
  await endedRuns(stage, "doomed-failure");
  expect(run).toMatchObject({ state: "FAILED", output: { message: "always" } });
  expect(tries).toBe(3);
  expect(told).toEqual([[7, run?.id, "always"]]);
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
  expect(await endedRuns(stage, "final")).toMatchObject([{ state: "FAILED" }]);
  expect(tries).toBe(1);
});

test("waits as long as a step asks before it tries again", async () => {
  const at: number[] = [];
  const { inngest } = await open((inngest) => [
    inngest.createFunction({ id: "later", triggers: [{ event: "t/later" }] }, async ({ step, attempt }) => {
      await step.run("busy", () => {
        at.push(performance.now());
        if (attempt === 0) throw new RetryAfterError("slow down", "20s");
      });
    }),
  ]);
  await inngest.send({ name: "t/later" });
  await endedRuns(stage, "later");
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(395); // 20 s, 50 times as fast
});

test("sleeps, and sleeps until, without holding a call open", async () => {
  const { inngest } = await open((inngest) => [
    inngest.createFunction({ id: "nap", triggers: [{ event: "t/nap" }] }, async ({ step }) => {
      await step.sleep("a while", "10s");
      await step.sleepUntil("then", new Date(Date.now() + 100));
      return "awake";
    }),
  ]);
  const begin = performance.now();
  await inngest.send({ name: "t/nap" });
  expect(await endedRuns(stage, "nap")).toMatchObject([{ state: "DONE", output: "awake" }]);
  expect(performance.now() - begin).toBeGreaterThanOrEqual(280);
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
  expect(await endedRuns(stage, "both")).toMatchObject([{ state: "DONE", output: "abc" }]);
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
  await endedRuns(stage, "hearer");
  await endedRuns(stage, "teller");
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
  const [run] = await endedRuns(stage, "caller");
  expect(run).toMatchObject({ state: "DONE", output: [81, expect.stringContaining("too small")] });
});

test("waits for the event that matches, and for none longer than it should", async () => {
  const { inngest, pool } = await open((inngest) => [
    inngest.createFunction({ id: "waiter", triggers: [{ event: "t/ask" }] }, async ({ step }) => {
      const reply = await step.waitForEvent("reply", { event: "t/reply", match: "data.id", timeout: "1h" });
      const second = await step.waitForEvent("more", {
        event: "t/reply",
        if: "async.data.id == 'never'",
        timeout: "1s",
      });
      return [reply?.data.text, second];
    }),
  ]);
  await inngest.send({ name: "t/ask", data: { id: 5 } });
  await until(async () => (await pool.query("select from executor.waits")).rowCount === 1);
  await inngest.send([
    { name: "t/reply", data: { id: 4, text: "theirs" } },
    { name: "t/reply", data: { id: 5, text: "mine" } },
  ]);
  expect(await endedRuns(stage, "waiter")).toMatchObject([{ state: "DONE", output: ["mine", null] }]);
});

test("cancels the run that an event names, and no other", async () => {
  const { inngest, pool } = await open((inngest) => [
    inngest.createFunction(
      { id: "patient", triggers: [{ event: "t/begin" }], cancelOn: [{ event: "t/stop", match: "data.id" }] },
      async ({ event, step }) => {
        await step.waitForEvent("go", { event: "t/go", timeout: "1h" });
        return Number(event.data.id);
      },
    ),
  ]);
  await inngest.send([
    { name: "t/begin", data: { id: 1 } },
    { name: "t/begin", data: { id: 2 } },
  ]);
  await until(async () => (await pool.query("select from executor.waits")).rowCount === 2);
  await inngest.send({ name: "t/stop", data: { id: 1 } });
  await inngest.send({ name: "t/go" });
  const runs = await endedRuns(stage, "patient", 2);
  expect(runs.map((run) => run.state).sort()).toEqual(["CANCELLED", "DONE"]);
  expect(runs.find((run) => run.state === "DONE")?.output).toBe(2);
});

test("starts a debounced function once, with the last event", async () => {
  const seen: unknown[] = [];
  const { inngest } = await open((inngest) => [
    inngest.createFunction(
      { id: "calm", triggers: [{ event: "t/typing" }], debounce: { key: "event.data.who", period: "10s" } },
      ({ event }) => void seen.push([event.data.who, event.data.n]),
    ),
  ]);
  for (const n of [1, 2, 3]) await inngest.send({ name: "t/typing", data: { who: "a", n } });
  await endedRuns(stage, "calm");
  expect(seen).toEqual([["a", 3]]);
});
