import { route } from "@/lib/http/route";
import { bookAtDesk } from "@/lib/scheduling/book-at-desk";
import { listAppointments } from "@/lib/scheduling/list-appointments";
import { BookAtDesk, ListAppointments } from "@/lib/scheduling/schema";

export const GET = route.clinic({
  can: "appointment.read",
  query: ListAppointments,
  handler: ({ ctx, query }) => listAppointments(ctx, query),
});

export const POST = route.clinic({
  can: "appointment.write",
  body: BookAtDesk,
  status: 201,
  handler: ({ ctx, body }) => bookAtDesk(ctx, body),
});
