import type { Faults } from "./faults";
import { openField, type Field } from "./field";
import { UNAUDITED_COMMIT } from "./invariants/audited";
import { broken, testify } from "./invariants/oracle";
import { leaks } from "./invariants/private-words";
import { roundsOf } from "./patients";
import type { Place } from "./place";
import { quiet } from "./quiet";
import type { Random } from "./random";
import { pause, waitUntil } from "./storms/pause";
import { STORMS, type Storm } from "./storms/storms";

export interface RunReport {
  problems: string[];
  deaths: number;
  booked: number;
}

const NOT_QUIET = "I17: not quiet within 60 s";

/** One run: patients talk their way to a visit while `faults` happen; then every invariant is asked. */
export async function run(place: Place, faults: Faults, random: Random): Promise<RunReport> {
  const field = await openField(place, faults, random);
  const { database, carrier, web, jobs } = field;
  try {
    await carrier.fail(faults.carrier);
    await carrier.spoilWebhooks(faults.webhooks);
    await Promise.all([web, ...jobs].map((worker) => worker.start()));
    const problems = await play(field, faults.storm && STORMS[faults.storm]).catch(async (error: unknown) => [
      `the run itself failed: ${String(error)}; ${await lastSeen(field)}`,
    ]);
    const deaths = [web, ...jobs].reduce((sum, worker) => sum + worker.deaths, 0);
    const isKilled = faults.web.length + faults.jobs.length > 0;
    if (isKilled !== deaths > 0) problems.push(isKilled ? "nothing died" : `${deaths} processes died by themselves`);
    const booked = await database.query("select from appointments where status = 'scheduled'");
    return { problems: [...problems, ...(await examine(field, deaths))], deaths, booked: booked.length };
  } finally {
    await field.close();
  }
}

async function play(field: Field, storm: Storm | undefined): Promise<string[]> {
  const early = (await storm?.before?.(field)) ?? [];
  const raging = storm?.during?.(field) ?? Promise.resolve([]);
  const talking = storm?.hasTalks === false ? Promise.resolve([]) : talk(field);
  const problems = [...early, ...(await Promise.all([raging, talking])).flat()];
  if (storm?.after) problems.push(...(await storm.after(field)));
  // What is answered while it grows quiet has statuses too, and they are told a little later.
  for (let told = 0; told < 2; told++) {
    await waitUntil(() => isAllTold(field));
    if (!(await quiet(field))) problems.push(NOT_QUIET);
  }
  const failures = [field.web, ...field.jobs].flatMap((worker) => worker.failures);
  const grave = storm?.mayFail ? failures.filter((one) => one.includes(UNAUDITED_COMMIT)) : failures;
  problems.push(...[...new Set(grave)].map((one) => `worker failed: ${one}`));
  await field.desks.askAgain();
  return problems;
}

async function talk(field: Field): Promise<string[]> {
  for (const round of roundsOf(field.random)) {
    await Promise.all(round.map((line) => field.phones.send(line)));
    if (!(await quiet(field))) return [NOT_QUIET];
  }
  return [];
}

/** Whether the carrier has told every status that it tells by itself, and has heard an answer to each. */
function isAllTold({ ledger: told, faults }: Field): boolean {
  const ledger = told();
  const count = (kind: string) => ledger.filter((entry) => entry.kind === kind).length;
  const answered = ledger.filter(({ kind, text }) => kind === "webhook" && text !== "").length;
  const failures = new Set(
    ledger.filter(({ kind, status }) => kind === "callback" && status === "failed").map(({ sid }) => sid),
  ).size;
  const expected = faults.statusEveryMs === undefined ? 0 : 3 * count("accepted") - 2 * failures;
  return count("callback") >= expected && answered >= count("callback");
}

/** What a run was about when it could not go on. */
async function lastSeen({ carrier, web }: Field): Promise<string> {
  const answers = carrier.ledger().flatMap(({ kind, status }) => (kind === "webhook" && status ? [status] : []));
  const pool = await Promise.race([web.poolCounts(), pause(2000).then(() => "silent")]);
  return `the last webhooks were answered ${answers.slice(-12).join(" ")}, the web worker's pool is ${JSON.stringify(pool)}`;
}

/** Every invariant that doesn't hold, with what breaks it. */
const examine = ({ database, ledger, desks, cuts, restores, ...field }: Field, deaths: number): Promise<string[]> =>
  database.session(async (client) => {
    await testify(client, { ledger: ledger(), told: desks.log, deaths, cuts, restores });
    const logs = [field.web, ...field.jobs].map(({ said }) => said).join("\n");
    return [...(await broken(client)), ...(await leaks(client, { logs, doorbells: field.bell.heard() }))];
  });
