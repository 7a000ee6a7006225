import { route } from "@/lib/http/route";
import { bookFamily } from "@/lib/scheduling/family/book-family";
import { BookFamily } from "@/lib/scheduling/family/schema";

export const POST = route.clinic({
  can: "appointment.write",
  body: BookFamily,
  status: 201,
  handler: ({ ctx, body }) => bookFamily(ctx, body),
});
