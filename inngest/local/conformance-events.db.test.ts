import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { conformanceRemote } from "@/db/testing/conformance-remote";
import { env } from "@/lib/core/env";
import { signBody } from "./signature";
import { until } from "./stage";
import { openTarget, type Target } from "./target";

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

const pause = () => new Promise((resolve) => setTimeout(resolve, 60));
/** Sends events again and again until a run ended: when a run begins to wait, only the server knows. */
const knockUntil = (functionId: string, events: { name: string; data?: Record<string, unknown> }[]) =>
  until(async () => {
    await target.inngest.send(events);
    await pause();
    return target.hasEnded(functionId);
  }, target.limitMs);

test("waits for the event that matches, and for none longer than it should", async () => {
  const { inngest } = await open((inngest) => [
    inngest.createFunction({ id: "waiter", triggers: [{ event: "t/ask" }] }, async ({ step }) => {
      const reply = await step.waitForEvent("reply", { event: "t/reply", match: "data.id", timeout: "1h" });
      const second = await step.waitForEvent("more", {
        event: "t/reply",
        if: "async.data.id == 'never'",
        timeout: target.pause,
      });
      return [reply?.data.text, second];
    }),
  ]);
  await inngest.send({ name: "t/ask", data: { id: 5 } });
  await knockUntil("waiter", [
    { name: "t/reply", data: { id: 4, text: "theirs" } },
    { name: "t/reply", data: { id: 5, text: "mine" } },
  ]);
  expect(await endedRuns("waiter")).toMatchObject([{ state: "DONE", output: ["mine", null] }]);
});

test("cancels the run that an event names, and no other", async () => {
  const cancelled: unknown[] = [];
  const { inngest } = await open((inngest) => [
    inngest.createFunction(
      { id: "patient", triggers: [{ event: "t/begin" }], cancelOn: [{ event: "t/stop", match: "data.id" }] },
      async ({ event, step }) => {
        await step.waitForEvent("go", { event: "t/go", timeout: "1h" });
        return Number(event.data.id);
      },
    ),
    inngest.createFunction({ id: "mourner", triggers: [{ event: "inngest/function.cancelled" }] }, ({ event }) => {
      cancelled.push(event.data.event?.data?.id);
    }),
  ]);
  await inngest.send([
    { name: "t/begin", data: { id: 1 } },
    { name: "t/begin", data: { id: 2 } },
  ]);
  await until(async () => {
    await inngest.send({ name: "t/stop", data: { id: 1 } });
    await pause();
    return cancelled.length > 0;
  }, target.limitMs);
  await knockUntil("patient", [{ name: "t/go" }]);
  expect(await endedRuns("patient")).toMatchObject([{ state: "DONE", output: 2 }]);
  expect(cancelled).toEqual([1]);
});

test("starts a debounced function once, with the last event", async () => {
  const seen: unknown[] = [];
  const { inngest } = await open((inngest) => [
    inngest.createFunction(
      { id: "calm", triggers: [{ event: "t/typing" }], debounce: { key: "event.data.who", period: target.debounce } },
      ({ event }) => void seen.push([event.data.who, event.data.n]),
    ),
  ]);
  for (const n of [1, 2, 3]) await inngest.send({ name: "t/typing", data: { who: "a", n } });
  await endedRuns("calm");
  expect(seen).toEqual([["a", 3]]);
});

test("calls at most as many runs of a key at once as its concurrency allows, and other keys beside them", async () => {
  const inside = new Map<unknown, number>();
  const most = { ofOneKey: 0, overall: 0 };
  const { inngest } = await open((inngest) => [
    inngest.createFunction(
      {
        id: "keyed",
        triggers: [{ event: "t/keyed" }],
        concurrency: [{ limit: 3 }, { key: "event.data.clinic", limit: 1 }],
      },
      async ({ event }) => {
        const { clinic } = event.data;
        inside.set(clinic, (inside.get(clinic) ?? 0) + 1);
        most.ofOneKey = Math.max(most.ofOneKey, inside.get(clinic) ?? 0);
        most.overall = Math.max(
          most.overall,
          [...inside.values()].reduce((a, b) => a + b, 0),
        );
        await new Promise((resolve) => setTimeout(resolve, 15));
        inside.set(clinic, (inside.get(clinic) ?? 0) - 1);
      },
    ),
  ]);
  await inngest.send(Array.from({ length: 20 }, (_, n) => ({ name: "t/keyed", data: { clinic: n % 5 } })));
  await endedRuns("keyed", 20);
  expect(most.ofOneKey).toBe(1);
  expect(most.overall).toBeLessThanOrEqual(3);
});

test("runs a function at its cron's ticks, with the timer's event", async () => {
  await open((inngest) => [
    inngest.createFunction({ id: "tick", triggers: [{ cron: "* * * * *" }] }, ({ event }) => event.name),
  ]);
  await target.hurryCrons();
  const [run] = await endedRuns("tick");
  expect(run).toMatchObject({ state: "DONE", output: "inngest/scheduled.timer" });
});

test("starts one run for an event that is sent twice with the same id", async () => {
  const seen: unknown[] = [];
  const id = randomUUID();
  const { inngest } = await open((inngest) => [
    inngest.createFunction(
      { id: "once", triggers: [{ event: "t/once" }] },
      ({ event }) => void seen.push(event.data.n),
    ),
  ]);
  for (const n of [1, 2]) await inngest.send({ id, name: "t/once", data: { n } });
  await inngest.send({ name: "t/once", data: { n: 3 } });
  await endedRuns("once", 2);
  expect(seen.toSorted()).toEqual([1, 3]);
});

test("calls nothing that was not signed with its key", async () => {
  const calls: number[] = [];
  const { inngest, url } = await open((inngest) => [
    inngest.createFunction({ id: "secret", triggers: [{ event: "t/secret" }] }, () => void calls.push(1)),
  ]);
  const forged = (headers: Record<string, string>) =>
    fetch(`${url}?fnId=${inngest.id}-secret&stepId=step`, { method: "POST", body: "{}", headers }).then(
      (answer) => answer.status,
    );
  const old = signBody("{}", "signkey-test-00", new Date());
  expect(await Promise.all([forged({}), forged({ "x-inngest-signature": old })])).toEqual([401, 401]);
  expect(calls).toEqual([]);
  await inngest.send({ name: "t/secret" });
  await endedRuns("secret");
  expect(calls).toEqual([1]);
});
