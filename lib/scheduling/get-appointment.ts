import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { showVisit } from "./change-visit";
import { readVisit } from "./read-visits";
import type { ShownVisit } from "./schema";

export const getAppointment = (ctx: ClinicContext, { id }: { id: string }): Promise<Result<ShownVisit>> =>
  query(ctx, async (tx) => {
    const visit = await readVisit(tx, ctx, id);
    return visit ? ok(showVisit(visit)) : err("NOT_FOUND", { what: "appointment" });
  });
