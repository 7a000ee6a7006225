import type { InngestFunction } from "inngest";

/** Every background function that is served; one line a function. */
export const functions: InngestFunction.Any[] = [];
