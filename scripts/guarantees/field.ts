import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { dropCopy, makeCopy } from "@/db/testing/copies";
import { appUrl, onDatabase } from "@/db/testing/urls";
import type { LedgerEntry } from "@/stubs/twilio/ledger";
import { ACCOUNT, CarrierProcess, TOKEN } from "./carrier-process";
import { Database } from "./database";
import { Desks } from "./desks";
import type { Faults } from "./faults";
import { Phones } from "./patients";
import { copyName, SECRETS, type Place } from "./place";
import type { Random } from "./random";
import { HALT_MS } from "./storms/standstill";
import { WhatsappProcess, WHATSAPP_SECRETS } from "./whatsapp-process";
import { WorkerProcess } from "./worker-process";

/** All that takes part in one run. */
export interface Field {
  place: Place;
  faults: Faults;
  random: Random;
  database: Database;
  carrier: CarrierProcess;
  whatsapp: WhatsappProcess | undefined;
  phones: Phones;
  desks: Desks;
  /** What doorbells ring at. */
  bell: { close: () => Promise<void>; open: () => Promise<void>; heard: () => string };
  web: WorkerProcess;
  jobs: WorkerProcess[];
  appUrl: string;
  /** Connections that were cut: what was under way on them may be done twice or not at all. */
  cuts: number;
  /** Backups that were restored: sends since are rows no more. */
  restores: number;
  /** Runs a program of the build to its end, as one of the application. */
  runProgram: (program: string) => Promise<void>;
  /** What all carriers wrote down, in order of time. */
  ledger: () => LedgerEntry[];
  close: () => Promise<void>;
}

/** A server that takes doorbells and does nothing of it: the workers find their work by the sweep's queries. */
async function openSink() {
  let heard = "";
  const server = createServer((request, response) => {
    heard += `\n${request.url}\n`;
    request.setEncoding("utf8").on("data", (text: string) => (heard += text));
    request.once("end", () => response.end("{}"));
  });
  const listen = async (at: number) => {
    server.listen(at, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
  };
  await listen(0);
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const close = () => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve())));
  return { port, close, open: () => listen(port), heard: () => heard };
}

const [FIRST_PORT, LAST_PORT] = [20_000, 32_000];
const TRIES = 50;

/**
 * A port that is free now; the web worker comes back to it after each death. It is none of those that the system gives to
 * whoever asks for any, so nobody is given it meanwhile.
 */
async function freePort(): Promise<number> {
  for (let tried = 0; tried < TRIES; tried++) {
    const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT));
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false)).once("listening", () => resolve(true));
      server.listen(port, "127.0.0.1");
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
  throw new Error("no port is free");
}

/** Who stands still for longer than a lease sends well before the question whether the vendor has it, as in the product. */
const PATIENT = { RECONCILE_AFTER_SECONDS: "5" };

/** Opens a run's own database, carrier and workers; nothing has happened yet. */
export async function openField(place: Place, faults: Faults, random: Random): Promise<Field> {
  const name = copyName();
  const folder = mkdtempSync(join(tmpdir(), "chairside-ledger-"));
  const webPort = await freePort();
  const address = `http://127.0.0.1:${webPort}`;
  const news = `${address}/api/webhooks/whatsapp/cloud`;
  const [, sink, carrier, whatsapp] = await Promise.all([
    makeCopy(place, name),
    openSink(),
    CarrierProcess.start(place.build.carrier, join(folder, "ledger.jsonl"), faults.statusEveryMs),
    faults.hasWhatsapp
      ? WhatsappProcess.start(place.build.whatsapp, join(folder, "whatsapp.jsonl"), news)
      : Promise.resolve(undefined),
  ]);
  const database = new Database(onDatabase(place.ownerUrl, name), name);
  const env = {
    ...{
      ...process.env,
      ...SECRETS,
      DATABASE_POOL_MAX: String(faults.poolSize),
      APP_URL: address,
      IS_CALM: faults.isCalm ? "1" : "",
    },
    ...{
      WEB_PORT: String(webPort),
      TWILIO_API_BASE_URL: carrier.url,
      TWILIO_AUTH_TOKEN: TOKEN,
      TWILIO_ACCOUNT_SID: ACCOUNT,
    },
    ...{
      ...{ ...WHATSAPP_SECRETS, WHATSAPP_GRAPH_BASE_URL: whatsapp?.url ?? `http://127.0.0.1:${sink.port}` },
      INNGEST_BASE_URL: `http://127.0.0.1:${sink.port}`,
      INNGEST_EVENT_KEY: "fire",
      INNGEST_SIGNING_KEY: "signkey-test-00",
    },
  };
  const databaseUrl = appUrl(onDatabase(place.ownerUrl, name));
  const runProgram = async (program: string) => {
    await promisify(execFile)(process.execPath, [program], { env: { ...env, DATABASE_URL: databaseUrl } });
  };
  const onDeath = () => database.endLeases();
  const worker = (role: "web" | "jobs", label: string, crashes: string[], hours = 0, halt = "") =>
    new WorkerProcess({
      program: place.build.worker,
      env: { ...env, ROLE: role, CLOCK_OFFSET_MS: String(hours * 3_600_000), ...(halt ? PATIENT : {}) },
      // Every life has a name of its own, by which the watchers tell who wrote.
      databaseUrlOf: (life) => `${databaseUrl}?application_name=${label}.${life}`,
      ...{ crashes, halt, haltMs: HALT_MS },
      onDeath,
    });
  const web = worker("web", "web", faults.web);
  const jobs = faults.clocks.map((hours, i) => worker("jobs", `jobs${i}`, faults.jobs, hours, faults.halts[i]));
  const close = async () => {
    await Promise.all([web.stop(), ...jobs.map((one) => one.stop()), carrier.stop(), whatsapp?.stop()]);
    await Promise.all([database.close(), sink.close().catch(() => undefined)]);
    await dropCopy(place, name);
    rmSync(folder, { recursive: true, force: true });
  };
  const phones = new Phones(carrier, `${address}/api/webhooks/sms/inbound`);
  const desks = new Desks(address, place.cast);
  const ledger = () =>
    [...carrier.ledger(), ...(whatsapp?.ledger() ?? [])].sort((a, b) => Number(a.at > b.at) - Number(a.at < b.at));
  const cast = { phones, desks, bell: sink, web, jobs, appUrl: address };
  return {
    place,
    faults,
    random,
    database,
    carrier,
    whatsapp,
    ledger,
    ...cast,
    runProgram,
    cuts: 0,
    restores: 0,
    close,
  };
}
