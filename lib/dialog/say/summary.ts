import { LANGUAGES } from "../schema";
import type { Facts } from "../decide/facts";
import type { DialogState } from "../state";
import { readerOf, serviceName } from "./values";
import { wishWritten } from "./wish";
import { wordsFor } from "./words";

/** What staff read first when a conversation is handed to them, in the clinic's language: ids of nobody, no names. */
export function summaryOf(state: DialogState, facts: Facts): string {
  const language = LANGUAGES.find((one) => one === facts.clinic.defaultLocale) ?? "en";
  const reader = readerOf(facts, language);
  const { of } = wordsFor(language, "summary");
  const { flow, known } = state;
  const wish = known.wish ? wishWritten(reader.writing, known.wish) : "";
  const lines = [
    flow === "idle" ? "" : of("wants", { what: wordsFor(language, "trace").of(`flow.${flow}`) }),
    known.serviceId ? of("service", { service: serviceName(reader, known.serviceId) }) : "",
    wish ? of("wish", { wish }) : "",
  ];
  return lines.filter((line) => line !== "").join(" ");
}
