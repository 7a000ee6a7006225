import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { ClinicContext } from "@/lib/core/context";
import { addNumbers, ingestRate } from "./ingest-rate";
import { quantile, rowOf, type Plan, type Row } from "./row";
import type { Scratch } from "./scratch";
import { freePort, serveNext, start, stop, type Served } from "./server";
import { Listeners, type Heard, type Listen } from "./sse";

const CLINICS = 20;
const LISTENERS_EACH = 25;
const PER_SECOND = 50;
const SETTLE_MS = 1_500;
/** What a poll every two seconds takes: evenly between nothing and the two. */
const POLLED_P95_MS = 1_900;

interface Room {
  ctx: ClinicContext;
  cookie: string;
}
/** When each change began, and in which room. */
type Told = Map<string, { at: number; room: number }>;

/**
 * From a change to its arrival at 500 listeners in 20 clinics, 50 changes a second; against a bare node server that
 * writes what a notification says. Counted from the beginning of the transaction: a listener may hear of a commit
 * before the one who asked for it does. Then the server is restarted under them: nothing is missed or doubled.
 */
export async function realtime(plan: Plan, scratch: Scratch): Promise<Row[]> {
  const rooms = await makeRooms();
  const port = await freePort();
  const serve = () => serveNext({ folder: process.cwd(), log: join(scratch.folder, "live-server.log"), port });
  let server = await serve();
  const bare = await serveBare(scratch);
  const listeners = Listeners.start(1);
  const streams = (path: (room: Room, at: number) => string): Listen["streams"] =>
    rooms.flatMap((room, at) =>
      Array.from({ length: LISTENERS_EACH }, () => ({ path: path(room, at), cookie: room.cookie })),
    );
  const ours = { url: server.url, streams: streams(({ ctx }) => `/api/clinic/${ctx.clinic.slug}/events`) };
  const theirs = { url: bare.url, streams: streams((_, at) => `/?room=${at}`) };
  const rounds: { ratio: number; ours: Delays; bare: Delays }[] = [];
  try {
    for (let round = 0; round <= plan.rounds; round++) {
      const own = await measure(listeners, ours, (index) => tellOurs(rooms, index), plan.seconds);
      const peer = await measure(listeners, theirs, (index) => tellBare(rooms, index), plan.seconds);
      plan.say(`  round ${round}: ours ${wordsOf(own)}; bare ${wordsOf(peer)}`);
      if (round > 0) rounds.push({ ratio: own.p95 / peer.p95, ours: own, bare: peer });
    }
    const rss = rssOf(port);
    const restarted = await restart(listeners, ours, rooms, plan, async () => {
      await server.stop();
      server = await serve();
    });
    return [rowIn(rounds, restarted, rss), await ingestWhileHeard(plan, listeners, ours, rooms)];
  } finally {
    listeners.stop();
    await Promise.all([server.stop(), bare.stop()]);
  }
}

/** What listening costs those who read the patients' messages: with all 500 listeners, over none. */
async function ingestWhileHeard(plan: Plan, listeners: Listeners, ours: Listen, rooms: Room[]): Promise<Row> {
  const clinics = await addNumbers(rooms.map(({ ctx }) => ctx));
  const ratios: number[] = [];
  let words = "";
  for (let round = 0; round <= plan.rounds; round++) {
    await listeners.listen({ ...ours, streams: [] });
    await pause(SETTLE_MS);
    const alone = await ingestRate(clinics);
    await listeners.listen({ ...ours, isDrained: true });
    await pause(SETTLE_MS);
    const heard = await ingestRate(clinics);
    words = `${heard.toFixed(0)} messages a second by one worker, ${alone.toFixed(0)} with nobody listening`;
    plan.say(`  round ${round}: ${words}`);
    if (round > 0) ratios.push(heard / alone);
  }
  const facts = { suite: 6, name: "ingest-while-heard", gate: 0.9, moonshot: 1, better: "higher" } as const;
  return rowOf({ ...facts, unit: "of ingest with no listeners", note: words }, ratios);
}

function rowIn(rounds: { ratio: number; ours: Delays; bare: Delays }[], restarted: Delays, rss: string): Row {
  const lost = rounds.reduce((sum, { ours }) => sum + ours.lost + ours.doubled, 0) + restarted.lost + restarted.doubled;
  const median = (of: (round: (typeof rounds)[number]) => number) => quantile(rounds.map(of), 0.5).toFixed(0);
  const note = [
    `${CLINICS * LISTENERS_EACH} listeners in ${CLINICS} clinics, ${PER_SECOND} changes a second`,
    `p50 ${median(({ ours }) => ours.p50)}, p95 ${median(({ ours }) => ours.p95)} ms; bare p95 ${median(({ bare }) => bare.p95)} ms; polling at 2 s p95 ${POLLED_P95_MS} ms`,
    `over a restart ${restarted.lost} lost, ${restarted.doubled} doubled, ${restarted.resets} resets`,
    `server ${rss}`,
  ].join("; ");
  const facts = {
    suite: 6,
    name: "live-p95",
    gate: 3,
    moonshot: 1.3,
    better: "lower",
    unit: "of bare SSE",
    note,
  } as const;
  return rowOf(
    facts,
    rounds.map(({ ratio }) => ratio),
    lost === 0,
  );
}

