import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { channels } from "@/db/schema/channels";
import { conversations } from "@/db/schema/messaging";
import { patients } from "@/db/schema/patients";
import { scheduleExceptions } from "@/db/schema/resources";
import { templates } from "@/db/schema/templates";
import { inClinic, makeClinic, makePatient } from "@/db/testing/make";
import { makeVisit } from "@/db/testing/make-visit";
import { systemContext } from "@/lib/clinics/mint";
import { query } from "@/lib/core/transact";
import { recordConsentIn } from "./consent";
import { onDatabaseTime } from "./database-clock";
import { explainIn } from "./explain";
import { openGate, type GateAsk } from "./gate-facts";
import { openThreadIn } from "./thread";
import { libraryRows } from "./templates/seed";

/** By day in New York; a Monday. */
const DAY = "2026-03-02T16:00:00Z";

async function setting(fields: Parameters<typeof makeClinic>[0] = {}, now = DAY) {
  const made = await makeClinic(fields, now);
  const { ctx, patient, channel } = made;
  const line = { id: channel.id, reopensThreads: true };
  const thread = await inClinic(ctx, (tx) => openThreadIn(tx, ctx, line, patient.contactPointId));
  const yes = {
    contactPointId: patient.contactPointId,
    channelKind: "sms",
    state: "in",
    how: "form",
    words: "yes",
  } as const;
  await inClinic(ctx, (tx) => recordConsentIn(tx, ctx, { ...yes, purposes: ["marketing"], at: ctx.now() }));
  const ask = (change: Partial<GateAsk>) =>
    query(ctx, async (tx) => {
      const asked: GateAsk = {
        ...{ key: "k", sendClass: "marketing", channelId: channel.id, contactPointId: patient.contactPointId },
        ...{ conversationId: thread.id, text: "words", writtenAt: ctx.now(), expiresAt: null, templateId: null },
        ...{ values: [], isWindowClosed: false },
        ...change,
      };
      return (await openGate(tx, ctx, [asked], false)).decide("k");
    });
  return { ...made, thread, ask };
}

test("an invitation to book is kept from who has a visit ahead, a request for a review isn't", async () => {
  const { ctx, patient, provider, cleaning, thread, ask } = await setting();
  const rows = await inClinic(ctx, (tx) =>
    tx
      .insert(templates)
      .values(libraryRows(ctx.clinic.id, ["en"]))
      .returning(),
  );
  const idOf = (purpose: string) => rows.find((row) => row.purpose === purpose)?.id ?? null;
  expect(await ask({ templateId: idOf("recall") })).toMatchObject({ verdict: "send" });
  const startsAt = new Date("2026-03-05T15:00:00Z");
  await makeVisit(ctx, { patientId: patient.id, providerId: provider.id, serviceId: cleaning.id, startsAt });
  expect(await ask({ templateId: idOf("recall") })).toMatchObject({ verdict: "suppress", reason: "already_booked" });
  expect(await ask({ templateId: idOf("review") })).toMatchObject({ verdict: "send" });
  await makePatient(ctx, { phone: patient.phone });
  expect(await ask({ templateId: idOf("recall") })).toMatchObject({ verdict: "send" }); // the other one has none
  await inClinic(ctx, (tx) =>
    tx.update(conversations).set({ patientId: patient.id }).where(eq(conversations.id, thread.id)),
  );
  expect(await ask({ templateId: idOf("recall") })).toMatchObject({ reason: "already_booked" });
});

test("the patient's own zone decides when it is night", async () => {
  const { ctx, patient, ask } = await setting();
  expect(await ask({ sendClass: "reminder" })).toMatchObject({ verdict: "send" });
  await inClinic(ctx, (tx) => tx.update(patients).set({ timeZone: "Asia/Tokyo" }).where(eq(patients.id, patient.id)));
  expect(await ask({ sendClass: "reminder" })).toMatchObject({
    verdict: "later",
    at: new Date("2026-03-03T00:00:00Z"),
  });
});

test("a holiday of a clinic in the EU is a day of rest, a week's closure is none", async () => {
  const { ctx, ask } = await setting({ country: "DE", timeZone: "Europe/Berlin" }, "2026-03-02T16:00:00Z");
  expect(await ask({ sendClass: "reminder" })).toMatchObject({ verdict: "send" });
  const close = (dayFrom: string, dayTo: string) =>
    inClinic(ctx, (tx) =>
      tx.insert(scheduleExceptions).values({ clinicId: ctx.clinic.id, kind: "closed", dayFrom, dayTo }),
    );
  await close("2026-02-28", "2026-03-06");
  expect(await ask({ sendClass: "reminder" })).toMatchObject({ verdict: "send" });
  await close("2026-03-02", "2026-03-02");
  expect(await ask({ sendClass: "reminder" })).toMatchObject({ verdict: "later" });
});

test("a bot that answers out of hours is silent to what was written while somebody was in", async () => {
  const { ctx, channel, ask } = await setting();
  await inClinic(ctx, (tx) => tx.update(channels).set({ botMode: "out_of_hours" }).where(eq(channels.id, channel.id)));
  const reply = (writtenAt: string) => ask({ sendClass: "reply", writtenAt: new Date(writtenAt) });
  expect(await reply("2026-03-02T16:00:00Z")).toMatchObject({ reason: "bot_off" }); // 11:00
  expect(await reply("2026-03-02T17:30:00Z")).toMatchObject({ reason: "bot_off" }); // the lunch break
  expect(await reply("2026-03-02T13:59:00Z")).toMatchObject({ verdict: "send" }); // 08:59
  expect(await reply("2026-03-02T22:00:00Z")).toMatchObject({ verdict: "send" }); // 17:00
});

test("the patient page hears the same gate for every address and channel", async () => {
  const { ctx, patient, channel } = await setting();
  const told = await query(ctx, (tx) => explainIn(tx, ctx, [patient.contactPointId]));
  expect(told.map(({ sendClass, verdict, reason }) => [sendClass, verdict, reason])).toEqual([
    ["service", "send", null],
    ["reminder", "send", null],
    ["offer", "send", null],
    ["marketing", "send", null],
  ]);
  expect(told.every(({ channelId }) => channelId === channel.id)).toBe(true);
});

test("delivery goes by the database's time, unless a clock was set", async () => {
  const { ctx } = await makeClinic();
  expect((await onDatabaseTime(ctx)).now()).toEqual(ctx.now());
  const timed = await onDatabaseTime(await systemContext(ctx.clinic.id, "test"));
  expect(Math.abs(timed.now().getTime() - Date.now())).toBeLessThan(5_000);
});
