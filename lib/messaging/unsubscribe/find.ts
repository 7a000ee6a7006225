import { and, eq } from "drizzle-orm";
import { clinics } from "@/db/schema/clinics";
import { contactPoints } from "@/db/schema/patients";
import { findClinic, systemContext } from "@/lib/clinics/mint";
import { systemClock, type Clock } from "@/lib/core/clock";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { consentOfIn, type Purpose } from "@/lib/messaging/consents/consent";
import { maskEmail } from "@/lib/patients/email";
import { readUnsubscribe, type UnsubscribeLink } from "./link";

/** What a link to end letters is about, as far as whoever holds it may read: the clinic, and an address in part. */
export interface UnsubscribePage {
  clinic: { name: string; phone: string };
  address: string;
  purpose: Purpose;
  /** What has been ended already. */
  isOut: Record<Purpose, boolean>;
}

export interface FoundLink {
  ctx: ClinicContext;
  link: UnsubscribeLink;
  page: UnsubscribePage;
}

/** The link behind a token; NOT_FOUND for one that isn't ours, or of a clinic or an address that is gone. Changes nothing. */
export async function findUnsubscribe(token: string, clock: Clock = systemClock): Promise<Result<FoundLink>> {
  const link = readUnsubscribe(token);
  if (!link || !(await findClinic(link.clinicId))) return err("NOT_FOUND", { what: "link" });
  const ctx = await systemContext(link.clinicId, "messaging.unsubscribe", clock);
  return query(ctx, async (tx) => {
    const [found] = await tx
      .select({ value: contactPoints.value, name: clinics.name, phone: clinics.phone })
      .from(contactPoints)
      .innerJoin(clinics, eq(clinics.id, contactPoints.clinicId))
      .where(and(eq(contactPoints.clinicId, ctx.clinic.id), eq(contactPoints.id, link.contactPointId)));
    if (!found) return err("NOT_FOUND", { what: "link" });
    const { service, marketing } = await consentOfIn(tx, ctx, link.contactPointId, "email");
    const page = {
      clinic: { name: found.name, phone: found.phone },
      address: maskEmail(found.value),
      purpose: link.purpose,
      isOut: { service: service === "out", marketing: service === "out" || marketing === "out" },
    };
    return ok({ ctx, link, page });
  });
}
