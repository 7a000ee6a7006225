import { route } from "@/lib/http/route";
import { actOnMany } from "@/lib/scheduling/many/act";
import { ActOnMany } from "@/lib/scheduling/many/schema";

export const POST = route.clinic({
  can: "appointment.write",
  body: ActOnMany,
  handler: ({ ctx, body }) => actOnMany(ctx, body),
});
