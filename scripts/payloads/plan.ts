import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";
import { formOf } from "@/lib/messaging/channels/twilio-sms/parse";
import { signatureOf } from "@/stubs/whatsapp/signature";
import { splitAddress } from "./check-signature";
import { deliveriesOf, type PayloadFile } from "./payload-file";
import { cloudFacts, type Facts } from "./plan-cloud";

export type Mode = "in order" | "doubled" | "shuffled";
export type Replayed = "twilio_sms" | "twilio_whatsapp" | "whatsapp_cloud";

/** Secrets and an address for files that bring none of their own. */
const OURS = { token: "a token for replays alone", appUrl: "https://replay.example.test" };
const FORM = "application/x-www-form-urlencoded";
const DEFAULT_FROM = "+12025550199";
const FORGED = { "x-twilio-signature": "Zm9yZ2Vk", "x-hub-signature-256": `sha256=${"0".repeat(64)}` };

export interface Delivery {
  path: string;
  body: string;
  headers: Record<string, string>;
}

/** One replay: how the product is set up for it, and the rounds of requests; everything is worked off after each. */
export interface Plan extends Facts {
  channel: Replayed;
  env: Record<"APP_URL" | "TWILIO_ACCOUNT_SID" | "TWILIO_AUTH_TOKEN" | "WHATSAPP_APP_SECRET", string>;
  rounds: Delivery[][];
}

/** How a file is replayed. `seed` orders a shuffled replay; the same seed is the same order. */
export function planOf(file: PayloadFile, mode: Mode, seed = 1): Plan {
  return file.channel === "whatsapp_cloud" ? planCloud(file, mode, seed) : planTwilio(file, mode, seed);
}

function planCloud(file: PayloadFile, mode: Mode, seed: number): Plan {
  const bodies = deliveriesOf(file);
  const deliveries = bodies.map((body): Delivery => {
    const headers = { "content-type": "application/json", "x-hub-signature-256": signatureOf(OURS.token, body) };
    return { path: "/api/webhooks/whatsapp/cloud", body, headers };
  });
  const env = { ...{ APP_URL: OURS.appUrl, TWILIO_ACCOUNT_SID: accountOf({}) }, ...SECRETS };
  return { channel: "whatsapp_cloud", env, ...cloudFacts(bodies), rounds: roundsOf(deliveries, mode, seed) };
}

const SECRETS = { TWILIO_AUTH_TOKEN: OURS.token, WHATSAPP_APP_SECRET: OURS.token };

function planTwilio(file: PayloadFile, mode: Mode, seed: number): Plan {
  const bodies = deliveriesOf(file);
  const forms = bodies.map(fieldsOf);
  const [first = {}] = forms;
  const statuses = forms.filter(isStatusForm);
  const isWhatsapp = file.channel === "twilio_whatsapp";
  const own = file.signature;
  const { appUrl, path } = own ? splitAddress(own.url) : { appUrl: OURS.appUrl, path: undefined };
  const token = own?.auth_token ?? OURS.token;
  const deliveries = bodies.map((body, index): Delivery => {
    const sms = isStatusForm(forms[index] ?? {}) ? "/api/webhooks/sms/status" : "/api/webhooks/sms/inbound";
    const way = path ?? (isWhatsapp ? "/api/webhooks/whatsapp/twilio" : sms);
    const signed =
      own?.x_twilio_signature ??
      getExpectedTwilioSignature(token, `${OURS.appUrl}${way}`, formOf(FORM, Buffer.from(body)) ?? {});
    return { path: way, body, headers: { "content-type": file.content_type ?? FORM, "x-twilio-signature": signed } };
  });
  const sent = [...new Map(statuses.map((form) => [form.MessageSid ?? "", bare(form.To ?? "")]))];
  return {
    channel: isWhatsapp ? "twilio_whatsapp" : "twilio_sms",
    env: { ...SECRETS, APP_URL: appUrl, TWILIO_ACCOUNT_SID: accountOf(first), TWILIO_AUTH_TOKEN: token },
    number: bare((statuses.length > 0 ? first.From : first.To) ?? DEFAULT_FROM),
    sent: sent.map(([vendorId, to]) => ({ vendorId, to })),
    at: null,
    rounds: roundsOf(deliveries, mode, seed),
  };
}

/** The same delivery under a signature that somebody made up. */
export const forged = ({ headers, ...delivery }: Delivery): Delivery => ({
  ...delivery,
  headers: { "content-type": headers["content-type"] ?? FORM, ...FORGED },
});

const bare = (address: string) => address.replace(/^whatsapp:/, "");
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
