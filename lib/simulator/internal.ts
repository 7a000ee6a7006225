import { and, desc, eq, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { conversations } from "@/db/schema/messaging";
import type { ClinicContext } from "@/lib/core/context";
import { env } from "@/lib/core/env";
import { err, ok, type Result } from "@/lib/core/result";
import { findContactPointIn } from "@/lib/patients/contact-point";
import { listPatientsAtIn } from "@/lib/patients/list-by-contact-point";
import { toE164 } from "@/lib/patients/phone";
import { strangerPhone } from "./personas";

/**
 * The number that is played. Outside the demo nobody plays a real patient: FORBIDDEN for a number with a patient who did
 * not come from here.
 */
export async function playedPhoneIn(tx: Tx, ctx: ClinicContext, given: string | undefined): Promise<Result<string>> {
  const phone = given ? toE164(given, ctx.clinic.country) : strangerPhone(ctx);
  if (!phone)
    return err("VALIDATION_FAILED", [{ code: "custom", path: ["phone"], message: "This is not a phone number." }]);
  if (env().mode === "demo") return ok(phone);
  const point = await findContactPointIn(tx, ctx, { kind: "phone", value: phone });
  const people = point ? await listPatientsAtIn(tx, ctx, point.id) : [];
  return people.some((one) => one.createdFrom !== "SIMULATOR") ? err("FORBIDDEN", { why: "real_patient" }) : ok(phone);
}

/** The open talk of a number in the simulator. */
export async function findTalkIn(tx: Tx, ctx: ClinicContext, phone: string) {
  const point = await findContactPointIn(tx, ctx, { kind: "phone", value: phone });
  if (!point) return undefined;
  const [talk] = await tx
    .select({ id: conversations.id, createdAt: conversations.createdAt, contactPointId: conversations.contactPointId })
    .from(conversations)
    .innerJoin(channels, and(eq(channels.clinicId, conversations.clinicId), eq(channels.id, conversations.channelId)))
    .where(
      and(
        eq(conversations.clinicId, ctx.clinic.id),
        eq(conversations.contactPointId, point.id),
        eq(channels.kind, "simulator"),
        ne(conversations.status, "closed"),
      ),
    )
    .orderBy(desc(conversations.id))
    .limit(1);
  return talk;
}
