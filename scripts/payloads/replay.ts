import { eq, sql } from "drizzle-orm";
import { POST as inboundRoute } from "@/app/api/webhooks/sms/inbound/route";
import { POST as statusRoute } from "@/app/api/webhooks/sms/status/route";
import { POST as cloudRoute } from "@/app/api/webhooks/whatsapp/cloud/route";
import { POST as twilioRoute } from "@/app/api/webhooks/whatsapp/twilio/route";
import { channels } from "@/db/schema/channels";
import { conversations } from "@/db/schema/messaging";
import { inClinic, makeClinic } from "@/db/testing/make";
import { makeConversation } from "@/db/testing/make-talk";
import type { ClinicContext } from "@/lib/core/context";
import { query } from "@/lib/core/transact";
import { takeTurnWhenDue } from "@/lib/dialog/take-turn-when-due";
import { deliverClinic } from "@/lib/messaging/outbox/deliver";
import { ingestPending } from "@/lib/messaging/ingest/ingest";
import { ensureContactPointIn } from "@/lib/patients/contact-point";
import type { Ledger } from "@/stubs/twilio/ledger";
import type { Seen } from "./check";
import { forged, type Delivery, type Plan } from "./plan";
import { readLeft, SENT_BEFORE } from "./read-left";

/**
 * Replays one plan against the routes, the functions and the vendors' stubs of this process, on an empty database, and
 * tells what is left behind. The environment is the plan's own; the time is that of the file, where it has one.
 */
export async function replay(plan: Plan, ledgers: readonly Ledger[]): Promise<Omit<Seen, "strangers">> {
  const clock = () => plan.at ?? new Date();
  const { ctx: fixed, channel } = await makeClinic({}, clock().toISOString());
  const ctx: ClinicContext = { ...fixed, now: clock };
  const address = { kind: plan.channel, address: plan.number };
  await inClinic(ctx, (tx) => tx.update(channels).set(address).where(eq(channels.id, channel.id)));
  for (const { vendorId, to } of plan.sent) await addSent(ctx, plan, channel.id, vendorId, to);
  const first = plan.rounds[0]?.[0];
  const forgedStatus = first ? await post(forged(first)) : null;
  const httpStatuses: number[] = [];
  for (const round of plan.rounds) {
    for (const delivery of round) httpStatuses.push(await post(delivery));
    await workOff(ctx, clock);
  }
  const answers = ledgers.flatMap((ledger) => ledger.of("request")).length;
  return { forgedStatus, httpStatuses, ...(await readLeft(ctx)), answers };
}

/** A message of ours that the vendor has, so that a status has something to be about. */
async function addSent(ctx: ClinicContext, plan: Plan, channelId: string, vendorId: string, to: string): Promise<void> {
  const kind = /^\+?\d+$/.test(to) || plan.channel !== "whatsapp_cloud" ? "phone" : "whatsapp_user";
  const point = await inClinic(ctx, (tx) => ensureContactPointIn(tx, ctx, { kind, value: to }));
  const vendor = plan.channel === "whatsapp_cloud" ? "whatsapp" : "twilio";
  await makeConversation(ctx, {
    ...{ channelId, contactPointId: point.id },
    messages: [
      { text: SENT_BEFORE, direction: "outbound", senderType: "bot", status: "sending", ...{ vendor, vendorId } },
    ],
  });
}

const ROUTES = {
  "/api/webhooks/sms/status": statusRoute,
  "/api/webhooks/whatsapp/cloud": cloudRoute,
  "/api/webhooks/whatsapp/twilio": twilioRoute,
} as const satisfies Record<string, typeof inboundRoute>;

/** Files with an address of their own are SMS. */
async function post({ path, body, headers }: Delivery): Promise<number> {
  const handler = Object.entries(ROUTES).find(([way]) => way === path)?.[1] ?? handlerOf(body);
  const request = new Request(`http://internal.invalid${path}`, { method: "POST", headers, body });
  return (await handler(request, { params: Promise.resolve({}) })).status;
}

const handlerOf = (body: string) => (new URLSearchParams(body).has("MessageStatus") ? statusRoute : inboundRoute);

/** What the functions do when they are rung: read in, take turns, send. The wait for more is cut short. */
async function workOff(ctx: ClinicContext, clock: () => Date): Promise<void> {
  await ingestPending(clock);
  const threads = await query(ctx, (tx) => tx.select({ id: conversations.id }).from(conversations));
  const hurry = () =>
    inClinic(ctx, async (tx) => {
      await tx.update(conversations).set({ turnDueAt: sql`least(now(), ${conversations.turnDueAt})` });
    });
  for (const { id } of threads) await takeTurnWhenDue(ctx, id, hurry);
  await deliverClinic(ctx);
}
