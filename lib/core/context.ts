import type { HqRole, MemberRole, ClinicRole } from "@/lib/identity/permissions";
import type { Clock } from "./clock";
import type { Result } from "./result";

declare const minted: unique symbol;
/** A clinic's id that a door or `systemContext` has checked; nothing else may make one. */
export type ClinicId = string & { readonly [minted]: "ClinicId" };

/** What every verb may know of the clinic without asking. */
export interface ClinicFacts {
  id: ClinicId;
  slug: string;
  name: string;
  timeZone: string;
  currency: string;
  country: string;
  defaultLocale: string;
  status: "active" | "suspended";
}

export type Actor =
  { type: "user"; id: string; name: string } | { type: "patient"; id: string } | { type: "system"; id: string };

/** A keyed POST: the transaction that does the work also writes down its answer (`transact`). */
export interface IdempotentRequest {
  caller: string;
  key: string;
  requestHash: string;
  /** The bytes and status with which the door will answer. */
  answerOf: (result: Result<unknown>) => { status: number; answer: string };
  /** Set by `transact` when an earlier request with this key has been answered. */
  replay?: { status: number; answer: string };
}

/** Who acts in which clinic, at what time. `now` is the only clock of `lib`. */
export interface ClinicContext {
  clinic: ClinicFacts;
  actor: Actor;
  role: ClinicRole | "SYSTEM" | "PATIENT";
  locale: string;
  requestId: string;
  now: Clock;
  idempotent?: IdempotentRequest;
}

/** A signed-in person outside any clinic: their own account, the list of their clinics. */
export interface UserContext {
  user: { id: string; email: string; name: string; locale: string | null; hqRole: HqRole | null };
  sessionId: string;
  memberships: { clinicId: string; slug: string; name: string; role: MemberRole }[];
  locale: string;
  requestId: string;
  now: Clock;
}

/** HQ at work across clinics; never inside one. */
export interface HqContext {
  actor: Actor;
  hqRole: HqRole | "SYSTEM";
  locale: string;
  requestId: string;
  now: Clock;
}
