import { Inngest, type Logger } from "inngest";
import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";

/**
 * The SDK, signed unless `npm run dev` names a dev server in INNGEST_DEV. Whether the local executor or a real
 * Inngest server answers at INNGEST_BASE_URL, nothing here can tell.
 */
export const inngest = makeClient();

function makeClient() {
  const { CHAIRSIDE_DEV, INNGEST_DEV, INNGEST_BASE_URL, INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY } = env();
  const isDev = CHAIRSIDE_DEV && INNGEST_DEV !== undefined && INNGEST_DEV !== "0";
  return new Inngest({
    id: "chairside",
    isDev,
    baseUrl: isDev ? undefined : INNGEST_BASE_URL,
    eventKey: INNGEST_EVENT_KEY,
    signingKey: INNGEST_SIGNING_KEY,
    logger: sdkLogger(),
    aiMetadata: false,
  });
}

/** The SDK logs like everything else here, and its errors pass the same masking. */
function sdkLogger(): Logger {
  const at =
    (level: "debug" | "info" | "warn" | "error") =>
    (...args: unknown[]): void => {
      const message = args.find((arg) => typeof arg === "string");
      log[level]({ error: errorAmong(args) }, message ?? "inngest");
    };
  return { debug: at("debug"), info: at("debug"), warn: at("warn"), error: at("error") };
}

function errorAmong(args: unknown[]): unknown {
  for (const arg of args) {
    if (arg instanceof Error) return arg;
    if (arg !== null && typeof arg === "object" && "err" in arg) return arg.err;
  }
  return undefined;
}
