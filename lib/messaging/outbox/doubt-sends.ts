import { and, eq, lte, sql } from "drizzle-orm";
import { outbox } from "@/db/schema/messaging";
import { audit } from "@/lib/audit/record";
import { systemContext } from "@/lib/clinics/mint";
import type { ClinicContext } from "@/lib/core/context";
import { ok, unwrap } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { clinicsWithDueWork } from "@/lib/messaging/due-work";
import { findMissedMessages } from "@/lib/messaging/ingest/find-missed";
import { DELIVERY, type DeliverySettings } from "./items";
import { inSeconds } from "./store";

/**
 * After a backup was restored: what its outbox has as due may have gone out since it was made. Each such send is one whose
 * answer was lost, and none goes out before the vendor was asked for it (`reconcile`). Answers how many there are.
 */
export const doubtSends = async (ctx: ClinicContext, settings: DeliverySettings = DELIVERY): Promise<number> =>
  unwrap(
    await transact(ctx, {}, async (tx) => {
      const doubted = await tx
        .update(outbox)
        .set({
          state: "sending",
          leaseToken: null,
          leaseUntil: inSeconds(settings.leaseSeconds),
          lastError: "restored",
        })
        .where(and(eq(outbox.clinicId, ctx.clinic.id), eq(outbox.state, "due"), lte(outbox.dueAt, sql`now()`)))
        .returning({ messageId: outbox.messageId });
      for (const { messageId } of doubted)
        await audit(tx, ctx, { action: "message.doubt", targetType: "message", targetId: messageId });
      return ok(doubted.length);
    }),
  );

export interface CatchUpReport {
  doubted: number;
  seen: number;
}

/**
 * Brings a restored database back into step with the vendors, for all clinics, while no worker runs: sends that may have
 * gone out are doubted, and what patients wrote meanwhile is taken from the vendors' lists. Running it twice is harmless.
 */
export async function catchUpWithVendors(): Promise<CatchUpReport> {
  const report: CatchUpReport = { doubted: 0, seen: 0 };
  await forAll("outbox", async (id) => {
    report.doubted += await doubtSends(await systemContext(id, "messaging.catch-up"));
  });
  await forAll("reconcile", async (id) => {
    report.seen += await findMissedMessages(id);
  });
  return report;
}

/** Clinics come in pages; one that has been served and still has work waits for the workers. */
async function forAll(work: "outbox" | "reconcile", serve: (clinicId: string) => Promise<void>): Promise<void> {
  const served = new Set<string>();
  for (;;) {
    const next = (await clinicsWithDueWork(work)).filter((id) => !served.has(id));
    if (next.length === 0) return;
    for (const id of next) {
      served.add(id);
      await serve(id);
    }
  }
}
