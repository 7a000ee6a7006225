import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";
import { formOf } from "@/lib/messaging/channels/twilio-sms/parse";
import { splitAddress } from "./check-signature";
import { deliveriesOf, type PayloadFile } from "./payload-file";

export type Mode = "in order" | "doubled" | "shuffled";

/** A token and an address for files that bring none of their own. */
const OURS = { token: "a token for replays alone", appUrl: "https://replay.example.test" };
const FORM = "application/x-www-form-urlencoded";
const DEFAULT_FROM = "+12025550199";

export interface Delivery {
  path: string;
  body: string;
  contentType: string;
  signature: string;
}

/** One replay: how the product is set up for it, and the rounds of requests; everything is worked off after each. */
export interface Plan {
  env: { APP_URL: string; TWILIO_ACCOUNT_SID: string; TWILIO_AUTH_TOKEN: string };
  /** The clinic's own number. */
  number: string;
  /** Messages that the file's statuses are about, sent before it begins. */
  sent: { vendorId: string; to: string }[];
  isStatus: boolean;
  rounds: Delivery[][];
}

/** How an SMS file is replayed. `seed` orders a shuffled replay; the same seed is the same order. */
export function planOf(file: PayloadFile, mode: Mode, seed = 1): Plan {
  const bodies = deliveriesOf(file);
  const forms = bodies.map(fieldsOf);
  const [first = {}] = forms;
  const statuses = forms.filter(isStatusForm);
  const own = file.signature;
  const { appUrl, path } = own ? splitAddress(own.url) : { appUrl: OURS.appUrl, path: undefined };
  const env = {
    APP_URL: appUrl,
    TWILIO_ACCOUNT_SID: accountOf(first),
    TWILIO_AUTH_TOKEN: own?.auth_token ?? OURS.token,
  };
  const isStatus = statuses.length > 0;
  const deliveries = bodies.map((body, index): Delivery => {
    const way = path ?? (isStatusForm(forms[index] ?? {}) ? "/api/webhooks/sms/status" : "/api/webhooks/sms/inbound");
    const signature =
      own?.x_twilio_signature ??
      getExpectedTwilioSignature(OURS.token, `${OURS.appUrl}${way}`, formOf(FORM, Buffer.from(body)) ?? {});
    return { path: way, body, contentType: file.content_type ?? FORM, signature };
  });
  const sent = [...new Map(statuses.map((form) => [form.MessageSid ?? "", form.To ?? ""]))];
  return {
    ...{ env, isStatus, rounds: roundsOf(deliveries, mode, seed) },
    number: (isStatus ? first.From : first.To) ?? DEFAULT_FROM,
    sent: sent.map(([vendorId, to]) => ({ vendorId, to })),
  };
}

const fieldsOf = (body: string): Record<string, string> => Object.fromEntries(new URLSearchParams(body));
const isStatusForm = (form: Record<string, string>) => form.MessageStatus !== undefined;

/** Placeholders that are no account's id at all stand for "no account named". */
const accountOf = ({ AccountSid: sid = "" }: Record<string, string>) =>
  sid.startsWith("AC") ? sid : `AC${"0".repeat(32)}`;

/** Doubled: each one twice, and all of them again when everything is done. Shuffled: the same in any order. */
function roundsOf(deliveries: Delivery[], mode: Mode, seed: number): Delivery[][] {
  if (mode === "in order") return [deliveries];
  const twice = deliveries.flatMap((one) => [one, one]);
  return mode === "doubled" ? [twice, deliveries] : [shuffle(twice, seed)];
}

/** Fisher-Yates over a small generator (mulberry32). */
function shuffle<T>(items: readonly T[], seed: number): T[] {
  const shuffled = [...items];
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [shuffled[last], shuffled[other]];
    if (a !== undefined && b !== undefined) [shuffled[last], shuffled[other]] = [b, a];
  }
  return shuffled;
}
