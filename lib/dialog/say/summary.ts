import { LANGUAGES } from "../schema";
import type { Agreed, Facts } from "../decide/facts";
import type { SayItem } from "../decide/items";
import type { DialogState } from "../state";
import { momentWritten, providerName, readerOf, serviceName, written } from "./values";
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

/** What staff are to do, as a patient agreed to it, in the clinic's language. */
export function agreedWritten(agreed: Agreed, facts: Facts): string {
  const language = LANGUAGES.find((one) => one === facts.clinic.defaultLocale) ?? "en";
  const reader = readerOf(facts, language);
  const visits = "visit" in agreed ? written(reader, { is: "visits", visits: [agreed.visit] }) : "";
  const offer = "offer" in agreed ? agreed.offer : undefined;
  return wordsFor(language, "summary").of(`agreed.${agreed.act === "book" && agreed.name ? "bookFor" : agreed.act}`, {
    visits,
    ...(offer && { service: serviceName(reader, offer.serviceId), provider: providerName(reader, offer.providerId) }),
    ...(offer && { moment: momentWritten(reader, offer.startsAt) }),
    person: agreed.act === "book" ? (agreed.name ?? "") : "",
    minutes: agreed.act === "late" ? written(reader, { is: "number", number: agreed.minutes }) : "",
  });
}
