import type { ClinicContext } from "@/lib/core/context";
import { openStream } from "@/lib/realtime/stream";
import { isStillAllowed } from "./enter";

/**
 * The live stream of a clinic, as long as the caller's session and role last. It starts after `Last-Event-ID`; a first
 * one, which has none, after `since`.
 */
export const streamClinic = (ctx: ClinicContext, since: string | undefined, request: Request): Promise<Response> =>
  openStream(ctx, request.headers.get("last-event-id") ?? since ?? null, request.signal, () =>
    isStillAllowed(request, ctx.clinic.slug, "events.read"),
  );
