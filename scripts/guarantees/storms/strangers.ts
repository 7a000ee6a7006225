import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { inboundForm } from "@/stubs/twilio/carrier";
import { newSid } from "@/stubs/twilio/messages";
import { signatureOf } from "@/stubs/twilio/signature";
import { ACCOUNT, TOKEN } from "../carrier-process";
import type { Field } from "../field";
import { CLINIC_NUMBER } from "../patients";
import { canMeasure, pause } from "./pause";
import type { Storm } from "./storms";

const ANSWERED_WITHIN_MS = 1000;
const FORM = "application/x-www-form-urlencoded";
const FIVE_MB = 5_000_000;
const SLOW = 30;
const NOBODYS_NUMBER = "+12025550199";

interface Knock {
  name: string;
  body: Uint8Array | (() => ReadableStream<Uint8Array>);
  headers: Record<string, string>;
  expected: number;
}

/** F09. Who has no business here is told so within a second, leaves no row, and keeps nobody else waiting. */
export const strangers: Storm = {
  during: async (field) => {
    const loris = await openSlowly(field);
    try {
      const problems: string[] = [];
      for (const knock of knocksOf(field)) problems.push(...(await knockAt(field, knock)));
      await pause(1500); // the slow ones drip on while patients write
      return problems;
    } finally {
      for (const socket of loris) socket.destroy();
    }
  },
  after: async ({ database }) => {
    const rows = await database.query<{ to: string; state: string }>(
      "select body->>'To' as to, state from webhook_events where body->>'From' = $1 or body ? 'raw'",
      [STRANGER],
    );
    const isKept = rows.length === 1 && rows[0]?.to === NOBODYS_NUMBER && rows[0].state === "unrouted";
    return isKept ? [] : [`strangers left ${JSON.stringify(rows)}`];
  },
};

const STRANGER = "+12025550190";

function knocksOf({ appUrl }: Field): Knock[] {
  const url = `${appUrl}/api/webhooks/sms/inbound`;
  const form = (to = CLINIC_NUMBER, account = ACCOUNT) =>
    inboundForm(account, newSid(), { from: STRANGER, to, text: "let me in" });
  const signed = (fields: Record<string, string>, token = TOKEN) => ({
    "x-twilio-signature": signatureOf(token, url, fields),
    "content-type": FORM,
  });
  const bytes = (fields: Record<string, string>) => Buffer.from(new URLSearchParams(fields).toString());
  const [plain, foreign, nobodys, big] = [
    form(),
    form(CLINIC_NUMBER, `AC${"9".repeat(32)}`),
    form(NOBODYS_NUMBER),
    form(),
  ];
  const bomb = gzipSync(Buffer.alloc(50_000_000, "a"));
  return [
    { name: "unsigned", body: bytes(plain), headers: { "content-type": FORM }, expected: 403 },
    { name: "wrong secret", body: bytes(plain), headers: signed(plain, "another"), expected: 403 },
    { name: "wrong account", body: bytes(foreign), headers: signed(foreign), expected: 403 },
    {
      name: "another form than signed",
      body: bytes({ ...plain, Body: "else" }),
      headers: signed(plain),
      expected: 403,
    },
    { name: "unsigned JSON", body: Buffer.from("{}"), headers: { "content-type": "application/json" }, expected: 403 },
    { name: "5 MB", body: Buffer.alloc(FIVE_MB, "a"), headers: signed(big), expected: 413 },
    { name: "5 MB, unannounced", body: drip, headers: signed(big), expected: 413 },
    { name: "gzip bomb", body: bomb, headers: { ...signed(big), "content-encoding": "gzip" }, expected: 403 },
    { name: "a number that no clinic has", body: bytes(nobodys), headers: signed(nobodys), expected: 200 },
  ];
}

/** A body that tells its length nowhere. */
function drip(): ReadableStream<Uint8Array> {
  let left = FIVE_MB;
  return new ReadableStream({
    pull: (controller) => {
      if (left <= 0) return controller.close();
      controller.enqueue(new Uint8Array(50_000).fill(97));
      left -= 50_000;
    },
  });
}

async function knockAt({ appUrl }: Field, { name, body, headers, expected }: Knock): Promise<string[]> {
  const began = performance.now();
  const sent = typeof body === "function" ? { body: body(), duplex: "half" } : { body };
  const init = { method: "POST", headers, ...sent } as RequestInit; // the compiler's library lacks `duplex`
  const status = await fetch(`${appUrl}/api/webhooks/sms/inbound`, init).then(
    async (answered) => (await answered.arrayBuffer(), answered.status),
    () => 0, // the door may be shut while a large body is still on its way
  );
  const ms = performance.now() - began;
  if (status !== expected && !(status === 0 && expected === 413)) return [`${name}: ${status} instead of ${expected}`];
  return ms > ANSWERED_WITHIN_MS && canMeasure() ? [`${name}: answered after ${Math.round(ms)} ms`] : [];
}

/** Connections that announce a body and send a byte of it now and then. */
async function openSlowly({ appUrl }: Field): Promise<Socket[]> {
  const { hostname, port } = new URL(appUrl);
  const head = `POST /api/webhooks/sms/inbound HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: ${FORM}\r\nContent-Length: 200\r\n\r\n`;
  const sockets = Array.from({ length: SLOW }, () => connect(Number(port), hostname));
  for (const socket of sockets) {
    socket
      .on("error", () => undefined)
      .on("data", () => undefined)
      .write(head);
    const dripping = setInterval(() => socket.write("a"), 150);
    socket.once("close", () => clearInterval(dripping));
  }
  await pause(100);
  return sockets;
}
