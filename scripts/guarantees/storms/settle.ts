import type { Field } from "../field";
import { pause, waitUntil } from "./pause";

const SETTLED_WITHIN_MS = 60_000;
const LOOK_MS = 50;

/** Waits until nothing is left to do; time passes faster meanwhile. */
export const settled = ({ database }: Pick<Field, "database">): Promise<boolean> =>
  waitUntil(async () => {
    await database.hurry();
    await pause(LOOK_MS);
    return (await database.backlog()) === 0;
  }, SETTLED_WITHIN_MS);
