import type { Intent } from "@/lib/dialog/schema";
import type { Context } from "./context";
import type { Task } from "./line";

/** What each intent makes of the patient's errand; those that aren't here leave it as it was. */
const STARTS: Partial<Record<Intent, Task>> = {
  book: "book",
  waitlist: "book",
  ask_availability: "book",
  find_provider: "find_provider",
  reschedule: "reschedule",
  cancel: "cancel",
  list_appointments: "query",
};
const LOOKS_FOR =
  / (?:find|search|searching|look|looking|locate|need|want|like|see|recommend|suggest|know|any|are there|seeking|consult|busco|necesito|buscando|recomiend\w+) (?:\S+ ){0,9}?(?:dentists?|doctors?|practitioners?|specialists?|\w+ologists?|\w+ontists?|\w+iatricians?|dentistas?|odontolog[oa]s?|\w+ontistas?|dental (?:clinic|office|practice|practitioner)|physicians?) /;
const BOOKS =
  / (?:book|booking|books|schedule|scheduled|appointments?|appt|reserve|reservation|reserving|visit|slot|opening|openings|see (?:him|her|them)|cita|reservar|agendar|turno) /;
const ASKS: ReadonlySet<Intent> = new Set(["ask_question", "ask_price", "ask_hours_location"]);

/** What the patient is about after a message, from what it was about before it. It stays until another thing is wanted. */
export function nextTask(before: Task, intents: readonly Intent[], context: Context, words: string): Task {
  if (intents.includes("cancel_current") || intents.includes("restart")) return "none";
  const says = (intent: Intent) => intents.includes(intent);
  if (says("negate") && (context.asksMore || context.offersToBook) && !says("book")) return "none";
  if (says("affirm") && context.offersToBook) return "book";
  if (before === "find_provider" && context.expecting === "time" && context.hasTime) return "book";
  if (before === "none" && LOOKS_FOR.test(words) && !BOOKS.test(words)) return "find_provider";
  const started = intents.map((intent) => STARTS[intent]).filter((task) => task !== undefined);
  const wanted = started.includes("find_provider") ? "find_provider" : started[0];
  if (wanted === "find_provider" && before !== "none" && before !== "ask") return before;
  if (wanted === "book" && before === "find_provider" && !context.hasTime && !BOOKS.test(words)) return before;
  if (wanted !== undefined) return wanted;
  return before === "none" && intents.some((intent) => ASKS.has(intent)) ? "ask" : before;
}
