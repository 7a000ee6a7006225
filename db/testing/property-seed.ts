import fc from "fast-check";

/*
 * On a machine that judges a change (CI), properties draw the same cases each time: a change passes or fails by what
 * it changes, and a failure there is one that anyone can repeat. Everywhere else the cases are new on each run, and
 * PROPERTY_SEED repeats a drawing: the seed stands in the failure's report.
 */
const given = process.env.PROPERTY_SEED ?? (process.env.CI ? "20260301" : undefined);
if (given !== undefined) fc.configureGlobal({ seed: Number(given) });
