import { asc, eq, sql } from "drizzle-orm";
import { POST as inboundRoute } from "@/app/api/webhooks/sms/inbound/route";
import { POST as statusRoute } from "@/app/api/webhooks/sms/status/route";
import { channels } from "@/db/schema/channels";
import { conversations, messages, webhookEvents } from "@/db/schema/messaging";
import { consents, contactPoints } from "@/db/schema/patients";
import { inClinic, makeClinic } from "@/db/testing/make";
import { makeConversation } from "@/db/testing/make-talk";
import type { ClinicContext } from "@/lib/core/context";
import { query } from "@/lib/core/transact";
import { takeTurnWhenDue } from "@/lib/dialog/take-turn-when-due";
import { readTwilioEvent } from "@/lib/messaging/channels/twilio-sms/parse";
import { deliverClinic } from "@/lib/messaging/deliver";
import { ingestPending } from "@/lib/messaging/ingest";
import { ensureContactPointIn } from "@/lib/patients/contact-point";
import type { Carrier } from "@/stubs/twilio/carrier";
import type { Seen, SeenEvent } from "./check";
import type { Delivery, Plan } from "./plan";

/**
 * Replays one plan against the routes, the functions and the carrier of this process, on an empty database, and tells
 * what is left behind. The environment is the plan's own.
 */
export async function replay(plan: Plan, carrier: Carrier): Promise<Omit<Seen, "strangers">> {
  const now = new Date();
  const { ctx: fixed, channel } = await makeClinic({}, now.toISOString());
  const ctx: ClinicContext = { ...fixed, now: () => new Date() };
  await inClinic(ctx, (tx) => tx.update(channels).set({ address: plan.number }).where(eq(channels.id, channel.id)));
  for (const { vendorId, to } of plan.sent) await addSent(ctx, channel.id, vendorId, to);
  const forged = plan.rounds[0]?.[0];
  const forgedStatus = forged ? await post(plan, { ...forged, signature: "Zm9yZ2Vk" }) : null;
  const httpStatuses: number[] = [];
  for (const round of plan.rounds) {
    for (const delivery of round) httpStatuses.push(await post(plan, delivery));
    await workOff(ctx);
  }
  return { forgedStatus, httpStatuses, ...(await readLeft(ctx)), answers: carrier.ledger.of("request").length };
}

/** A message of ours that the carrier has, so that a status has something to be about. */
async function addSent(ctx: ClinicContext, channelId: string, vendorId: string, to: string): Promise<void> {
  const point = await inClinic(ctx, (tx) => ensureContactPointIn(tx, ctx, { kind: "phone", value: to }));
  await makeConversation(ctx, {
    ...{ channelId, contactPointId: point.id },
    messages: [
      { text: "Sent before.", direction: "outbound", senderType: "bot", status: "sending", vendor: "twilio", vendorId },
    ],
  });
}

async function post(plan: Plan, { path, body, contentType, signature }: Delivery): Promise<number> {
  const handler = plan.isStatus ? statusRoute : inboundRoute;
  const headers = { "content-type": contentType, "x-twilio-signature": signature };
  const request = new Request(`http://internal.invalid${path}`, { method: "POST", headers, body });
  return (await handler(request, { params: Promise.resolve({}) })).status;
}

/** What the functions do when they are rung: read in, take turns, send. The wait for more is cut short. */
async function workOff(ctx: ClinicContext): Promise<void> {
  await ingestPending();
  const threads = await query(ctx, (tx) => tx.select({ id: conversations.id }).from(conversations));
  const hurry = () =>
    inClinic(ctx, async (tx) => {
      await tx.update(conversations).set({ turnDueAt: sql`now()` });
    });
  for (const { id } of threads) await takeTurnWhenDue(ctx, id, hurry);
  await deliverClinic(ctx);
}

async function readLeft(
  ctx: ClinicContext,
): Promise<Omit<Seen, "strangers" | "httpStatuses" | "forgedStatus" | "answers">> {
  const raw = await query(ctx, (tx) => tx.select().from(webhookEvents).orderBy(asc(webhookEvents.id)));
  const said = await query(ctx, (tx) =>
    tx
      .select({ message: messages, from: contactPoints.value, to: channels.address })
      .from(messages)
      .innerJoin(conversations, eq(conversations.id, messages.conversationId))
      .innerJoin(contactPoints, eq(contactPoints.id, conversations.contactPointId))
      .innerJoin(channels, eq(channels.id, conversations.channelId)),
  );
  const inbound = said.filter(({ message }) => message.direction === "inbound");
  const ours = said.find(({ message }) => message.text === "Sent before.");
  const consent = await query(ctx, (tx) =>
    tx.select({ state: consents.state }).from(consents).where(eq(consents.purpose, "service")),
  );
  return {
    events: raw.flatMap((event): SeenEvent[] => {
      if (event.event !== "message") return [statusOf(event)];
      return inbound.filter(({ message }) => message.vendorId === event.vendorId).map(messageOf);
    }),
    patientMessages: inbound.length,
    consent: consent[0]?.state ?? null,
    messageStatus: ours?.message.status ?? null,
    people: new Set(inbound.map(({ from }) => from)).size,
  };
}

const NOTHING = { from: null, to: null, text: null, media: [], optOutType: null, status: null, errorCode: null };

const messageOf = ({ message, from, to }: { message: typeof messages.$inferSelect; from: string; to: string }) => ({
  ...NOTHING,
  ...{ kind: "message" as const, providerId: message.vendorId ?? "", from, to, text: message.text },
  media: message.media,
  optOutType: message.vendorFlags?.optOutType ?? null,
});

/** A status that isn't understood is kept as it came and told as such. */
function statusOf(event: typeof webhookEvents.$inferSelect): SeenEvent {
  const read = readTwilioEvent(event);
  const errorCode = read?.type === "status" ? read.code : (event.body.ErrorCode ?? null);
  const [status, to] = [event.event.replace(/^status:/, ""), event.body.To ?? null];
  return { ...NOTHING, ...{ kind: "status", providerId: event.vendorId, to, status, errorCode } };
}
