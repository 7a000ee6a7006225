import { route } from "@/lib/http/route";
import { addNote } from "@/lib/messaging/inbox/add-note";
import { listAsides } from "@/lib/messaging/inbox/list-asides";
import { AddNote, Id } from "@/lib/messaging/schema";

export const GET = route.clinic({
  can: "conversation.read",
  params: Id,
  handler: ({ ctx, params }) => listAsides(ctx, params.id),
});

export const POST = route.clinic({
  can: "conversation.reply",
  params: Id,
  body: AddNote,
  status: 201,
  handler: ({ ctx, params, body }) => addNote(ctx, params.id, body),
});
