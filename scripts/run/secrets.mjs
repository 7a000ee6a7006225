import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Stop } from "./say.mjs";

const hex = (bytes) => randomBytes(bytes).toString("hex");
const MAKERS = {
  SESSION_SECRET: () => hex(32),
  ENCRYPTION_KEY: () => hex(32),
  INNGEST_SIGNING_KEY: () => `signkey-local-${hex(32)}`,
  INNGEST_EVENT_KEY: () => hex(16),
  TWILIO_ACCOUNT_SID: () => `AC${hex(16)}`,
  TWILIO_AUTH_TOKEN: () => hex(16),
  WHATSAPP_ACCESS_TOKEN: () => hex(32),
  WHATSAPP_APP_SECRET: () => hex(16),
  WHATSAPP_VERIFY_TOKEN: () => hex(16),
};
/** Between our own server and our own executor, so they are made in production too. */
const OWN_EXECUTOR = ["INNGEST_SIGNING_KEY", "INNGEST_EVENT_KEY"];
/** Older names that lib/core/env.ts still reads: a secret under one of them is not replaced. */
const OLDER = { SESSION_SECRET: ["ADMIN_SESSION_SECRET", "JWT_SECRET_KEY"] };

/**
 * The secrets that the environment doesn't set, made once and kept in secrets.json for its owner alone. Production
 * gets none but the executor's keys: there a missing secret stops the start.
 */
export function localSecrets(dataDir, { demo, env }) {
  const names = demo ? Object.keys(MAKERS) : env.INNGEST_BASE_URL ? [] : OWN_EXECUTOR;
  const wanted = names
    .filter((name) => ![name, ...(OLDER[name] ?? [])].some((known) => env[known]))
    // A token of one's own is for an account of one's own: with a made-up account its messages would be refused.
    .filter((name) => !(name === "TWILIO_ACCOUNT_SID" && env.TWILIO_AUTH_TOKEN));
  if (wanted.length === 0) return {};
  const file = join(dataDir, "secrets.json");
  const kept = existsSync(file) ? parse(file) : {};
  const missing = wanted.filter((name) => !kept[name]);
  if (missing.length > 0) {
    for (const name of missing) kept[name] = MAKERS[name]();
    save(file, kept);
  }
  return Object.fromEntries(wanted.map((name) => [name, kept[name]]));
}

function parse(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new Stop(`${file} is not readable JSON. Remove it, and new secrets are made (everybody logs in again).`);
  }
}

/** Written beside and renamed: a killed start leaves the old file or the new one, never half of one. */
function save(file, secrets) {
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
