import { z } from "zod";

/**
 * The environment, read in one place. `NODE_ENV` decides nothing: the mode is demo when `DATABASE_URL` is not
 * set, when `DEMO=1`, or under `npm run dev` (which sets both); else production, where weak secrets stop the start.
 */

const OLDER_NAMES: Record<string, string> = {
  ADMIN_SESSION_SECRET: "SESSION_SECRET",
  JWT_SECRET_KEY: "SESSION_SECRET",
  TWILIO_FROM_PATIENT: "TWILIO_PHONE_NUMBER",
};

const REPLACED: Record<string, string> = {
  REDIS_URL: "Postgres holds what Redis held",
  MONGODB_URL: "DATABASE_URL names the Postgres database",
  MONGO_URI: "DATABASE_URL names the Postgres database",
  DATABASE_NAME: "the database's name is part of DATABASE_URL",
  SCHEDULER_JOBSTORE_URL: "Postgres holds the scheduled work",
  JWT_ALGORITHM: "sessions are rows, not JWTs",
  NEXT_PUBLIC_BACKEND_URL: "one origin serves pages and API: APP_URL",
};

const DEMO_DATABASE = "postgres://chairside_app@127.0.0.1:5432/chairside";
const DEMO_SECRET = "chairside-demo-secret-that-guards-nothing-real";
const DEMO_KEY = "chairside-demo-encryption-key-that-guards-nothing";
const WEAK_SECRETS = [DEMO_SECRET, "changeme", "secret", "password"];

const flag = z
  .enum(["0", "1", "true", "false"])
  .default("0")
  .transform((value) => value === "1" || value === "true");
const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ""));
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ });

const AllowList = z.record(z.string(), z.array(z.string()));
/** Clinic slug, or `*`, to the numbers that a sandbox test may be sent to. */
function asAllowList(value: string, ctx: z.RefinementCtx): z.infer<typeof AllowList> {
  try {
    return AllowList.parse(JSON.parse(value));
  } catch {
    ctx.addIssue({ code: "custom", message: 'needs JSON: {"clinic-slug": ["+15550100"]}, or "*" for every clinic' });
    return z.NEVER;
  }
}

const Schema = z.object({
  DEMO: flag,
  CHAIRSIDE_DEV: flag,
  DATABASE_URL: postgresUrl.default(DEMO_DATABASE),
  DATABASE_MIGRATE_URL: postgresUrl.optional(),
  DATABASE_LISTEN_URL: postgresUrl.optional(),
  DATABASE_POOL_MAX: z.coerce.number().int().min(1).max(200).default(10),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  APP_URL: url.optional(),
  SESSION_SECRET: z.string().min(32, "needs at least 32 characters").default(DEMO_SECRET),
  ENCRYPTION_KEY: z.string().min(32, "needs at least 32 characters").default(DEMO_KEY),
  ENCRYPTION_KEY_PREVIOUS: z
    .string()
    .default("")
    .transform((value) => value.split(",").filter((key) => key !== "")),
  DEFAULT_CLINIC_SLUG: z.string().optional(),
  TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(5).default(0),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  INNGEST_DEV: z.string().optional(),
  INNGEST_BASE_URL: url.optional(),
  INNGEST_EVENT_KEY: z.string().optional(),
  INNGEST_SIGNING_KEY: z.string().optional(),
  EXECUTOR_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  EXECUTOR_SERVE_URL: url.optional(),
  TWILIO_ACCOUNT_SID: z.string().default("AC00000000000000000000000000000000"),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  TWILIO_PHONE_NUMBER: z.string().optional(),
  TWILIO_FROM_DOCTOR: z.string().optional(),
  TWILIO_API_BASE_URL: url.optional(),
  WHATSAPP_ACCESS_TOKEN: z.string().optional(),
  WHATSAPP_PHONE_NUMBER_ID: z.string().optional(),
  WHATSAPP_APP_SECRET: z.string().optional(),
  WHATSAPP_VERIFY_TOKEN: z.string().optional(),
  WHATSAPP_GRAPH_BASE_URL: url.default("https://graph.facebook.com"),
  WHATSAPP_GRAPH_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/, "looks like v23.0")
    .default("v23.0"),
  WHATSAPP_TEST_ALLOWLIST: z.string().default("{}").transform(asAllowList),
  WHATSAPP_TEST_RPM: z.coerce.number().int().min(1).max(60).default(3),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** The demo's: where its mail server keeps what it takes. */
  DEMO_MAILBOX: z.string().optional(),
  MAIL_FROM: z.string().default("Chairside <no-reply@localhost>"),
  UPLOADS_URL: z.string().default(".data/uploads"),
});

