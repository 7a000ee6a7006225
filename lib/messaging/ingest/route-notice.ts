import { and, eq, notExists, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channelCredentials, channels } from "@/db/schema/channels";
import type { ClinicContext } from "@/lib/core/context";
import { unscoped } from "@/lib/core/transact";
import type { AccountNotice } from "@/lib/messaging/channels/notice";

type Source = Pick<AccountNotice, "channelKind" | "account" | "signedFor">;

/** Which clinics may be meant by news of an account: those that have it, or the one whose key it came under. */
export const clinicsOfAccount = ({ channelKind, account, signedFor }: Source): Promise<string[]> =>
  unscoped(async (tx) => {
    const found = await tx.execute<{ clinic_id: string }>(
      signedFor === null
        ? sql`select clinic_id from find_account(${channelKind}, ${account})`
        : sql`select clinic_id from find_channel(${channelKind}, ${signedFor})`,
    );
    return [...new Set(found.rows.map((row) => row.clinic_id))];
  });

/**
 * The clinic's channels that the news is about, locked. A channel with a key of its own is spoken for by that key alone; one
 * without, by the deployment's. A number of another account than the one told of is not meant.
 */
export function lockMeantIn(tx: Tx, ctx: ClinicContext, { channelKind, account, signedFor }: Source) {
  const ownKey = tx
    .select({ id: channelCredentials.channelId })
    .from(channelCredentials)
    .where(
      and(
        ...[eq(channelCredentials.clinicId, channels.clinicId), eq(channelCredentials.channelId, channels.id)],
        eq(channelCredentials.purpose, "app_secret"),
      ),
    );
  const mine = and(eq(channels.clinicId, ctx.clinic.id), eq(channels.kind, channelKind), eq(channels.isActive, true));
  const isMeant =
    signedFor === null
      ? and(eq(channels.account, account), notExists(ownKey))
      : and(eq(channels.address, signedFor), sql`coalesce(${channels.account}, ${account}) = ${account}`);
  return tx.select().from(channels).where(and(mine, isMeant)).orderBy(channels.id).for("update");
}
