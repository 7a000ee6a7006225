import { createHash } from "node:crypto";
import { Agent, request } from "node:http";
import { signatureOf } from "@/stubs/twilio/signature";
import type { Load, Measured } from "./load";
import { quantile } from "./row";

/** Speaks with its parent by messages: a Load comes in, what was measured goes out. */
process.on("message", (load: Load) => void run(load).then((measured) => process.send?.(measured)));

async function run(load: Load): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
  const times: number[] = [];
  let [sent, others] = [0, 0];
  const started = performance.now();
  const until = started + load.seconds * 1000;
  const connection = async () => {
    while (performance.now() < until) {
      const form = formOf(load, sent++);
      const body = new URLSearchParams(form).toString();
      const headers = {
        "content-type": "application/x-www-form-urlencoded",
        "content-length": Buffer.byteLength(body),
        "x-twilio-signature": signatureOf(load.token, load.signedUrl, form),
      };
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

function formOf({ account, sid, prefix }: Load, index: number): Record<string, string> {
  const id = `SM${createHash("md5")
    .update(sid ?? `${prefix}${index}`)
    .digest("hex")}`; // as long as Twilio's own
  return {
    AccountSid: account,
    ApiVersion: "2010-04-01",
    Body: "Could I come in for a cleaning on Tuesday morning?",
    From: `+1202555${String(index % 10_000).padStart(4, "0")}`,
    To: "+12025550100",
    MessageSid: id,
    SmsMessageSid: id,
    SmsSid: id,
    SmsStatus: "received",
    NumMedia: "0",
    NumSegments: "1",
  };
}

/** The status; 0 for a connection that broke. */
const post = (url: string, agent: Agent, headers: Record<string, string | number>, body: string) =>
  new Promise<number>((resolve) => {
    const sending = request(url, { method: "POST", agent, headers }, (answer) => {
      answer.resume().on("end", () => resolve(answer.statusCode ?? 0));
    });
    sending.on("error", () => resolve(0)).end(body);
  });
