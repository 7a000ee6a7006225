import { pino } from "pino";
import { logLevel } from "./env";

const PHONE = /\+?\d[\d\s().-]{6,}\d/g;
const EMAIL = /[\w.+-]+@[\w-]+(\.[\w-]+)+/g;

/** Keeps the last two digits of a phone and the domain of an e-mail: enough to recognise, too little to dial. */
export function mask(text: string): string {
  return text
    .replace(EMAIL, (email) => `***@${email.split("@")[1] ?? ""}`)
    .replace(PHONE, (phone) => `***${phone.replace(/\D/g, "").slice(-2)}`);
}

/** What an error may say in a log: its class, masked message, code and stack; never the values of a query. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: mask(String(error)) };
  const cause = error.cause instanceof Error ? error.cause : undefined;
  const code = codeOf(error) ?? codeOf(cause);
  // Drizzle puts the statement's parameters into its message: only the driver's own words are logged.
  const message = cause && error.message.startsWith("Failed query") ? cause.message : error.message;
  const stack = (cause ?? error).stack?.split("\n").slice(1, 9).join("\n");
  return { name: error.name, message: mask(message), ...(code ? { code } : {}), ...(stack ? { stack } : {}) };
}

const codeOf = (error: unknown) =>
  error && typeof error === "object" && "code" in error ? String(error.code) : undefined;

/**
 * One JSON line a request and a job. Names and message texts are never logged, phones only masked: whoever
 * logs passes ids, codes and durations. `error` is serialised by `errorFields`.
 */
export const log = pino(
  {
    level: logLevel(),
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: errorFields },
    redact: {
      paths: ["password", "token", "cookie", "authorization", "*.password", "*.token", "*.cookie", "*.authorization"],
      censor: "[hidden]",
    },
  },
  // Written beside the work and not within it; what is still held is flushed when the process ends.
  pino.destination({ dest: 1, sync: false }),
);
