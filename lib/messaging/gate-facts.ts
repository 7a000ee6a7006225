import { and, asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { clinics } from "@/db/schema/clinics";
import { channels } from "@/db/schema/channels";
import { conversations } from "@/db/schema/messaging";
import { consents, contactPoints } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { countryOf } from "@/lib/patients/phone";
import { channelOf } from "./channels/registry";
import type { GateFacts } from "./gate";
import type { OutboxItem } from "./outbox-claim";
import { nextOpening } from "./quiet-hours";

/**
 * What the gate needs to know of each item, by outbox id. The contact points are locked first: a stop that is being
 * written either waits for this claim or has been committed, and then the read that follows sees it.
 */
export async function readGateFacts(tx: Tx, ctx: ClinicContext, items: OutboxItem[]): Promise<Map<string, GateFacts>> {
  const facts = new Map<string, GateFacts>();
  if (items.length === 0) return facts;
  const points = await lockContactPoints(tx, ctx, items);
  const said = await tx
    .select()
    .from(consents)
    .where(and(eq(consents.clinicId, ctx.clinic.id), inArray(consents.contactPointId, [...points.keys()])));
  const [clinic] = await tx.select().from(clinics).where(eq(clinics.id, ctx.clinic.id));
  const threads = await readThreads(tx, ctx, items);
  for (const item of items) {
    const [point, thread] = [points.get(item.contactPointId), threads.get(item.conversationId)];
    if (!clinic || !point || !thread || !item.sendClass) continue;
    const channel = channelOf(item.channelKind).consentChannel;
    const stateOf = (purpose: "service" | "marketing") =>
      said.find(
        (one) => one.contactPointId === item.contactPointId && one.channelKind === channel && one.purpose === purpose,
      )?.state ?? null;
    const recipient = {
      numberCountry: countryOf(item.to),
      clinicCountry: clinic.country,
      clinicZone: clinic.timeZone,
    };
    facts.set(item.outboxId, {
      sendClass: item.sendClass,
      channel,
      consent: { service: stateOf("service"), marketing: stateOf("marketing") },
      ...thread,
      isClinicSuspended: clinic.status === "suspended",
      hasAutomaticSends: clinic.hasAutomaticSends,
      isUnreachable: point.unreachableSince !== null,
      opensAt: nextOpening(recipient, ctx.now()),
      now: ctx.now(),
    });
  }
  return facts;
}

async function lockContactPoints(tx: Tx, ctx: ClinicContext, items: OutboxItem[]) {
  const ids = [...new Set(items.map((item) => item.contactPointId))];
  const rows = await tx
    .select({ id: contactPoints.id, unreachableSince: contactPoints.unreachableSince })
    .from(contactPoints)
    .where(and(eq(contactPoints.clinicId, ctx.clinic.id), inArray(contactPoints.id, ids)))
    .orderBy(asc(contactPoints.id))
    .for("share");
  return new Map(rows.map((row) => [row.id, row]));
}

async function readThreads(tx: Tx, ctx: ClinicContext, items: OutboxItem[]) {
  const ids = items.map((item) => item.conversationId);
  const rows = await tx
    .select({
      id: conversations.id,
      holder: conversations.holder,
      lastInboundAt: conversations.lastInboundAt,
      botMode: channels.botMode,
      isChannelActive: channels.isActive,
    })
    .from(conversations)
    .innerJoin(channels, and(eq(channels.clinicId, conversations.clinicId), eq(channels.id, conversations.channelId)))
    .where(and(eq(conversations.clinicId, ctx.clinic.id), inArray(conversations.id, ids)));
  return new Map(rows.map(({ id, ...thread }) => [id, thread]));
}
