import type { Field } from "../field";
import { bookedBy, lastTold, talkToTheQuestion, type Held } from "./held";
import { pause } from "./pause";
import { settled } from "./settle";
import type { Storm } from "./storms";

const LATEST_PUSH_MS = 1500;
/** Two who lost their slots may choose the same one next. */
const TRIES = 3;

/**
 * F18. Other calendars bring events over slots that patients were offered: before their yes, and while it is worked on.
 * Nobody is booked over an event that came first; whose time is gone is offered others, and books one of them.
 */
export const externalEvents: Storm = {
  hasTalks: false,
  during: async (field) => {
    const { held, yes, problems } = await talkToTheQuestion(field);
    if (problems.length > 0) return problems;
    const [early, late] = [held.filter((_, at) => at === 0 || field.random.chance(0.4)), [] as Held[]];
    late.push(...held.filter((one) => !early.includes(one)));
    const reported = new Set<string>();
    for (const one of early) await push(field, one, reported);
    const pushes = late.map(async (one) => {
      await pause(field.random.below(LATEST_PUSH_MS));
      await push(field, one, reported);
    });
    await Promise.all([...yes.map((line) => field.phones.send(line)), ...pushes]);
    if (!(await settled(field))) return ["I17: not quiet after the yes"];
    return [
      ...(await unreported(field, reported)),
      ...(await goOn(field, early)),
      ...(await unreported(field, reported)),
    ];
  },
};

/** As a push of the calendar's is written: under the lock of the provider's row, answering the visits in its way. */
async function push(
  { database }: Field,
  { id, providerId, startsAt, endsAt }: Held,
  reported: Set<string>,
): Promise<void> {
  await database.session(async (client) => {
    await client.query("begin");
    await client.query("select from providers where id = $1 for update", [providerId]);
    await client.query(
      `insert into external_busy (id, clinic_id, provider_id, source, external_id, starts_at, ends_at)
        select gen_random_uuid(), clinic_id, id, 'google', $2, $3, $4 from providers where id = $1`,
      [providerId, `over ${id}`, startsAt, endsAt],
    );
    const { rows } = await client.query<{ id: string }>(
      "select id from appointments where provider_id = $1 and status = 'scheduled' and starts_at < $3 and ends_at > $2",
      [providerId, startsAt, endsAt],
    );
    await client.query("commit");
    for (const row of rows) reported.add(row.id);
  });
}

/** I6, with other calendars: a booked visit over an event is one that its writer was told of. */
async function unreported({ database }: Field, reported: ReadonlySet<string>): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `select distinct a.id from appointments a join appointment_segments s on s.appointment_id = a.id
      join external_busy b on b.provider_id = s.resource_id and tstzrange(b.starts_at, b.ends_at) && s.occupied
      where a.status in ('scheduled', 'checked_in')`,
  );
  return rows.filter(({ id }) => !reported.has(id)).map(({ id }) => `I6: ${id} was booked over an event`);
}

/** Who lost their slot was offered others, takes the first of them and is booked there. */
async function goOn(field: Field, lost: readonly Held[]): Promise<string[]> {
  const problems: string[] = [];
  for (const one of lost) {
    if ((await bookedBy(field, one)).length > 0) problems.push("booked where an event came first");
    if (!/\b1\b/.test(await lastTold(field, one))) problems.push("a patient whose slot was gone was offered no others");
  }
  for (let tried = 0; tried < TRIES; tried++)
    for (const text of ["1", "yes"]) {
      const still = await Promise.all(lost.map(async (one) => ((await bookedBy(field, one)).length > 0 ? [] : [one])));
      await Promise.all(still.flat().map(({ phone }) => field.phones.send({ from: phone, text })));
      if (!(await settled(field))) return [...problems, "I17: not quiet after another choice"];
    }
  for (const one of lost) {
    const visits = await bookedBy(field, one);
    if (visits.length !== 1)
      problems.push(`${visits.length} visits of a patient who chose again: ${await lastTold(field, one)}`);
  }
  return problems;
}
