import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { conversations } from "@/db/schema/messaging";
import { contactPoints, patientContactPoints } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { channelOf } from "@/lib/messaging/channels/registry";
import { CHANNELS_OF, type ConsentChannel } from "@/lib/messaging/consents/consent";

/** By which channel and at which address somebody who waits is offered a time. */
export interface Way {
  channelId: string;
  channelKind: (typeof channels.$inferSelect)["kind"];
  contactPointId: string;
  /** The thread that is there; null where the offer opens one. */
  conversationId: string | null;
  language: string | null;
}

interface Asker {
  entryId: string;
  patientId: string;
  conversationId: string | null;
}

const ORDER: readonly ConsentChannel[] = ["whatsapp", "sms", "email"];

/**
 * How each is reached: in the thread in which they asked, else where they wrote last, else by WhatsApp, SMS or e-mail in
 * this order. Nobody is reached at an address that isn't on their record; without one there is no way.
 */
export async function findWaysIn(tx: Tx, ctx: ClinicContext, askers: readonly Asker[]): Promise<Map<string, Way>> {
  if (askers.length === 0) return new Map();
  const lines = await readLinesIn(tx, ctx);
  const points = await readPointsIn(tx, ctx, [...new Set(askers.map(({ patientId }) => patientId))]);
  const threads = await readThreadsIn(tx, ctx, [...new Set(points.map(({ id }) => id))]);
  const ways = new Map<string, Way>();
  for (const asker of askers) {
    const own = points.filter(({ patientId }) => patientId === asker.patientId);
    const theirs = threads.filter(({ contactPointId }) => own.some(({ id }) => id === contactPointId));
    const way = inThread(asker, lines, theirs) ?? byAddress(lines, own, theirs);
    if (way) ways.set(asker.entryId, way);
  }
  return ways;
}

type Line = Awaited<ReturnType<typeof readLinesIn>>[number];
type Point = Awaited<ReturnType<typeof readPointsIn>>[number];
type Thread = Awaited<ReturnType<typeof readThreadsIn>>[number];

const readLinesIn = (tx: Tx, ctx: ClinicContext) =>
  tx
    .select({ id: channels.id, kind: channels.kind })
    .from(channels)
    .where(and(eq(channels.clinicId, ctx.clinic.id), eq(channels.isActive, true)))
    .orderBy(asc(channels.createdAt), asc(channels.id));

const readPointsIn = (tx: Tx, ctx: ClinicContext, patientIds: string[]) =>
  tx
    .select({ id: contactPoints.id, kind: contactPoints.kind, patientId: patientContactPoints.patientId })
    .from(patientContactPoints)
    .innerJoin(
      contactPoints,
      and(
        eq(contactPoints.clinicId, patientContactPoints.clinicId),
        eq(contactPoints.id, patientContactPoints.contactPointId),
      ),
    )
    .where(
      and(
        ...[eq(patientContactPoints.clinicId, ctx.clinic.id), inArray(patientContactPoints.patientId, patientIds)],
        isNull(contactPoints.unreachableSince),
      ),
    )
    .orderBy(asc(contactPoints.id));

const readThreadsIn = (tx: Tx, ctx: ClinicContext, pointIds: string[]) =>
  tx
    .select({
      id: conversations.id,
      channelId: conversations.channelId,
      contactPointId: conversations.contactPointId,
      status: conversations.status,
      language: conversations.language,
      lastInboundAt: conversations.lastInboundAt,
    })
    .from(conversations)
    .where(and(eq(conversations.clinicId, ctx.clinic.id), inArray(conversations.contactPointId, pointIds)));

/** The thread of the request, else the one in which they wrote last. The simulator only where it was asked in. */
function inThread(asker: Asker, lines: readonly Line[], threads: readonly Thread[]): Way | undefined {
  const usable = threads.flatMap((thread) => {
    const line = lines.find(({ id }) => id === thread.channelId);
    return line ? [{ thread, line }] : [];
  });
  const asked = usable.find(({ thread }) => thread.id === asker.conversationId);
  const [latest] = usable
    .filter(({ thread, line }) => thread.lastInboundAt && line.kind !== "simulator")
    .toSorted((a, b) => (b.thread.lastInboundAt?.getTime() ?? 0) - (a.thread.lastInboundAt?.getTime() ?? 0));
  const found = asked ?? latest;
  return found && wayOf(found.line, found.thread.contactPointId, threads);
}

function byAddress(lines: readonly Line[], points: readonly Point[], threads: readonly Thread[]): Way | undefined {
  for (const kind of ORDER) {
    const line = lines.find((one) => one.kind !== "simulator" && channelOf(one.kind).consentChannel === kind);
    const point = points.find((one) => (CHANNELS_OF[one.kind] as readonly ConsentChannel[]).includes(kind));
    if (line && point) return wayOf(line, point.id, threads);
  }
  return undefined;
}

function wayOf(line: Line, contactPointId: string, threads: readonly Thread[]): Way {
  const here = threads.filter((one) => one.channelId === line.id && one.contactPointId === contactPointId);
  const open = here.find(({ status }) => status !== "closed");
  const language = (open ?? here[0])?.language ?? null;
  return { channelId: line.id, channelKind: line.kind, contactPointId, conversationId: open?.id ?? null, language };
}