export type Mode = "demo" | "production";
export type Env = Omit<z.infer<typeof Schema>, "APP_URL"> & { mode: Mode; APP_URL: string };
type Source = Record<string, string | undefined>;
export type ReadEnv = { env: Env; problems: []; notices: string[] } | { problems: string[]; notices: string[] };

/** Reads a set of variables. `problems` has one line for each wrong value: the start stops on any. */
export function readEnv(source: Source): ReadEnv {
  const named = withOlderNames(source);
  const notices = Object.entries(REPLACED).flatMap(([name, why]) =>
    source[name] ? [`${name} is ignored: ${why}.`] : [],
  );
  const parsed = Schema.safeParse(named);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    return { problems, notices };
  }
  const mode: Mode = !named.DATABASE_URL || parsed.data.DEMO || parsed.data.CHAIRSIDE_DEV ? "demo" : "production";
  const env = { ...parsed.data, mode, APP_URL: parsed.data.APP_URL ?? `http://localhost:${parsed.data.PORT}` };
  const problems = mode === "production" ? productionProblems(env, named) : demoProblems(env);
  return problems.length > 0 ? { problems, notices } : { env, problems: [], notices };
}

function withOlderNames(source: Source): Source {
  // An empty value is how many deployment tools say "not set".
  const named: Source = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  for (const [older, name] of Object.entries(OLDER_NAMES)) named[name] ??= named[older];
  return named;
}

const isLoopback = (host: string) => ["localhost", "127.0.0.1", "[::1]"].includes(host);

function demoProblems(env: Env): string[] {
  const { protocol, hostname } = new URL(env.APP_URL);
  return protocol === "http:" && !isLoopback(hostname)
    ? ["APP_URL: plain http is for this machine only; use https"]
    : [];
}

function productionProblems(env: Env, named: Source): string[] {
  const problems: string[] = [];
  if (!named.SESSION_SECRET) problems.push("SESSION_SECRET: missing");
  else if (WEAK_SECRETS.includes(env.SESSION_SECRET) || new Set(env.SESSION_SECRET).size < 10)
    problems.push("SESSION_SECRET: too weak; use 32 random characters or more");
  if (!named.ENCRYPTION_KEY) problems.push("ENCRYPTION_KEY: missing");
  else if (env.ENCRYPTION_KEY === DEMO_KEY || new Set(env.ENCRYPTION_KEY).size < 10)
    problems.push("ENCRYPTION_KEY: too weak; use 32 random characters or more");
  if (!named.APP_URL) problems.push("APP_URL: missing");
  else if (!env.APP_URL.startsWith("https://")) problems.push("APP_URL: must be https in production");
  if (env.INNGEST_BASE_URL && !(env.INNGEST_EVENT_KEY && env.INNGEST_SIGNING_KEY))
    problems.push("INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY: needed with INNGEST_BASE_URL");
  return problems;
}

let cached: Env | undefined;

/** The environment of this process; throws with one line a problem when it can't be used. */
export function env(): Env {
  if (cached) return cached;
  const read = readEnv(process.env);
  if (!("env" in read))
    throw new Error(`The environment can't be used:\n${read.problems.map((p) => `  ${p}`).join("\n")}`);
  cached = read.env;
  return cached;
}

/** The log level alone: the logger must work even when the rest of the environment is wrong. */
export const logLevel = (): Env["LOG_LEVEL"] =>
  Schema.shape.LOG_LEVEL.catch("info").parse(process.env.LOG_LEVEL || undefined);
