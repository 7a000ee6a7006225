import { route } from "@/lib/http/route";
import { declineOffer } from "@/lib/waitlist/decline";
import { IdPath } from "@/lib/waitlist/schema";

export const POST = route.clinic({
  can: "waitlist.write",
  params: IdPath,
  handler: ({ ctx, params }) => declineOffer(ctx, { offerId: params.id }),
});
