import type { Field } from "../field";
import { roundsOf } from "../patients";
import { waitUntil } from "./pause";
import { settled } from "./settle";
import type { Storm } from "./storms";

const POINT = "fire";
const FORGOTTEN = { from: "+12025550188", text: "are you open on friday?" };
const REFUSED_WITHIN_MS = 30_000;

/**
 * F37. A backup is restored to a moment ago: answers that were due then have gone out since, a patient has written since.
 * None goes out twice, and nobody is forgotten. The backup is taken while the server works (`pg_backup_start`, files, log).
 */
export const restored: Storm = {
  mayFail: true,
  hasTalks: false,
  during: async (field) => {
    const { place, random, carrier, phones } = field;
    if (!place.power) throw new Error("no server to restore");
    const [hello, wish, name, yes] = roundsOf(random).map((round) => async () => {
      await Promise.all(round.map((line) => phones.send(line)));
    });
    await hello?.();
    if (!(await settled(field))) return ["not quiet before the backup"];
    await place.power.backUp();
    await wish?.();
    if (!(await settled(field))) return ["not quiet after the backup"];
    await carrier.setPort(false); // a name's answer is due at the moment that is restored
    await name?.();
    const isDue = await waitUntil(async () => (await answersDue(field)) === TALKERS, REFUSED_WITHIN_MS);
    await place.power.markPoint(POINT);
    await carrier.setPort(true);
    await phones.send(FORGOTTEN);
    if (!isDue || !(await settled(field))) return ["the answers were never due, or never sent"];
    await restore(field);
    await yes?.();
    return [];
  },
};

const TALKERS = 3;

/** Everything of the application stops, the database goes back, what must be done then is done, and it starts again. */
async function restore(field: Field): Promise<void> {
  const { place, web, jobs } = field;
  await Promise.all([web, ...jobs].map((worker) => worker.stop()));
  await place.power?.restoreTo(POINT);
  field.cuts += 1;
  field.restores += 1;
  await field.database.hurry(); // what was due then by a wait that was cut short is due, as time has passed since
  await field.runProgram(place.build.afterRestore);
  await Promise.all([web, ...jobs].map((worker) => worker.start()));
}

/** How many wait to be sent since the carrier's port is closed. */
const answersDue = async ({ database }: Field) =>
  (await database.query("select from outbox where state = 'due' and attempts > 0")).length;
