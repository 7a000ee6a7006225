import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lastLines } from "./exec.mjs";
import { say } from "./say.mjs";

const LIFELINE = "./scripts/run/lifeline.mjs";
const MINUTE = 60_000;

/**
 * A long-running part: started, watched, started again with growing pauses when it ends on its own, stopped on
 * request. `essential` parts that crash three times in a minute end the whole with `onGiveUp(reason)`.
 */
export class Service {
  #child;
  #crashes = [];
  #stopping = false;
  #again;

  constructor(name, { args, env, logDir, essential = false, onGiveUp }) {
    Object.assign(this, { name, args, env, essential, onGiveUp });
    this.logFile = logDir && join(logDir, `${name}.log`);
    if (logDir) mkdirSync(logDir, { recursive: true });
    this.#start("w");
  }

  get pid() {
    return this.#child?.pid;
  }

  #start(flags) {
    const out = this.logFile ? openSync(this.logFile, flags, 0o600) : "inherit";
    const stdio = ["ignore", out, out, "pipe"];
    // Two arenas: the C library's default, eight a core, keeps memory that nobody uses.
    const env = { MALLOC_ARENA_MAX: "2", ...this.env, CHAIRSIDE_LAUNCHER: String(process.pid) };
    const args = ["--import", LIFELINE, ...this.args];
    this.#child = spawn(process.execPath, args, { env, stdio, detached: true });
    if (this.logFile) closeSync(out);
    this.#child.stdio[3].on("error", () => undefined);
    this.#child.once("error", (error) => this.#ended(error.message));
    this.#child.once("exit", (code, signal) => this.#ended(signal ?? `exit code ${code}`));
  }

  #ended(how) {
    if (this.#stopping || !this.#child) return;
    this.#child = undefined;
    this.#crashes = [...this.#crashes.filter((at) => at > Date.now() - MINUTE), Date.now()];
    const tail = this.logFile ? `\n${lastLines(readFileSync(this.logFile, "utf8"), 15)}` : "";
    if (this.essential && this.#crashes.length >= 3)
      return this.onGiveUp(`The ${this.name} ended three times within a minute (${how}).${tail}`);
    const pause = Math.min(10_000, 250 * 2 ** this.#crashes.length);
    say(`! The ${this.name} ended (${how}); starting it again in ${pause / 1000} s.`);
    this.#again = setTimeout(() => this.#start("a"), pause);
  }

  /** Asks it to stop, and makes it after `patience` ms. */
  async stop(patience = 5000) {
    this.#stopping = true;
    clearTimeout(this.#again);
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    this.#signal("SIGTERM");
    const force = setTimeout(() => this.#signal("SIGKILL"), patience);
    await gone;
    clearTimeout(force);
    // What it may have left in its group (a bundler's workers) goes with it.
    this.#signal("SIGKILL");
  }

  #signal(name) {
    try {
      process.kill(-this.#child.pid, name);
    } catch {
      // Nobody left in the group.
    }
  }
}
