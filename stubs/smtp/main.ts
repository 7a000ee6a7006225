import { startSmtpStub } from "./server";

/** The mail server as a program of its own. A parent that has started it with a channel is told the address. */
const { SMTP_STUB_PORT, SMTP_STUB_LEDGER, SMTP_STUB_MAILBOX, SMTP_STUB_USER, SMTP_STUB_PASSWORD } = process.env;

const stub = await startSmtpStub({
  port: Number(SMTP_STUB_PORT ?? 0),
  ...(SMTP_STUB_LEDGER ? { ledgerPath: SMTP_STUB_LEDGER } : {}),
  ...(SMTP_STUB_MAILBOX ? { mailboxPath: SMTP_STUB_MAILBOX } : {}),
  ...(SMTP_STUB_USER ? { login: { user: SMTP_STUB_USER, pass: SMTP_STUB_PASSWORD ?? "" } } : {}),
});
process.stdout.write(`The mail server stub answers at ${stub.url.replace(/\/\/.*@/, "//")}\n`);
process.send?.({ url: stub.url });
process.once("disconnect", () => process.exit(0));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stub.close());
