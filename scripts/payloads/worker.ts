import { z } from "zod";
import { closePool } from "@/db/client";
import { startTwilioStub } from "@/stubs/twilio/server";
import { startWhatsappStub } from "@/stubs/whatsapp/server";
import { check } from "./check";
import { parsePayload } from "./payload-file";
import { planOf } from "./plan";
import { watchStrangers } from "./strangers";

/* One replay in a process of its own: the environment is read once, and every file needs its own. */

const Job = z.object({
  file: z.unknown(),
  mode: z.enum(["in order", "doubled", "shuffled"]),
  seed: z.number(),
  databaseUrl: z.string(),
});

const ACCESS_TOKEN = "an access token for replays alone";
const strangers = watchStrangers();

process.once("disconnect", () => process.exit(1));
process.once("message", (message) => {
  run(Job.parse(message)).then(
    (problems) => process.send?.({ problems }, () => process.exit(0)),
    (error: unknown) => {
      const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.send?.({ problems: [`broke: ${words}`] }, () => process.exit(0));
    },
  );
});

async function run({ file: json, mode, seed, databaseUrl }: z.infer<typeof Job>): Promise<string[]> {
  const file = parsePayload(json);
  const plan = planOf(file, mode, seed);
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = plan.env;
  const twilio = await startTwilioStub({ authToken, accountSid });
  const meta = await startWhatsappStub({ accessToken: ACCESS_TOKEN, appSecret: plan.env.WHATSAPP_APP_SECRET });
  Object.assign(process.env, {
    ...plan.env,
    ...{ DEMO: "1", DATABASE_URL: databaseUrl, TWILIO_API_BASE_URL: twilio.url, LOG_LEVEL: "silent" },
    ...{ WHATSAPP_GRAPH_BASE_URL: meta.url, WHATSAPP_ACCESS_TOKEN: ACCESS_TOKEN },
    ...{ DATABASE_LISTEN_URL: "", INNGEST_DEV: "", INNGEST_BASE_URL: "" },
  });
  const { replay } = await import("./replay");
  const seen = await replay(plan, [twilio.ledger, meta.ledger]);
  await closePool();
  await Promise.all([twilio.close(), meta.close()]);
  return check(file.expected, { ...seen, strangers: [...strangers] });
}
