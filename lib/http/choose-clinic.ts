import { env } from "@/lib/core/env";
import type { UserContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { answerOf, toResponse } from "./respond";

export const CLINIC_COOKIE = "clinicSlug";

/** The cookie that remembers the last clinic. A preference: it decides nothing, the path and the session do. */
export function clinicCookie(slug: string): string {
  const secure = env().APP_URL.startsWith("https://") ? "; Secure" : "";
  return `${CLINIC_COOKIE}=${encodeURIComponent(slug)}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly${secure}`;
}

/** Remembers which of their clinics a person works in; one that isn't theirs is NOT_FOUND. */
export function chooseClinic(ctx: UserContext, slug: string): Promise<Result<unknown> | Response> {
  if (!ctx.memberships.some((membership) => membership.slug === slug))
    return Promise.resolve(err("NOT_FOUND", { what: "clinic" }));
  const response = toResponse(answerOf(ok({ slug }), 200, ctx.locale, ctx.requestId), ctx.requestId);
  response.headers.append("set-cookie", clinicCookie(slug));
  return Promise.resolve(response);
}
