import type { NextConfig } from "next";
import { PHASE_DEVELOPMENT_SERVER, PHASE_PRODUCTION_SERVER } from "next/constants";
import createNextIntlPlugin from "next-intl/plugin";
import { env } from "./lib/core/env";
import { FIXED_HEADERS } from "./lib/http/fixed-headers";

const withIntl = createNextIntlPlugin("./components/i18n/request.ts");

const HEADERS = Object.entries(FIXED_HEADERS).map(([key, value]) => ({ key, value }));

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: false,
  // A page that a role may not see answers 403 and app/forbidden.tsx.
  // The development cache on disk, read after files changed while it was stopped, made pages reload without end.
  experimental: { authInterrupts: true, turbopackFileSystemCacheForDev: false },
  // `npm run types` checks types; a newcomer's first start needn't wait for it.
  typescript: { ignoreBuildErrors: true },
  // No page shows a stored picture, so the optimiser, which fetches addresses, stays off.
  images: { unoptimized: true, remotePatterns: [] },
  serverExternalPackages: ["pg", "@node-rs/argon2", "pino", "twilio"],
  allowedDevOrigins: ["127.0.0.1", "localhost"],
  headers: async () => [{ source: "/:path*", headers: HEADERS }],
  redirects: async () => [{ source: "/redoc", destination: "/docs", permanent: true }],
  rewrites: async () => [
    { source: "/clinic/:slug/:path*", destination: "/api/clinic/:slug/:path*" },
    { source: "/api/v1/appointments/:path*", destination: "/api/appointments/:path*" },
    { source: "/api/v1/admin/appointments/:path*", destination: "/api/appointments/:path*" },
  ],
};

/** A server with a wrong environment stops here; a build needs no secrets. */
export default function configure(phase: string): NextConfig {
  if (phase === PHASE_PRODUCTION_SERVER || phase === PHASE_DEVELOPMENT_SERVER) env();
  return withIntl(config);
}
