import type { Result } from "@/lib/core/result";
import type { BusyBook } from "./busy-book";

/**
 * A query of the book as the product asks it. `isReport` reads a part of the clinic that grows with it; `isWide` reads
 * weeks of all providers: of a small book that is a large part, which is rightly read from end to end.
 */
export interface BookQuery {
  name: string;
  run: () => Promise<unknown>;
  isReport?: true;
  isWide?: true;
}

const DAY = 86_400_000;

/** The reads of scheduling that people, the bot and integrations ask all day, over a book of any size. */
export async function bookQueries({ ctx, providerIds, serviceId }: BusyBook): Promise<BookQuery[]> {
  const { listAppointments } = await import("@/lib/scheduling/list-appointments");
  const { ListAppointments, ListAvailability, ListProviders, ListSlots } = await import("@/lib/scheduling/schema");
  const { getAppointment } = await import("@/lib/scheduling/get-appointment");
  const { ListSetUp } = await import("@/lib/scheduling/set-up/schema");
  const { listAvailability } = await import("@/lib/scheduling/list-availability");
  const { listProviderSlots } = await import("@/lib/scheduling/list-provider-slots");
  const { listProviders } = await import("@/lib/scheduling/list-providers");
  const { listServices } = await import("@/lib/scheduling/list-services");
  const { findSlots } = await import("@/lib/scheduling/find-slots");
  const { listPatients } = await import("@/lib/patients/search");
  const { ListPatients, ListTimeline } = await import("@/lib/patients/schema");
  const { getPatient } = await import("@/lib/patients/get");
  const { listTimeline } = await import("@/lib/patients/timeline/list");
  const { getDashboard } = await import("@/lib/analytics/dashboard");
  const dayOf = (days: number) => new Date(ctx.now().getTime() + days * DAY).toISOString().slice(0, 10);
  const list = (input: object) => listAppointments(ctx, ListAppointments.parse(input));
  const newest = await list({ start_date: dayOf(1) });
  const visit = newest.ok ? newest.data.items[0] : undefined;
  if (!visit) throw new Error("the book is empty");
  const patientId = visit.patient.id;
  const provider = providerIds[3] ?? "";
  const today = { start_date: dayOf(0), end_date: dayOf(0) };
  const month = {
    year: String(ctx.now().getUTCFullYear()),
    month: String(ctx.now().getUTCMonth() + 1),
    service_id: serviceId,
  };
  return [
    { name: "day", run: () => list({ ...today, limit: 100 }) },
    { name: "day of a provider", run: () => list({ ...today, provider_id: provider }) },
    { name: "week", run: () => list({ start_date: dayOf(0), end_date: dayOf(6), limit: 100 }) },
    { name: "week, page 5", run: () => list({ start_date: dayOf(0), end_date: dayOf(6), limit: 100, page: 5 }) },
    { name: "upcoming", run: () => list({ start_date: dayOf(0), limit: 50 }) },
    {
      name: "upcoming, unconfirmed",
      run: () => list({ start_date: dayOf(0), status: "scheduled", confirmation: "unasked" }),
    },
    { name: "upcoming of a service", run: () => list({ start_date: dayOf(0), service_id: serviceId }) },
    { name: "upcoming, by source", run: () => list({ start_date: dayOf(0), source: "MANUAL_ADMIN" }) },
    {
      name: "past 30 days missed",
      run: () => list({ start_date: dayOf(-30), end_date: dayOf(-1), status: "no_show" }),
    },
    { name: "visits of a patient", run: () => list({ patient_id: patientId }) },
    { name: "visits of a name", run: () => list({ q: visit.patient.name }) },
    { name: "newest bookings", run: () => list({ start_date: dayOf(0), sort: "-created" }) },
    { name: "one visit", run: () => getAppointment(ctx, { id: visit.id }) },
    { name: "month's free starts", run: () => listAvailability(ctx, ListAvailability.parse(month)), isWide: true },
    {
      name: "month of a provider",
      run: () => listAvailability(ctx, ListAvailability.parse({ ...month, provider_id: provider })),
      isWide: true,
    },
    { name: "next three", run: () => findSlots(ctx, { serviceId }), isWide: true },
    {
      name: "next Friday morning",
      run: () => findSlots(ctx, { serviceId, wish: { weekdays: [5], notAfter: "12:00" } }),
      isWide: true,
    },
    {
      name: "slots of a provider's day",
      run: () => listProviderSlots(ctx, provider, ListSlots.parse({ date: dayOf(1) })),
    },
    { name: "providers today", run: () => listProviders(ctx, ListProviders.parse({})) },
    { name: "services", run: () => listServices(ctx, ListSetUp.parse({})) },
    { name: "patients by name", run: () => listPatients(ctx, ListPatients.parse({ q: visit.patient.name })) },
    {
      name: "patients by phone",
      run: () => listPatients(ctx, ListPatients.parse({ q: visit.patient.phone ?? "303" })),
    },
    { name: "one patient", run: () => getPatient(ctx, patientId) },
    { name: "a patient's timeline", run: () => listTimeline(ctx, patientId, ListTimeline.parse({})) },
    { name: "dashboard", run: () => getDashboard(ctx), isReport: true },
  ];
}

/** A refusal would be measured as a fast answer. */
export async function runQuery({ name, run }: BookQuery): Promise<void> {
  const answer = (await run()) as Result<unknown> | undefined; // verbs answer results, findSlots its own
  if (answer && "ok" in answer && !answer.ok) throw new Error(`${name}: ${answer.error}`);
}
