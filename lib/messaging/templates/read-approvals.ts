import { and, eq, inArray, sql } from "drizzle-orm";
import { channels } from "@/db/schema/channels";
import { audit } from "@/lib/audit/record";
import { systemContext } from "@/lib/clinics/mint";
import type { ClinicContext } from "@/lib/core/context";
import { ok, unwrap, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import type { TemplateDecision } from "@/lib/messaging/channels/notice";
import { listTemplatesOf } from "@/lib/messaging/channels/whatsapp-cloud/templates";
import { announce } from "@/lib/realtime/announce";
import { recordApprovalsIn } from "./record-approvals";
import { openAccounts, type TemplateProblem } from "./vendor-account";

export interface ApprovalsRead {
  /** How many of our templates are in another state than before. */
  changed: number;
  /** What stood in the way, with words in `settings.templates.problems`; null: all was read. */
  problem: TemplateProblem | null;
}

/**
 * Reads what WhatsApp decided on the clinic's templates, from all pages of its list, and takes it over. A vendor that
 * doesn't answer changes nothing. Running it twice at once is harmless.
 */
export async function readApprovals(ctx: ClinicContext): Promise<Result<ApprovalsRead>> {
  const accounts = await openAccounts(ctx);
  if (accounts.length === 0) return ok({ changed: 0, problem: "no_channel" });
  let problem: TemplateProblem | null = null;
  const listed: TemplateDecision[] = [];
  for (const account of accounts) {
    const read = account.problem === null ? await listTemplatesOf(account.token, account.account) : account;
    if (read.problem !== null) problem = read.problem;
    else if ("data" in read) listed.push(...read.data.map(({ id: _id, ...decided }) => decided));
  }
  const isAll = problem === null && accounts.length === 1;
  return transact(ctx, {}, async (tx) => {
    const changed = await recordApprovalsIn(tx, ctx, listed, { isAll });
    const names = accounts.map(({ account }) => account);
    const read = await tx
      .update(channels)
      .set({ templatesReadAt: sql`now()` })
      .where(and(eq(channels.clinicId, ctx.clinic.id), inArray(channels.account, names)))
      .returning({ id: channels.id });
    for (const { id } of read) {
      await audit(tx, ctx, { action: "channel.templates", targetType: "channel", targetId: id });
      await announce(tx, ctx, "channel", id);
    }
    return ok({ changed, problem });
  });
}

/** The same for a clinic whose turn has come. Answers how many changed. */
export const readDueApprovals = async (clinicId: string): Promise<number> =>
  unwrap(await readApprovals(await systemContext(clinicId, "messaging.read-templates"))).changed;
