import { env } from "@/lib/core/env";

/**
 * Where an attachment may come from, in two tiers: `callsTo` gets the channel's credentials, `redirectsTo` is where the
 * vendor's answer may lead and never does. `own` is an origin set in the environment in place of the vendor's.
 */
export interface MediaHosts {
  callsTo: readonly string[];
  redirectsTo: readonly string[];
  own: string | undefined;
}

const originOf = (url: string | undefined) => (url ? new URL(url).origin : undefined);

export const twilioHosts = (): MediaHosts => ({
  callsTo: ["api.twilio.com"],
  redirectsTo: ["*.twiliocdn.com", "s3-external-1.amazonaws.com"],
  own: originOf(env().TWILIO_API_BASE_URL),
});

export const whatsappHosts = (): MediaHosts => {
  const base = originOf(env().WHATSAPP_GRAPH_BASE_URL);
  const isOwn = base !== "https://graph.facebook.com";
  return {
    callsTo: ["graph.facebook.com", "lookaside.fbsbx.com"],
    redirectsTo: ["*.fbcdn.net", "*.whatsapp.net"],
    own: isOwn ? base : undefined,
  };
};

const matches = (host: string, pattern: string) =>
  pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1 : host === pattern;

export type Tier = "call" | "redirect" | "own" | undefined;

/** Which tier a URL is of; undefined where nothing may be fetched: no https, another port, a name and password in it. */
export function tierOf(url: URL, hosts: MediaHosts): Tier {
  if (url.username || url.password) return undefined;
  if (hosts.own && url.origin === hosts.own) return "own";
  if (url.protocol !== "https:" || url.port !== "") return undefined;
  if (hosts.callsTo.some((pattern) => matches(url.hostname, pattern))) return "call";
  return hosts.redirectsTo.some((pattern) => matches(url.hostname, pattern)) ? "redirect" : undefined;
}
