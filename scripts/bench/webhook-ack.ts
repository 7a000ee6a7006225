import { createServer } from "node:http";
import { join } from "node:path";
import { Client } from "pg";
import { buildBareNext } from "./bare-next";
import { insertAlone } from "./insert-alone";
import { Generator, type Load, type Measured } from "./load";
import { quantile, rowOf, type Plan, type Row } from "./row";
import { ACCOUNT, APP_SECRET, TOKEN, type Scratch } from "./scratch";
import { freePort, serveNext } from "./server";

const CONNECTIONS = [32, 256] as const;
const P99_GATES = { 32: 2, 256: 3 } as const;
const WHATSAPP_NUMBER = "100000000000007";
/** Who delivers, where to, and what their rows are called. */
const VENDORS = {
  twilio: { path: "/api/webhooks/sms/inbound", account: ACCOUNT, token: TOKEN, name: "webhook" },
  whatsapp: { path: "/api/webhooks/whatsapp/cloud", account: WHATSAPP_NUMBER, token: APP_SECRET, name: "whatsapp" },
} as const;

type Vendor = keyof typeof VENDORS;
type Connections = (typeof CONNECTIONS)[number];
interface Round {
  bare: Measured;
  first: Measured;
  same: Measured;
}
interface Contest {
  vendor: Vendor;
  connections: Connections;
  rounds: Round[];
  isCorrect: boolean;
}

/** Suite 1: signed deliveries acknowledged after the commit, against a bare route, and the database inserting alone. */
export async function webhookAck(plan: Plan, scratch: Scratch): Promise<Row[]> {
  const stage = await openStage(scratch);
  const contests = CONNECTIONS.flatMap((connections) =>
    (["twilio", "whatsapp"] as const).map((vendor): Contest => ({ vendor, connections, rounds: [], isCorrect: true })),
  );
  const floors: number[] = [];
  try {
    for (let round = 0; round <= plan.rounds; round++) {
      for (const contest of contests) await playRound(contest, round, stage, plan);
      const floor = await insertAlone(plan.seconds, round);
      if (round > 0) floors.push(floor);
      plan.say(`  the database alone: ${floor.toFixed(0)}/s`);
    }
  } finally {
    await stage.close();
  }
  return contests.flatMap((contest) => rowsOf(contest, floors));
}

/** The bare route, new messages, and one message again and again, by turns with the same payload. */
async function playRound(contest: Contest, round: number, stage: Stage, plan: Plan): Promise<void> {
  const { vendor, connections } = contest;
  const { path, account, token, name } = VENDORS[vendor];
  const load = (url: string, kind: string, sid?: string) => {
    const prefix = `${kind}${vendor}${connections}x${round}x`;
    const signing = { vendor, token, account, signedUrl: `${stage.appUrl}${path}` };
    const one: Load = { ...signing, url, connections, seconds: plan.seconds, prefix, ...(sid ? { sid } : {}) };
    return stage.generator.run(one);
  };
  const before = await stage.stored();
  const bare = await load(stage.bareUrl, "b");
  const first = await load(`${stage.productUrl}${path}`, "f");
  const same = await load(`${stage.productUrl}${path}`, "s", `same${vendor}${connections}x${round}`);
  const rows = (await stage.stored()) - before;
  const others = first.others + same.others;
  const isRight = rows === first.acks + 1 && others + bare.others === 0;
  contest.isCorrect &&= isRight;
  if (round > 0) contest.rounds.push({ bare, first, same });
  plan.say(
    `  ${name}, ${connections} connections, round ${round}: bare ${bare.perSecond.toFixed(0)}/s, first ${first.perSecond.toFixed(0)}/s ` +
      `(p50 ${first.p50.toFixed(1)}, p99 ${first.p99.toFixed(1)} ms; bare ${bare.p99.toFixed(1)}), repeat ${same.perSecond.toFixed(0)}/s; ` +
      `${rows} rows for ${first.acks} acks + 1, ${others} not 2xx`,
  );
}

function rowsOf({ vendor, connections, rounds, isCorrect }: Contest, floors: number[]): Row[] {
  const ofDatabase = rounds.map(({ first }, i) => first.perSecond / (floors[i] ?? Number.NaN));
  const p50 = rounds.map(({ first }) => first.p50);
  const counted = isCorrect ? "rows = acks" : "ROWS AND ACKS DIFFER";
  const note = `${counted}; ${quantile(ofDatabase, 0.5).toFixed(2)} of the database alone; p50 ${quantile(p50, 0.5).toFixed(1)} ms`;
  const { name } = VENDORS[vendor];
  const ack = { name: `${name}-ack-${connections}`, gate: 0.6, moonshot: 5, unit: "of bare Next" };
  const p99 = { name: `${name}-p99-${connections}`, gate: P99_GATES[connections], moonshot: 1, unit: "x bare's p99" };
  const repeat = { name: `${name}-repeat-${connections}`, gate: 1, moonshot: 1.2, unit: "of first insert" };
  const row = (facts: typeof ack, better: Row["better"], ratioOf: (round: Round) => number) =>
    rowOf({ suite: 1, ...facts, better, note }, rounds.map(ratioOf), isCorrect);
  return [
    row(ack, "higher", ({ first, bare }) => first.perSecond / bare.perSecond),
    row(p99, "lower", ({ first, bare }) => first.p99 / bare.p99),
    row(repeat, "higher", ({ first, same }) => same.perSecond / first.perSecond),
  ];
}

type Stage = Awaited<ReturnType<typeof openStage>>;

/** The product and the bare peer on one core, the generator on the other, a bell that answers and does nothing. */
async function openStage(scratch: Scratch) {
  const { pool } = await import("@/db/client");
  await giveNumber();
  const peer = buildBareNext(scratch.folder);
  const port = await freePort();
  const appUrl = `http://localhost:${port}`;
  const doorbells = await listenForRings();
  const log = (name: string) => join(scratch.folder, `${name}.log`);
  const env = { APP_URL: appUrl, INNGEST_BASE_URL: doorbells.url };
  const product = await serveNext({ folder: process.cwd(), log: log("server"), port, env });
  const bare = await serveNext({ folder: peer, log: log("peer") });
  const generator = Generator.start(1);
  const stored = async () =>
    Number((await pool().query<{ n: string }>("select count(*) as n from webhook_events")).rows[0]?.n);
  const close = async () => {
    generator.stop();
    await Promise.all([product.stop(), bare.stop(), doorbells.stop()]);
    await empty(scratch.ownerUrl);
  };
  return { appUrl, productUrl: product.url, bareUrl: bare.url, generator, stored, close };
}

/** A clinic that has the WhatsApp number, as in life: a stranger's number is looked up every time. */
async function giveNumber(): Promise<void> {
  const { makeBareClinic, makeChannel } = await import("@/db/testing/make");
  await makeChannel(await makeBareClinic(), { kind: "whatsapp_cloud", address: WHATSAPP_NUMBER });
}

/** What nobody will ever read; the next suite's executor would. */
async function empty(ownerUrl: string): Promise<void> {
  const client = new Client(ownerUrl);
  await client.connect();
  await client.query("truncate webhook_events").finally(() => client.end());
}

/** Where the server rings after a commit: answers 200 and does nothing, so that ringing costs what it costs. */
async function listenForRings() {
  const port = await freePort();
  const server = createServer((request, response) => void request.resume().on("end", () => response.end("{}")));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const stop = async () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}
