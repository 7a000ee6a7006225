import pg from "pg";
import { afterEach, expect, test } from "vitest";
import { env } from "@/lib/core/env";
import { canonicalJson, signBody } from "./signature";
import { endedRuns, openStage, signingKey, until, type Stage } from "./stage";

let stage: Stage;
const open = async (...args: Parameters<typeof openStage> extends [string, ...infer Rest] ? Rest : never) => {
  stage = await openStage(env().DATABASE_URL, ...args);
  return stage;
};
afterEach(() => stage.close());

/** A door that tests open when they have seen who stands before it. */
function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open: () => open() };
}

test("makes up for missed cron ticks with one run and goes on with the next", async () => {
  let ticks = 0;
  const { pool } = await open((inngest) => [
    inngest.createFunction({ id: "sweep", triggers: [{ cron: "*/5 * * * *" }] }, ({ event }) => {
      ticks += 1;
      return event.name;
    }),
  ]);
  await until(async () => (await pool.query("select from executor.queue where kind = 'CRON'")).rowCount === 1);
  await pool.query("update executor.queue set due_at = now() - interval '3 hours' where kind = 'CRON'");
  expect(await endedRuns(stage, "sweep")).toMatchObject([{ state: "DONE", output: "inngest/scheduled.timer" }]);
  const { rows } = await pool.query("select due_at > now() as later from executor.queue where kind = 'CRON'");
  expect([rows, ticks]).toEqual([[{ later: true }], 1]);
});

test("goes on from the remembered steps when the process that ran them was killed", async () => {
  const calls: string[] = [];
  const door = gate();
  const { inngest, executor, addExecutor } = await open((inngest) => [
    inngest.createFunction({ id: "survivor", triggers: [{ event: "x/survive" }] }, async ({ step }) => {
      await step.run("before", () => void calls.push("before"));
      await step.run("during", async () => {
        calls.push("during");
        if (calls.length === 2) await door.passed;
      });
      await step.run("after", () => void calls.push("after"));
    }),
  ]);
  await inngest.send({ name: "x/survive" });
  await until(() => calls.includes("during"));
  await executor.crash();
  await addExecutor();
  expect(await endedRuns(stage, "survivor")).toMatchObject([{ state: "DONE" }]);
  door.open();
  expect(calls).toEqual(["before", "during", "during", "after"]);
});

test("discards what a call brings after its lease went to another", async () => {
  const doors = [gate(), gate()];
  let calls = 0;
  const { inngest, pool } = await open((inngest) => [
    inngest.createFunction({ id: "late", triggers: [{ event: "x/late" }] }, async ({ step }) =>
      step.run("slow", async () => {
        const mine = calls++;
        await doors[mine]?.passed;
        return mine;
      }),
    ),
  ]);
  await inngest.send({ name: "x/late" });
  await until(() => calls === 1);
  await pool.query(
    "update executor.queue set lease_token = gen_random_uuid(), lease_expires_at = now() where kind = 'CALL'",
  );
  await until(() => calls === 2);
  doors[0]?.open();
  doors[1]?.open();
  expect(await endedRuns(stage, "late")).toMatchObject([{ state: "DONE", output: 1 }]);
});

test("lets one of two processes lead, runs no remembered step twice, and goes on when the leader is stopped", async () => {
  const counts = new Map<string, number>();
  const { inngest, executor, addExecutor } = await open((inngest) => [
    inngest.createFunction({ id: "shared", triggers: [{ event: "x/shared" }] }, async ({ event, step }) => {
      const count = (name: string) =>
        counts.set(`${event.data.n} ${name}`, (counts.get(`${event.data.n} ${name}`) ?? 0) + 1);
      await step.run("a", () => void count("a"));
      await step.run("b", () => void count("b"));
    }),
  ]);
  await until(() => executor.isLeader);
  const second = await addExecutor();
  const toSecond = (n: number) =>
    fetch(`http://127.0.0.1:${second.port}/e/test-event-key`, {
      method: "POST",
      body: JSON.stringify({ name: "x/shared", data: { n } }),
    });
  for (let n = 0; n < 20; n++) await (n % 2 ? toSecond(n) : inngest.send({ name: "x/shared", data: { n } }));
  await endedRuns(stage, "shared", 20);
  expect([executor.isLeader, second.isLeader]).toEqual([true, false]);
  await executor.stop();
  await toSecond(20);
  await endedRuns(stage, "shared", 21);
  expect(second.isLeader).toBe(true);
  expect(counts.size).toBe(42);
  expect([...counts.values()].filter((count) => count !== 1)).toEqual([]);
});

