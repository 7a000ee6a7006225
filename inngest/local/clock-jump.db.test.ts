import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { env } from "@/lib/core/env";
import { openStage, until, type Stage } from "./stage";

/*
 * Due times are database time, so the clock of a machine decides nothing: on one of two executor processes it jumps an
 * hour ahead, an hour back and a day ahead, while that process leads and after it is killed. Nothing runs early, twice
 * or never.
 */
const HOUR = 3_600_000;
const JUMPS = [HOUR, -HOUR, 24 * HOUR];

let stage: Stage;
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await stage.close();
});

async function startShifted(): Promise<{ child: ChildProcess; port: number; shift: (ms: number) => Promise<void> }> {
  const file = fileURLToPath(new URL("./shifted-process.ts", import.meta.url));
  const child = fork(file, [JSON.stringify(stage.settings)], { execArgv: ["--import", "tsx"], serialization: "json" });
  children.push(child);
  const heard = () => new Promise<Record<string, number>>((resolve) => child.once("message", resolve));
  const { port = 0 } = await heard();
  const shift = async (shiftMs: number) => {
    const answer = heard();
    child.send({ shiftMs });
    expect(Math.abs(((await answer).now ?? 0) - Date.now() - shiftMs)).toBeLessThan(60_000);
  };
  return { child, port, shift };
}

/** What each run did, and how long it paused, by the clock of this process. */
interface Run {
  steps: string[];
  pausedMs: number[];
}
const runs = new Map<string, Run>();
let ticks = 0;

const open = async () =>
  openStage(env().DATABASE_URL, (inngest) => [
    inngest.createFunction({ id: "sleeper", triggers: [{ event: "x/sleep" }] }, async ({ event, step, attempt }) => {
      const run = runs.get(String(event.data.n)) ?? { steps: [], pausedMs: [] };
      runs.set(String(event.data.n), run);
      const done = (name: string) => {
        run.steps.push(attempt === 0 ? name : `${name} again`);
        return performance.now();
      };
      const begun = await step.run("begin", () => done("begin"));
      await step.sleep("pause", "20s"); // 50 times as fast
      const awake = await step.run("awake", () => done("awake"));
      await step.waitForEvent("nobody", { event: "x/never", timeout: "20s" });
      const later = await step.run("waited", () => [done("waited"), Date.now() + 400]);
      await step.sleepUntil("until", new Date(later[1] ?? 0));
      await step.run("end", async () => {
        run.pausedMs.push(awake - begun, (later[0] ?? 0) - awake, performance.now() - (later[0] ?? 0));
        await new Promise((resolve) => setTimeout(resolve, Number(event.data.longMs ?? 0)));
        done("end");
      });
    }),
    inngest.createFunction({ id: "minutely", triggers: [{ cron: "* * * * *" }] }, () => void ticks++),
  ]);

const send = async (port: number, n: string, data = {}) => {
  const body = JSON.stringify({ name: "x/sleep", data: { n, ...data } });
  const answer = await fetch(`http://127.0.0.1:${port}/e/test-event-key`, { method: "POST", body });
  expect(answer.status).toBe(200);
};
const leads = async (port: number): Promise<boolean> => {
  const facts: unknown = await (await fetch(`http://127.0.0.1:${port}/health`)).json();
  return typeof facts === "object" && facts !== null && "leader" in facts && facts.leader === true;
};
const ended = (n: string) => until(() => runs.get(n)?.steps.includes("end"), 15_000);

test(
  "a clock that jumps on one of two executors makes nothing run early, twice or never",
  { timeout: 60_000 },
  async () => {
    stage = await open();
    const firstMinute = Math.floor(Date.now() / 60_000);
    const shifted = await startShifted();
    await until(() => stage.executor.isLeader);
    await stage.executor.stop(); // the process whose clock will jump leads from here on
    await until(() => leads(shifted.port));
    const steady = await stage.addExecutor();
    await send(steady.port, "first");
    await ended("first");
    expect(steady.isLeader).toBe(false);

    for (const [at, jump] of JUMPS.entries()) {
      await send(shifted.port, `before ${at}`, { longMs: 1300 }); // its last step outlives a lease
      await until(() => runs.get(`before ${at}`)?.steps.includes("begin"));
      await shifted.shift(jump);
      await send(steady.port, `after ${at}`);
      await send(shifted.port, `beside ${at}`);
      await Promise.all([`before ${at}`, `after ${at}`, `beside ${at}`].map(ended));
      expect(steady.isLeader).toBe(false);
    }

    await send(shifted.port, "orphan");
    await until(() => runs.get("orphan")?.steps.includes("begin"));
    await new Promise((resolve) => setTimeout(resolve, 100)); // it sleeps by now
    shifted.child.kill("SIGKILL");
    await ended("orphan");
    expect(steady.isLeader).toBe(true);

    expect(runs.size).toBe(11);
    for (const [n, { steps, pausedMs }] of runs) {
      expect([n, steps]).toEqual([n, ["begin", "awake", "waited", "end"]]);
      for (const ms of pausedMs) expect([n, ms >= 385 && ms < 9000 ? "in time" : ms]).toEqual([n, "in time"]);
    }
    expect(ticks).toBeLessThanOrEqual(Math.floor(Date.now() / 60_000) - firstMinute);
  },
);
