import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { showVisit } from "@/lib/scheduling/change-visit";
import type { ShownVisit } from "@/lib/scheduling/schema";
import { claimOfferIn } from "./claim";
import { VIOLATIONS } from "./internal";

/** Staff take an offered time for somebody who said yes by phone: the visit, or SLOT_TAKEN when another was sooner. */
export const claimFor = (ctx: ClinicContext, offerId: string): Promise<Result<ShownVisit>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    const claimed = await claimOfferIn(tx, ctx, { offerId });
    if (!claimed.ok) return claimed;
    return claimed.data.outcome === "yours" ? ok(showVisit(claimed.data.visit)) : err("SLOT_TAKEN");
  });
