import { randomBytes } from "node:crypto";
import { expect, type APIRequestContext } from "@playwright/test";
import twilio from "twilio";

export const CLINIC_NUMBER = { "demo-dental": "+15550100000", "north-dental": "+15550100001" } as const;

/** A number that nobody in the demo has, out of five million: of a few thousand two journeys drew the same one once. */
export const strangersNumber = (): string =>
  `+1202${digit(3)}${digit(2)}${digit(0)}${digit(0)}${digit(0)}${digit(0)}${digit(0)}`;

const digit = (least: number): number => least + Math.floor(Math.random() * (10 - least));

export const messageId = (): string => `SM${randomBytes(16).toString("hex")}`;

interface Sms {
  from: string;
  to: string;
  text: string;
  id?: string;
}

/** Delivers one SMS as Twilio does: a form, signed over the public address and the sorted fields. */
export async function deliverSms(request: APIRequestContext, { from, to, text, id = messageId() }: Sms): Promise<void> {
  const { APP_URL, TWILIO_AUTH_TOKEN = "", TWILIO_ACCOUNT_SID = "" } = process.env;
  const path = "/api/webhooks/sms/inbound";
  const form = {
    AccountSid: TWILIO_ACCOUNT_SID,
    ApiVersion: "2010-04-01",
    Body: text,
    From: from,
    MessageSid: id,
    NumMedia: "0",
    NumSegments: "1",
    SmsMessageSid: id,
    SmsSid: id,
    SmsStatus: "received",
    To: to,
  };
  const url = `${APP_URL ?? new URL("", `http://localhost:${process.env.E2E_PORT}`).origin}${path}`;
  const signature = twilio.getExpectedTwilioSignature(TWILIO_AUTH_TOKEN, url, form);
  const answer = await request.post(path, { form, headers: { "x-twilio-signature": signature } });
  expect([answer.status(), await answer.text()]).toEqual([200, "<Response/>"]);
}
