import { and, asc, eq, isNotNull } from "drizzle-orm";
import { channels } from "@/db/schema/channels";
import type { ClinicContext } from "@/lib/core/context";
import { query } from "@/lib/core/transact";
import { hasNumber, type AccountProblem } from "@/lib/messaging/channels/whatsapp-cloud/account";
import { credentialsIn } from "@/lib/messaging/credentials";

export type TemplateProblem = AccountProblem | "no_channel";

/** An account of the clinic at WhatsApp with what opens it, one of its numbers proven to be ours. */
export interface VendorAccount {
  account: string;
  token: string;
}
export type Opened = { account: string; token: string; problem: null } | { account: string; problem: AccountProblem };

/** The clinic's WhatsApp accounts, each once, tried at the vendor: a claim that it doesn't bear out opens nothing. */
export async function openAccounts(ctx: ClinicContext): Promise<Opened[]> {
  const claimed = await query(ctx, async (tx) => {
    const rows = await tx
      .select()
      .from(channels)
      .where(
        and(
          ...[eq(channels.clinicId, ctx.clinic.id), eq(channels.kind, "whatsapp_cloud"), eq(channels.isActive, true)],
          isNotNull(channels.account),
        ),
      )
      .orderBy(asc(channels.createdAt), asc(channels.id));
    return Promise.all(rows.map(async (row) => ({ row, token: (await credentialsIn(tx, ctx, row)).access_token })));
  });
  const opened = new Map<string, Opened>();
  for (const { row, token } of claimed) {
    const account = row.account ?? "";
    if (opened.get(account)?.problem === null) continue;
    opened.set(account, await open(account, row.address, token));
  }
  return [...opened.values()];
}

async function open(account: string, numberId: string, token: string | undefined): Promise<Opened> {
  if (!token) return { account, problem: "no_credentials" };
  const { problem } = await hasNumber(token, account, numberId);
  return problem === null ? { account, token, problem } : { account, problem };
}
