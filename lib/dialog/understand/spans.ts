import type { Intent, Slots, Span, Understanding } from "@/lib/dialog/schema";
import type { EmergencyReading } from "./emergency";
import type { Scores } from "./intents";
import { quote, type Words } from "./normalise";

/** Why the message was understood so, for the trace. */
export function spansOf(words: Words, scores: Scores, intents: readonly Intent[], slots: Slots): Span[] {
  const said = intents.flatMap((intent) => {
    const evidence = scores.get(intent);
    return evidence
      ? [{ kind: "intent", words: quote(words, evidence.start, evidence.end), value: intent } as const]
      : [];
  });
  const named = (["service", "provider"] as const).flatMap((kind) => {
    const mention = slots[kind];
    return mention ? [{ kind, words: mention.words, value: mention.ids.join(",") || "unknown" } as const] : [];
  });
  const time = slots.time ? [{ kind: "time", words: slots.time.words, value: timeInWords(slots.time) } as const] : [];
  const name = slots.personName ? [{ kind: "name", words: slots.personName, value: slots.personName } as const] : [];
  return [...said, ...named, ...time, ...name];
}

/** A time constraint for the trace, without the words: `days=2026-03-06 at=15:00`. */
function timeInWords({ words: _words, days, ...rest }: NonNullable<Slots["time"]>): string {
  const ranges = days?.map(({ from, to }) => (from === to ? from : `${from}..${to ?? ""}`)).join(",");
  const others = Object.entries(rest).map(([key, value]) => `${key}=${String(value)}`);
  return [...(ranges ? [`days=${ranges}`] : []), ...others].join(" ");
}

/** What was read before all else: an emergency, a stop, a start, a call for help. */
export const safetySpans = (
  emergency: EmergencyReading | null,
  opt: Pick<Understanding, "optOut"> & { readonly words: string },
): Span[] => [
  ...(emergency ? [{ kind: "emergency", words: emergency.words, value: emergency.kind } as const] : []),
  ...(opt.words && opt.optOut !== "none" ? [{ kind: "opt", words: opt.words, value: opt.optOut } as const] : []),
];
