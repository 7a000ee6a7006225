/**
 * What every answer carries, whatever the request. The content policy needs a nonce and is made by middleware.ts.
 * Browsers ignore HSTS over plain http, and these lines are fixed at build time, when the address isn't known: so it is
 * always sent.
 */
export const FIXED_HEADERS = {
  "Strict-Transport-Security": "max-age=63072000",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
} as const;
