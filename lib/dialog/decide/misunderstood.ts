import type { Deciding } from "./facts";
import { handOff } from "./hand-off";
import type { SayValue } from "./items";
import { askFor, patch, say, text, type Talk } from "./talk";

/** Two failures to understand in a row hand off (dialog.md). */
const MOST_FAILURES = 2;

/** What the clinic's assistant can do, said when nothing is going on. */
export function offerHelp(talk: Talk): void {
  askFor(talk, "whatToDo", "whatToDo", {}, ["book", "move", "cancel", "question"]);
}

/** The question that still waits, in other words than before; without one, what we can do. */
export function remind(talk: Talk): void {
  const { asked, offers, known } = talk.state;
  if (!asked || asked.question === "anythingElse" || asked.question === "whatToDo") return offerHelp(talk);
  const values: Record<string, SayValue> =
    asked.question === "offers" ? { offers: { is: "offers", offers, withProvider: known.providerId === null } } : {};
  say(talk, `remind.${asked.question}`, values);
}

/** The first time other words are tried, the second time a person is asked for; with one on the way, nothing more. */
export function* misunderstood(talk: Talk): Deciding<void> {
  if (talk.facts.isMediaOnly) {
    say(talk, "media");
    return remind(talk);
  }
  const failures = talk.state.failures + 1;
  patch(talk, { failures });
  if (failures < MOST_FAILURES) {
    if (talk.heard.language === "other") say(talk, "otherLanguage");
    else say(talk, "notUnderstood", { phone: text(talk.facts.clinic.phone) });
    return remind(talk);
  }
  if (!talk.facts.isHandedOff) return yield* handOff(talk, "handOff.lost");
  talk.silence = "handed_off";
}
