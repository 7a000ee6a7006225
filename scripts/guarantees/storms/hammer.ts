import { inboundForm } from "@/stubs/twilio/carrier";
import { newSid } from "@/stubs/twilio/messages";
import { signatureOf } from "@/stubs/twilio/signature";
import { ACCOUNT, TOKEN } from "../carrier-process";
import type { Field } from "../field";
import { CLINIC_NUMBER } from "../patients";

const AT_ONCE = 25;

/**
 * So many signed messages that no carrier holds, each of which must be refused with one of these statuses and a time to
 * come back: a 200 among them is a row that nobody sent.
 */
export async function hammer({ appUrl }: Field, count: number, expected: number[]): Promise<string[]> {
  const problems = new Set<string>();
  let next = 0;
  const strike = async () => {
    while (next++ < count) {
      const url = `${appUrl}/api/webhooks/sms/inbound`;
      const form = inboundForm(ACCOUNT, newSid(), { from: "+12025550199", to: CLINIC_NUMBER, text: "knock" });
      const headers = { "x-twilio-signature": signatureOf(TOKEN, url, form) };
      const answered = await fetch(url, { method: "POST", headers, body: new URLSearchParams(form) });
      await answered.arrayBuffer();
      if (!expected.includes(answered.status))
        problems.add(`answered ${answered.status} instead of ${expected.join("/")}`);
      else if (answered.status === 503 && !(Number(answered.headers.get("retry-after")) > 0))
        problems.add("503 without Retry-After");
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, strike));
  return [...problems];
}
