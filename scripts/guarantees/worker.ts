import { pool } from "@/db/client";
import { systemContext } from "@/lib/clinics/mint";
import { takeTurn } from "@/lib/dialog/take-turn";
import { deliverClinic } from "@/lib/messaging/outbox/deliver";
import { clinicsWithDueWork, listDueTurns } from "@/lib/messaging/due-work";
import { ingestPending } from "@/lib/messaging/ingest/ingest";
import { DELIVERY } from "@/lib/messaging/outbox/items";
import { PROBE_SECONDS } from "./times";
import { serve } from "./web";

/*
 * One process of the product under fire: `web` serves the routes, `jobs` does what the functions do, found by the queries
 * of the sweep. `CRASH_AT=K7:2` kills it, as kill -9 does, when it comes to that point the second time; `HALT_AT` stands
 * it still there, as SIGSTOP does, until its parent lets it go on; `CLOCK_OFFSET_MS` is how wrong its clock goes.
 * `IS_CALM`: leases and time-outs are as long as the product's.
 */

declare global {
  var chairsideCrashpoint: (point: string) => Promise<void>;
}

const {
  CRASH_AT = "",
  HALT_AT = "",
  ROLE,
  WEB_PORT,
  RECONCILE_AFTER_SECONDS = "3",
  CLOCK_OFFSET_MS = "0",
  IS_CALM,
} = process.env;
const timesPassed = new Map<string, number>();
globalThis.chairsideCrashpoint = async (point) => {
  const times = (timesPassed.get(point) ?? 0) + 1;
  timesPassed.set(point, times);
  if (isAt(HALT_AT, point, times)) await standStill();
  if (!isAt(CRASH_AT, point, times)) return;
  process.kill(process.pid, "SIGKILL");
  await new Promise(() => undefined);
};

function isAt(named: string, point: string, times: number): boolean {
  return named.split(",").some((one) => {
    const [where, which = "1"] = one.split(":");
    return where === point && Number(which) === times;
  });
}

/** The parent is told first, so that it knows when to wake us. */
async function standStill(): Promise<void> {
  await new Promise((resolve) => process.send?.("halted", resolve));
  process.kill(process.pid, "SIGSTOP");
}

/** The product's own proportions, faster: a claim's freshness and a send's time-out end well before the question. */
const RUSHED = {
  ...DELIVERY,
  leaseSeconds: IS_CALM ? 60 : 1,
  reconcileAfterSeconds: IS_CALM ? 120 : Number(RECONCILE_AFTER_SECONDS),
  probeSeconds: PROBE_SECONDS,
};
const ROUND_MS = 50;

/** A machine whose clock goes wrong: everything in this process that asks what time it is is told another. */
if (CLOCK_OFFSET_MS !== "0") {
  const [TrueDate, wrong] = [Date, Number(CLOCK_OFFSET_MS)];
  const now = () => TrueDate.now() + wrong;
  globalThis.Date = new Proxy(TrueDate, {
    construct: (target, given, asked) => Reflect.construct(target, given.length === 0 ? [now()] : given, asked),
    get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
  });
}

const hear = async (): Promise<void> => void (await ingestPending());

async function think(): Promise<void> {
  for (const { clinicId, conversationId } of await listDueTurns())
    await takeTurn(await systemContext(clinicId, "dialog.take-turn"), conversationId);
}

async function speak(): Promise<void> {
  for (const clinicId of await clinicsWithDueWork("outbox"))
    await deliverClinic(await systemContext(clinicId, "messaging.deliver"), RUSHED);
}

async function workForever(): Promise<void> {
  process.send?.("ready");
  // A long queue must not keep a calm run from hearing what patients write meanwhile.
  const works = IS_CALM ? [hear, think, speak] : [() => hear().then(think).then(speak)];
  await Promise.all(works.map(repeat));
}

async function repeat(work: () => Promise<void>): Promise<void> {
  for (;;) {
    await work().catch((error: unknown) => process.send?.({ failed: causeOf(error) }));
    await new Promise((resolve) => setTimeout(resolve, ROUND_MS));
  }
}

const causeOf = (error: unknown): string =>
  error instanceof Error && error.cause ? `${error.message}: ${String(error.cause)}` : String(error);

/** The event loop does nothing else for so long. */
function blockFor(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

process.once("disconnect", () => process.exit(0));
process.on("message", (asked) => {
  if (typeof asked === "number") return blockFor(asked);
  const { totalCount, idleCount, waitingCount } = pool();
  process.send?.({ pool: { totalCount, idleCount, waitingCount } });
});
if (ROLE === "web") serve(Number(WEB_PORT), () => process.send?.("ready"));
else void workForever();
