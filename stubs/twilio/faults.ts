import { z } from "zod";

/** Of a fault that waits for one receiver's next send; without it, for anybody's. */
export const Aim = z.object({ to: z.string().optional() });

/** Takes the first fault that waits for a send to this receiver. */
export function takeFault<F extends z.input<typeof Aim>>(faults: F[], to: string): F | undefined {
  const at = faults.findIndex((fault) => fault.to === undefined || fault.to === to);
  return at < 0 ? undefined : faults.splice(at, 1)[0];
}

const Kind = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("too_many"), retryAfter: z.number().positive().optional() }),
  z.object({ kind: z.literal("server_error"), status: z.number().int().min(500).optional() }),
  z.object({ kind: z.literal("stall"), ms: z.number(), isAccepted: z.boolean() }),
  z.object({ kind: z.literal("reset"), isAccepted: z.boolean() }),
  z.object({ kind: z.literal("error"), code: z.number().int() }),
  z.object({ kind: z.literal("status_first"), status: z.string() }),
]);

/**
 * How the next send fails. `isAccepted`: the carrier takes the message and only the answer is lost. `error` is one of
 * Twilio's own codes, answered with status 400. `status_first`: the callback overtakes the answer.
 */
export const Fault = z.intersection(Kind, Aim);
export type Fault = z.infer<typeof Fault>;

/** How webhooks, the patients' messages and the statuses alike, are delivered until told otherwise. */
export const WebhookFaults = z.object({
  /** Each delivery comes this often, all at once. */
  copies: z.number().int().min(1).default(1),
  /** Each delivery sets out this late. */
  delayMs: z.number().min(0).default(0),
  /** Deliveries wait until they are released, in an order that the seed decides. */
  isHeld: z.boolean().default(false),
});
export type WebhookFaults = z.infer<typeof WebhookFaults>;
