import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** The rows of a data set that scoring reads; other columns pass by. */

export const IntentRow = z.object({
  id: z.string(),
  lang: z.string(),
  text: z.string(),
  label: z.string().nullable(),
  tier: z.string(),
  accept: z.array(z.string()).nullish(),
  history: z.array(z.string()).nullish(),
  oos_kind: z.string().nullish(),
});
export type IntentRow = z.infer<typeof IntentRow>;

export const OptRow = z.object({
  id: z.string(),
  lang: z.string(),
  text: z.string(),
  label: z.string(),
  kind: z.string(),
  disputed: z.boolean(),
});
export type OptRow = z.infer<typeof OptRow>;

export const SgdRow = z.object({
  id: z.string(),
  dialogue_id: z.string(),
  service: z.string(),
  history: z.array(z.string()),
  utterance: z.string(),
  active_intent: z.string(),
  acts: z.array(z.string()),
  slots_in_turn: z.array(z.object({ slot: z.string(), value: z.array(z.string()), canonical: z.array(z.string()) })),
  requested_slots: z.array(z.string()),
});
export type SgdRow = z.infer<typeof SgdRow>;

export const DucklingRow = z.object({
  id: z.string(),
  lang: z.string(),
  text: z.string(),
  reference_time: z.string(),
  expected: z.object({
    type: z.enum(["instant", "interval", "none"]),
    from: z.string().nullable(),
    to: z.string().nullable(),
    grain: z.string().nullable(),
    open: z.unknown().optional(),
  }),
  bookable: z.boolean(),
  part_of_day: z.boolean().optional(),
});
export type DucklingRow = z.infer<typeof DucklingRow>;

const Value = z.object({
  type: z.string(),
  value: z.string().nullish(),
  start: z.string().nullish(),
  end: z.string().nullish(),
});
export const RecognizerRow = z.object({
  id: z.string(),
  lang: z.string(),
  text: z.string(),
  reference_time: z.string(),
  expected: Value.extend({ any_of: z.array(Value).optional() }),
  ambiguous: z.boolean(),
  bookable: z.boolean(),
  part_of_day: z.boolean().optional(),
});
export type RecognizerRow = z.infer<typeof RecognizerRow>;

/** Rows that can't be scored hold lists and gaps; those that can hold plain words. */
const Words = z.string().catch("");
export const StarRow = z.object({
  id: z.string(),
  scorable: z.boolean(),
  now: z.object({ day: z.string(), time: z.string() }).nullish(),
  turns: z.array(
    z.object({
      speaker: z.string(),
      text: z.string().nullish(),
      request: z.object({ doctor: Words, day: Words, start_time: Words }).nullish(),
      result: z.string().nullish(),
    }),
  ),
  bookings: z.array(z.object({ doctor: Words, patient: Words, day: Words, start_time_24h: Words })),
});
export type StarRow = z.infer<typeof StarRow>;

/** The rows of a file, or null where it isn't there. A row that doesn't fit is a mistake in the data and stops the run. */
export function readRows<T>(folder: string, file: string, row: z.ZodType<T>): T[] | null {
  const path = join(folder, file);
  if (!existsSync(path)) return null;
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => row.parse(JSON.parse(line)));
}
