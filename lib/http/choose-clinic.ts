import type { UserContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { preferenceCookie } from "./preference-cookie";
import { answerOf, toResponse } from "./respond";

/** Remembers which of their clinics a person works in; one that isn't theirs is NOT_FOUND. */
export function chooseClinic(ctx: UserContext, slug: string): Promise<Result<unknown> | Response> {
  if (!ctx.memberships.some((membership) => membership.slug === slug))
    return Promise.resolve(err("NOT_FOUND", { what: "clinic" }));
  const response = toResponse(answerOf(ok({ slug }), 200, ctx.locale, ctx.requestId), ctx.requestId);
  response.headers.append("set-cookie", preferenceCookie("clinicSlug", slug));
  return Promise.resolve(response);
}
