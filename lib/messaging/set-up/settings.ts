import { eq } from "drizzle-orm";
import { clinics } from "@/db/schema/clinics";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import type { MessagingSettings } from "./schema";

export interface MessagingSettingsItem {
  hasAutomaticSends: boolean;
  sendWindow: { from: string; until: string } | null;
  unansweredAfterMinutes: number;
}

const DEFAULT_UNANSWERED = 10;

/** What holds for all channels of the clinic. */
export const getMessagingSettings = (ctx: ClinicContext): Promise<Result<MessagingSettingsItem>> =>
  query(ctx, async (tx) => {
    const [clinic] = await tx.select().from(clinics).where(eq(clinics.id, ctx.clinic.id));
    if (!clinic) return err("NOT_FOUND", { what: "clinic" });
    const { sendWindow = null, unansweredAfterMinutes = DEFAULT_UNANSWERED } = clinic.settings;
    return ok({ hasAutomaticSends: clinic.hasAutomaticSends, sendWindow, unansweredAfterMinutes });
  });

/** Keeps what is given. The switch holds from the next claim on: what a vendor has been handed has gone. */
export async function setMessagingSettings(
  ctx: ClinicContext,
  input: MessagingSettings,
): Promise<Result<MessagingSettingsItem>> {
  const { hasAutomaticSends, sendWindow, unansweredAfterMinutes } = input;
  if (sendWindow && sendWindow.from >= sendWindow.until)
    return err("VALIDATION_FAILED", [{ code: "window", path: ["send_window"], message: "It ends before it begins." }]);
  const saved = await transact(ctx, {}, async (tx) => {
    const [clinic] = await tx.select().from(clinics).where(eq(clinics.id, ctx.clinic.id)).for("update");
    if (!clinic) return err("NOT_FOUND", { what: "clinic" });
    const settings = {
      ...clinic.settings,
      ...(sendWindow === undefined ? {} : { sendWindow: sendWindow ?? undefined }),
      ...(unansweredAfterMinutes === undefined ? {} : { unansweredAfterMinutes }),
    };
    await tx
      .update(clinics)
      .set({ settings, ...(hasAutomaticSends === undefined ? {} : { hasAutomaticSends }), updatedAt: ctx.now() })
      .where(eq(clinics.id, ctx.clinic.id));
    const changed = Object.entries(input).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    await audit(tx, ctx, { action: "settings.messaging", targetType: "clinic", targetId: ctx.clinic.id, changed });
    await announce(tx, ctx, "channel", ctx.clinic.id);
    return ok();
  });
  return saved.ok ? getMessagingSettings(ctx) : saved;
}
