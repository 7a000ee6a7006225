import type { ClinicContext } from "@/lib/core/context";

const MESSAGES = 400;

/** Messages a second that one worker reads into the threads of these clinics, each told of to whoever listens. */
export async function ingestRate(clinics: readonly { ctx: ClinicContext; address: string }[]): Promise<number> {
  const { storeEvents } = await import("@/lib/messaging/ingest/webhook-events");
  const { ingestPending } = await import("@/lib/messaging/ingest/ingest");
  const { makePhone } = await import("@/db/testing/make");
  const events = Array.from({ length: MESSAGES }, (_, index) => ({
    ...({ vendor: "twilio", account: "AC1", vendorId: crypto.randomUUID(), event: "message" } as const),
    body: { From: makePhone(), To: clinics[index % clinics.length]?.address, Body: "Hello" },
  }));
  await storeEvents(events);
  const started = performance.now();
  const { done } = await ingestPending();
  if (done !== MESSAGES) throw new Error(`${done} of ${MESSAGES} messages were read`);
  return (MESSAGES * 1000) / (performance.now() - started);
}

/** A number for each clinic to be written to. */
export async function addNumbers(contexts: readonly ClinicContext[]) {
  const { makeChannel } = await import("@/db/testing/make");
  const clinics: { ctx: ClinicContext; address: string }[] = [];
  for (const ctx of contexts) clinics.push({ ctx, address: (await makeChannel(ctx)).address });
  return clinics;
}
