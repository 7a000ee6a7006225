import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { attempt, transact } from "@/lib/core/transact";
import { cancelIn } from "../cancel";
import { markNoShowIn } from "../mark-no-show";
import { VIOLATIONS } from "../rules";
import type { Visit } from "../schema";
import { setConfirmationIn } from "../set-confirmation";
import { undoIn } from "../undo";
import type { ActOnMany } from "./schema";

export interface ActedOnMany {
  done: number;
  items: { id: string; ok: boolean; error: string | null }[];
}

/**
 * One act on many visits, each on its own: what one of them refuses (its code is told) keeps none of the others. In
 * order of id, as everybody locks, and in one transaction, so that a keyed request is answered the same again.
 */
export const actOnMany = (ctx: ClinicContext, input: ActOnMany): Promise<Result<ActedOnMany>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    const refused = new Map<string, string | null>();
    for (const id of [...new Set(input.ids)].sort()) {
      const result = await attempt(tx, VIOLATIONS, (inner) => actIn(inner, ctx, id, input));
      refused.set(id, result.ok ? null : result.error);
    }
    const items = [...refused.keys()].map((id) => {
      const error = refused.get(id) ?? null;
      return { id, ok: error === null, error };
    });
    return ok({ done: items.filter((item) => item.ok).length, items });
  });

function actIn(tx: Tx, ctx: ClinicContext, appointmentId: string, input: ActOnMany): Promise<Result<Visit>> {
  const { act, reason, from } = input;
  switch (act) {
    case "confirm":
      return setConfirmationIn(tx, ctx, { appointmentId, confirmation: "confirmed" });
    case "unconfirm":
      return setConfirmationIn(tx, ctx, { appointmentId, confirmation: "unasked" });
    case "cancel":
      return cancelIn(tx, ctx, { appointmentId, reason });
    case "no_show":
      return markNoShowIn(tx, ctx, { appointmentId });
    case "undo":
      return undoIn(tx, ctx, { appointmentId, from });
  }
}
