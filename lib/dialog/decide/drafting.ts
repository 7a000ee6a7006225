import { ask, type Agreed, type Deciding, type Facts } from "./facts";
import type { Decision, SayValue } from "./items";
import { aboutWhom, patch, say, settle, type Talk } from "./talk";

/** On this channel staff send what the bot would say (product.md, bot mode): it proposes, and changes nothing itself. */
export const isDrafting = ({ facts }: Pick<Talk, "facts">): boolean => facts.botMode === "drafts";

/** Whether what a turn says waits for staff. What must reach the patient at once (emergency, stop, help) doesn't. */
export const isDrafted = ({ sendClass }: Pick<Decision, "sendClass">, facts: Facts): boolean =>
  isDrafting({ facts }) && sendClass === "reply";

/**
 * The patient has agreed to what the bot would now do: staff are asked to do it, and the draft says no more than that they
 * will. Nothing of the book is changed.
 */
export function* leaveToStaff(talk: Talk, agreed: Agreed, values: Readonly<Record<string, SayValue>>): Deciding<void> {
  yield* ask("task", { reason: "as_agreed", patientId: aboutWhom(talk), agreed });
  settle(talk);
  say(talk, `staffWill.${agreed.act === "book" && agreed.name ? "bookFor" : agreed.act}`, values);
  patch(talk, { asked: { question: "anythingElse", expecting: "anything_else", options: [] } });
}
