import type { ClinicRules } from "@/lib/clinics/rules";
import { err, ok, type Result } from "@/lib/core/result";
import type { Violations } from "@/lib/core/violations";
import type { ClinicContext } from "@/lib/core/context";
import type { ApiStatus, Status, Visit } from "./schema";

/** Named constraints that a caller can run into, and what they mean. */
export const VIOLATIONS = {
  appointments_patient_fk: err("NOT_FOUND", { what: "patient" }),
  appointments_service_fk: err("NOT_FOUND", { what: "service" }),
  appointments_provider_fk: err("NOT_FOUND", { what: "provider" }),
  appointments_operatory_fk: err("NOT_FOUND", { what: "operatory" }),
  appointments_edge: err("ILLEGAL_TRANSITION"),
  occupancies_no_overlap: err("SLOT_TAKEN"),
} as const satisfies Violations;

/** The edges of domain.md; migration 0001 guards the same ones. */
export const EDGES = {
  held: ["scheduled", "expired", "cancelled"],
  scheduled: ["checked_in", "completed", "cancelled", "no_show"],
  checked_in: ["completed", "scheduled"],
  no_show: ["checked_in", "completed", "scheduled"],
  cancelled: ["scheduled"],
  completed: ["checked_in"],
  expired: [],
} as const satisfies Record<Status, readonly Status[]>;

export const isEdge = (from: Status, to: Status): boolean => (EDGES[from] as readonly Status[]).includes(to);

/** An active visit takes its provider's and its chair's time. */
export const isActive = (status: Status): boolean =>
  status === "held" || status === "scheduled" || status === "checked_in";

/** What `undo` goes back to; a hold, a plain scheduled visit and an expired hold have nothing to undo. */
export const UNDO: Partial<Record<Status, Status>> = {
  checked_in: "scheduled",
  no_show: "scheduled",
  cancelled: "scheduled",
  completed: "checked_in",
};

/** Staff at the desk book any service until it starts; patients, and the bot for them, by the clinic's rules. */
export const isDesk = (ctx: ClinicContext): boolean => ctx.actor.type === "user";

/** The status that the API shows (domain.md, States): a scheduled visit is `tentative` until its calendar has it. */
export const apiStatusOf = ({ status, calendarSync }: Pick<Visit, "status" | "calendarSync">): ApiStatus => {
  if (status !== "scheduled") return status;
  return calendarSync === "pending" || calendarSync === "failed" ? "tentative" : "confirmed";
};

/**
 * Whether a start may be booked as far as the clock goes. Patients keep to the clinic's notice and horizon, the desk
 * to the present: TOO_SOON, or OUTSIDE_HOURS beyond the horizon.
 */
export function timingOf(ctx: ClinicContext, rules: ClinicRules, startsAt: Date): Result<null> {
  const minutesAhead = (startsAt.getTime() - ctx.now().getTime()) / 60_000;
  if (isDesk(ctx)) return minutesAhead < 0 ? err("TOO_SOON") : ok();
  if (minutesAhead < rules.minimumNoticeMinutes) return err("TOO_SOON");
  return minutesAhead > rules.bookingHorizonDays * 1440 ? err("OUTSIDE_HOURS", { why: "horizon" }) : ok();
}

/** The first minute that may still be booked. */
export const bookableFrom = (ctx: ClinicContext, rules: ClinicRules): number =>
  Math.ceil(ctx.now().getTime() / 60_000) + (isDesk(ctx) ? 0 : rules.minimumNoticeMinutes);
