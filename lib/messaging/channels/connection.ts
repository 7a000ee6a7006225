/** The connection never stood: no byte of the message has left. */
export const NEVER_LEFT: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CERT_HAS_EXPIRED",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** The code of a call that got no answer, wherever in the chain of causes it stands; `no_answer` without one. */
export function connectionCodeOf(error: unknown): string {
  for (let at = error, depth = 0; at && typeof at === "object" && depth < 4; depth++) {
    if ("code" in at && typeof at.code === "string") return at.code;
    at = "cause" in at ? at.cause : undefined;
  }
  return "no_answer";
}
