import "./run/place.mjs";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildIfChanged } from "./run/build.mjs";
import { killRunning } from "./run/exec.mjs";
import { clearOldTests, makeFolder, readRecord, removeTestStack, TEST_STACKS } from "./run/folders.mjs";
import { waitForHealth } from "./run/health.mjs";
import { installPackages } from "./run/install.mjs";
import { nextFreePort, waitForPort } from "./run/ports.mjs";
import { isAlive, prepare, watchDatabase } from "./run/prepare.mjs";
import { fail, say, sinceStart, step, Stop } from "./run/say.mjs";
import { localSecrets } from "./run/secrets.mjs";
import { startServices } from "./run/services.mjs";

/*
 * `npm start`, `npm run dev` (--dev) and the browser tests' stack (--test): everything, from a fresh clone to a
 * running clinic. This process only watches; it needs nothing but Node until packages are installed.
 */
const dev = process.argv.includes("--dev");
const test = process.argv.includes("--test");
// Browser tests run beside each other, and beside a running clinic.
const dataDir = test ? join(TEST_STACKS, process.env.PORT ?? "0") : ".data";
const running = { services: [], database: undefined };
const recordFile = join(dataDir, "running.json");
let stopping;

async function main() {
  const env = readEnvironment();
  const demo = isDemo(env);
  await installPackages();
  if (test) clearOldTests();
  makeFolder(dataDir);
  Object.assign(env, localSecrets(dataDir, { demo, env }));
  env.HOST ??= demo ? "127.0.0.1" : "0.0.0.0";
  env.PORT = String(await choosePort(env, demo));
  writeFileSync(recordFile, JSON.stringify({ pid: process.pid, port: Number(env.PORT) }));
  const prepared = await prepareAndBuild(env);
  if (stopping) return;
  for (const notice of prepared.notices) say(`  ${notice}`);
  Object.assign(env, prepared.urls);
  const logDir = demo && !dev ? join(test ? TEST_STACKS : dataDir, "log") : undefined;
  running.services = await startServices({ env, dev, demo, dataDir, logDir, giveUp });
  if (test) writeFileSync(join(dataDir, "env.json"), JSON.stringify(env), { mode: 0o600 });
  await step("starting", () => waitForHealth(env, () => !stopping), { quick: !dev });
  if (!stopping) announce(env, demo);
}

/** The caller's environment, filled up from .env; never the other way round. */
function readEnvironment() {
  const hermetic = [
    "DATABASE_URL",
    "DATABASE_MIGRATE_URL",
    "DATABASE_LISTEN_URL",
    "INNGEST_BASE_URL",
    "TWILIO_API_BASE_URL",
    "WHATSAPP_GRAPH_BASE_URL",
    "APP_URL",
  ];
  if (test) for (const name of hermetic) delete process.env[name];
  else if (existsSync(".env")) process.loadEnvFile(".env");
  const env = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  if (dev) env.CHAIRSIDE_DEV = "1";
  // Unsigned calls of background functions are a matter of development alone.
  if (!dev) delete env.INNGEST_DEV;
  if (!dev) delete env.CHAIRSIDE_DEV;
  if (isDemo(env)) env.DEMO = "1";
  Object.assign(env, {
    NEXT_TELEMETRY_DISABLED: "1",
    INNGEST_ENABLE_UNAUTHED_SYNC: "0",
    NODE_ENV: dev ? "development" : "production",
  });
  return env;
}

const isDemo = (env) => dev || !env.DATABASE_URL || ["1", "true"].includes(env.DEMO);

/** In demo a taken port is no reason to stop; a predecessor that was killed is given time to leave. */
async function choosePort(env, demo) {
  const wanted = Number(env.PORT ?? 3000);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535) throw new Stop(`PORT: ${env.PORT} is not a port.`);
  const last = readRecord(recordFile);
  const leaving = last.port === wanted && !isAlive(last.pid);
  if (await waitForPort(wanted, env.HOST, leaving ? 8000 : 0)) return wanted;
  if (!demo || test) throw new Stop(`Port ${wanted} is taken. Free it, or set PORT.`);
  const port = await nextFreePort(wanted, env.HOST);
  const by =
    last.port === wanted && isAlive(last.pid) ? ` by a Chairside that already runs here (process ${last.pid})` : "";
  say(`! Port ${wanted} is taken${by}: using ${port}.`);
  return port;
}

