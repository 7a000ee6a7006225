import { getIronSession, type SessionOptions } from "iron-session";
import { env } from "@/lib/core/env";

/** All that the cookie holds; everything else is a row. */
export interface SessionCookie {
  token?: string;
}

const isSecure = () => env().APP_URL.startsWith("https://");

/** `__Host-` and Secure on https; plain on loopback http, which only the demo may use. */
export const cookieName = (): string => (isSecure() ? "__Host-chairside" : "chairside");

export const sessionOptions = (): SessionOptions => ({
  cookieName: cookieName(),
  password: env().SESSION_SECRET,
  ttl: 7 * 86_400,
  cookieOptions: { httpOnly: true, secure: isSecure(), sameSite: "lax", path: "/" },
});

/** The token in a request's cookie, or undefined; a forged or foreign cookie reads as none. */
export async function readToken(request: Request): Promise<string | undefined> {
  if (!(request.headers.get("cookie") ?? "").includes(`${cookieName()}=`)) return undefined;
  const cookie = await getIronSession<SessionCookie>(request, new Response(), sessionOptions());
  return cookie.token;
}

/** Puts a new token into the response's cookie. */
export async function writeToken(request: Request, response: Response, token: string): Promise<void> {
  const cookie = await getIronSession<SessionCookie>(request, response, sessionOptions());
  cookie.token = token;
  await cookie.save();
}

export async function clearToken(request: Request, response: Response): Promise<void> {
  const cookie = await getIronSession<SessionCookie>(request, response, sessionOptions());
  cookie.destroy();
}
