import { readFileSync } from "node:fs";
import type { Pool } from "pg";
import type { ClinicContext } from "@/lib/core/context";
import type { Result } from "@/lib/core/result";
import { changed, recordSql, replay, type Statement } from "./replay";
import { quantile, rowOf, type Plan, type Row } from "./row";
import type { Scratch } from "./scratch";

const RIVALS = 64;
const START = Date.parse("2026-03-02T14:00:00Z"); // 09:00 of the clinic
const LATEST_LOSER_MS = 50;

interface Outcome {
  won: number;
  /** Answered SLOT_TAKEN. */
  lost: number;
  perSecond: number;
  winnerMs: number;
  losersP99: number;
}
type Attempt = (index: number) => Promise<boolean>;

/** All at once; when each was answered is counted from the common start. */
async function race(attempt: Attempt): Promise<Outcome> {
  const started = performance.now();
  const answers = await Promise.all(
    Array.from({ length: RIVALS }, async (_, index) => {
      const won = await attempt(index);
      return { won, ms: performance.now() - started };
    }),
  );
  const perSecond = RIVALS / ((performance.now() - started) / 1000);
  const [winners, losers] = [answers.filter(({ won }) => won), answers.filter(({ won }) => !won)];
  const winnerMs = Math.max(...winners.map(({ ms }) => ms));
  const losersP99 = quantile(
    losers.map(({ ms }) => ms),
    0.99,
  );
  return { won: winners.length, lost: losers.length, perSecond, winnerMs, losersP99 };
}

/** A clinic whose 4 dentists have 16 half hours each, and one whose day has 64 visits of 15 minutes. */
async function makeStage() {
  const make = await import("@/db/testing/make");
  const { bookAppointment, bookIn } = await import("@/lib/scheduling/book");
  const { changeVisit } = await import("@/lib/scheduling/change-visit");
  const ctx = await make.makeBareClinic();
  const office = [["09:00", "17:00"]] as const;
  const hours = { 1: office, 2: office, 3: office };
  const staff = [];
  for (let i = 0; i < 4; i++) staff.push(await make.makeProvider(ctx, {}, hours));
  const marathon = await make.makeProvider(ctx, {}, { 2: [["06:00", "22:00"]] });
  await make.makeOperatory(ctx);
  const service = await make.makeService(ctx, { providerIds: staff.map(({ id }) => id) });
  const short = await make.makeService(ctx, { providerIds: [marathon.id], durationMinutes: 15 });
  const segments = [
    { role: "lead", fromMinute: 0, toMinute: 30 } as const,
    { role: "operatory", fromMinute: 0, toMinute: 30 } as const,
  ];
  const seated = await make.makeService(ctx, { providerIds: [staff[0]?.id ?? "", staff[1]?.id ?? ""], segments });
  const patient = await make.makePatient(ctx);
  const wanted = (serviceId: string, providerId: string | undefined, minutes: number) =>
    ({
      patientId: patient.id,
      serviceId,
      providerId,
      startsAt: new Date(START + minutes * 60_000),
      createdFrom: "SMS",
    }) as const;
  const book = async (...slot: Parameters<typeof wanted>) => winOf(await bookAppointment(ctx, wanted(...slot)));
  /** As from a process of one's own: what rivals of one process spare each other is not spared. */
  const bookApart = async (...slot: Parameters<typeof wanted>) =>
    winOf(await changeVisit(ctx, (tx) => bookIn(tx, ctx, wanted(...slot))));
  return { ctx, staff, marathon, service, short, seated, patient, book, bookApart };
}
type Stage = Awaited<ReturnType<typeof makeStage>>;

/** A loser hears SLOT_TAKEN and nothing else. */
function winOf(result: Result<unknown>): boolean {
  if (!result.ok && result.error !== "SLOT_TAKEN") throw new Error(`a rival was answered ${result.error}`);
  return result.ok;
}

const spread = ({ staff, service, book }: Stage): Attempt => {
  return (index) => book(service.id, staff[index % 4]?.id, 30 * Math.floor(index / 4));
};

/** The recorded statements of one booking on a stage of their own, prepared, by as many clients as the pool has. */
async function rawOf(pool: Pool, first?: (providerId: string) => Statement) {
  const stage = await makeStage();
  const { ctx, staff, service, patient } = stage;
  const [from] = staff;
  if (!from) throw new Error("no provider");
  const recorded = await recordSql(() => stage.book(service.id, from.id, 0));
  await emptyBook(pool, ctx);
  const kept = new Set<string>([ctx.clinic.id, service.id, patient.id, ...staff.map(({ id }) => id)]);
  const change = { kept, now: ctx.now().toISOString() };
  const attempt = async (provider: string, minutes: number) => {
    const [begin, ...rest] = changed(recorded, { ...change, minutes, provider: [from.id, provider] as const });
    if (!begin) throw new Error("nothing was recorded");
    const client = await pool.connect();
    try {
      return await replay(client, [begin, ...(first ? [first(provider)] : []), ...rest]);
    } finally {
      client.release();
    }
  };
  return {
    spread: (index: number) => attempt(staff[index % 4]?.id ?? "", 30 * Math.floor(index / 4)),
    hot: () => attempt(from.id, 0),
  };
}

