import { createServer } from "node:http";
import { join } from "node:path";
import { Client } from "pg";
import { buildBareNext } from "./bare-next";
import { Generator, type Load, type Measured } from "./load";
import { quantile, rowOf, type Plan, type Row } from "./row";
import { ACCOUNT, TOKEN, type Scratch } from "./scratch";
import { freePort, serveNext } from "./server";

const PATH = "/api/webhooks/sms/inbound";
const CONNECTIONS = [32, 256];
const CLIENTS = 10;
const P99_GATES: Record<number, number> = { 32: 2, 256: 3 };

interface Round {
  bare: Measured;
  first: Measured;
  same: Measured;
}

/** Suite 1: signed forms acknowledged after the commit, against a bare route, and the database doing the insert alone. */
export async function webhookAck(plan: Plan, scratch: Scratch): Promise<Row[]> {
  const { pool } = await import("@/db/client");
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
  const common = { token: TOKEN, account: ACCOUNT, seconds: plan.seconds, signedUrl: `${appUrl}${PATH}` };
  let isCorrect = true;

  async function measure(connections: number, round: number): Promise<Round> {
    const load = (url: string, prefix: string, sid?: string): Promise<Measured> => {
      const one: Load = {
        ...common,
        url,
        connections,
        prefix: `${prefix}${connections}x${round}x`,
        ...(sid ? { sid } : {}),
      };
      return generator.run(one);
    };
    const before = await stored();
    const ofBare = await load(bare.url, "b");
    const first = await load(`${product.url}${PATH}`, "f");
    const same = await load(`${product.url}${PATH}`, "s", `SMsame${connections}x${round}`);
    const rows = (await stored()) - before;
    const isRight = rows === first.acks + 1 && first.others + same.others + ofBare.others === 0;
    if (round > 0 || !isRight) isCorrect &&= isRight;
    plan.say(
      `  ${connections} connections, round ${round}: bare ${ofBare.perSecond.toFixed(0)}/s, first ${first.perSecond.toFixed(0)}/s ` +
        `(p50 ${first.p50.toFixed(1)}, p99 ${first.p99.toFixed(1)} ms; bare ${ofBare.p99.toFixed(1)}), repeat ${same.perSecond.toFixed(0)}/s; ` +
        `${rows} rows for ${first.acks} acks + 1, ${first.others + same.others} not 2xx`,
    );
    return { bare: ofBare, first, same };
  }

  const rounds = new Map<number, Round[]>(CONNECTIONS.map((connections) => [connections, []]));
  const floors: number[] = [];
  try {
    for (let round = 0; round <= plan.rounds; round++) {
      for (const connections of CONNECTIONS) {
        const measured = await measure(connections, round);
        if (round > 0) rounds.get(connections)?.push(measured);
      }
      const floor = await insertAlone(plan.seconds, round);
      if (round > 0) floors.push(floor);
      plan.say(`  the database alone, ${CLIENTS} clients: ${floor.toFixed(0)}/s`);
    }
  } finally {
    generator.stop();
    await Promise.all([product.stop(), bare.stop(), doorbells.stop()]);
    await empty(scratch.ownerUrl);
  }
  return CONNECTIONS.flatMap((connections) => rowsOf(connections, rounds.get(connections) ?? [], floors, isCorrect));
}

function rowsOf(connections: number, rounds: Round[], floors: number[], isCorrect: boolean): Row[] {
  const ofDatabase = quantile(
    rounds.map(({ first }, i) => first.perSecond / (floors[i] ?? Number.NaN)),
    0.5,
  );
  const counted = isCorrect ? "rows = acks" : "ROWS AND ACKS DIFFER";
  const p50 = quantile(
    rounds.map(({ first }) => first.p50),
    0.5,
  );
  const note = `${counted}; ${ofDatabase.toFixed(2)} of the database alone; p50 ${p50.toFixed(1)} ms; Twilio forms, WhatsApp joins with its channel`;
  const suite = { suite: 1, note } as const;
  const gate = P99_GATES[connections] ?? 2;
  return [
    rowOf(
      { ...suite, name: `webhook-ack-${connections}`, gate: 0.6, moonshot: 5, better: "higher", unit: "of bare Next" },
      rounds.map(({ first, bare }) => first.perSecond / bare.perSecond),
      isCorrect,
    ),
    rowOf(
      { ...suite, name: `webhook-p99-${connections}`, gate, moonshot: 1, better: "lower", unit: "x bare Next's p99" },
      rounds.map(({ first, bare }) => first.p99 / bare.p99),
      isCorrect,
    ),
    rowOf(
      {
        ...suite,
        name: `webhook-repeat-${connections}`,
        gate: 1,
        moonshot: 1.2,
        better: "higher",
        unit: "of first insert",
      },
      rounds.map(({ first, same }) => same.perSecond / first.perSecond),
      isCorrect,
    ),
  ];
}

/** The product's own prepared insert in a loop, without HTTP. */
async function insertAlone(seconds: number, round: number): Promise<number> {
  const { storeEvents } = await import("@/lib/messaging/webhook-events");
  const started = performance.now();
  const until = started + seconds * 1000;
  let done = 0;
  const client = async (index: number) => {
    for (let i = 0; performance.now() < until; i++) {
      const vendorId = `floor${round}-${index}-${i}`;
      const body = { From: "+12025550101", To: "+12025550100", Body: "Could I come in for a cleaning on Tuesday?" };
      await storeEvents([{ vendor: "twilio", account: ACCOUNT, vendorId, event: "message", body }]);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, index) => client(index)));
  return done / ((performance.now() - started) / 1000);
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
