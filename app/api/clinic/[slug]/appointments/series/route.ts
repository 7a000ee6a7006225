import { route } from "@/lib/http/route";
import { bookSeries } from "@/lib/scheduling/series/book-series";
import { BookSeries } from "@/lib/scheduling/series/schema";

export const POST = route.clinic({
  can: "appointment.write",
  body: BookSeries,
  status: 201,
  handler: ({ ctx, body }) => bookSeries(ctx, body),
});
