import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { openGate, type Gate, type GateAsk } from "@/lib/messaging/gate/facts";
import { chooseTemplate, isApproved, listUsedIn } from "@/lib/messaging/templates/twin";
import type { Asked, Slot } from "./candidates";
import type { Way } from "./reach";

/**
 * What the send gate would say of offering a slot to each, by entry, so that nobody is counted as asked whom no message may
 * reach now. Nothing is locked: at the moment of sending the gate is asked again and has the last word.
 */
export async function askGate(
  tx: Tx,
  ctx: ClinicContext,
  slot: Slot,
  ones: readonly { asked: Asked }[],
  ways: ReadonlyMap<string, Way>,
): Promise<Gate> {
  const templates = await listUsedIn(tx, ctx);
  const asks = ones.flatMap(({ asked }): GateAsk[] => {
    const way = ways.get(asked.entryId);
    if (!way) return [];
    const languages = [way.language, asked.patient.language, ctx.clinic.defaultLocale];
    return [
      {
        ...{ key: asked.entryId, sendClass: "offer", channelId: way.channelId, contactPointId: way.contactPointId },
        ...{ conversationId: way.conversationId, text: `${slot.id} ${asked.entryId}`, writtenAt: ctx.now() },
        ...{ expiresAt: null, values: [], isWindowClosed: false },
        templateId: chooseTemplate(templates, "waitlist_offer", languages, isApproved)?.id ?? null,
      },
    ];
  });
  if (asks.length === 0) return { decide: () => ({ verdict: "suppress", reason: "unreachable" }), count: () => {} };
  const gate = await openGate(tx, ctx, asks, false);
  const known = new Set(asks.map(({ key }) => key));
  return {
    decide: (key) => (known.has(key) ? gate.decide(key) : { verdict: "suppress", reason: "unreachable" }),
    count: gate.count,
  };
}
