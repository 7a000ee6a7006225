import { z } from "zod";
import type { CREATED_FROM } from "@/db/schema/appointments";
import { camelKeys } from "@/lib/core/keys";

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
/** The same as a list, which the browser may know. */
export const SOURCES = [
  "WHATSAPP",
  "SMS",
  "EMAIL",
  "PUBLIC_WEB",
  "PATIENT_ACCOUNT",
  "MANUAL_ADMIN",
  "API",
  "WAITLIST",
  "SIMULATOR",
  "IMPORT",
] as const satisfies readonly CreatedFrom[];

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
  /** The recall, plan or family that it is part of, and its place in it from 0 on. */
  series: { id: string; position: number } | null;
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
  providerId?: string | null | undefined;
  operatoryId?: string | null | undefined;
  /** Where the visit is to take another time than it does now. */
  durationMinutes?: number | null | undefined;
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

/** What the API says of a visit's status: a scheduled one is `tentative` or `confirmed` (domain.md, States). */
export const API_STATUSES = [
  "held",
  "tentative",
  "confirmed",
  "checked_in",
  "completed",
  "cancelled",
  "no_show",
  "expired",
] as const;
export type ApiStatus = (typeof API_STATUSES)[number];

/** A visit as the API shows it; `state` is the status as it is stored. */
export type ShownVisit = Omit<Visit, "status" | "calendarSync" | "conversationId"> & {
  status: ApiStatus;
  state: Status;
};

export interface Page<T> {
  items: T[];
  page: number;
  limit: number;
  total: number;
  totalCapped: boolean;
}

/** `YYYY-MM-DD`, a day that exists. */
const Day = z.iso.date();
const Id = z.uuid();
/** An instant of a whole minute: slots know no seconds. */
const Start = z.iso
  .datetime({ offset: true })
  .transform((value) => new Date(value))
  .refine((instant) => instant.getTime() % 60_000 === 0, "a start is a whole minute");
const Note = z.string().trim().max(2000);
const pages = {
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(20),
};

export const IdPath = z.object({ id: Id });

export const VISIT_SORTS = ["start", "-start", "created", "-created"] as const;
/** What a list, and an export, may be narrowed by. */
export const VISIT_FILTERS = {
  q: z.string().trim().max(100).optional(),
  patient_id: Id.optional(),
  contact_id: Id.optional(),
  provider_id: Id.optional(),
  service_id: Id.optional(),
  status: z.enum([...API_STATUSES, "scheduled"]).optional(),
  confirmation: z.enum(CONFIRMATIONS).optional(),
  source: z.enum(SOURCES).optional(),
  start_date: Day.optional(),
  end_date: Day.optional(),
};

/**
 * `GET …/appointments`: days are the clinic's, both included; expired holds only where asked for. `sort` goes before
 * `order`, which turns the plain order by start round.
 */
export const ListAppointments = z
  .object({
    ...pages,
    ...VISIT_FILTERS,
    order: z.enum(["asc", "desc"]).default("asc"),
    sort: z.enum(VISIT_SORTS).optional(),
  })
  .transform(camelKeys);
export type ListAppointments = z.output<typeof ListAppointments>;

const PatientOfVisit = z.object({
  name: z.string().trim().min(1).max(200),
  phone: z.string().trim().max(40).nullish(),
  email: z.email().max(254).nullish(),
  language: z.enum(["en", "ar", "es"]).nullish(),
});

/** `POST …/appointments`, by staff: a known patient's id, or who it is. */
export const BookAtDesk = z
  .object({
    service_id: Id,
    provider_id: Id.nullish(),
    operatory_id: Id.nullish(),
    starts_at: Start,
    patient_id: Id.nullish(),
    patient: PatientOfVisit.nullish(),
    note: Note.optional(),
  })
  .refine((body) => Boolean(body.patient_id) !== Boolean(body.patient), {
    error: "either patient_id or patient",
    path: ["patient_id"],
  })
  .transform(camelKeys);
export type BookAtDesk = z.output<typeof BookAtDesk>;

/** `GET …/availability`: the free starts of a month. */
export const ListAvailability = z
  .object({
    year: z.coerce.number().int().min(2000).max(2200),
    month: z.coerce.number().int().min(1).max(12),
    service_id: Id,
    provider_id: Id.optional(),
  })
  .transform(camelKeys);
export type ListAvailability = z.output<typeof ListAvailability>;

/** `GET …/calendar`: the clinic's days from one to the other, both included; two weeks at most. */
export const ListCalendar = z
  .object({ from: Day, to: Day })
  .refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) < 14 * 86_400_000, {
    error: "at most 14 days, in order",
    path: ["to"],
  })
  .transform(camelKeys);
export type ListCalendar = z.output<typeof ListCalendar>;

/** `GET …/providers`: with their hours of `date`, today unless said. */
export const ListProviders = z
  .object({ ...pages, q: z.string().trim().max(100).optional(), date: Day.optional() })
  .transform(camelKeys);
export type ListProviders = z.output<typeof ListProviders>;
/** `GET …/providers/{id}/slots` */
export const ListSlots = z.object({ date: Day.optional(), service_id: Id.optional() }).transform(camelKeys);
export type ListSlots = z.output<typeof ListSlots>;
