import { and, asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import type { SEND_CLASSES } from "@/db/schema/messaging";
import { contactPoints } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { channelOf } from "@/lib/messaging/channels/registry";
import { CHANNELS_OF } from "@/lib/messaging/consents/consent";
import type { Verdict } from "./gate";
import { openGate, type GateAsk } from "./facts";
import type { TemplatePurpose } from "@/lib/messaging/templates/purposes";
import { chooseTemplate, isApproved, listUsedIn } from "@/lib/messaging/templates/twin";

type SendClass = (typeof SEND_CLASSES)[number];

/** What the gate would say of a message of this class to this address, by this channel, at this moment. */
export interface Explained {
  contactPointId: string;
  channelId: string;
  channelKind: string;
  sendClass: SendClass;
  verdict: Verdict["verdict"];
  /** `inbox.suppressed.<reason>` or `messaging.waiting.<reason>`; null where it would go. */
  reason: string | null;
  at: Date | null;
}

const ASKED: readonly SendClass[] = ["service", "reminder", "offer", "marketing"];
/** The message that stands for its class where none is named: what matters is whether it has a template. */
const STANDS_FOR: Partial<Record<SendClass, TemplatePurpose>> = {
  ...{ service: "confirmation", reminder: "reminder_24h", offer: "waitlist_offer", marketing: "review" },
};

/**
 * The gate's answers for these addresses on the clinic's channels, for the patient page and for dry runs. Nothing is locked
 * and nothing counted: at the moment of sending the gate is asked again. A template of a campaign may be named.
 */
export async function explainIn(
  tx: Tx,
  ctx: ClinicContext,
  contactPointIds: readonly string[],
  about: { sendClasses?: readonly SendClass[]; templateId?: string; text?: string } = {},
): Promise<Explained[]> {
  if (contactPointIds.length === 0) return [];
  const points = await tx
    .select({ id: contactPoints.id, kind: contactPoints.kind })
    .from(contactPoints)
    .where(and(eq(contactPoints.clinicId, ctx.clinic.id), inArray(contactPoints.id, [...contactPointIds])));
  const lines = await tx
    .select({ id: channels.id, kind: channels.kind })
    .from(channels)
    .where(eq(channels.clinicId, ctx.clinic.id))
    .orderBy(asc(channels.createdAt), asc(channels.id));
  const asked = points.flatMap((point) => {
    const reached: readonly string[] = CHANNELS_OF[point.kind];
    const own = lines.filter(({ kind }) => kind !== "simulator" && reached.includes(channelOf(kind).consentChannel));
    return own.flatMap((line) => (about.sendClasses ?? ASKED).map((sendClass) => ({ point, line, sendClass })));
  });
  const templates = await listUsedIn(tx, ctx);
  const templateOf = (sendClass: SendClass) =>
    chooseTemplate(templates, STANDS_FOR[sendClass] ?? "", [ctx.clinic.defaultLocale], isApproved)?.id ?? null;
  const asks = asked.map(({ point, line, sendClass }): GateAsk => ({
    key: [point.id, line.id, sendClass].join(" "),
    ...{ sendClass, channelId: line.id, contactPointId: point.id, conversationId: null, text: about.text ?? "" },
    ...{ writtenAt: ctx.now(), expiresAt: null, templateId: about.templateId ?? templateOf(sendClass), values: [] },
    isWindowClosed: false,
  }));
  if (asks.length === 0) return [];
  const gate = await openGate(tx, ctx, asks, false);
  return asked.map(({ point, line, sendClass }, index) => {
    const answer = gate.decide(asks[index]?.key ?? "");
    return {
      ...{ contactPointId: point.id, channelId: line.id, channelKind: line.kind, sendClass, verdict: answer.verdict },
      reason: answer.verdict === "suppress" ? answer.reason : answer.verdict === "later" ? answer.why : null,
      at: answer.verdict === "later" ? answer.at : null,
    };
  });
}
