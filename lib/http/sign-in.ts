import { systemClock } from "@/lib/core/clock";
import { LOCALE_COOKIE } from "@/lib/core/locales";
import { err, ok, type Result } from "@/lib/core/result";
import { describeMe, startPageOf } from "@/lib/identity/describe-me";
import { logIn } from "@/lib/identity/log-in";
import type { LogIn } from "@/lib/identity/schema";
import { endSession, findSessionUser } from "@/lib/identity/session";
import { isSameOrigin, ownPath } from "./origin";
import { preferenceCookie } from "./preference-cookie";
import { answerOf, toResponse } from "./respond";
import type { PublicContext } from "./route";
import { clearToken, readToken, writeToken } from "./session-cookie";

/** Logs in, ends the session that the browser had before, and sets the cookie of the new one. */
export async function signIn(ctx: PublicContext, request: Request, body: LogIn): Promise<Result<unknown> | Response> {
  if (!isSameOrigin(request)) return err("FORBIDDEN", { why: "cross_site" });
  const result = await logIn(body, ctx.address, ctx.now);
  if (!result.ok) return result;
  const before = await readToken(request);
  if (before) await endSession(before);
  const session = await findSessionUser(result.data.token, systemClock());
  if (!session) return err("UNAUTHENTICATED");
  const next = ownPath(body.next) ?? startPageOf(session);
  const answer = answerOf(ok({ ...describeMe(session), next }), 200, ctx.locale, ctx.requestId);
  const response = toResponse(answer, ctx.requestId);
  await writeToken(request, response, result.data.token);
  if (session.user.locale) response.headers.append("set-cookie", preferenceCookie(LOCALE_COOKIE, session.user.locale));
  return response;
}

/** Ends the session behind the cookie, if there is one, and takes the cookie away. */
export async function signOut(ctx: PublicContext, request: Request): Promise<Result<unknown> | Response> {
  if (!isSameOrigin(request)) return err("FORBIDDEN", { why: "cross_site" });
  const token = await readToken(request);
  if (token) await endSession(token);
  const response = toResponse(answerOf(ok(), 200, ctx.locale, ctx.requestId), ctx.requestId);
  await clearToken(request, response);
  return response;
}