/** Side by side, once the environment is known to be right; when one fails, the other ends with the program. */
async function prepareAndBuild(env) {
  let build;
  const database = new Promise((resolve, reject) => {
    const onChecked = () => {
      build = dev ? undefined : buildIfChanged();
      build?.catch(reject);
    };
    prepareDatabase(env, onChecked).then(resolve, reject);
  });
  const prepared = await database;
  await build;
  return prepared;
}

async function prepareDatabase(given, onChecked) {
  // A copy: a restart of the embedded database must not find its old address in it.
  const env = { ...given };
  const args = [`--data-dir=${dataDir}`, ...(test ? ["--throwaway"] : [])];
  const prepared = await step("database", () => prepare({ env, args, onChecked }));
  if (prepared.local) {
    const restart = (port) => prepare({ env, args: [...args, `--postgres-port=${port}`], quiet: true });
    running.database = watchDatabase(prepared, restart);
  }
  return prepared;
}

function announce(env, demo) {
  const address = env.APP_URL ?? `http://localhost:${env.PORT}`;
  say(`\nChairside is ready: ${address}   (${sinceStart()})`);
  if (demo) {
    say(
      `\n  Log in as\n${logIns()
        .map((line) => `    ${line}`)
        .join("\n")}`,
    );
    say(`\n  Write to the bot at /c/demo-dental/simulator`);
    say(`  Mails land at /demo/mail`);
    if (!dev) say(`  Logs are in ${join(dataDir, "log")}/`);
  }
  say(`\n  Ctrl-C stops it${running.database ? `; the data stays in ${dataDir}/` : ""}.\n`);
}

function logIns() {
  const report = existsSync("seed/report.json") ? JSON.parse(readFileSync("seed/report.json", "utf8")) : {};
  const people = Array.isArray(report.logins) ? report.logins : [];
  if (people.length === 0) return ["owner@demo-dental.test   password chairside-demo"];
  const width = Math.max(...people.map((person) => person.email.length));
  return people.map((person) =>
    `${person.email.padEnd(width)}  ${person.password ?? report.password ?? ""}  ${person.role ?? ""}`.trimEnd(),
  );
}

/** Ends everything in order: those who use the database before the database. */
function stop(code) {
  stopping ??= (async () => {
    killRunning();
    await Promise.all(running.services.map((service) => service.stop()));
    await running.database?.stop();
    if (test) removeTestStack(dataDir);
    else rmSync(recordFile, { force: true });
    process.exit(code);
  })();
  return stopping;
}

async function giveUp(reason) {
  fail(new Stop(reason));
  await stop(1);
}

let asked = 0;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
  process.on(signal, () => {
    // npm passes on the Ctrl-C that the terminal has already sent here: only a later one is impatience.
    if (asked && Date.now() - asked > 1000) process.exit(1);
    if (!asked) say("\nStopping.");
    asked ||= Date.now();
    void stop(0);
  });

// Killed with -9, npm leaves this process behind.
const starters = ancestors();
if (process.env.npm_lifecycle_event)
  setInterval(() => {
    if (!starters.every(isAlive)) void stop(0);
  }, 1000).unref();

/** Our parent, and npm above it when a shell is between. */
function ancestors() {
  const status = `/proc/${process.ppid}/status`;
  const text = existsSync(status) ? readFileSync(status, "utf8") : "";
  const shell = /^Name:\s*(sh|dash|bash)$/m.test(text);
  const above = Number(/^PPid:\s*(\d+)$/m.exec(text)?.[1]);
  return shell && above > 1 ? [process.ppid, above] : [process.ppid];
}

main().catch(async (error) => {
  if (stopping) return;
  fail(error);
  await stop(1);
});
