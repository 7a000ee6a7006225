import { z } from "zod";
import { Aim } from "../twilio/faults";

const Kind = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("error"), code: z.number().int(), status: z.number().int().default(400) }),
  z.object({ kind: z.literal("too_many"), retryAfter: z.number().positive().optional() }),
  z.object({ kind: z.literal("gateway"), status: z.number().int().default(502), isAccepted: z.boolean() }),
  z.object({ kind: z.literal("stall"), ms: z.number(), isAccepted: z.boolean() }),
  z.object({ kind: z.literal("reset"), isAccepted: z.boolean() }),
  z.object({ kind: z.literal("status_first"), status: z.string() }),
  /** Taken, and told of later as failed with this code. */
  z.object({ kind: z.literal("fails_later"), code: z.number().int() }),
]);

/**
 * How the next send fails. `isAccepted`: Meta takes the message and only the answer is lost. `error` is one of the Graph
 * API's own codes. `gateway`: an answer without a word of Meta's. `status_first`: the status overtakes the answer.
 */
export const Fault = z.intersection(Kind, Aim);
export type Fault = z.input<typeof Fault>;
