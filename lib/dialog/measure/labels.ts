import type { Intent, Understanding } from "@/lib/dialog/schema";

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

/** All that a message does by the measure's names, the headline first; never empty. */
export function labelsOf({ intents }: Understanding): string[] {
  const plain = intents.filter(({ intent }) => BESIDE[intent] === undefined);
  const named = (plain.length > 0 ? plain : intents).map(({ intent }) => LABELS[intent] ?? BESIDE[intent] ?? intent);
  return named.length > 0 ? [...new Set(named)] : [NOT_UNDERSTOOD];
}
