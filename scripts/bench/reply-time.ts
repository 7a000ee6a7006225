import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startTwilioStub, type TwilioStub } from "@/stubs/twilio/server";
import { programArgs } from "@/scripts/run/programs.mjs";
import { quantile, rowOf, type Plan, type Row } from "./row";
import { ACCOUNT, TOKEN, type Scratch } from "./scratch";
import { freePort, serveNext, start, stop } from "./server";

const MESSAGES = 20;
const EVERY_MS = 250;
const PATIENCE_MS = 15_000;
const TEXT = "Hello, what are your opening hours please?";

/**
 * From a patient's message at the carrier to our answer there, less the time in which the dialog waits for more:
 * webhook, job, turn, outbox and send, through the running server and executor.
 */
export async function replyTime(plan: Plan, scratch: Scratch): Promise<Row[]> {
  const [port, executorPort] = [await freePort(), await freePort()];
  const appUrl = `http://localhost:${port}`;
  const stub = await startTwilioStub({ authToken: TOKEN, accountSid: ACCOUNT });
  const { makeClinic } = await import("@/db/testing/make");
  const { channel } = await makeClinic({}, new Date().toISOString());
  const env = {
    APP_URL: appUrl,
    INNGEST_BASE_URL: `http://127.0.0.1:${executorPort}`,
    EXECUTOR_PORT: String(executorPort),
    TWILIO_API_BASE_URL: stub.url,
  };
  const log = (name: string) => join(scratch.folder, `${name}.log`);
  const [command, ...args] = [process.execPath, ...programArgs("executor", false)] as const;
  const all = { ...process.env, LOG_LEVEL: "info", PORT: String(port), ...env };
  const executor = start([command, ...args], process.cwd(), log("executor"), all);
  const server = await serveNext({ folder: process.cwd(), log: log("reply-server"), port, env });
  const rounds: { times: number[]; missing: number }[] = [];
  try {
    await ask(stub, appUrl, channel.address, patientNumber(9000)); // everything is there before the first round
    for (let round = 0; round <= plan.rounds; round++) {
      const times = await Promise.all(
        Array.from({ length: MESSAGES }, async (_, index) => {
          await pause(index * EVERY_MS);
          return ask(stub, appUrl, channel.address, patientNumber(round * MESSAGES + index));
        }),
      );
      const counted = times.filter((time) => time !== undefined);
      const missing = times.length - counted.length;
      plan.say(
        `  round ${round}: ${counted.length} of ${MESSAGES} answered, overhead p50 ${quantile(counted, 0.5).toFixed(0)}, p95 ${quantile(counted, 0.95).toFixed(0)} ms`,
      );
      if (round > 0) rounds.push({ times: counted, missing });
    }
  } finally {
    await Promise.all([stop(executor), server.stop(), stub.close()]);
  }
  const missing = rounds.reduce((sum, round) => sum + round.missing, 0);
  const p50 = quantile(
    rounds.flatMap(({ times }) => times),
    0.5,
  );
  const note = `${missing} unanswered; p50 ${p50.toFixed(0)} ms; ${MESSAGES} patients a round, one every ${EVERY_MS} ms; no model is asked, the rules understand`;
  return [
    rowOf(
      { suite: "reply", name: "reply-overhead-p95", gate: 150, moonshot: 40, better: "lower", unit: "ms", note },
      rounds.map(({ times }) => quantile(times, 0.95)),
      missing === 0,
    ),
  ];
}

const patientNumber = (index: number) => `+1303555${String(index).padStart(4, "0")}`;

/** Milliseconds from the message to the send of its answer beyond the collecting wait; undefined when none came. */
async function ask(stub: TwilioStub, appUrl: string, to: string, from: string): Promise<number | undefined> {
  const { COLLECT_MS } = await import("@/lib/messaging/rules");
  const sent = Date.now();
  await stub.carrier.sendInbound({ url: `${appUrl}/api/webhooks/sms/inbound`, from, to, text: TEXT });
  while (Date.now() - sent < PATIENCE_MS) {
    const answer = stub.ledger.entries.find((entry) => entry.kind === "request" && entry.to === from);
    if (answer) return Date.parse(answer.at) - sent - COLLECT_MS;
    await pause(20);
  }
  return undefined;
}