test("takes the lead from a process that holds the lock but shows no life", async () => {
  const paused = new pg.Client(env().DATABASE_URL);
  paused.on("error", () => undefined);
  await paused.connect();
  await paused.query("select pg_advisory_lock(4242, 1)");
  await paused.query(
    "insert into executor.heartbeats (id, is_leader, beat_at) values (gen_random_uuid(), true, now() - interval '1 minute')",
  );
  const { executor } = await open(() => []);
  await until(() => executor.isLeader);
});

test("goes on after the database dropped every connection", async () => {
  const { inngest, executor, pool } = await open((inngest) => [
    inngest.createFunction({ id: "tough", triggers: [{ event: "x/tough" }] }, ({ step }) => step.run("one", () => 1)),
  ]);
  await until(() => executor.isLeader);
  await pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'chairside-executor%'",
  );
  await until(() =>
    inngest.send({ name: "x/tough" }).then(
      () => true,
      () => false,
    ),
  );
  expect(await endedRuns(stage, "tough")).toMatchObject([{ state: "DONE", output: 1 }]);
});

test("waits for an application that is away, and counts that as no attempt", async () => {
  const { app, inngest } = await open((inngest) => [
    inngest.createFunction({ id: "patient", retries: 0, triggers: [{ event: "x/away" }] }, ({ attempt }) => attempt),
  ]);
  await inngest.send({ name: "x/away" });
  await endedRuns(stage, "patient");
  await app.close();
  await inngest.send({ name: "x/away" });
  await new Promise((resolve) => setTimeout(resolve, 250));
  await app.open();
  expect(await endedRuns(stage, "patient", 2)).toMatchObject([{ output: 0 }, { state: "DONE", output: 0 }]);
});

test("gives up a function that kills its process every time, without harm to its neighbours", async () => {
  let drops = 0;
  const { app, inngest } = await open(
    (inngest) => [
      inngest.createFunction({ id: "poison", triggers: [{ event: "x/poison" }] }, () => {
        drops += 1;
        app.drop();
      }),
      inngest.createFunction({ id: "neighbour", triggers: [{ event: "x/fine" }] }, async ({ step }) => {
        await step.run("one", () => 1);
        return "fine";
      }),
    ],
    { timeScale: 0.00001 },
  );
  await inngest.send([{ name: "x/poison" }, { name: "x/fine" }]);
  expect(await endedRuns(stage, "poison")).toMatchObject([{ state: "FAILED" }]);
  expect(await endedRuns(stage, "neighbour")).toMatchObject([{ state: "DONE", output: "fine" }]);
  expect(drops).toBe(8);
});

test("reads the functions again after a code change", async () => {
  const { inngest, rewrite } = await open((inngest) => [
    inngest.createFunction({ id: "old", triggers: [{ event: "x/change" }] }, () => "old"),
  ]);
  await inngest.send({ name: "x/change" });
  await endedRuns(stage, "old");
  rewrite((again) => [again.createFunction({ id: "new", triggers: [{ event: "x/changed" }] }, () => "new")]);
  await until(
    async () => (await stage.pool.query("select from executor.functions where id = 'test-new'")).rowCount === 1,
  );
  await inngest.send({ name: "x/changed" });
  expect(await endedRuns(stage, "new")).toMatchObject([{ state: "DONE", output: "new" }]);
});

