import { slotsOf, type Told } from "../desks";
import type { Field } from "../field";
import { pause } from "./pause";
import type { Storm } from "./storms";

const PACE_MS = 90;

/** Two desks for each of `count` places, a pair every so often: one of them gets it, the other is told that it is taken. */
export async function bookInPairs({ desks, place }: Field, count: number): Promise<string[]> {
  const pairs: Promise<Told[]>[] = [];
  for (const [at, slot] of slotsOf(place.cast, count).entries()) {
    pairs.push(Promise.all([desks.book(`one-${at}`, slot), desks.book(`two-${at}`, slot)]));
    await pause(PACE_MS);
  }
  return (await Promise.all(pairs)).flatMap((pair, at) =>
    pair
      .map(({ status }) => status)
      .sort()
      .join() === "201,409"
      ? []
      : [`pair ${at} was told ${pair.map(({ status }) => status).join(", ")}`],
  );
}

/** Nobody writes, whose talk would hurry everything that waits; in the end two desks still book. */
export const DESKS_ALONE = { hasTalks: false, after: (field) => bookInPairs(field, 1) } satisfies Storm;
