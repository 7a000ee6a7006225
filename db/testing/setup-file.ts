import { randomBytes } from "node:crypto";
import { afterAll, inject } from "vitest";
import { dropCopy, makeCopy } from "./copies";
import { appUrl, onDatabase } from "./urls";

/*
 * Runs in every test file's process before the file is read: the file gets a database of its own, and the
 * environment names it before db/client is first imported. Nothing is truncated, so that races commit for real.
 */
const server = inject("testServer");
const name = `chairside_test_${server.run}_${randomBytes(6).toString("hex")}`;

await makeCopy(server, name);
afterAll(async () => {
  const { closePool } = await import("../client");
  await closePool();
  await dropCopy(server, name);
});

// The suite of what functions may count on can be put to a real Inngest server; nothing else here leaves the machine.
if (process.env.CONFORMANCE === "1") {
  const { INNGEST_BASE_URL, INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY } = process.env;
  Object.assign(process.env, {
    CONFORMANCE_BASE_URL: INNGEST_BASE_URL,
    CONFORMANCE_EVENT_KEY: INNGEST_EVENT_KEY,
    CONFORMANCE_SIGNING_KEY: INNGEST_SIGNING_KEY,
  });
}

const owner = onDatabase(server.ownerUrl, name);
Object.assign(process.env, {
  DEMO: "1",
  DATABASE_URL: appUrl(owner),
  DATABASE_MIGRATE_URL: owner,
  DATABASE_LISTEN_URL: "",
  APP_URL: "http://localhost:3000",
  SESSION_SECRET: "test-session-secret-0123456789abcdefghij",
  ENCRYPTION_KEY: "test-encryption-key-0123456789abcdefghij",
  WHATSAPP_ACCESS_TOKEN: "test-whatsapp-access-token",
  WHATSAPP_APP_SECRET: "test-whatsapp-app-secret",
  WHATSAPP_VERIFY_TOKEN: "test-whatsapp-verify-token",
  TWILIO_ACCOUNT_SID: "AC00000000000000000000000000000001",
  TWILIO_AUTH_TOKEN: "test-twilio-auth-token",
  INNGEST_DEV: "",
  INNGEST_BASE_URL: "",
  INNGEST_EVENT_KEY: "test-event-key",
  INNGEST_SIGNING_KEY: "signkey-test-0123456789abcdef0123456789abcdef",
  LOG_LEVEL: process.env.LOG_LEVEL ?? "silent",
});
