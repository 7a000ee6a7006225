import { inboundForm } from "@/stubs/twilio/carrier";
import { newSid } from "@/stubs/twilio/messages";
import { signatureOf } from "@/stubs/twilio/signature";
import { ACCOUNT, TOKEN } from "../carrier-process";
import type { Field } from "../field";
import { CLINIC_NUMBER } from "../patients";

const AT_ONCE = 25;

/**
 * Signed messages that no carrier holds, each of which must be refused with this status and, if it is 503, a time to come
 * back: a 200 among them is a row that nobody sent.
 */
export async function hammer(
  { appUrl }: Field,
  expected: number,
  { most, forMs }: { most: number; forMs: number },
): Promise<string[]> {
  const problems = new Set<string>();
  const until = performance.now() + forMs;
  let next = 0;
  const strike = async () => {
    while (next++ < most && performance.now() < until) {
      const { status, retryAfter } = await knock(`${appUrl}/api/webhooks/sms/inbound`);
      if (status !== expected) problems.add(`answered ${status} instead of ${expected}`);
      else if (status === 503 && !(Number(retryAfter) > 0)) problems.add("503 without Retry-After");
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, most) }, strike));
  return [...problems];
}

async function knock(url: string) {
  const form = inboundForm(ACCOUNT, newSid(), { from: "+12025550199", to: CLINIC_NUMBER, text: "knock" });
  const headers = { "x-twilio-signature": signatureOf(TOKEN, url, form) };
  const answered = await fetch(url, { method: "POST", headers, body: new URLSearchParams(form) });
  await answered.arrayBuffer();
  return { status: answered.status, retryAfter: answered.headers.get("retry-after") };
}
