import type { ClinicContext } from "@/lib/core/context";
import { hashToken } from "@/lib/core/crypto";
import { watchAccess } from "@/lib/identity/watch-access";
import { openStream } from "@/lib/realtime/stream";
import { readToken } from "./session-cookie";

/**
 * The live stream of a clinic, as long as the caller's session and role last. It starts after `Last-Event-ID`; a first
 * one, which has none, after `since`.
 */
export async function streamClinic(ctx: ClinicContext, since: string | undefined, request: Request): Promise<Response> {
  const tokenHash = hashToken((await readToken(request)) ?? "");
  const access = { tokenHash, clinicId: ctx.clinic.id, action: "events.read" } as const;
  return openStream(ctx, request.headers.get("last-event-id") ?? since ?? null, request.signal, (end) =>
    watchAccess(access, end),
  );
}
