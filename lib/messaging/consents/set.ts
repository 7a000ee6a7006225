import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { consents, contactPoints, patientContactPoints } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { CHANNELS_OF, recordConsentIn } from "./consent";
import { marketingNeedsWords } from "@/lib/messaging/gate/country-rules";
import { announce } from "@/lib/realtime/announce";
import type { SetConsent } from "./schema";

/**
 * Writes down what a person told a member: consent with its source and words, or its end. NOT_FOUND for an address that
 * isn't this patient's; VALIDATION_FAILED for a channel that doesn't go to it, a yes to marketing without the words that
 * the country asks for, or a time ahead. A carrier's stop by SMS is lifted by the patient's own START alone: OPTED_OUT.
 */
export const setConsent = (ctx: ClinicContext, patientId: string, input: SetConsent): Promise<Result<{ at: Date }>> =>
  transact(ctx, {}, async (tx) => {
    const { contactPointId, channel, purpose, state, source, words } = input;
    const at = input.at ? new Date(input.at) : ctx.now();
    const [point] = await tx
      .select({ kind: contactPoints.kind })
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
          ...[eq(patientContactPoints.clinicId, ctx.clinic.id), eq(patientContactPoints.patientId, patientId)],
          eq(patientContactPoints.contactPointId, contactPointId),
        ),
      );
    if (!point) return err("NOT_FOUND", { what: "contact_point" });
    const channels: readonly string[] = CHANNELS_OF[point.kind];
    if (!channels.includes(channel)) return invalid("channel", "This channel doesn't reach this address.");
    if (at > ctx.now()) return invalid("at", "A consent can't lie ahead.");
    if (state === "in" && channel === "sms" && (await isBlockedByCarrier(tx, ctx, contactPointId)))
      return err("OPTED_OUT", { lifted_by: "START" });
    const needsWords = state === "in" && purpose === "marketing" && marketingNeedsWords(ctx.clinic.country);
    if (needsWords && !words) return invalid("words", "Keep the words of the consent.");
    await recordConsentIn(tx, ctx, {
      ...{ contactPointId, channelKind: channel, purposes: [purpose], state, at, how: "staff" },
      words: words ? `${source}: ${words}` : source,
    });
    await announce(tx, ctx, "patient", patientId);
    return ok({ at });
  });

/** The carrier blocks the number until the patient themselves writes START: no word of staff would get through. */
async function isBlockedByCarrier(tx: Tx, ctx: ClinicContext, contactPointId: string): Promise<boolean> {
  const [row] = await tx
    .select({ state: consents.state, how: consents.how })
    .from(consents)
    .where(
      and(
        ...[eq(consents.clinicId, ctx.clinic.id), eq(consents.contactPointId, contactPointId)],
        ...[eq(consents.channelKind, "sms"), eq(consents.purpose, "service")],
      ),
    );
  return row?.state === "out" && (row.how === "keyword" || row.how === "carrier");
}

const invalid = (field: string, message: string) =>
  err("VALIDATION_FAILED", [{ code: "custom", path: [field], message }]);
