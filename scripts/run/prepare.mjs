import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import { lastLines } from "./exec.mjs";
import { say, Stop } from "./say.mjs";

/** Runs scripts/prepare.ts and answers what it found, with the pipe whose end stops the database. `onChecked`: the environment is right. */
export async function prepare({ env, args = [], quiet = false, onChecked }) {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/prepare.ts", ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe", "pipe", "ipc"],
    // Ctrl-C reaches the launcher alone, which then ends everything in order.
    detached: true,
  });
  const lifeline = child.stdio[3];
  lifeline.on("error", () => undefined).unref();
  let complaints = "";
  child.stderr.on("data", (chunk) => (complaints += chunk));
  child.stdout.on("data", (chunk) => {
    if (!quiet) process.stdout.write(chunk);
  });
  let prepared;
  child.on("message", (message) => {
    if (message === "checked") onChecked?.();
    else prepared = message;
  });
  // Its "close" event would wait for the lifeline, which stays open.
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("exit", resolve));
  await Promise.all([child.stdout, child.stderr].map((stream) => finished(stream).catch(() => undefined)));
  if (code !== 0 || !prepared) {
    lifeline.destroy();
    throw new Stop(lastLines(complaints, 30) || `The database could not be prepared (${code}).`);
  }
  if (complaints.trim()) process.stderr.write(complaints);
  return { ...prepared, lifeline };
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Keeps the embedded database up: one that died is started again on its port, where the application looks for it. */
export function watchDatabase(prepared, restart) {
  const { local } = prepared;
  const state = { lifeline: prepared.lifeline, pid: local.pid, restarting: undefined };
  const timer = setInterval(() => {
    if (state.restarting || isAlive(state.pid)) return;
    say("! The database ended; starting it again.");
    state.restarting = restart(local.port)
      .then((again) => {
        state.lifeline.destroy();
        Object.assign(state, { lifeline: again.lifeline, pid: again.local.pid });
      })
      .catch((error) => say(`! It did not start: ${error.message}`))
      .finally(() => (state.restarting = undefined));
  }, 2000);
  timer.unref();
  return {
    /** Lets go of the database, and waits until it has stopped, unless somebody else uses it. */
    async stop() {
      clearInterval(timer);
      await state.restarting;
      state.lifeline.destroy();
      // Its own file tells sooner than its process id, which lasts until somebody collects it.
      const isUp = () => existsSync(join(local.home, "postmaster.pid")) && isAlive(state.pid);
      for (let waited = 0; waited < 3000 && isUp(); waited += 50) await pause(50);
    },
  };
}
