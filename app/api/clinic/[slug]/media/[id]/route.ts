import { z } from "zod";
import { route } from "@/lib/http/route";
import { serveFile } from "@/lib/http/serve-file";
import { getMedia } from "@/lib/messaging/media/get-media";

export const GET = route.clinic({
  can: "conversation.read",
  params: z.object({ id: z.uuid() }),
  handler: async ({ ctx, params }) => {
    const found = await getMedia(ctx, params.id);
    return found.ok ? serveFile(found.data) : found;
  },
});
