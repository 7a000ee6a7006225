import type { Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { visitSeries } from "@/db/schema/visit-series";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { findOrCreatePatientIn } from "@/lib/patients/find-or-create";
import { showVisit } from "../change-visit";
import { placeTogetherIn } from "../place-together";
import type { JointVisit } from "../plan-together";
import { VIOLATIONS } from "../rules";
import type { ShownVisit, Visit } from "../schema";
import type { BookFamily } from "./schema";

export interface BookedFamily<V = ShownVisit> {
  seriesId: string;
  visits: V[];
}

/**
 * Books a family's visits, all or none: each at its own start, with patients found or written down as by the desk.
 * SLOT_TAKEN, OUTSIDE_HOURS or TOO_SOON with the `conflicts` of each member; NOT_FOUND as booking.
 */
export async function bookFamilyIn(
  tx: Tx,
  ctx: ClinicContext,
  input: BookFamily,
): Promise<Result<BookedFamily<Visit>>> {
  if (ctx.clinic.status === "suspended") return err("CLINIC_SUSPENDED");
  const visits: JointVisit[] = [];
  for (const member of input.members) {
    const patientId = await patientOf(tx, ctx, member);
    if (!patientId.ok) return patientId;
    const { serviceId, providerId, operatoryId, startsAt, note } = member;
    visits.push({
      patientId: patientId.data,
      serviceId,
      providerId: providerId ?? undefined,
      operatoryId: operatoryId ?? undefined,
      startsAt,
      note: note || undefined,
      days: [],
    });
  }
  const seriesId = newId();
  const family = { id: seriesId, clinicId: ctx.clinic.id, kind: "family" as const, createdAt: ctx.now() };
  await tx.insert(visitSeries).values({ ...family, title: input.title ?? null });
  await audit(tx, ctx, { action: "family.book", targetType: "series", targetId: seriesId });
  const booked = await placeTogetherIn(tx, ctx, visits, { seriesId, position: 0, createdFrom: "MANUAL_ADMIN" });
  return booked.ok ? ok({ seriesId, visits: booked.data }) : booked;
}

export const bookFamily = (ctx: ClinicContext, input: BookFamily): Promise<Result<BookedFamily>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    const booked = await bookFamilyIn(tx, ctx, input);
    return booked.ok ? ok({ ...booked.data, visits: booked.data.visits.map(showVisit) }) : booked;
  });

type Member = BookFamily["members"][number];

async function patientOf(tx: Tx, ctx: ClinicContext, { patientId, patient }: Member): Promise<Result<string>> {
  if (patientId) return ok(patientId);
  if (!patient) return err("NOT_FOUND", { what: "patient" });
  const found = await findOrCreatePatientIn(tx, ctx, { ...patient, createdFrom: "MANUAL_ADMIN" });
  return found.ok ? ok(found.data.patient.id) : found;
}
