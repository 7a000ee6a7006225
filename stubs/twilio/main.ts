import { startTwilioStub } from "./server";

/** The carrier of the demo: a program of its own, so that the application talks to it over HTTP as to the real one. */
const { TWILIO_AUTH_TOKEN, TWILIO_ACCOUNT_SID, TWILIO_STUB_PORT, TWILIO_STUB_LEDGER } = process.env;
if (!TWILIO_AUTH_TOKEN) throw new Error("TWILIO_AUTH_TOKEN is not set: callbacks can't be signed.");

const stub = await startTwilioStub({
  authToken: TWILIO_AUTH_TOKEN,
  ...(TWILIO_ACCOUNT_SID ? { accountSid: TWILIO_ACCOUNT_SID } : {}),
  port: Number(TWILIO_STUB_PORT ?? 0),
  ...(TWILIO_STUB_LEDGER ? { ledgerPath: TWILIO_STUB_LEDGER } : {}),
  statusEveryMs: 150,
});
process.stdout.write(`The carrier stub answers at ${stub.url}\n`);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stub.close());
