import type { LedgerEntry } from "@/stubs/twilio/ledger";
import type { Field } from "../field";
import { DESKS_ALONE } from "./bookings";
import { PAIR_REST_SECONDS } from "../times";
import { setDecentHour } from "./hours";
import { canMeasure, waitUntil } from "./pause";
import { countOpen, enqueue, numbersOf, setPace } from "./queue";
import type { Storm } from "./storms";

const RETRY_AFTER_SECONDS = 2;
/** One at a time, so that none is under way when another is refused. */
const PER_SECOND = 3;
const SENT_WITHIN_MS = 40_000;
const texted = numbersOf(6, 3000);
const [TWICE = "", LIMITED = "", ...others] = numbersOf(5, 4000);
/** Between two messages to one person on WhatsApp, whatever it says. */
const PAIR_GAP_SECONDS = 1;

/**
 * F10. Vendors ask to go slower: the whole number waits as long as Twilio and WhatsApp say, one pair of numbers as long as
 * WhatsApp means, while the others go on.
 */
export const limits: Storm = {
  ...DESKS_ALONE,
  during: async (field) => {
    const { carrier, whatsapp, random } = field;
    await setDecentHour(field);
    await setPace(field, "twilio_sms", PER_SECOND);
    await setPace(field, "whatsapp_cloud", PER_SECOND);
    const unlucky = texted[random.below(texted.length - 1)] ?? "";
    await carrier.fail([{ kind: "too_many", retryAfter: RETRY_AFTER_SECONDS, to: unlucky }]);
    await whatsapp?.fail([
      { kind: "error", code: 131056, to: TWICE.slice(1) },
      { kind: "too_many", retryAfter: RETRY_AFTER_SECONDS, to: LIMITED.slice(1) },
    ]);
    const chat = (to: string, text: string) => ({ to, text, sendClass: "service", by: "whatsapp_cloud" }) as const;
    const [early = "", ...late] = others;
    const queued = await enqueue(field, [
      ...texted.map((to) => ({ to, text: `a reminder to ${to}`, sendClass: "reminder" }) as const),
      ...[chat(TWICE, "the first"), chat(early, "news"), chat(TWICE, "the second")],
      ...[LIMITED, ...late].map((to) => chat(to, "news")),
    ]);
    const isOver = await waitUntil(async () => (await countOpen(field, queued)) === 0, SENT_WITHIN_MS);
    return [...(isOver ? [] : ["I17: not all has gone out"]), ...judge(field)];
  },
};

function judge({ carrier, whatsapp }: Field): string[] {
  const [texts, chats] = [carrier.ledger(), whatsapp?.ledger() ?? []];
  const toPair = chats.filter(({ to }) => to === TWICE);
  const restOf = Math.min(...gapsAfter("131056", chats, () => true));
  return [
    ...tooEarly("20429", texts, RETRY_AFTER_SECONDS),
    ...tooEarly("130429", chats, RETRY_AFTER_SECONDS),
    ...tooEarly("131056", toPair, PAIR_REST_SECONDS),
    ...(restOf > PAIR_REST_SECONDS * 1000 && canMeasure() ? ["131056: the rest of the number waited too"] : []),
    ...crowded(toPair),
  ];
}

/** How long after the refusal each send began, in milliseconds. */
function gapsAfter(code: string, ledger: LedgerEntry[], isMeant: (entry: LedgerEntry) => boolean): number[] {
  const at = ledger.findIndex(({ kind, status }) => kind === "refused" && status === code);
  const refusal = ledger[at];
  if (!refusal) return [];
  const later = ledger.slice(at).filter((entry) => entry.kind === "request" && isMeant(entry));
  return later.map((entry) => Date.parse(entry.at) - Date.parse(refusal.at));
}

function tooEarly(code: string, ledger: LedgerEntry[], seconds: number): string[] {
  const gaps = gapsAfter(code, ledger, () => true);
  if (gaps.length === 0) return [`${code}: nothing was sent after it`];
  const first = Math.min(...gaps);
  return first < seconds * 1000 ? [`${code}: the next send came after ${first} ms`] : [];
}

/** Two messages that one person was sent, closer than a pair may have them. */
function crowded(toPair: LedgerEntry[]): string[] {
  const times = toPair.filter(({ kind }) => kind === "request").map(({ at }) => Date.parse(at));
  const gaps = times.slice(1).map((at, before) => at - (times[before] ?? 0));
  return gaps.filter((gap) => gap < PAIR_GAP_SECONDS * 1000).map((gap) => `a pair got two messages within ${gap} ms`);
}
