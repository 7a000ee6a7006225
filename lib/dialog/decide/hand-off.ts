import { ask, type Deciding } from "./facts";
import { aboutWhom, patch, say, text, type Talk } from "./talk";

/**
 * Passes the conversation to staff: a task, the status `handoff`, and an honest waiting time by the clinic's hours. The
 * bot keeps the talk until somebody takes over, so that a booking can still be finished.
 */
export function* handOff(talk: Talk, because: string): Deciding<void> {
  yield* ask("task", { reason: "handoff", patientId: aboutWhom(talk) });
  const opening = yield* ask("opening", null);
  const phone = text(talk.facts.clinic.phone);
  say(talk, because);
  if (!opening.until) say(talk, "wait.unknown", { phone });
  else if (opening.isOpen) say(talk, "wait.open", { until: { is: "clock", at: opening.until }, phone });
  else say(talk, "wait.closed", { opens: { is: "moment", at: opening.until }, phone });
  talk.handOff = { isUrgent: false };
  patch(talk, { failures: 0, unanswered: 0 });
}
