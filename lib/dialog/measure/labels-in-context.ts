import type { Context } from "./context";
import { NOT_UNDERSTOOD } from "./labels";
import type { OutputLine, Task } from "./line";

/** What a message was said to: the same words do other things after another question. */
export interface Said {
  readonly context: Context;
  readonly slots: OutputLine["slots"];
  /** The errand before this message. */
  readonly before: Task;
  readonly words: string;
  /** Nothing at all was understood; else a refusal was meant. */
  readonly isBlank: boolean;
  /** Nothing was said before it. */
  readonly isFirst: boolean;
}

const PICKS =
  / (?:go with|like|take|choose|try|want|prefer|suits?|works?|will do|would do|sounds?|interested in|nice|great|good|perfect|fine) (?:\\S+ ){0,4}?(?:this|that|them|him|her|it|one|me|well|choice|option) |^ (?:this|that|it|they|she|he)(?: one| place)? (?:will do|suits|sounds|works|is|looks|seems) /;
/** A choice by place or number, with no offers of ours to count. */
const PLACES =
  / (?:choose|select|pick|take|want|opt|option|elegir|seleccionar|escoger|optar|elijo|quiero|opcion|me gusta) (?:\S+ ){0,4}?(?:first|second|third|fourth|last|lower|upper|top|bottom|left|right|one|two|three|four|option|choice|[1-9]|primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|ultim[oa]|arriba|abajo|izquierda|derecha) |^ (?:[1-9]|one|two|three|four|first|second|third|uno|dos|tres|cuatro|last|primer[oa]|segund[oa]|tercer[oa]|ultim[oa]) $/;
const FAREWELL = / (?:bye|goodbye|day|evening|night|weekend|care|later|soon) /;
const ASKED = ["date", "time", "city", "provider"] as const;

/** Labels as the talk makes them: a yes to an offer picks it, a fact that was asked for is no new wish. */
export function labelsIn(plain: readonly string[], said: Said): string[] {
  if (said.isBlank && PLACES.test(said.words)) return ["select_option"];
  const labels = new Set(picked(plain, said));
  const { context, slots } = said;
  const isFact = ASKED.some((slot) => slots[slot] !== undefined) || isTrade(slots.provider_kind);
  const isAsked =
    context.asksCity || context.asksKind || context.expecting === "time" || context.expecting === "provider";
  if (isFact && isAsked && (said.isBlank || !labels.has(NOT_UNDERSTOOD))) answers(labels);
  else if (isFact && (labels.has("book") || (labels.has("check_availability") && said.before === "none")))
    labels.add("provide_info");
  // A time said of something unknown, with nothing before it, answers nothing.
  const isOfTalk =
    !said.isFirst || slots.city !== undefined || slots.provider !== undefined || isTrade(slots.provider_kind);
  if (isFact && said.isBlank && isOfTalk && labels.has(NOT_UNDERSTOOD)) return ["provide_info"];
  if (context.expecting === "confirm" && labels.has("deny")) labels.delete("correction");
  if (context.offersToBook && labels.has("affirm")) labels.delete("book");
  if (labels.has("thanks")) labels.delete("help");
  if (labels.has("deny") && labels.has("thanks") && !FAREWELL.test(said.words)) labels.delete("goodbye");
  return [...labels];
}

const isTrade = (kind: OutputLine["slots"][string] | undefined) =>
  kind !== undefined && kind !== "dentist" && kind !== "dentista";

/** An answer to what was asked, however it is worded ("book it for 4", "find one in …"). */
function answers(labels: Set<string>): void {
  for (const label of ["book", "check_availability", "select_option", NOT_UNDERSTOOD]) labels.delete(label);
  labels.add("provide_info");
}

function picked(labels: readonly string[], { context, before, words, isBlank }: Said): string[] {
  const isSearch =
    before === "find_provider" ? !context.offersToBook && !context.asksMore : context.offers && before === "none";
  if (!isSearch) return [...labels];
  if (isBlank && PICKS.test(words)) return ["select_option"];
  return labels.map((label) =>
    label === "affirm" && !context.asksCity && !context.asksKind ? "select_option" : label,
  );
}
