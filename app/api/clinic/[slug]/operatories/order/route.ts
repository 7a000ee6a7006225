import { route } from "@/lib/http/route";
import { setOrder } from "@/lib/scheduling/set-up/order";
import { OrderBody } from "@/lib/scheduling/set-up/schema";

export const PUT = route.clinic({
  can: "provider.write",
  body: OrderBody,
  handler: ({ ctx, body }) => setOrder(ctx, "operatory", body),
});
