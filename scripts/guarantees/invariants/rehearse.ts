import type pg from "pg";
import { POST as bookRoute } from "@/app/api/clinic/[slug]/appointments/route";
import { POST as inboundRoute } from "@/app/api/webhooks/sms/inbound/route";
import { POST as statusRoute } from "@/app/api/webhooks/sms/status/route";
import { call, cookieOf } from "@/db/testing/call";
import { makeClinic, makeUser } from "@/db/testing/make";
import { systemContext } from "@/lib/clinics/mint";
import { takeTurn } from "@/lib/dialog/take-turn";
import { deliverClinic } from "@/lib/messaging/outbox/deliver";
import { clinicsWithDueWork, listDueTurns } from "@/lib/messaging/due-work";
import { ingestPending } from "@/lib/messaging/ingest/ingest";
import { startTwilioStub } from "@/stubs/twilio/server";
import { slotsOf, type Told } from "../desks";
import { WATCH } from "./watch";

const LINES = ["Hi, I would like to book a cleaning", "next Tuesday at 10", "my name is Jordan Reyes", "yes"];

/**
 * A quiet day without any fault, in this process and its database: a patient talks their way to a visit, a desk books
 * another, and the witnesses say what they saw. `sql` is the owner's connection, who watches.
 */
export async function rehearse(sql: pg.Client, authToken: string) {
  await sql.query(WATCH);
  const stub = await startTwilioStub({
    authToken,
    post: async (url, form, signature) => {
      const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature };
      const request = new Request(url, { method: "POST", headers, body: new URLSearchParams(form) });
      const route = url.includes("/status") ? statusRoute : inboundRoute;
      return (await route(request, { params: Promise.resolve({}) })).status;
    },
  });
  process.env.TWILIO_API_BASE_URL = stub.url;
  const { ctx, channel, patient, cleaning, provider } = await makeClinic({}, new Date().toISOString());
  for (const text of LINES) {
    const url = "http://localhost:3000/api/webhooks/sms/inbound";
    await stub.carrier.sendInbound({ url, from: "+12025550171", to: channel.address, text });
    await work(sql);
  }
  for (const { sid = "" } of stub.ledger.of("accepted")) await stub.carrier.tellStatus(sid, "delivered");
  await ingestPending();
  const user = await makeUser([{ ctx, role: "STAFF" }]);
  const { slug, timeZone } = ctx.clinic;
  const cast = {
    slug,
    timeZone,
    cookies: [],
    patientId: patient.id,
    serviceId: cleaning.id,
    providerIds: [provider.id],
  };
  const told: Told[] = [];
  for (const { startsAt, providerId } of slotsOf(cast, 2)) {
    const visit = { service_id: cleaning.id, patient_id: patient.id, provider_id: providerId, starts_at: startsAt };
    const key = `desk-${startsAt}`;
    const [cookie, headers] = [await cookieOf(user.id), { "idempotency-key": key }];
    const { status, text } = await call(bookRoute, `/api/clinic/${slug}/appointments`, {
      params: { slug },
      cookie,
      headers,
      body: visit,
    });
    told.push({ key, status, answer: text, ms: 0 });
  }
  await stub.close();
  return { ledger: stub.ledger.entries, told };
}

/** What the functions do, at once. */
async function work(sql: pg.Client): Promise<void> {
  await ingestPending();
  await sql.query("update conversations set turn_due_at = now() where turn_due_at > now()");
  for (const { clinicId, conversationId } of await listDueTurns())
    await takeTurn(await systemContext(clinicId, "test"), conversationId);
  for (const clinicId of await clinicsWithDueWork("outbox")) await deliverClinic(await systemContext(clinicId, "test"));
}
