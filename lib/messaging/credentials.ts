import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channelCredentials, type channels } from "@/db/schema/channels";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { env } from "@/lib/core/env";
import { isSealedWithOldKey, seal, unseal } from "@/lib/core/seal";

export type CredentialPurpose = (typeof channelCredentials.$inferSelect)["purpose"];
/** The secrets that a channel signs and calls with. `account` is the vendor's account that they are of. */
export type ChannelCredentials = Partial<Record<CredentialPurpose, string>> & { account: string | null };

type ChannelRow = Pick<typeof channels.$inferSelect, "id" | "account"> & { kind: string };

/**
 * A channel's secrets, opened: the clinic's own, else the deployment's from the environment. Never both mixed: a
 * clinic's account with the deployment's token would be refused by the vendor at best.
 */
export async function credentialsIn(tx: Tx, ctx: ClinicContext, channel: ChannelRow): Promise<ChannelCredentials> {
  const rows = await tx
    .select()
    .from(channelCredentials)
    .where(and(eq(channelCredentials.clinicId, ctx.clinic.id), eq(channelCredentials.channelId, channel.id)));
  if (rows.length === 0) return deploymentCredentials(channel.kind);
  const opened: ChannelCredentials = { account: channel.account };
  for (const row of rows) opened[row.purpose] = unseal(row, placeOf(ctx, row.channelId, row.purpose));
  return opened;
}

/** The deployment's own account of a kind of channel; what the environment leaves out is not there. */
export function deploymentCredentials(kind: ChannelRow["kind"]): ChannelCredentials {
  const known = env();
  if (kind === "twilio_sms" || kind === "twilio_whatsapp")
    return { account: known.TWILIO_ACCOUNT_SID, ...given("auth_token", known.TWILIO_AUTH_TOKEN) };
  if (kind === "whatsapp_cloud")
    return {
      account: null,
      ...given("access_token", known.WHATSAPP_ACCESS_TOKEN),
      ...given("app_secret", known.WHATSAPP_APP_SECRET),
      ...given("verify_token", known.WHATSAPP_VERIFY_TOKEN),
    };
  return { account: null, ...given("smtp_url", known.SMTP_URL) };
}

const given = (purpose: CredentialPurpose, value: string | undefined) => (value ? { [purpose]: value } : {});

/**
 * Seals and keeps secrets of a channel in place of earlier ones. What is not given stays. They are never read out
 * again; `hint`, the last four characters or a mail server's name, tells two apart.
 */
export async function saveCredentialsIn(
  tx: Tx,
  ctx: ClinicContext,
  channelId: string,
  secrets: Partial<Record<CredentialPurpose, string>>,
): Promise<void> {
  const given = Object.entries(secrets).flatMap(([purpose, value]) =>
    value ? [{ purpose: asPurpose(purpose), value }] : [],
  );
  for (const { purpose, value } of given) {
    const hint = purpose === "smtp_url" ? new URL(value).host : value.slice(-4);
    const sealed = { ...seal(value, placeOf(ctx, channelId, purpose)), hint, updatedAt: ctx.now() };
    await tx
      .insert(channelCredentials)
      .values({ clinicId: ctx.clinic.id, channelId, purpose, ...sealed })
      .onConflictDoUpdate({
        target: [channelCredentials.clinicId, channelCredentials.channelId, channelCredentials.purpose],
        set: sealed,
      });
  }
  const changed = given.map(({ purpose }) => purpose);
  await audit(tx, ctx, { action: "channel.credentials", targetType: "channel", targetId: channelId, changed });
}

/** Seals again what an older key sealed, so that the older key can be taken away. Answers how many there were. */
export async function resealCredentialsIn(tx: Tx, ctx: ClinicContext): Promise<number> {
  const rows = await tx
    .select()
    .from(channelCredentials)
    .where(eq(channelCredentials.clinicId, ctx.clinic.id))
    .for("update");
  const old = rows.filter(isSealedWithOldKey);
  for (const row of old) {
    const place = placeOf(ctx, row.channelId, row.purpose);
    await tx
      .update(channelCredentials)
      .set(seal(unseal(row, place), place))
      .where(
        and(
          eq(channelCredentials.clinicId, ctx.clinic.id),
          eq(channelCredentials.channelId, row.channelId),
          eq(channelCredentials.purpose, row.purpose),
        ),
      );
  }
  if (old.length > 0) await audit(tx, ctx, { action: "channel.reseal", targetType: "clinic", targetId: ctx.clinic.id });
  return old.length;
}

/** The named cast of an object's own keys. */
const asPurpose = (name: string) => name as CredentialPurpose;

const placeOf = (ctx: ClinicContext, channelId: string, purpose: CredentialPurpose) => ({
  clinicId: ctx.clinic.id,
  rowId: channelId,
  purpose,
});
