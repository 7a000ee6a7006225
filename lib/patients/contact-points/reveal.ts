import { and, eq } from "drizzle-orm";
import { contactPoints } from "@/db/schema/patients";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import type { RevealContactPoint } from "../schema";

type Shown = Pick<typeof contactPoints.$inferSelect, "id" | "kind" | "value">;

/**
 * An address in full for whoever sees it masked and says why (domain.md, Permissions). Each time is written down, with
 * the reason and without the number, before it is shown.
 */
export const revealContactPoint = (
  ctx: ClinicContext,
  id: string,
  { reason }: RevealContactPoint,
): Promise<Result<Shown>> =>
  transact(ctx, {}, async (tx) => {
    const [point] = await tx
      .select({ id: contactPoints.id, kind: contactPoints.kind, value: contactPoints.value })
      .from(contactPoints)
      .where(and(eq(contactPoints.clinicId, ctx.clinic.id), eq(contactPoints.id, id)));
    if (!point) return err("NOT_FOUND", { what: "contact_point" });
    await audit(tx, ctx, { action: "contact_point.reveal", targetType: "contact_point", targetId: id, reason });
    return ok(point);
  });
