import type { InngestFunction } from "inngest";
import { expireHolds } from "./functions/scheduling/expire-holds";
import { markNoShows } from "./functions/scheduling/mark-no-shows";

/** Every background function that is served; one line a function. */
export const functions: InngestFunction.Any[] = [expireHolds, markNoShows];
