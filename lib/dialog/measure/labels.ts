import type { Intent, Understanding } from "@/lib/dialog/schema";
import { isOurs } from "@/lib/dialog/understand/scope";

/** What our intents are called where we are measured; one that isn't here has the label of its own name. */
const LABELS: Partial<Record<Intent, string>> = {
  correct: "correction",
  cancel: "cancel_appointment",
  greet: "greeting",
  thank: "thanks",
  bye: "goodbye",
  restart: "start_over",
  confirm: "affirm",
  talk_to_human: "human_handoff",
  negate: "deny",
  decline_service: "deny",
  list_appointments: "query_appointment",
  emergency: "clinical_symptom",
  symptom: "clinical_symptom",
  ask_availability: "check_availability",
  waitlist: "check_availability",
  find_provider: "check_availability",
  ask_price: "ask_question",
  ask_hours_location: "ask_question",
  choose: "select_option",
  ask_if_bot: "bot_identity",
  provide: "provide_info",
  running_late: "provide_info",
};

/** Opt-outs have a field of their own; beside it the label is that of the plain words. */
const BESIDE: Partial<Record<Intent, string>> = { opt_out: "cancel_current", opt_in: "affirm" };

/** What a message was too unclear to be: refused, as far as a label goes. */
export const NOT_UNDERSTOOD = "out_of_scope";

/**
 * A question that names no fact and no thing of ours is left unanswered (the product flags it to staff, and says so):
 * by the measure's names it is out of scope.
 */
function isUnanswerable({ intents, requested, slots }: Understanding, text: string, isFirst: boolean): boolean {
  const [head, next] = intents;
  if (head?.intent !== "ask_question" || (next && next.confidence > 0.5)) return false;
  return (
    requested.length === 0 &&
    slots.service === undefined &&
    slots.provider === undefined &&
    !isOurs(text) &&
    !ABOUT_US.test(isFirst ? text.replace(ASKED_POLITELY, " ") : text) &&
    (isFirst || !SAID_BEFORE.test(text))
  );
}
/** "Can you tell me …", "do you know …" speak to us and ask of anything. */
const ASKED_POLITELY =
  /^ (?:\w+ )?(?:(?:can|could|would|will) you (?:please )?(?:tell|let)|are you able to|do you know|you want to know|puedes? decirme|sabes?|بتعرف|هل تعرف) /;
const ABOUT_US = /\b(?:you|your|yours|pay|park|open|ustedes|su|sus|ahi|tienen|hacen)\b|(?:عندكم|لديكم|عندك|انتم)/;
/** These stand for something said before; in a first message there is nothing that they could stand for. */
const SAID_BEFORE = /\b(?:they|their|them|he|she|his|her|it|that|this|there)\b/;

/** All that a message does by the measure's names, the headline first; never empty. `isFirst`: nothing was said before. */
export function labelsOf(understanding: Understanding, text: string, isFirst: boolean): string[] {
  const { intents } = understanding;
  if (isUnanswerable(understanding, text, isFirst)) return [NOT_UNDERSTOOD];
  const plain = intents.filter(({ intent }) => BESIDE[intent] === undefined);
  const named = (plain.length > 0 ? plain : intents).map(({ intent }) => LABELS[intent] ?? BESIDE[intent] ?? intent);
  return named.length > 0 ? [...new Set(named)] : [NOT_UNDERSTOOD];
}
