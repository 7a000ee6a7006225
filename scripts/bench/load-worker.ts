import { createHash, createHmac } from "node:crypto";
import { Agent, request } from "node:http";
import { signatureOf } from "@/stubs/twilio/signature";
import type { Load, Measured } from "./load";
import { quantile } from "./row";

/** Speaks with its parent by messages: a Load comes in, what was measured goes out. */
process.on("message", (load: Load) => void run(load).then((measured) => process.send?.(measured)));

/** Signed before the clock starts: what is measured is the server, and not how fast we can sign. */
const SIGNED_A_SECOND = 6_000;

async function run(load: Load): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
  const sign = (index: number) => SIGNED[load.vendor](load, index);
  const ready = Array.from({ length: load.seconds * SIGNED_A_SECOND }, (_, index) => sign(index));
  const times: number[] = [];
  let [sent, others] = [0, 0];
  const started = performance.now();
  const until = started + load.seconds * 1000;
  const connection = async () => {
    while (performance.now() < until) {
      const index = sent++;
      const { body, headers } = ready[index] ?? sign(index);
      const since = performance.now();
      const status = await post(load.url, agent, headers, body);
      if (status >= 200 && status < 300) times.push(performance.now() - since);
      else others += 1;
    }
  };
  await Promise.all(Array.from({ length: load.connections }, connection));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
  return { acks: times.length, others, perSecond: times.length / seconds, p50, p99 };
}

type Sign = (load: Load, index: number) => { body: string; headers: Record<string, string | number> };
const TEXT = "Could I come in for a cleaning on Tuesday morning?";
const SIGNED = { twilio: twilioForm, whatsapp: whatsappJson } satisfies Record<Load["vendor"], Sign>;

/** As long as the vendor's own ids. */
const idOf = ({ sid, prefix }: Load, index: number) =>
  createHash("md5")
    .update(sid ?? `${prefix}${index}`)
    .digest("hex");
const phoneOf = (index: number) => `1202555${String(index % 10_000).padStart(4, "0")}`;

const sized = (body: string, headers: Record<string, string>) => ({
  body,
  headers: { ...headers, "content-length": Buffer.byteLength(body) },
});

function twilioForm(load: Load, index: number) {
  const id = `SM${idOf(load, index)}`;
  const form = {
    AccountSid: load.account,
    ApiVersion: "2010-04-01",
    Body: TEXT,
    From: `+${phoneOf(index)}`,
    To: "+12025550100",
    MessageSid: id,
    SmsMessageSid: id,
    SmsSid: id,
    SmsStatus: "received",
    NumMedia: "0",
    NumSegments: "1",
  };
  const signature = signatureOf(load.token, load.signedUrl, form);
  return sized(new URLSearchParams(form).toString(), {
    "content-type": "application/x-www-form-urlencoded",
    "x-twilio-signature": signature,
  });
}

function whatsappJson(load: Load, index: number) {
  const from = phoneOf(index);
  const message = {
    from,
    id: `wamid.${idOf(load, index)}`,
    timestamp: "1790000000",
    type: "text",
    text: { body: TEXT },
  };
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "12025550100", phone_number_id: load.account },
    contacts: [{ profile: { name: "A patient" }, wa_id: from }],
    messages: [message],
  };
  const entry = [{ id: "100000000000001", changes: [{ field: "messages", value }] }];
  const body = JSON.stringify({ object: "whatsapp_business_account", entry });
  const signature = createHmac("sha256", load.token).update(body).digest("hex");
  return sized(body, { "content-type": "application/json", "x-hub-signature-256": `sha256=${signature}` });
}

/** The status; 0 for a connection that broke. */
const post = (url: string, agent: Agent, headers: Record<string, string | number>, body: string) =>
  new Promise<number>((resolve) => {
    const sending = request(url, { method: "POST", agent, headers }, (answer) => {
      answer.resume().on("end", () => resolve(answer.statusCode ?? 0));
    });
    sending.on("error", () => resolve(0)).end(body);
  });
