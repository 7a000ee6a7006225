import { z } from "zod";

/** The wire of `npm run understand`: one message a line in, one answer a line out, by the same id. */

export const InputLine = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  locale: z.string().nullish(),
  /** ISO 8601; without an offset a wall time in `timezone`. */
  reference_time: z.string(),
  timezone: z.string().nullish(),
  last_system: z.string().nullish(),
  expecting: z.string().nullish(),
  channel: z.string().nullish(),
  conversation: z.union([z.string(), z.number()]).nullish(),
});
export type InputLine = z.infer<typeof InputLine>;

export type Grain = "second" | "minute" | "hour" | "day" | "week" | "month" | "quarter" | "year";

/** Wall times in the clinic's zone, `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`; `to` is the end as named, null where it is open. */
export interface Moment {
  readonly type: "instant" | "interval" | "none" | "ask";
  readonly from: string | null;
  readonly to: string | null;
  readonly grain: Grain | null;
}
export interface SpokenTime extends Moment {
  readonly readings?: readonly Moment[];
}

export const TASKS = ["book", "find_provider", "reschedule", "cancel", "query", "ask", "none"] as const;
export type Task = (typeof TASKS)[number];

export interface OutputLine {
  readonly id: string | number;
  readonly label: string;
  readonly labels: readonly string[];
  readonly task: Task;
  readonly slots: Readonly<Record<string, string | readonly string[]>>;
  readonly requested: readonly string[];
  readonly datetime: SpokenTime;
  readonly opt: "opt_out" | "opt_in" | "help" | "none";
  readonly language: string | null;
  readonly confidence: number;
}

export const NO_TIME: SpokenTime = { type: "none", from: null, to: null, grain: null };
