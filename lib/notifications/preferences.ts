import { and, eq } from "drizzle-orm";
import { memberships, users } from "@/db/schema/identity";
import { notificationPreferences } from "@/db/schema/notifications";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query, transact, transactAsUser } from "@/lib/core/transact";
import type { MemberRole } from "@/lib/identity/permissions";
import { toE164 } from "@/lib/patients/phone";
import { kindsFor, waysFor, type Ways } from "./rules";
import { mayTurnOff, type Kind, type SetPreferences } from "./schema";

export interface Preferences {
  preferences: (Ways & { kind: Kind; mayTurnOff: boolean })[];
  /** Where alerts by SMS go; null: none do. */
  phone: string | null;
}

const memberRole = ({ role }: ClinicContext): MemberRole | undefined =>
  role === "OWNER" || role === "ADMIN" || role === "STAFF" || role === "VIEWER" ? role : undefined;

/** What the caller hears of in this clinic, and how. */
export async function getPreferences(ctx: ClinicContext): Promise<Result<Preferences>> {
  const role = memberRole(ctx);
  if (ctx.actor.type !== "user" || !role) return err("FORBIDDEN");
  const userId = ctx.actor.id;
  return query(ctx, async (tx) => {
    const chosen = await tx
      .select()
      .from(notificationPreferences)
      .where(and(eq(notificationPreferences.clinicId, ctx.clinic.id), eq(notificationPreferences.userId, userId)));
    const [me] = await tx.select({ phone: users.phone }).from(users).where(eq(users.id, userId));
    const [member] = await tx
      .select({ providerId: memberships.providerId })
      .from(memberships)
      .where(and(eq(memberships.clinicId, ctx.clinic.id), eq(memberships.userId, userId)));
    // A day of one's own has only who is a provider.
    const kinds = kindsFor(role).filter((kind) => kind !== "day_ahead" || member?.providerId);
    const preferences = kinds.map((kind) => {
      const { inPortal, byEmail, bySms } = waysFor(
        kind,
        chosen.find((one) => one.kind === kind),
      );
      return { kind, inPortal, byEmail, bySms, mayTurnOff: mayTurnOff(kind) };
    });
    return ok({ preferences, phone: me?.phone ?? null });
  });
}

/** Keeps the caller's choices and, where given, the phone for alerts (null: none). VALIDATION_FAILED: no phone number. */
export async function setPreferences(ctx: ClinicContext, input: SetPreferences): Promise<Result<Preferences>> {
  if (ctx.actor.type !== "user") return err("FORBIDDEN");
  const userId = ctx.actor.id;
  const phone = input.phone ? toE164(input.phone, ctx.clinic.country) : input.phone;
  if (input.phone && !phone)
    return err("VALIDATION_FAILED", [{ code: "phone", path: ["phone"], message: "No phone number." }]);
  const saved = await transact(ctx, {}, async (tx) => {
    for (const { kind, ...ways } of input.preferences)
      await tx
        .insert(notificationPreferences)
        .values({ clinicId: ctx.clinic.id, userId, kind, ...ways })
        .onConflictDoUpdate({
          target: [notificationPreferences.clinicId, notificationPreferences.userId, notificationPreferences.kind],
          set: ways,
        });
    const changed = input.preferences.map(({ kind }) => kind);
    await audit(tx, ctx, { action: "notification.preferences", targetType: "user", targetId: userId, changed });
    return ok();
  });
  if (!saved.ok) return saved;
  if (phone !== undefined)
    await transactAsUser(userId, (tx) => tx.update(users).set({ phone }).where(eq(users.id, userId)));
  return getPreferences(ctx);
}
