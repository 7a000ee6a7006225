import { spawn } from "node:child_process";
import { Stop } from "./say.mjs";

const running = new Set();

/** Runs a program to its end and answers `{ code, output }`; `watch` sees every line as it comes. */
export function run(command, args, { env = process.env, watch, ...options } = {}) {
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"], ...options });
  running.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk) => {
      output += chunk;
      if (watch) for (const line of chunk.split("\n")) if (line.trim()) watch(line);
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** The same for what has to succeed: the last lines of its output are the reason. */
export async function mustRun(what, command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new Stop(`${what} failed (${code}):\n${lastLines(output, 25)}`);
  return output;
}

export const lastLines = (text, count) => text.trimEnd().split("\n").slice(-count).join("\n");

/** Ends whatever still runs; for a program that is being stopped itself. */
export function killRunning() {
  for (const child of running) child.kill("SIGTERM");
}
