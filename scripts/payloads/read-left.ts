import { asc, eq } from "drizzle-orm";
import { channels } from "@/db/schema/channels";
import { conversations, messages, webhookEvents } from "@/db/schema/messaging";
import { consents, contactPoints } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { query } from "@/lib/core/transact";
import { READERS } from "@/lib/messaging/channels/registry";
import type { Seen, SeenEvent } from "./check";
import { pieceOf } from "./read-pieces";

/** The message of ours that a file's statuses are about. */
export const SENT_BEFORE = "Sent before.";

/** What a replay has left in the tables. */
export async function readLeft(
  ctx: ClinicContext,
): Promise<Omit<Seen, "strangers" | "httpStatuses" | "forgedStatus" | "answers">> {
  const raw = await query(ctx, (tx) => tx.select().from(webhookEvents).orderBy(asc(webhookEvents.id)));
  const said = await query(ctx, (tx) =>
    tx
      .select({ message: messages, address: contactPoints.value, to: channels.address })
      .from(messages)
      .innerJoin(conversations, eq(conversations.id, messages.conversationId))
      .innerJoin(contactPoints, eq(contactPoints.id, conversations.contactPointId))
      .innerJoin(channels, eq(channels.id, conversations.channelId)),
  );
  const consent = await query(ctx, (tx) =>
    tx.select({ state: consents.state }).from(consents).where(eq(consents.purpose, "service")),
  );
  const inbound = said.filter(({ message }) => message.senderType === "patient");
  return {
    events: raw.flatMap((event): SeenEvent[] => {
      if (event.event !== "message") return pieceOf(event);
      return said.filter(({ message }) => message.vendorId === event.vendorId).map((one) => messageOf(event, one));
    }),
    patientMessages: inbound.length,
    consent: consent[0]?.state ?? null,
    messageStatus: said.find(({ message }) => message.text === SENT_BEFORE)?.message.status ?? null,
    addresses: [...new Set(inbound.map(({ address }) => address))],
  };
}

type Said = { message: typeof messages.$inferSelect; to: string };

/** A stored message by the words of the format; who wrote it, as the product read it from the stored row. */
function messageOf(event: typeof webhookEvents.$inferSelect, { message, to }: Said): SeenEvent {
  const read = READERS[event.vendor](event);
  const sender = read?.type === "message" ? read : undefined;
  const { kind, text, payload, media, vendorFlags } = message;
  const isPhone = sender?.contactKind === "phone";
  return {
    kind: kind === "system" ? "system" : "message",
    providerId: message.vendorId ?? "",
    facts: {
      ...{ from: isPhone ? sender.from : null, user_id: sender?.userId ?? null, to, text, caption: text },
      ...{ kind, payload, media, flags: vendorFlags ?? {}, identity: sender?.identity?.addresses ?? [] },
    },
  };
}
