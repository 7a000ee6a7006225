import type { ClinicContext } from "@/lib/core/context";
import { openStream } from "@/lib/realtime/stream";
import { isStillAllowed } from "./enter";

/** The live stream of a clinic, as long as the caller's session and role last. */
export const streamClinic = (ctx: ClinicContext, request: Request): Promise<Response> =>
  openStream(ctx, request.headers.get("last-event-id"), request.signal, () =>
    isStillAllowed(request, ctx.clinic.slug, "events.read"),
  );
