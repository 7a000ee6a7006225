import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, expect, test, vi } from "vitest";
import { probe } from "./cluster";
import { ownerOf, startPostgres, THROWAWAY, type LocalPostgres } from "./postgres";

const folder = mkdtempSync(join(tmpdir(), "chairside-cluster-"));
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const dataDir = join(folder, "postgres");
const start = () => startPostgres({ dataDir, settings: THROWAWAY, quiet: true });
const isDown = (port: number) => vi.waitFor(async () => expect(await probe(port)).toBe("down"), { timeout: 5000 });

async function query(server: LocalPostgres, statement: string) {
  const client = new pg.Client(ownerOf(server, "postgres"));
  await client.connect();
  const { rows } = await client.query(statement).finally(() => client.end());
  return rows;
}

/** Another program on the same cluster: answers its port, and holds on until it is killed. */
async function startElsewhere() {
  const program = `
    import { startPostgres } from "./db/local/postgres.ts";
    const server = await startPostgres({ dataDir: process.argv[1], quiet: true });
    console.log(JSON.stringify({ port: server.port, startedByUs: server.startedByUs }));
    setInterval(() => undefined, 1000);`;
  const args = ["--import", "tsx", "--input-type=module", "-e", program, dataDir];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise<string>((resolve) => child.stdout.once("data", (chunk) => resolve(String(chunk))));
  return { child, said: JSON.parse(line) };
}

test("what is joined stays up until the last one lets go, and keeps its data", async () => {
  const first = await start();
  const second = await start();
  expect([first.startedByUs, second.startedByUs]).toEqual([true, false]);
  await query(first, "create table kept (word text)");
  await query(first, "insert into kept values ('still here')");

  await first.stop();
  expect(await query(second, "select word from kept")).toEqual([{ word: "still here" }]);
  await second.stop();
  expect(await probe(second.port)).toBe("down");

  const later = await start();
  expect(await query(later, "select word from kept")).toEqual([{ word: "still here" }]);
  await later.stop();
});

test("a program killed without a word takes its server along", async () => {
  const { child, said } = await startElsewhere();
  expect(await probe(said.port)).toBe("up");
  child.kill("SIGKILL");
  await isDown(said.port);
});

test("a program killed without a word leaves the server to whoever else uses it", async () => {
  const { child, said } = await startElsewhere();
  const ours = await start();
  expect(ours.port).toBe(said.port);
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("exit", resolve));
  expect(await query(ours, "select 1 as one")).toEqual([{ one: 1 }]);
  await ours.stop();
  expect(await probe(ours.port)).toBe("down");
});

test("a server that was killed comes up again with what was committed", async () => {
  const before = await startPostgres({ dataDir, quiet: true });
  await query(before, "create table committed (word text)");
  process.kill(before.pid, "SIGKILL");
  const after = await start();
  expect(after.startedByUs).toBe(true);
  expect(await query(after, "select count(*)::int as n from committed")).toEqual([{ n: 0 }]);
  await Promise.all([before.stop(), after.stop()]);
  await isDown(after.port);
});

test("a first start that broke off is begun again", async () => {
  const other = join(folder, "interrupted");
  rmSync(other, { recursive: true, force: true });
  mkdirSync(`${other}.init`);
  writeFileSync(join(`${other}.init`, "PG_VERSION"), "18\n");
  const server = await startPostgres({ dataDir: other, settings: THROWAWAY, quiet: true });
  expect(existsSync(`${other}.init`)).toBe(false);
  expect(await query(server, "select 1 as one")).toEqual([{ one: 1 }]);
  await server.stop();
});
