import { z } from "zod";
import type { CREATED_FROM } from "@/db/schema/appointments";

/*
 * The words of scheduling. Inside another transaction its verbs are called as
 *   findSlotsIn(tx, ctx, FindSlots): Result<FoundSlots>        find-slots.ts
 *   holdIn(tx, ctx, HoldSlot): Result<Visit>                   hold.ts
 *   confirmHoldIn(tx, ctx, { appointmentId }): Result<Visit>   confirm-hold.ts
 *   releaseHoldIn(tx, ctx, { appointmentId }): Result<Visit>   release-hold.ts
 *   bookIn(tx, ctx, PlaceVisit): Result<Visit>                 book.ts
 *   rescheduleIn(tx, ctx, MoveVisit): Result<Visit>            reschedule.ts
 *   cancelIn(tx, ctx, { appointmentId, reason? }): Result<Visit>                   cancel.ts
 *   setConfirmationIn(tx, ctx, { appointmentId, confirmation }): Result<Visit>     set-confirmation.ts
 *   runningLateIn(tx, ctx, { appointmentId, minutes }): Result<Visit>              running-late.ts
 *   listUpcomingIn(tx, ctx, patientIds): Visit[]               list-upcoming.ts
 */

export type CreatedFrom = (typeof CREATED_FROM)[number];

export const STATUSES = ["held", "scheduled", "checked_in", "completed", "cancelled", "no_show", "expired"] as const;
export type Status = (typeof STATUSES)[number];
export const CONFIRMATIONS = ["unasked", "asked", "confirmed", "declined"] as const;
export type Confirmation = (typeof CONFIRMATIONS)[number];

/** A visit as every verb answers it; the service's name is in the context's language. */
export interface Visit {
  id: string;
  startsAt: Date;
  endsAt: Date;
  status: Status;
  confirmation: Confirmation;
  calendarSync: "off" | "pending" | "synced" | "failed" | "conflict";
  createdFrom: CreatedFrom;
  holdExpiresAt: Date | null;
  runningLateMinutes: number | null;
  cancelReason: string | null;
  note: string | null;
  conversationId: string | null;
  patient: { id: string; name: string; phone: string | null };
  service: { id: string; name: string; color: string; durationMinutes: number };
  provider: { id: string; name: string };
  operatory: { id: string; name: string } | null;
  segments: { resourceId: string; startsAt: Date; endsAt: Date }[];
}

/** A visit to be booked. Without a provider, whoever of the service is free and has least that day. */
export interface PlaceVisit {
  patientId: string;
  serviceId: string;
  providerId?: string | undefined;
  operatoryId?: string | undefined;
  startsAt: Date;
  createdFrom: CreatedFrom;
  conversationId?: string | undefined;
  note?: string | undefined;
}

export interface HoldSlot extends PlaceVisit {
  expiresAt: Date;
}

/** Without a provider or chair the visit keeps its provider, and its chair where that is free. */
export interface MoveVisit {
  appointmentId: string;
  startsAt: Date;
  providerId?: string | undefined;
  operatoryId?: string | undefined;
}

/** Calendar days `YYYY-MM-DD`, both ends included; `to: null` is open. */
export interface DayRange {
  readonly from: string;
  readonly to: string | null;
}

/**
 * What somebody asked for, in the clinic's zone; the dialog's `TimeConstraint` has this shape. All that is present
 * holds at once; the start lies in `notBefore` ≤ start < `notAfter`. Weekdays are ISO: Monday 1 … Sunday 7.
 */
export interface SlotWish {
  readonly days?: readonly DayRange[] | undefined;
  readonly weekdays?: readonly number[] | undefined;
  readonly exceptDays?: readonly string[] | undefined;
  readonly exceptWeekdays?: readonly number[] | undefined;
  /** `HH:MM`. Of `at`, `anyOf` and `ambiguousAt` any will do. */
  readonly at?: string | undefined;
  readonly anyOf?: readonly string[] | undefined;
  readonly ambiguousAt?: readonly string[] | undefined;
  readonly notBefore?: string | undefined;
  readonly notAfter?: string | undefined;
  /** `at` is wanted, within an hour of it will do. */
  readonly approximate?: boolean | undefined;
  readonly earliest?: boolean | undefined;
  readonly latest?: boolean | undefined;
}

export interface FindSlots {
  serviceId: string;
  /** Any of these; without, anybody who does the service. */
  providerIds?: readonly string[] | undefined;
  exceptProviderIds?: readonly string[] | undefined;
  wish?: SlotWish | undefined;
  /** At most this many; 3 unless said. */
  limit?: number | undefined;
  /** Starts offered before and not wanted. */
  exceptStarts?: readonly Date[] | undefined;
  /** Only starts later, or earlier, than this ("something later"). */
  after?: Date | undefined;
  before?: Date | undefined;
  /** The visit to be moved: what it takes now counts as free. */
  exceptAppointmentId?: string | undefined;
}

export interface FoundSlot {
  startsAt: Date;
  endsAt: Date;
  providerId: string;
  providerName: string;
  operatoryId: string | null;
}

/** `fits`: what was asked for, in time order. `nearest`: filled only when nothing fits. */
export interface FoundSlots {
  fits: FoundSlot[];
  nearest: FoundSlot[];
  /** Whether more fits than was answered. */
  hasMore: boolean;
  /** Why nothing fits: nobody works then, all is taken, or it is too near or too far ahead. */
  why: "closed" | "full" | "too_soon" | "too_far" | null;
}

export const VisitId = z.object({ id: z.uuid() });
