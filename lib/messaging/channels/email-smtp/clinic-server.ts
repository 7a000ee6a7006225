import { lookup } from "node:dns/promises";
import ipaddr from "ipaddr.js";
import { env, type Mode } from "@/lib/core/env";
import { smtpServerOf, type SmtpServer } from "@/lib/mail/smtp-server";
import { isPublicAddress } from "@/lib/messaging/media/public-address";

export type ServerProblem = "no_server" | "name_unknown" | "address_not_public" | "port_not_allowed";

/** The ports by which mail is handed over: nothing else that listens there can be reached by this way. */
const PORTS: readonly number[] = [25, 465, 587, 2525];

/**
 * A server that a clinic named. It is reached by TLS alone, on a port for mail, at the public addresses that its name has
 * now; the connection is pinned to one of them. In the demo a server on this machine will do, and needs no TLS.
 */
export async function clinicServerOf(url: string, mode: Mode = env().mode): Promise<SmtpServer | ServerProblem> {
  const server = smtpServerOf(url);
  if (!server) return "no_server";
  const found = await lookup(server.host, { all: true }).catch(() => []);
  const first = found.find(({ family }) => family === 4) ?? found[0];
  if (!first) return "name_unknown";
  const pinned = { ...server, host: first.address };
  if (mode === "demo" && found.every(({ address }) => isLoopback(address))) return pinned;
  if (!found.every(({ address }) => isPublicAddress(address))) return "address_not_public";
  if (!PORTS.includes(server.port)) return "port_not_allowed";
  return { ...pinned, mustUpgrade: !server.isSecure };
}

const isLoopback = (address: string) => ipaddr.parse(address).range() === "loopback";
