/** The Inngest server that the conformance suite is put to, when somebody asked for that; else the local executor is. */
export function conformanceRemote(): { baseUrl: string; eventKey: string; signingKey: string } | undefined {
  const { CONFORMANCE_BASE_URL: baseUrl, CONFORMANCE_EVENT_KEY, CONFORMANCE_SIGNING_KEY } = process.env;
  if (!baseUrl) return undefined;
  return { baseUrl, eventKey: CONFORMANCE_EVENT_KEY ?? "", signingKey: CONFORMANCE_SIGNING_KEY ?? "" };
}