test("drops an event whose id, or whose request, came before", async () => {
  const { inngest, executor } = await open((inngest) => [
    inngest.createFunction({ id: "once", triggers: [{ event: "x/once" }] }, ({ event }) => event.data.n),
  ]);
  await inngest.send({ name: "x/once", id: "same", data: { n: 1 } });
  await inngest.send({ name: "x/once", id: "same", data: { n: 2 } });
  const repeat = () =>
    fetch(`http://127.0.0.1:${executor.port}/e/test-event-key`, {
      method: "POST",
      headers: { "x-inngest-event-id-seed": "1700000000000,c2VlZA==" },
      body: JSON.stringify([{ name: "x/once", data: { n: 3 } }]),
    }).then((answer) => answer.json());
  expect(await repeat()).toEqual(await repeat());
  await inngest.send({ name: "x/once", data: { n: 4 } });
  const runs = await endedRuns(stage, "once", 3);
  expect(runs.map((run) => run.output).sort()).toEqual([1, 3, 4]);
});

test("keeps text that Postgres would refuse from stopping an event", async () => {
  const { inngest } = await open((inngest) => [
    inngest.createFunction({ id: "odd", triggers: [{ event: "x/odd" }] }, ({ step }) =>
      step.run("odd", () => "a\0b\ud800"),
    ),
  ]);
  await inngest.send({ name: "x/odd", data: { text: "nul \0 and half \udc00 a pair" } });
  expect(await endedRuns(stage, "odd")).toMatchObject([{ state: "DONE" }]);
});

test("answers 401 to unsigned and wrongly signed requests, at the serve endpoint and at the event API", async () => {
  const { app, executor } = await open((inngest) => [
    inngest.createFunction({ id: "secret", triggers: [{ event: "x/secret" }] }, () => 1),
  ]);
  await until(
    async () => (await stage.pool.query("select from executor.functions where id = 'test-secret'")).rowCount === 1,
  );
  const body = canonicalJson({ url: app.url });
  const ask = (method: string, key?: string, search = "") =>
    fetch(app.url + search, {
      method,
      headers: {
        "x-inngest-sync-kind": "in_band",
        ...(key ? { "x-inngest-signature": signBody(body, key, new Date()) } : {}),
      },
      ...(method === "GET" ? {} : { body }),
    }).then((answer) => answer.status);
  const call = "?fnId=test-secret&stepId=step";
  expect(await Promise.all([ask("PUT"), ask("POST", undefined, call), ask("GET")])).toEqual([401, 401, 401]);
  expect(await Promise.all([ask("PUT", "signkey-test-00"), ask("POST", "signkey-test-00", call)])).toEqual([401, 401]);
  expect(await ask("PUT", signingKey)).toBe(200);

  const post = (path: string, headers = {}) =>
    fetch(`http://127.0.0.1:${executor.port}${path}`, {
      method: "POST",
      body: JSON.stringify({ name: "x/secret" }),
      headers,
    }).then((answer) => answer.status);
  expect(await post("/e/wrong")).toBe(401);
  expect(await post("/fn/register", { authorization: "Bearer wrong" })).toBe(401);
  expect(await stage.runs("secret")).toEqual([]);
});

test("forgets runs that ended well after an hour and keeps failed ones for a week", async () => {
  const { inngest, pool, executor, addExecutor } = await open((inngest) => [
    inngest.createFunction({ id: "fine", triggers: [{ event: "x/prune" }] }, () => 1),
    inngest.createFunction({ id: "failing", retries: 0, triggers: [{ event: "x/prune" }] }, () => {
      throw new Error("no");
    }),
  ]);
  await inngest.send({ name: "x/prune" });
  await endedRuns(stage, "fine");
  await endedRuns(stage, "failing");
  await pool.query("update executor.runs set finished_at = now() - interval '2 hours'");
  await executor.stop();
  const second = await addExecutor();
  await until(() => second.isLeader);
  await until(async () => (await stage.runs("fine")).length === 0);
  expect(await stage.runs("failing")).toHaveLength(1);
});
