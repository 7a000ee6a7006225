import { z } from "zod";
import type { turns } from "@/db/schema/dialog";
import { EFFECTS, type Facts } from "./decide/facts";
import { LANGUAGES, Understanding, type Language, type Span } from "./schema";
import { dayOf, timeOf } from "./say/format";
import { wishWritten } from "./say/wish";
import { wordsFor, type Words } from "./say/words";
import { DialogState } from "./state";

/** A stored turn, as its writer left it; what an older version wrote differently is left out of the words. */
const Stored = z.object({
  silence: z.string().nullish(),
  handOff: z.object({ isUrgent: z.boolean() }).nullish(),
  exchanges: z.array(z.object({ kind: z.string(), input: z.unknown(), answer: z.unknown() })).catch([]),
  facts: z.custom<Facts>((value) => typeof value === "object" && value !== null).optional(),
  draft: z.string().nullish(),
  unaccounted: z.array(z.object({ kind: z.string(), words: z.string() })).catch([]),
});
type Stored = z.infer<typeof Stored>;
type Exchange = Stored["exchanges"][number];

interface Teller {
  readonly t: Words;
  readonly language: Language;
  readonly facts: Facts | undefined;
}

/** A turn in the reader's words: what was understood, where the talk stood, what was looked up, done and decided. */
export function traceLines(turn: typeof turns.$inferSelect, locale: string): string[] {
  const language = LANGUAGES.find((one) => one === locale) ?? "en";
  const stored = Stored.safeParse(turn.decision).data ?? Stored.parse({});
  const teller: Teller = { t: wordsFor(language, "trace"), language, facts: stored.facts };
  const heard = Understanding.safeParse(turn.understanding).data;
  const isLapse = turn.silence === "timed_out";
  const kept = DialogState.safeParse(turn.stateBefore).data?.proposal?.offer.startsAt;
  return [
    ...(heard && !isLapse ? understoodLines(teller, heard) : []),
    ...stored.exchanges.flatMap((exchange) => exchangeLine(teller, exchange, kept)),
    ...stateLines(teller, turn.stateBefore, turn.stateAfter),
    ...endLines(teller, turn.silence, stored),
  ];
}

const MOST_SPANS = 6;

function understoodLines(teller: Teller, heard: Understanding): string[] {
  const { t } = teller;
  const language = t.of(`language.${heard.language ?? "unknown"}`);
  const what = heard.intents.slice(0, 3).map(({ intent }) => t.of(`intent.${intent}`));
  const percent = String(Math.round(heard.confidence * 100));
  return [
    what.length > 0
      ? t.of("understood", { what: what.join(" + "), percent, language })
      : t.of("notUnderstood", { language }),
    ...heard.spans
      .filter(({ kind }) => kind !== "intent")
      .slice(0, MOST_SPANS)
      .map((span) => spanLine(teller, heard, span)),
  ];
}

/** What was read into the words: names for ids, a time as it was understood. */
function spanLine({ t, facts, language }: Teller, heard: Understanding, { kind, words, value }: Span): string {
  const named = [
    ...(facts?.services ?? []).map(({ id, names }) => [id, names[language] ?? names.en ?? id] as const),
    ...(facts?.providers ?? []).map(({ id, name }) => [id, name] as const),
  ];
  const wish = heard.slots.time;
  const when = kind === "time" && facts && wish ? wishWritten(writingOf(facts, language), wish) : "";
  const read = when || named.reduce((text, [id, name]) => text.replaceAll(id, name), value);
  return t.of("words", { words, kind: t.of(`kind.${kind}`), value: read });
}

const writingOf = ({ clinic }: Facts, language: Language) => ({
  language,
  timeZone: clinic.timeZone,
  digits: clinic.digits,
});

function stateLines({ t }: Teller, before: unknown, after: unknown): string[] {
  const [from, to] = [DialogState.safeParse(before).data, DialogState.safeParse(after).data];
  if (!to) return [];
  const names = { before: t.of(`flow.${from?.flow ?? "idle"}`), after: t.of(`flow.${to.flow}`) };
  const waits = to.asked && to.asked.question !== "anythingElse" ? to.asked.question : undefined;
  return [
    from && from.flow === to.flow ? t.of("stateSame", names) : t.of("state", names),
    ...(waits ? [t.of("asks", { what: t.of(`question.${waits}`) })] : []),
  ];
}

const Answer = z.object({
  ok: z.boolean().optional(),
  error: z.string().optional(),
  fits: z.array(z.unknown()).optional(),
  nearest: z.array(z.unknown()).optional(),
});
const Input = z.object({
  serviceId: z.string().optional(),
  offer: z.object({ startsAt: z.string() }).optional(),
  state: z.enum(["in", "out"]).optional(),
  reason: z.string().optional(),
});

function exchangeLine(teller: Teller, { kind, input, answer }: Exchange, kept: string | undefined): string[] {
  const { t, facts, language } = teller;
  const given = Input.safeParse(input).data ?? {};
  const told = Answer.safeParse(answer).data ?? {};
  if (kind === "slots") {
    const names = facts?.services.find(({ id }) => id === given.serviceId)?.names;
    const count = String((told.fits?.length || told.nearest?.length) ?? 0);
    return [t.of("lookup.slots", { service: names?.[language] ?? names?.en ?? "", count })];
  }
  if (kind === "visits") return [t.of("lookup.visits", { count: String(Array.isArray(answer) ? answer.length : 0) })];
  if (kind === "knowledge") return [t.of(answer ? "lookup.knowledgeHit" : "lookup.knowledgeMiss")];
  if (kind === "opening") return [t.of("lookup.opening")];
  if (!EFFECT_KINDS.has(kind)) return [];
  const key = kind === "consent" ? (given.state === "in" ? "consentIn" : "consentOut") : kind;
  const reason = given.reason ? t.of(`task.${given.reason}`) : "";
  const what = t.of(`effect.${key}`, { moment: momentOf(teller, given.offer?.startsAt ?? kept), reason });
  if (told.ok !== false) return [what];
  return [t.of("refused", { what: what.replace(/\.$/, ""), code: told.error ?? "" })];
}

const EFFECT_KINDS: ReadonlySet<string> = new Set(EFFECTS);

function momentOf({ facts, language }: Teller, at: string | undefined): string {
  if (!facts || !at) return "";
  const writing = writingOf(facts, language);
  const [day, time] = [dayOf(writing, new Date(at)), timeOf(writing, new Date(at))];
  return wordsFor(language, "parts").of("moment", { day, time });
}

function endLines({ t }: Teller, silence: string | null, { handOff, unaccounted, draft }: Stored): string[] {
  return [
    ...(unaccounted.length > 0 ? [t.of("checked", { what: unaccounted.map(({ words }) => words).join(", ") })] : []),
    ...(draft ? [t.of("drafted")] : []),
    ...(handOff ? [t.of(handOff.isUrgent ? "urgent" : "handedOff")] : []),
    ...(silence && t.has(`silence.${silence}`) ? [t.of(`silence.${silence}`)] : []),
  ];
}
