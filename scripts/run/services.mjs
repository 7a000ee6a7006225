import { join } from "node:path";
import { freePort } from "./ports.mjs";
import { hasProgram, programArgs } from "./programs.mjs";
import { Service } from "./service.mjs";

/** The demo clinic's number at WhatsApp, as the seed has it. */
const DEMO_NUMBERS = "100000000000042";
const NEXT = "node_modules/next/dist/bin/next";
/** Small heaps: these two wait most of the time. */
const SMALL = ["--max-old-space-size=128", "--max-semi-space-size=2"];

/**
 * Starts the parts of a running Chairside, those that others look for first: the stubs of the carrier, of WhatsApp and of
 * a mail server (demo, unless TWILIO_API_BASE_URL, WHATSAPP_GRAPH_BASE_URL or SMTP_URL names one), the executor (unless an
 * Inngest server is named), the server itself.
 */
export async function startServices({ env, dev, demo, dataDir, logDir, giveUp }) {
  const services = [];
  const add = (name, args, own, more = {}) =>
    services.push(new Service(name, { args, env: { ...env, ...own }, logDir, onGiveUp: giveUp, ...more }));

  if (demo && !env.TWILIO_API_BASE_URL && hasProgram("carrier-stub")) {
    const port = String(await freePort());
    env.TWILIO_API_BASE_URL = `http://127.0.0.1:${port}`;
    add("carrier-stub", [...SMALL, ...programArgs("carrier-stub", dev)], { TWILIO_STUB_PORT: port });
  }
  if (demo && !env.WHATSAPP_GRAPH_BASE_URL && hasProgram("whatsapp-stub")) {
    const port = String(await freePort());
    env.WHATSAPP_GRAPH_BASE_URL = `http://127.0.0.1:${port}`;
    add("whatsapp-stub", [...SMALL, ...programArgs("whatsapp-stub", dev)], {
      WHATSAPP_STUB_PORT: port,
      WHATSAPP_STUB_WEBHOOK: `http://127.0.0.1:${env.PORT}/api/webhooks/whatsapp/cloud`,
      WHATSAPP_STUB_NUMBERS: DEMO_NUMBERS,
      WHATSAPP_STUB_APPROVES_AFTER_MS: "8000",
    });
  }
  if (demo && !env.SMTP_URL && hasProgram("mail-stub")) {
    const port = String(await freePort());
    env.SMTP_URL = `smtp://127.0.0.1:${port}`;
    env.DEMO_MAILBOX = join(dataDir, "mail.jsonl");
    add("mail-stub", [...SMALL, ...programArgs("mail-stub", dev)], {
      SMTP_STUB_PORT: port,
      SMTP_STUB_MAILBOX: env.DEMO_MAILBOX,
    });
  }
  if (!env.INNGEST_BASE_URL && !env.INNGEST_DEV) {
    const port = String(await freePort());
    env.INNGEST_BASE_URL = `http://127.0.0.1:${port}`;
    add("executor", [...SMALL, ...programArgs("executor", dev)], { EXECUTOR_PORT: port });
  }
  // A laptop's memory matters more than the last requests a second; a real server keeps the engine's own sizes.
  const heap = demo ? ["--max-semi-space-size=4"] : [];
  add("server", [...heap, NEXT, dev ? "dev" : "start", "-H", env.HOST, "-p", env.PORT], {}, { essential: true });
  return services;
}
