import { env } from "@/lib/core/env";

/** A cookie that remembers a choice (clinic, language). It decides nothing: the path and the session do. */
export function preferenceCookie(name: "clinicSlug" | "locale", value: string): string {
  const secure = env().APP_URL.startsWith("https://") ? "; Secure" : "";
  return `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}