async function makeRooms(): Promise<Room[]> {
  const { makeBareClinic, makeUser } = await import("@/db/testing/make");
  const { cookieOf } = await import("@/db/testing/call");
  const rooms: Room[] = [];
  for (let at = 0; at < CLINICS; at++) {
    const ctx = await makeBareClinic({}, new Date().toISOString());
    const user = await makeUser([{ ctx, role: "STAFF" }]);
    rooms.push({ ctx, cookie: await cookieOf(user.id, new Date()) });
  }
  return rooms;
}

async function serveBare(scratch: Scratch): Promise<Served> {
  const port = await freePort();
  const log = join(scratch.folder, "bare-sse.log");
  const script = join(process.cwd(), "scripts/bench/bare-sse.mjs");
  const child = start([process.execPath, script], process.cwd(), log, { ...process.env, PORT: String(port) });
  const url = `http://127.0.0.1:${port}`;
  for (let waited = 0; waited < 20_000; waited += 100) {
    if (await fetch(url).catch(() => undefined)) return { url, stop: () => stop(child) };
    await pause(100);
  }
  throw new Error(`the bare server did not answer; see ${log}`);
}

const clock = () => performance.timeOrigin + performance.now();

/** One change of ours: a row, told of after the commit. Answers its id and when it began. */
async function tellOurs(rooms: Room[], index: number) {
  const { announce } = await import("@/lib/realtime/announce");
  const { inClinic } = await import("@/db/testing/make");
  const id = crypto.randomUUID();
  const ctx = rooms[index % CLINICS]?.ctx;
  if (!ctx) throw new Error("no such room");
  const at = clock();
  await inClinic(ctx, (tx) => announce(tx, ctx, "message", id));
  return { id, at, room: index % CLINICS };
}

/** The same row, and its notification in the same transaction. */
async function tellBare(rooms: Room[], index: number) {
  const { inClinic } = await import("@/db/testing/make");
  const { liveEvents } = await import("@/db/schema/records");
  const id = crypto.randomUUID();
  const ctx = rooms[index % CLINICS]?.ctx;
  if (!ctx) throw new Error("no such room");
  const at = clock();
  await inClinic(ctx, async (tx) => {
    await tx.insert(liveEvents).values({ clinicId: ctx.clinic.id, topic: "message", entityId: id });
    await tx.execute(sql`select pg_notify('bench_bare', ${`${index % CLINICS} ${id}`})`);
  });
  return { id, at, room: index % CLINICS };
}

interface Delays {
  p50: number;
  p95: number;
  lost: number;
  doubled: number;
  resets: number;
}
type Tell = (index: number) => Promise<{ id: string; at: number; room: number }>;

async function tellFor(tell: Tell, seconds: number): Promise<Told> {
  const told: Told = new Map();
  const sent: Promise<void>[] = [];
  const started = clock();
  for (let index = 0; index < PER_SECOND * seconds; index++) {
    await pause(Math.max(0, started + (index * 1000) / PER_SECOND - clock()));
    sent.push(tell(index).then(({ id, ...rest }) => void told.set(id, rest)));
  }
  await Promise.all(sent);
  return told;
}

async function measure(listeners: Listeners, told: Listen, tell: Tell, seconds: number): Promise<Delays> {
  await listeners.listen(told);
  await pause(SETTLE_MS);
  await listeners.report();
  const sent = await tellFor(tell, seconds);
  await pause(SETTLE_MS);
  return delaysOf(sent, await listeners.report());
}

function delaysOf(told: Told, { arrivals, resets }: Heard): Delays {
  const delays: number[] = [];
  const once = new Set<string>();
  let doubled = 0;
  for (const [listener, id, at] of arrivals) {
    const change = told.get(id);
    if (!change) continue;
    const key = `${listener} ${id}`;
    if (once.has(key)) doubled += 1;
    else delays.push(Math.max(0, at - change.at));
    once.add(key);
  }
  const lost = told.size * LISTENERS_EACH - once.size;
  return { p50: quantile(delays, 0.5), p95: quantile(delays, 0.95), lost, doubled, resets };
}

/** Changes go on while the server goes and comes back; the listeners come again by themselves and catch up. */
async function restart(listeners: Listeners, told: Listen, rooms: Room[], plan: Plan, again: () => Promise<void>) {
  await listeners.listen(told);
  await pause(SETTLE_MS);
  await listeners.report();
  const telling = tellFor((index) => tellOurs(rooms, index), Math.max(6, plan.seconds * 2));
  await pause(1_000);
  await again();
  const sent = await telling;
  await listeners.untilConnected(told.streams.length);
  await pause(2 * SETTLE_MS);
  const delays = delaysOf(sent, await listeners.report());
  plan.say(`  restart: ${sent.size} changes, ${delays.lost} lost, ${delays.doubled} doubled, ${delays.resets} resets`);
  return delays;
}

const wordsOf = ({ p50, p95, lost }: Delays) => `p50 ${p50.toFixed(0)} p95 ${p95.toFixed(0)} ms, ${lost} lost`;

/** The resident memory of whoever listens on the port, in words. */
function rssOf(port: number): string {
  try {
    const pid = execFileSync("sh", [
      "-c",
      `ss -ltnp 'sport = :${port}' | grep -o 'pid=[0-9]*' | head -1 | cut -d= -f2`,
    ]);
    const kilo = Number(execFileSync("ps", ["-o", "rss=", "-p", pid.toString().trim()]).toString());
    return `${Math.round(kilo / 1024)} MB resident`;
  } catch {
    return "memory not read";
  }
}
