import { route } from "@/lib/http/route";
import { editEntry, removeEntry } from "@/lib/waitlist/edit-entry";
import { getEntry } from "@/lib/waitlist/list-entries";
import { EditEntry, IdPath } from "@/lib/waitlist/schema";

export const GET = route.clinic({
  can: "waitlist.read",
  params: IdPath,
  handler: ({ ctx, params }) => getEntry(ctx, params.id),
});

export const PATCH = route.clinic({
  can: "waitlist.write",
  params: IdPath,
  body: EditEntry,
  handler: ({ ctx, params, body }) => editEntry(ctx, params.id, body),
});

export const DELETE = route.clinic({
  can: "waitlist.write",
  params: IdPath,
  handler: ({ ctx, params }) => removeEntry(ctx, params.id),
});
