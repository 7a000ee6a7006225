import { slotsAt } from "@/lib/scheduling/availability";
import { calendarDays, minutesIn, wallStarts } from "@/lib/scheduling/open-hours";
import { rowOf, type Plan, type Row } from "./row";
import { makeMonth, MONTHS, STEP, type Month, type OpenSlot } from "./slots/month";
import { naiveDayjs } from "./slots/naive-dayjs";
import { sweep } from "./slots/sweep";

/** The largest first: after it the code is as warm as a server's. */
const PROVIDERS = [100, 20, 5, 1];
const VISITS = [20, 100, 300];
/** Where the date library is asked too. */
const COMPARED = 20;
/** A contender runs until it has used this much processor time, so that one measure is many runs. */
const LEAST_MS = 40;

/** What a month's question costs in the product, from calendar days to slots, once the book is read. */
function engine({ timeZone, first, last, facts }: Month): OpenSlot[] {
  const days = calendarDays(first, last, timeZone);
  const range = [days[0]?.from ?? 0, days.at(-1)?.to ?? 0] as const;
  return slotsAt(facts, minutesIn(wallStarts(days, STEP, range, timeZone)), 1);
}

const usedMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Processor milliseconds of one answer for each of the months. */
function costOf(contender: (month: Month) => OpenSlot[], months: readonly Month[]): number {
  const began = usedMs();
  let [runs, kept, used] = [0, 0, 0];
  do {
    for (const month of months) kept += contender(month).length;
    runs++;
    used = usedMs() - began;
  } while (used < LEAST_MS);
  if (kept === 0) throw new Error("nothing was free");
  return used / runs;
}

const startsOf = (slots: readonly OpenSlot[]) => slots.map(({ startsAt }) => startsAt).toSorted((a, b) => a - b).join(); // prettier-ignore

/** Where contenders differ in what is free; one line for each month. */
function differences(months: readonly Month[], contenders: readonly ((month: Month) => OpenSlot[])[]): string[] {
  return months.flatMap((month) => {
    const [first, ...others] = contenders.map((contender) => startsOf(contender(month)));
    return others.every((slots) => slots === first) ? [] : [`${month.timeZone}: not the same slots`];
  });
}

/**
 * Suite 2: a month as a patient is shown it, each start with whoever has least to do, in processor time, against a
 * sweep over sorted numbers and against a date library; all must find the same slots. The months of five zones are one
 * measure; the library is timed in the first, and not asked about Lord Howe, whose half hour it gets wrong.
 */
export async function availability(plan: Plan): Promise<Row[]> {
  const rows: Row[] = [];
  for (const providers of PROVIDERS) for (const visits of VISITS) rows.push(...measure(plan, providers, visits));
  return rows;
}

function measure(plan: Plan, providers: number, visits: number): Row[] {
  const months = MONTHS.map((month) => makeMonth(month, providers, visits));
  const isCompared = providers === COMPARED;
  const wholeHours = months.filter(({ timeZone }) => timeZone !== "Australia/Lord_Howe");
  const wrong = [
    ...differences(months, [sweep, engine]),
    ...(isCompared ? differences(wholeHours, [engine, naiveDayjs]) : []),
  ];
  const [overSweep, overDayjs, told]: number[][] = [[], [], []];
  for (let round = 0; round <= plan.rounds; round++) {
    const bySweep = costOf(sweep, months);
    const byEngine = costOf(engine, months);
    const byDayjs = isCompared ? costOf(naiveDayjs, months.slice(0, 1)) * months.length : Number.NaN;
    if (round === 0) continue;
    overSweep?.push(byEngine / bySweep);
    overDayjs?.push(byDayjs / byEngine);
    told?.push(byEngine / months.length);
  }
  const name = `availability ${providers}x${visits}`;
  const each = (told ?? []).toSorted((a, b) => a - b)[Math.floor((told ?? []).length / 2)] ?? Number.NaN;
  const note = `${each.toFixed(3)} ms of processor time a month; ${wrong.join("; ") || "the same slots"}`;
  plan.say(`  ${name}: ${overSweep?.map((ratio) => ratio.toFixed(2)).join(" ")} of the sweep; ${note}`);
  const isCorrect = wrong.length === 0;
  const sweepRow = {
    suite: 2,
    name,
    gate: 3,
    moonshot: 1.3,
    better: "lower",
    unit: "of a linear sweep",
    note,
  } as const;
  const dayjs = { ...sweepRow, gate: 50, moonshot: 300, better: "higher", unit: "times as fast as dayjs" } as const;
  return [
    rowOf(sweepRow, overSweep ?? [], isCorrect),
    ...(isCompared ? [rowOf({ ...dayjs, name: `dayjs ${providers}x${visits}` }, overDayjs ?? [], isCorrect)] : []),
  ];
}
