import ipaddr from "ipaddr.js";

/**
 * Whether an address is one of the public internet: the only kind that a fetch of a stored URL may reach. Everything
 * that tunnels or maps another address (IPv4 in IPv6, NAT64, 6to4, Teredo) counts as not public, whatever is inside.
 */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  if (!ipaddr.isValid(bare)) return false;
  // Octal, hex and short forms of IPv4 are valid to a parser and a way round a list: four decimal parts or nothing.
  if (!bare.includes(":") && !ipaddr.IPv4.isValidFourPartDecimal(bare)) return false;
  return ipaddr.parse(bare).range() === "unicast";
}
