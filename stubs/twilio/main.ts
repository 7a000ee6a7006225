import { startTwilioStub } from "./server";

/**
 * The carrier as a program of its own: the application talks to it over HTTP as to the real one, and no death of the
 * application's takes its ledger along. A parent that has started it with a channel is told the address by message.
 */
const { TWILIO_AUTH_TOKEN, TWILIO_ACCOUNT_SID, TWILIO_STUB_PORT, TWILIO_STUB_LEDGER } = process.env;
const { TWILIO_STUB_STATUS_EVERY_MS = "150" } = process.env;
if (!TWILIO_AUTH_TOKEN) throw new Error("TWILIO_AUTH_TOKEN is not set: callbacks can't be signed.");

const stub = await startTwilioStub({
  authToken: TWILIO_AUTH_TOKEN,
  ...(TWILIO_ACCOUNT_SID ? { accountSid: TWILIO_ACCOUNT_SID } : {}),
  port: Number(TWILIO_STUB_PORT ?? 0),
  ...(TWILIO_STUB_LEDGER ? { ledgerPath: TWILIO_STUB_LEDGER } : {}),
  ...(TWILIO_STUB_STATUS_EVERY_MS === "never" ? {} : { statusEveryMs: Number(TWILIO_STUB_STATUS_EVERY_MS) }),
});
process.stdout.write(`The carrier stub answers at ${stub.url}\n`);
process.send?.({ url: stub.url, controlUrl: stub.controlUrl });
process.once("disconnect", () => process.exit(0));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stub.close());
