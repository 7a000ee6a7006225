import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { dropCopy, makeCopy } from "@/db/testing/copies";
import type { TestServer } from "@/db/testing/template";
import { appUrl, onDatabase } from "@/db/testing/urls";
import { checkSignature } from "./check-signature";
import type { PayloadFile } from "./payload-file";
import type { Mode } from "./plan";

export interface Row {
  id: string;
  holds: boolean;
  note: string;
}

const WORKER = fileURLToPath(new URL("./worker.ts", import.meta.url));
const LONGEST_MS = 60_000;
const Answer = z.object({ problems: z.array(z.string()) });

/** The channels that the product has, by the word of the format and by the short one of `--only-channels`. */
export const SHORT_NAMES: Record<string, string> = {
  twilio_sms: "sms",
  twilio_whatsapp: "twilio-whatsapp",
  whatsapp_cloud: "whatsapp",
  signature: "signature",
};
export const channelOf = (file: PayloadFile): string => SHORT_NAMES[file.channel] ?? file.channel;
export const isInScope = (file: PayloadFile): boolean => file.channel in SHORT_NAMES;

/** Replays a file in every mode, each on a database of its own; the note names the first that doesn't hold, and why. */
export async function runFile(file: PayloadFile, modes: Mode[], seed: number, server: TestServer): Promise<Row> {
  const { id } = file;
  if (!isInScope(file)) return { id, holds: false, note: "channel not there yet" };
  if (file.channel === "signature") return rowOf(id, checkSignature(file));
  for (const mode of modes) {
    const problems = await runOnce(file, mode, seed, server);
    if (problems.length > 0) return rowOf(id, [`${mode}: ${problems[0]}`, ...problems.slice(1)]);
  }
  return rowOf(id, []);
}

const rowOf = (id: string, problems: string[]): Row => ({
  id,
  holds: problems.length === 0,
  note: problems.join("; "),
});

async function runOnce(file: PayloadFile, mode: Mode, seed: number, server: TestServer): Promise<string[]> {
  const name = `chairside_test_${process.pid}_${randomBytes(6).toString("hex")}`;
  await makeCopy(server, name);
  try {
    return await inWorker({ file, mode, seed, databaseUrl: appUrl(onDatabase(server.ownerUrl, name)) });
  } finally {
    await dropCopy(server, name);
  }
}

function inWorker(job: Record<string, unknown>): Promise<string[]> {
  const child = fork(WORKER, [], { execArgv: ["--import", "tsx"], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const timer = setTimeout(() => child.kill("SIGKILL"), LONGEST_MS);
  return new Promise<string[]>((resolve, reject) => {
    child.once("message", (message) => resolve(Answer.parse(message).problems));
    child.once("error", reject);
    child.once("exit", () => resolve(["the replay ended without a word"]));
    child.send(job);
  }).finally(() => clearTimeout(timer));
}
