import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dropCopy, makeCopy } from "@/db/testing/copies";
import { appUrl, onDatabase } from "@/db/testing/urls";
import { newSid } from "@/stubs/twilio/messages";
import { startTwilioStub, type TwilioStub } from "@/stubs/twilio/server";
import { Database } from "./database";
import type { Faults } from "./faults";
import { LEDGER_INVARIANTS } from "./invariants/ledger";
import { TABLE_INVARIANTS } from "./invariants/tables";
import { deliver, roundsOf } from "./patients";
import type { Random } from "./random";
import { WorkerProcess } from "./worker-process";

export interface Place {
  ownerUrl: string;
  /** The database that every run copies: migrated, with the clinic under fire. */
  template: string;
  worker: string;
}

export interface RunReport {
  problems: string[];
  deaths: number;
  booked: number;
}

const QUIET_WITHIN_MS = 60_000;
const LOOK_MS = 40;
const TOKEN = "a token for fire alone";
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A server that takes doorbells and forgets them: the workers find their work by the sweep's queries. */
async function openSink() {
  const server = createServer((request, response) => void request.resume().once("end", () => response.end("{}")));
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const close = () => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve())));
  return { port, close };
}

/** A port that is free now; the web worker comes back to it after each death. */
async function freePort(): Promise<number> {
  const { port, close } = await openSink();
  await close();
  return port;
}

/** One run: three patients talk their way to a visit while `faults` happen; then every invariant is asked. */
export async function run(place: Place, faults: Faults, random: Random): Promise<RunReport> {
  const name = `chairside_test_${process.pid}_${randomBytes(6).toString("hex")}`;
  await makeCopy(place, name);
  const database = new Database(onDatabase(place.ownerUrl, name));
  const { statusEveryMs } = faults;
  const stub = await startTwilioStub({ authToken: TOKEN, ...(statusEveryMs === undefined ? {} : { statusEveryMs }) });
  const [sink, webPort] = [await openSink(), await freePort()];
  const appAddress = `http://127.0.0.1:${webPort}`;
  const env = {
    ...process.env,
    ...{ DEMO: "1", DATABASE_URL: appUrl(onDatabase(place.ownerUrl, name)), DATABASE_LISTEN_URL: "" },
    ...{ APP_URL: appAddress, WEB_PORT: String(webPort), TWILIO_API_BASE_URL: stub.url, TWILIO_AUTH_TOKEN: TOKEN },
    ...{ TWILIO_ACCOUNT_SID: stub.carrier.accountSid, INNGEST_BASE_URL: `http://127.0.0.1:${sink.port}` },
    ...{ INNGEST_EVENT_KEY: "fire", INNGEST_SIGNING_KEY: "signkey-test-00", INNGEST_DEV: "", LOG_LEVEL: "silent" },
  };
  const onDeath = () => database.endLeases();
  const web = new WorkerProcess(place.worker, { ...env, ROLE: "web" }, faults.web, onDeath);
  const jobs = Array.from(
    { length: faults.jobWorkers },
    () => new WorkerProcess(place.worker, { ...env, ROLE: "jobs" }, faults.jobs, onDeath),
  );
  try {
    await database.open();
    stub.fail(...faults.carrier);
    await Promise.all([web, ...jobs].map((worker) => worker.start()));
    const problems = await play(database, stub, `${appAddress}/api/webhooks/sms/inbound`, faults, random);
    const deaths = [web, ...jobs].reduce((sum, worker) => sum + worker.deaths, 0);
    const isExpected = faults.cutsPerSecond > 0;
    if (faults.web.length + faults.jobs.length === 0 && deaths > 0)
      problems.push(`${deaths} processes died by themselves`);
    const failures = isExpected ? [] : jobs.flatMap((worker) => worker.failures).map((one) => `worker failed: ${one}`);
    const booked = await database.sql.query("select from appointments where status = 'scheduled'");
    return {
      problems: [...problems, ...failures, ...(await broken(database, stub))],
      deaths,
      booked: booked.rowCount ?? 0,
    };
  } finally {
    await Promise.all([web, ...jobs].map((worker) => worker.stop()));
    await Promise.all([database.close(), stub.close(), sink.close()]);
    await dropCopy(place, name);
  }
}

async function play(
  database: Database,
  stub: TwilioStub,
  url: string,
  faults: Faults,
  random: Random,
): Promise<string[]> {
  const cuts =
    faults.cutsPerSecond > 0 ? setInterval(() => void database.cutOne(), 1000 / faults.cutsPerSecond) : undefined;
  try {
    for (const round of roundsOf(random, faults.burst)) {
      const sent = round.map((message) => deliver(stub, url, { ...message, sid: newSid() }, faults.deliveries));
      await Promise.all(sent);
      if (!(await quiet(database))) return ["I17: not quiet within 60 s"];
    }
  } finally {
    clearInterval(cuts);
  }
  if (faults.lateStatuses) await tellInDisorder(stub);
  return (await quiet(database)) ? [] : ["I17: not quiet within 60 s"];
}

/** Of every message read first, then what came before it. */
async function tellInDisorder({ carrier, ledger }: TwilioStub): Promise<void> {
  for (const { sid = "" } of ledger.of("accepted"))
    for (const status of ["read", "sent", "delivered", "failed"]) await carrier.tellStatus(sid, status);
}

/** Waits until nothing is left to do, and looks twice; time passes faster meanwhile. */
async function quiet(database: Database): Promise<boolean> {
  const deadline = performance.now() + QUIET_WITHIN_MS;
  let calm = 0;
  while (performance.now() < deadline) {
    await database.hurry();
    calm = (await database.backlog()) === 0 ? calm + 1 : 0;
    if (calm >= 3) return true;
    await pause(LOOK_MS);
  }
  return false;
}

/** Every invariant that doesn't hold, with what breaks it. */
async function broken(database: Database, stub: TwilioStub): Promise<string[]> {
  const problems: string[] = [];
  const add = (id: string, found: readonly string[]) =>
    found.length > 0 && problems.push(`${id}: ${[...new Set(found)].slice(0, 3).join(", ")}`);
  for (const { id, sql } of TABLE_INVARIANTS) {
    const { rows } = await database.sql.query<{ broken: string }>(sql);
    add(
      id,
      rows.map((row) => row.broken),
    );
  }
  for (const { id, check } of LEDGER_INVARIANTS) add(id, await check(database.sql, stub.ledger.entries));
  add("I18", await database.zombies());
  return problems;
}
