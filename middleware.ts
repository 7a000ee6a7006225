import { type NextRequest, NextResponse } from "next/server";

/**
 * Routing, not a lock: it sends people without a cookie to the log-in, keeps the slug of the path and the remembered
 * clinic in step, and gives every page its content policy. Every decision is taken again behind the doors.
 */
export function middleware(request: NextRequest) {
  const { pathname, search } = request.nextUrl;
  const isSignedIn = request.cookies.has("chairside") || request.cookies.has("__Host-chairside");
  if (isPortal(pathname) && !isSignedIn) {
    const login = request.nextUrl.clone();
    login.pathname = "/login";
    login.search = `?next=${encodeURIComponent(`${pathname}${search}`)}`;
    return NextResponse.redirect(login);
  }
  // Machines that ask the root get its health; people get their start page.
  if (pathname === "/" && wantsJson(request)) return NextResponse.rewrite(new URL("/api/health", request.url));
  const nonce = btoa(crypto.randomUUID());
  const policy = contentPolicy(nonce, request.nextUrl.protocol === "https:");
  const headers = new Headers(request.headers);
  headers.set("x-chairside-path", `${pathname}${search}`);
  headers.set("content-security-policy", policy); // the framework reads the nonce from here
  headers.set("x-nonce", nonce);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("cache-control", "no-store");
  const slug = /^\/c\/([a-z0-9-]+)/.exec(pathname)?.[1];
  if (slug && request.cookies.get("clinicSlug")?.value !== slug)
    response.cookies.set("clinicSlug", slug, { path: "/", maxAge: 31_536_000, sameSite: "lax", httpOnly: true });
  return response;
}

const isPortal = (pathname: string) => /^\/(c|hq|select-clinic)(\/|$)/.test(pathname);

function wantsJson(request: NextRequest): boolean {
  const accept = request.headers.get("accept") ?? "";
  return accept.includes("application/json") && !accept.includes("text/html");
}

function contentPolicy(nonce: string, isSecure: boolean): string {
  // The development server evaluates code and inlines styles of its own.
  const dev = process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isSecure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

export const config = {
  // Pages only: the API has doors of its own, and assets need neither.
  matcher: [
    {
      source: "/((?!api/|webhooks/|clinic/|_next/|icon.svg|favicon.ico).*)",
      missing: [{ type: "header", key: "next-router-prefetch" }],
    },
  ],
};
