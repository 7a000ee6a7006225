import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { openSync } from "node:fs";
import { createServer } from "node:net";
import { cpus } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const NEXT = join(process.cwd(), "node_modules/next/dist/bin/next");
/** Without taskset, or on one core, the numbers are still counted; the run says so. */
export const canPin = cpus().length > 1 && spawnSync("taskset", ["-V"]).status === 0;

/** A command on one core. */
export const pinned = (core: number, command: [string, ...string[]]): [string, ...string[]] =>
  canPin ? ["taskset", "-c", String(core), ...command] : command;

export interface Served {
  url: string;
  stop: () => Promise<void>;
}

interface Serve {
  folder: string;
  log: string;
  port?: number;
  env?: Record<string, string>;
}

/** `next start` of a built folder on core 0, on a free port; answers when it does. */
export async function serveNext({ folder, log, port: given, env = {} }: Serve): Promise<Served> {
  const port = given ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const own = { ...process.env, PORT: String(port), NEXT_TELEMETRY_DISABLED: "1", LOG_LEVEL: "info", ...env };
  const child = start([process.execPath, NEXT, "start", "-H", "127.0.0.1", "-p", String(port)], folder, log, own);
  for (let waited = 0; waited < 60_000; waited += 100) {
    if (child.exitCode !== null) throw new Error(`next start ended; see ${log}`);
    if (await fetch(url, { redirect: "manual" }).catch(() => undefined)) return { url, stop: () => stop(child) };
    await pause(100);
  }
  await stop(child);
  throw new Error(`next start did not answer; see ${log}`);
}

/** A program of ours on core 0, its output in a file. */
export function start(command: [string, ...string[]], folder: string, log: string, env: NodeJS.ProcessEnv) {
  const [program, ...args] = pinned(0, command);
  const out = openSync(log, "a");
  return spawn(program, args, { cwd: folder, env, stdio: ["ignore", out, out] });
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill();
  await Promise.race([gone, pause(5000).then(() => child.kill("SIGKILL"))]);
}

export const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === "object" ? address.port : 0));
    });
  });
