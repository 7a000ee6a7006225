import type { Expected } from "./payload-file";

/** A stored event of a delivery, as the product read it. */
export interface SeenEvent {
  kind: "message" | "status";
  providerId: string;
  from: string | null;
  to: string | null;
  text: string | null;
  media: { url?: string; contentType: string }[];
  optOutType: string | null;
  status: string | null;
  errorCode: string | null;
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
  people: number;
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
  "http_status events patient_messages answer effect delivery final_status distinct_patients clean_text note".split(
    " ",
  ),
);

/** What doesn't hold, in a few words each; empty where every expected fact does. */
export function check(expected: Expected, seen: Seen): string[] {
  const { forgedStatus } = seen;
  const { effect, delivery, final_status: final, distinct_patients: people } = expected;
  return [
    ...Object.keys(expected)
      .filter((name) => !KNOWN.has(name))
      .map((name) => `${name}: no check for it`),
    ...(forgedStatus === 403 || forgedStatus === null ? [] : [`a forged delivery was answered ${forgedStatus}`]),
    ...checkStatuses(expected.http_status, seen.httpStatuses),
    ...(expected.events ? checkEvents(expected.events, expected.clean_text, seen) : []),
    ...differs("patient messages", expected.patient_messages, seen.patientMessages),
    ...checkAnswer(expected.answer, seen.answers),
    ...(effect ? differs("consent", { opted_out: "out", opted_in: "in", none: null }[effect], seen.consent) : []),
    ...(delivery && !DELIVERY[delivery]?.(seen.messageStatus ?? "") ? [`delivery: ${seen.messageStatus}`] : []),
    ...differs("final status", final, seen.messageStatus),
    ...differs("people", people, seen.people),
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

/** Answers are counted over everything that was delivered: more than one is a repeat somewhere. */
function checkAnswer(wanted: Expected["answer"], answers: number): string[] {
  if (wanted === "yes" && answers === 0) return ["no answer"];
  if (wanted === "no" && answers > 0) return [`${answers} sent where nothing may be`];
  return wanted !== undefined && answers > 1 ? [`${answers} answers`] : [];
}

type Wanted = NonNullable<Expected["events"]>[number];

function checkEvents(wanted: Wanted[], cleanText: string | undefined, { events, messageStatus }: Seen): string[] {
  const rest = [...events];
  const problems = wanted.flatMap((one) => {
    const at = rest.findIndex((event) => event.kind === one.kind && event.providerId === one.provider_id);
    const [found] = at < 0 ? [] : rest.splice(at, 1);
    return found
      ? factsOf(one, cleanText).flatMap((fact) => fact(found))
      : [`no ${one.kind} ${String(one.provider_id)}`];
  });
  if (wanted.some(({ kind, status }) => kind === "status" && !isGood(status)) && isGood(messageStatus))
    problems.push(`marked ${messageStatus} on a word that says no such thing`);
  return [...problems, ...rest.map((event) => `one ${event.kind} too many`)];
}

const isGood = (status: unknown) => status === "delivered" || status === "read";

type Fact = (event: SeenEvent) => string[];

function factsOf(wanted: Wanted, cleanText: string | undefined): Fact[] {
  return Object.entries(wanted).map(([name, value]): Fact => {
    if (name === "kind" || name === "provider_id") return () => [];
    if (name === "text") return ({ text }) => differs("text", cleanText ?? value, text);
    if (name === "media") return ({ media }) => checkMedia(value, media);
    if (name === "opt_out_type") return ({ optOutType }) => differs(name, value, optOutType);
    if (name === "error_code") return ({ errorCode }) => differs(name, value, errorCode);
    if (name === "from" || name === "to" || name === "status") return (event) => differs(name, value, event[name]);
    if (value === null) return () => []; // an identity or a field that this channel doesn't have
    return () => [`${name}: no check for it`];
  });
}

/** A medium whose type the carrier doesn't tell is kept as bytes of any kind. */
function checkMedia(wanted: unknown, media: SeenEvent["media"]): string[] {
  const found = media.map(({ url, contentType }) => ({ url, mime_type: contentType }));
  const listed = Array.isArray(wanted)
    ? wanted.map((one) => ({ url: one.url, mime_type: one.mime_type ?? "application/octet-stream" }))
    : wanted;
  return JSON.stringify(listed) === JSON.stringify(found) ? [] : ["media differ"];
}
