import { expect, test } from "vitest";
import { call, cookieOf } from "@/db/testing/call";
import { inClinic, makeClinic, makePatient, makeUser } from "@/db/testing/make";
import { recordConsentIn } from "@/lib/messaging/consents/consent";
import { GET, POST } from "./route";

async function setting(fields: Parameters<typeof makeClinic>[0] = {}) {
  const { ctx, patient } = await makeClinic(fields);
  const cookie = await cookieOf((await makeUser([{ ctx, role: "STAFF" }])).id);
  const options = { cookie, params: { slug: ctx.clinic.slug, id: patient.id } };
  const path = `/api/clinic/${ctx.clinic.slug}/patients/${patient.id}/consents`;
  const yes = {
    contact_point_id: patient.contactPointId,
    channel: "sms",
    purpose: "marketing",
    state: "in",
    source: "in_person",
  };
  return { ctx, patient, options, path, yes };
}

test("staff write a consent down with its source and words, and it is read back with who wrote it and what the gate says", async () => {
  const { options, path, yes } = await setting();
  const before = await call(GET, path, options);
  expect(before.json.data.gate).toContainEqual(
    expect.objectContaining({ send_class: "marketing", reason: "no_consent" }),
  );
  const set = await call(POST, path, { ...options, body: { ...yes, words: "Yes, do text me your offers" } });
  expect(set.status).toBe(201);
  const { data } = (await call(GET, path, options)).json;
  expect(data.states).toContainEqual(expect.objectContaining({ channel: "sms", purpose: "marketing", state: "in" }));
  expect(data.states).toContainEqual(
    expect.objectContaining({ channel: "whatsapp", purpose: "marketing", state: null }),
  );
  expect(data.history).toMatchObject([{ how: "staff", words: "in_person: Yes, do text me your offers" }]);
  expect(data.history[0].by.name).toBeTruthy();
  const reasons = data.gate.flatMap((one: { reason: string | null }) => one.reason ?? []);
  expect(reasons).not.toContain("no_consent");
});

test("a yes to marketing needs its words in the US and its source in the EU; an address must be the patient's own", async () => {
  const us = await setting();
  const bare = await call(POST, us.path, { ...us.options, body: us.yes });
  expect(bare.json).toMatchObject({ error: "VALIDATION_FAILED", details: [{ path: ["words"] }] });
  const eu = await setting({ country: "DE", timeZone: "Europe/Berlin" });
  expect((await call(POST, eu.path, { ...eu.options, body: eu.yes })).status).toBe(201);
  const stranger = await makePatient(us.ctx);
  const body = { ...us.yes, words: "yes", contact_point_id: stranger.contactPointId };
  expect((await call(POST, us.path, { ...us.options, body })).status).toBe(404);
  const mail = { ...us.yes, words: "yes", channel: "email" };
  expect((await call(POST, us.path, { ...us.options, body: mail })).json.error).toBe("VALIDATION_FAILED");
});

test("a stop that the carrier keeps is lifted by the patient's START alone", async () => {
  const { ctx, patient, options, path, yes } = await setting();
  const stop = { contactPointId: patient.contactPointId, channelKind: "sms", state: "out", how: "keyword" } as const;
  await inClinic(ctx, (tx) => recordConsentIn(tx, ctx, { ...stop, words: "STOP", at: ctx.now() }));
  const lifted = await call(POST, path, { ...options, body: { ...yes, purpose: "service", words: "start again" } });
  expect(lifted).toMatchObject({ status: 409, json: { error: "OPTED_OUT" } });
});
