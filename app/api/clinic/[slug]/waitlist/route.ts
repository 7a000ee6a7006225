import { route } from "@/lib/http/route";
import { addEntry } from "@/lib/waitlist/add-entry";
import { listEntries } from "@/lib/waitlist/list-entries";
import { AddEntry, ListEntries } from "@/lib/waitlist/schema";

export const GET = route.clinic({
  can: "waitlist.read",
  query: ListEntries,
  handler: ({ ctx, query }) => listEntries(ctx, query),
});

export const POST = route.clinic({
  can: "waitlist.write",
  body: AddEntry,
  status: 201,
  handler: ({ ctx, body }) => addEntry(ctx, body),
});