async function emptyBook(pool: Pool, ctx: ClinicContext): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("select set_config('app.clinic_id', $1, true)", [ctx.clinic.id]);
    await client.query("update appointments set status = 'cancelled'");
    await client.query("delete from occupancies");
    await client.query("commit");
  } finally {
    client.release();
  }
}

const ROW_LOCK = (id: string): Statement => ({
  text: "select 1 from providers where id = $1 for update",
  values: [id],
});
const ADVISORY = (id: string): Statement => ({
  text: "select pg_advisory_xact_lock(hashtextextended($1, 0))",
  values: [id],
});

interface Round {
  service: Outcome;
  hot: Outcome;
  /** The same with nothing between the rivals but Postgres. */
  apart: Outcome;
  floor: Outcome;
  rowLock: Outcome;
  advisory: Outcome;
}

/** Suite 3: the booking service under rivals, against its own statements sent raw, and against two ways to lock. */
export async function contention(plan: Plan, scratch: Scratch): Promise<Row[]> {
  const { pool } = await import("@/db/client");
  const rounds: Round[] = [];
  const problems: string[] = [];
  const expectWon = (what: string, { won, lost }: Outcome, wanted: number) => {
    if (won !== wanted || won + lost !== RIVALS) problems.push(`${what}: ${won} won, ${lost} lost`);
  };
  for (let round = 0; round <= plan.rounds; round++) {
    const stage = await makeStage();
    const { marathon, short, seated, book } = stage;
    const [floor, rowLock, advisory] = [
      await rawOf(pool()),
      await rawOf(pool(), ROW_LOCK),
      await rawOf(pool(), ADVISORY),
    ];
    const measured: Round = {
      service: await race(spread(stage)),
      floor: await race(floor.spread),
      hot: await race(() => stage.book(...hotSlot(stage, 0))),
      apart: await race(() => stage.bookApart(...hotSlot(stage, 1))),
      rowLock: await race(rowLock.hot),
      advisory: await race(advisory.hot),
    };
    // These two are about who wins, on days of their own.
    const day = await race((index) => book(short.id, marathon.id, DAY - 180 + 15 * index));
    const chair = await race(() => book(seated.id, undefined, 2 * DAY));
    expectWon("64 for 64", measured.service, RIVALS);
    expectWon("64 for 1", measured.hot, 1);
    expectWon("64 for 1, apart", measured.apart, 1);
    expectWon("raw 64 for 64", measured.floor, RIVALS);
    expectWon("64 on one day", day, RIVALS);
    expectWon("dentist and chair", chair, 1);
    plan.say(lineOf(round, measured, day, chair));
    if (round > 0) rounds.push(measured);
  }
  const deadlocks = (readFileSync(scratch.logFile, "utf8").match(/deadlock detected/g) ?? []).length;
  return rowsOf(rounds, problems, deadlocks);
}

const DAY = 24 * 60;
/** Each race has a dentist of its own. */
const hotSlot = ({ staff, service }: Stage, dentist: number) => [service.id, staff[dentist]?.id, DAY] as const;

const lineOf = (
  round: number,
  { service, hot, apart, floor, rowLock, advisory }: Round,
  day: Outcome,
  chair: Outcome,
) =>
  `  round ${round}: service ${service.perSecond.toFixed(0)}/s, raw ${floor.perSecond.toFixed(0)}/s; one day ${day.perSecond.toFixed(0)}/s; ` +
  `64 for 1: winner ${hot.winnerMs.toFixed(0)} ms, losers' p99 ${hot.losersP99.toFixed(0)} ms, ` +
  `apart ${apart.winnerMs.toFixed(0)} and ${apart.losersP99.toFixed(0)} ms ` +
  `(row lock ${rowLock.losersP99.toFixed(0)}, advisory ${advisory.losersP99.toFixed(0)}); chair: ${chair.won} won, p99 ${chair.losersP99.toFixed(0)} ms`;

function rowsOf(rounds: Round[], problems: string[], deadlocks: number): Row[] {
  const isCorrect = problems.length === 0 && deadlocks === 0;
  const median = (of: (round: Round) => number) => quantile(rounds.map(of), 0.5).toFixed(2);
  const said =
    problems.length > 0 ? problems.join("; ") : "64 of 64, 1 of 64, 64 on a day, 1 for a dentist and a chair";
  const note = `${said}; ${deadlocks} deadlocks in the server's log`;
  const locks =
    `by Postgres alone ${median(({ apart }) => apart.losersP99 - apart.winnerMs)} ms; losers a second over the row lock's ${median(({ apart, rowLock }) => apart.perSecond / rowLock.perSecond)}, ` +
    `over the advisory lock's ${median(({ apart, advisory }) => apart.perSecond / advisory.perSecond)}`;
  const suite = { suite: 3 } as const;
  return [
    rowOf(
      {
        ...suite,
        ...{ name: "booking-throughput", gate: 0.3, moonshot: 0.6, better: "higher" },
        ...{ unit: "of the same SQL, raw and prepared", note },
      },
      rounds.map(({ service, floor }) => service.perSecond / floor.perSecond),
      isCorrect,
    ),
    rowOf(
      {
        ...suite,
        ...{ name: "losers-after-winner", gate: LATEST_LOSER_MS, moonshot: 10, better: "lower" },
        ...{ unit: "ms, losers' p99 less the winner's", note: `${note}; ${locks}` },
      },
      rounds.map(({ hot }) => hot.losersP99 - hot.winnerMs),
      isCorrect,
    ),
  ];
}
