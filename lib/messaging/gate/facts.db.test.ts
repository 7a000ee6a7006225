import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { appointmentEvents } from "@/db/schema/appointments";
import { channels } from "@/db/schema/channels";
import { conversations } from "@/db/schema/messaging";
import { patients } from "@/db/schema/patients";
import { scheduleExceptions } from "@/db/schema/resources";
import { templates } from "@/db/schema/templates";
import { inClinic, makeClinic, makePatient } from "@/db/testing/make";
import { makeVisit } from "@/db/testing/make-visit";
import { query } from "@/lib/core/transact";
import { recordConsentIn } from "@/lib/messaging/consents/consent";
import { explainIn } from "./explain";
import { openGate, type GateAsk } from "./facts";
import { openThreadIn } from "@/lib/messaging/thread";
import { libraryRows } from "@/lib/messaging/templates/seed";

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

test("out of hours goes by the clinic's own clock over a change of the hour, and by its exceptions", async () => {
  const { ctx, channel, provider, ask } = await setting();
  await inClinic(ctx, (tx) => tx.update(channels).set({ botMode: "out_of_hours" }).where(eq(channels.id, channel.id)));
  const isOpen = async (writtenAt: string) =>
    (await ask({ sendClass: "reply", writtenAt: new Date(writtenAt) })).verdict === "suppress";
  // The clocks of New York go forward on Sunday, March 8: nine o'clock is an hour earlier in UTC from then on.
  expect(await isOpen("2026-03-06T13:30:00Z")).toBe(false); // Friday 08:30
  expect(await isOpen("2026-03-09T13:30:00Z")).toBe(true); // Monday 09:30
  expect(await isOpen("2026-03-09T21:30:00Z")).toBe(false); // Monday 17:30
  // They go back on Sunday, November 1.
  expect(await isOpen("2026-10-30T13:30:00Z")).toBe(true); // Friday 09:30
  expect(await isOpen("2026-11-02T13:30:00Z")).toBe(false); // Monday 08:30
  const except = (row: Omit<typeof scheduleExceptions.$inferInsert, "clinicId">) =>
    inClinic(ctx, (tx) => tx.insert(scheduleExceptions).values({ ...row, clinicId: ctx.clinic.id }));
  const on = (day: string) => ({ dayFrom: day, dayTo: day });
  await except({ ...on("2026-03-08"), kind: "extra", providerId: provider.id, fromTime: "01:30", toTime: "04:00" });
  expect(await isOpen("2026-03-08T06:15:00Z")).toBe(false); // 01:15
  expect(await isOpen("2026-03-08T06:45:00Z")).toBe(true); // 01:45, the last before the gap
  expect(await isOpen("2026-03-08T07:30:00Z")).toBe(true); // 03:30, the hour after it
  expect(await isOpen("2026-03-08T08:15:00Z")).toBe(false); // 04:15
  await except({ ...on("2026-11-01"), kind: "extra", providerId: provider.id, fromTime: "00:30", toTime: "01:30" });
  expect(await isOpen("2026-11-01T05:15:00Z")).toBe(true); // 01:15, the first time
  expect(await isOpen("2026-11-01T06:15:00Z")).toBe(false); // 01:15 again: 01:30 means the first
  await except({ ...on("2026-03-09"), kind: "closed" });
  expect(await isOpen("2026-03-09T13:30:00Z")).toBe(false);
});

test("what follows from a patient's own act on a page goes out at night for 15 minutes, of staff's act it waits", async () => {
  const night = "2026-03-03T04:00:00Z"; // 23:00 in New York
  const { ctx, patient, provider, cleaning, ask } = await setting({}, night);
  const service = () => ask({ sendClass: "service" });
  expect(await service()).toMatchObject({ verdict: "later" });
  const startsAt = new Date("2026-03-05T15:00:00Z");
  const act = async (type: "user" | "patient", minutesAgo: number) => {
    const visit = { patientId: patient.id, providerId: provider.id, serviceId: cleaning.id, startsAt };
    const { id } = await makeVisit(ctx, {
      ...visit,
      startsAt: new Date(startsAt.getTime() + (visits += 1) * 3_600_000),
    });
    const at = new Date(ctx.now().getTime() - minutesAgo * 60_000);
    const row = { clinicId: ctx.clinic.id, appointmentId: id, kind: "confirmation", at } as const;
    await inClinic(ctx, (tx) => tx.insert(appointmentEvents).values({ ...row, actorType: type, actorId: patient.id }));
  };
  let visits = 0;
  await act("user", 1);
  expect(await service()).toMatchObject({ verdict: "later" });
  await act("patient", 16);
  expect(await service()).toMatchObject({ verdict: "later" });
  await act("patient", 14);
  expect(await service()).toMatchObject({ verdict: "send" });
  expect(await ask({ sendClass: "reminder" })).toMatchObject({ verdict: "later" });
});

test("what would leave a moment after the evening's end waits for the morning", async () => {
  const early = await setting({}, "2026-03-03T00:59:50Z"); // 19:59:50
  expect(await early.ask({ sendClass: "reminder" })).toMatchObject({ verdict: "send" });
  const late = await setting({}, "2026-03-03T00:59:58Z");
  const morning = new Date("2026-03-03T14:00:00Z");
  expect(await late.ask({ sendClass: "reminder" })).toMatchObject({ verdict: "later", at: morning });
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
