import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { Appointment } from "@/components/scheduling/queries";
import { api } from "@/lib/http/client";

const Task = z.object({
  id: z.string(),
  reason: z.string(),
  created_at: z.string(),
  patient: z.object({ id: z.string(), name: z.string() }).nullish(),
  conversation_id: z.string().nullish(),
});
export type Task = z.infer<typeof Task>;

const Dashboard = z.object({
  today: z.object({
    total: z.number(),
    upcoming: z.number(),
    confirmed: z.number(),
    unconfirmed: z.number(),
    completed: z.number(),
    cancelled: z.number(),
    no_show: z.number(),
    booked_today: z.number(),
  }),
  inbox: z.object({ open: z.number(), handoff: z.number(), waiting: z.number(), unread: z.number() }),
  tasks: z.object({ open: z.number(), items: z.array(Task) }),
  by_source: z.array(z.object({ source: z.string(), count: z.number() })),
  next: z.array(Appointment),
  trend: z.array(z.object({ day: z.string(), total: z.number(), no_show: z.number() })),
});
export type Dashboard = z.infer<typeof Dashboard>;

export const dashboardQuery = (slug: string) =>
  queryOptions({
    queryKey: ["clinic", slug, "dashboard"] as const,
    queryFn: ({ signal }) => api(Dashboard, `/api/clinic/${slug}/dashboard`, { signal }),
  });
