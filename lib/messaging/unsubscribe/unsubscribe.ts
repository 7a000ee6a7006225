import type { Clock } from "@/lib/core/clock";
import { ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { recordConsentIn, type Purpose } from "@/lib/messaging/consents/consent";
import { listPatientsAtIn } from "@/lib/patients/list-by-contact-point";
import { announce } from "@/lib/realtime/announce";
import { findUnsubscribe } from "./find";

/** What is kept as evidence beside the letter: where the person said it. */
export type UnsubscribedBy = "one_click" | "page";

/**
 * Ends letters as a link says, or everything by e-mail where `purpose` is `service`; the letter is the evidence. A stop
 * ends what waits to be sent in the same transaction. Again changes nothing. NOT_FOUND for a link that isn't ours.
 */
export async function unsubscribe(
  token: string,
  by: UnsubscribedBy,
  asked?: Purpose,
  clock?: Clock,
): Promise<Result<null>> {
  const found = await findUnsubscribe(token, clock);
  if (!found.ok) return found;
  const { ctx, link, page } = found.data;
  const purpose = asked ?? link.purpose;
  if (page.isOut[purpose]) return ok();
  return transact(ctx, {}, async (tx) => {
    const { contactPointId, messageId } = link;
    await recordConsentIn(tx, ctx, {
      ...{ contactPointId, messageId, channelKind: "email", state: "out", how: "form", at: ctx.now() },
      words: by === "one_click" ? "List-Unsubscribe=One-Click" : `unsubscribe page: ${purpose}`,
      ...(purpose === "marketing" && { purposes: ["marketing"] }),
    });
    for (const { id } of await listPatientsAtIn(tx, ctx, contactPointId)) await announce(tx, ctx, "patient", id);
    return ok();
  });
}
