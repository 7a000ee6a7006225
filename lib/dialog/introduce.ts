import type { Facts } from "./decide/facts";
import type { Decision, SayItem } from "./decide/items";

/**
 * The first message to a contact point says that an assistant writes, and, by SMS, how to stop and get help. Fixed
 * words (an emergency's, a stop's) stay as they are: they name the clinic, and the next message introduces.
 */
export function introduced(decision: Pick<Decision, "say" | "sendClass">, facts: Facts): readonly SayItem[] {
  const isFixed = decision.sendClass !== "reply";
  if (facts.isIntroduced || isFixed) return decision.say;
  const key = facts.channel === "sms" ? "introSms" : "intro";
  const intro: SayItem = { key, values: { clinic: { is: "text", text: facts.clinic.name } }, variant: 0 };
  return [intro, ...decision.say];
}
