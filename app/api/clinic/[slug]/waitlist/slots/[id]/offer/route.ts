import { route } from "@/lib/http/route";
import { offerByHand } from "@/lib/waitlist/offer-by-hand";
import { IdPath, OfferByHand } from "@/lib/waitlist/schema";

export const POST = route.clinic({
  can: "waitlist.write",
  params: IdPath,
  body: OfferByHand,
  status: 201,
  handler: ({ ctx, params, body }) => offerByHand(ctx, { slotId: params.id, entryId: body.entryId }),
});
