import { isDeepStrictEqual } from "node:util";
import { factOf } from "./facts";
import type { Expected } from "./payload-file";

/** A stored event of a delivery, as the product read it: of what kind, and what of it is known by the words of the format. */
export interface SeenEvent {
  kind: string;
  providerId: string;
  facts: Record<string, unknown>;
}

/** What one replay left behind. */
export interface Seen {
  /** The answer to the first delivery under a signature that somebody made up; null where none was tried. */
  forgedStatus: number | null;
  httpStatuses: number[];
  events: SeenEvent[];
  patientMessages: number;
  /** Texts that the carrier was asked to send. */
  answers: number;
  consent: "in" | "out" | null;
  /** Where the message that statuses are about stands at the end. */
  messageStatus: string | null;
  /** Of those who wrote: people of one address are one here. */
  addresses: string[];
  /** Hosts other than this machine that were talked to. */
  strangers: string[];
}

const MODEST = new Set(["queued", "sending", "sent"]);
const DELIVERY: Record<string, (status: string) => boolean> = {
  in_progress: (status) => MODEST.has(status),
  sent: (status) => status === "sent",
  delivered: (status) => status === "delivered" || status === "read",
  failed: (status) => status === "failed",
};
/** What the format may say of a file; a word that this doesn't know is a fact nobody has checked. */
const KNOWN = new Set(
  (
    "http_status events patient_messages answer effect delivery final_status distinct_patients same_person_as " +
    "clean_text note"
  ).split(" "),
);

/** What doesn't hold, in a few words each; empty where every expected fact does. */
export function check(expected: Expected, seen: Seen): string[] {
  const { forgedStatus } = seen;
  const { effect, delivery, final_status: final, distinct_patients: people, same_person_as: same } = expected;
  return [
    ...Object.keys(expected)
      .filter((name) => !KNOWN.has(name))
      .map((name) => `${name}: no check for it`),
    ...(forgedStatus === 403 || forgedStatus === null ? [] : [`a forged delivery was answered ${forgedStatus}`]),
    ...checkStatuses(expected.http_status, seen.httpStatuses),
    ...(expected.events ? checkEvents(expected.events, expected.clean_text, seen) : []),
    ...differs("patient messages", expected.patient_messages, seen.patientMessages),
    ...checkAnswer(expected.answer, seen.answers, people ?? 1),
    ...(effect ? differs("consent", { opted_out: "out", opted_in: "in", none: null }[effect], seen.consent) : []),
    ...(delivery && !DELIVERY[delivery]?.(seen.messageStatus ?? "") ? [`delivery: ${seen.messageStatus}`] : []),
    ...differs("final status", final, seen.messageStatus),
    ...differs("people", people, seen.addresses.length),
    ...(same === undefined || seen.addresses.includes(same) ? [] : [`not the person of ${same}`]),
    ...seen.strangers.map((host) => `asked ${host}`),
  ];
}

const differs = (name: string, wanted: unknown, found: unknown): string[] =>
  wanted === undefined || wanted === found
    ? []
    : [`${name}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`];

function checkStatuses(wanted: Expected["http_status"], found: number[]): string[] {
  if (wanted === undefined) return [];
  const allowed = String(wanted).split(/\s+or\s+/);
  const wrong = found.filter((status) => !allowed.includes(String(status)));
  return wrong.length > 0 || found.length === 0 ? [`answered ${[...new Set(wrong)].join(", ") || "nothing"}`] : [];
}

/** Answers are counted over everything that was delivered: more than one a person is a repeat somewhere. */
function checkAnswer(wanted: Expected["answer"], answers: number, people: number): string[] {
  if (wanted === "yes" && answers === 0) return ["no answer"];
  if (wanted === "no" && answers > 0) return [`${answers} sent where nothing may be`];
  return wanted !== undefined && answers > people ? [`${answers} answers`] : [];
}

type Wanted = NonNullable<Expected["events"]>[number];

function checkEvents(wanted: Wanted[], cleanText: string | undefined, { events, messageStatus }: Seen): string[] {
  const rest = [...events];
  const problems = wanted.flatMap((one) => {
    const isIt = ({ kind, providerId }: SeenEvent) =>
      kind === one.kind && (one.provider_id === undefined || providerId === one.provider_id);
    // Of several of one id, such as a message's statuses, the one that fits, in whatever order they came.
    const alike = rest.filter(isIt).map((event) => ({ event, wrong: checkFacts(one, cleanText, event) }));
    const found = alike.find(({ wrong }) => wrong.length === 0) ?? alike[0];
    if (!found) return [`no ${one.kind} ${String(one.provider_id)}`];
    rest.splice(rest.indexOf(found.event), 1);
    return found.wrong;
  });
  if (wanted.some(({ kind, status }) => kind === "status" && !isGood(status)) && isGood(messageStatus))
    if (!wanted.some(({ status }) => isGood(status)))
      problems.push(`marked ${messageStatus} on a word that says no such thing`);
  return [...problems, ...rest.map((event) => `one ${event.kind} too many`)];
}

const isGood = (status: unknown) => status === "delivered" || status === "read";

function checkFacts(wanted: Wanted, cleanText: string | undefined, event: SeenEvent): string[] {
  return Object.entries(wanted).flatMap(([name, value]) => {
    if (name === "kind" || name === "provider_id") return [];
    const fact = factOf(name, name === "text" ? (cleanText ?? value) : value, event);
    if (!fact) return [`${name}: no check for it`];
    return isDeepStrictEqual(fact.found, fact.wanted) ? [] : differs(name, fact.wanted, fact.found);
  });
}
