import { LANGUAGES } from "../schema";
import type { Facts } from "../decide/facts";
import type { SayItem } from "../decide/items";
import type { DialogState } from "../state";
import { readerOf, serviceName } from "./values";
import { wishWritten } from "./wish";
import { wordsFor } from "./words";

/** What staff read first when a conversation is handed to them, in the clinic's language: ids of nobody, no names. */
export function summaryOf(state: DialogState, items: readonly SayItem[], facts: Facts): string | null {
  const language = LANGUAGES.find((one) => one === facts.clinic.defaultLocale) ?? "en";
  const reader = readerOf(facts, language);
  const words = wordsFor(language, "summary");
  const { flow, known } = state;
  const wish = known.wish ? wishWritten(reader.writing, known.wish) : "";
  const because = items.map(({ key }) => `because.${key.replace("handOff.", "")}`).find((key) => words.has(key));
  const lines = [
    because ? words.of(because) : "",
    flow === "idle" ? "" : words.of("wants", { what: wordsFor(language, "trace").of(`flow.${flow}`) }),
    known.serviceId ? words.of("service", { service: serviceName(reader, known.serviceId) }) : "",
    wish ? words.of("wish", { wish }) : "",
  ];
  return lines.filter((line) => line !== "").join(" ") || null;
}
