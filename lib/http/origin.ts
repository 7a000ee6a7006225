import { env } from "@/lib/core/env";

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/** Whether `origin` is this application's own. On a developer's machine the loopback names are one. */
export function isOwnOrigin(origin: string): boolean {
  const own = new URL(env().APP_URL);
  if (origin === own.origin) return true;
  if (!LOOPBACK.includes(own.hostname) || !URL.canParse(origin)) return false;
  const other = new URL(origin);
  return LOOPBACK.includes(other.hostname) && other.port === own.port && other.protocol === own.protocol;
}

/**
 * Whether a state-changing request with a cookie comes from our own pages: the Origin header is ours, or, where a
 * browser sends none, Sec-Fetch-Site says so. A form or plain-text body can be sent across sites: refused.
 */
export function isSameOrigin(request: Request): boolean {
  const contentType = request.headers.get("content-type") ?? "";
  if (/^(text\/plain|application\/x-www-form-urlencoded|multipart\/form-data)/i.test(contentType)) return false;
  const origin = request.headers.get("origin");
  if (origin !== null) return isOwnOrigin(origin);
  return request.headers.get("sec-fetch-site") === "same-origin";
}

/** A path of our own to go on to after a log-in, or undefined: no other host, scheme or trick slash. */
export function ownPath(next: string | null | undefined): string | undefined {
  if (!next || !next.startsWith("/") || /^\/[/\\]/.test(next) || /[\u0000-\u001f\\]/.test(next)) return undefined;
  const resolved = new URL(next, "http://own.invalid");
  return resolved.origin === "http://own.invalid"
    ? `${resolved.pathname}${resolved.search}${resolved.hash}`
    : undefined;
}
