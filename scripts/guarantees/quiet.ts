import type { Field } from "./field";
import { pause } from "./storms/pause";

const QUIET_WITHIN_MS = 60_000;
const LOOK_MS = 80;

/** Waits until nothing is left to do, and looks twice; time passes faster meanwhile. */
export async function quiet({ database }: Pick<Field, "database">): Promise<boolean> {
  const deadline = performance.now() + QUIET_WITHIN_MS;
  let calm = 0;
  while (performance.now() < deadline) {
    const left = await database
      .hurry()
      .then(database.backlog.bind(database))
      .catch(() => Infinity); // the server may be away
    calm = left === 0 ? calm + 1 : 0;
    if (calm >= 2) return true;
    await pause(LOOK_MS);
  }
  return false;
}
