import { expect, test } from "vitest";
import { playDialog } from "@/db/testing/play-dialog";
import { unwrap } from "@/lib/core/result";
import { bookAppointment } from "@/lib/scheduling/book";

/** Whole talks, from text to row, with the real understander. */
test.each([
  {
    locale: "en",
    lines: [
      "Hello! Could I get my teeth cleaned next Tuesday in the afternoon?",
      "the second one",
      "Grace Hopper",
      "yes please",
    ],
    booked: "You're booked: Cleaning, Tuesday, March",
  },
  {
    locale: "es",
    lines: ["Hola, quiero una limpieza dental el martes por la tarde", "la segunda", "Rosa Parra", "sí, por favor"],
    booked: "Cita reservada: Limpieza dental, martes",
  },
  {
    locale: "ar",
    lines: ["مرحبا، أريد موعد تنظيف الأسنان يوم الثلاثاء بعد الظهر", "الثاني", "ليلى حداد", "نعم"],
    booked: "تم الحجز: تنظيف الأسنان، الثلاثاء",
  },
] as const)("a stranger books by SMS in $locale, and the reply states the row", async ({ locale, lines, booked }) => {
  const talk = await playDialog({ locale });
  let reply = "";
  for (const line of lines) reply = await talk.write(line);
  expect(reply).toContain(booked);
  const [visit, ...others] = await talk.visits();
  expect(others).toEqual([]);
  expect(visit).toMatchObject({ status: "scheduled", createdFrom: "SMS", conversationId: talk.conversationId });
  const unanswered = (await talk.messages()).filter(
    ({ direction, turnId }) => direction === "inbound" && turnId === null,
  );
  expect(unanswered).toEqual([]);
  expect(await talk.turns()).toHaveLength(lines.length);
});

test.each([
  {
    locale: "en",
    move: ["I need to move my appointment to Friday morning", "1", "yes"],
    list: "when is my appointment?",
    cancel: ["please cancel my appointment", "yes"],
  },
  {
    locale: "es",
    move: ["quiero cambiar mi cita al viernes por la mañana", "1", "sí"],
    list: "¿cuándo es mi cita?",
    cancel: ["quiero cancelar mi cita", "sí"],
  },
  {
    locale: "ar",
    move: ["أريد تغيير موعدي إلى الجمعة صباحا", "1", "نعم"],
    list: "متى موعدي؟",
    cancel: ["أريد إلغاء موعدي", "نعم"],
  },
] as const)("a known patient moves, lists and cancels in $locale", async ({ locale, move, list, cancel }) => {
  const talk = await playDialog({ locale, people: ["Ann Lee"] });
  const startsAt = new Date("2026-03-05T15:00:00Z");
  const patientId = talk.patients[0]?.id ?? "";
  const visit = {
    patientId,
    serviceId: talk.cleaning.id,
    providerId: talk.ada.id,
    startsAt,
    createdFrom: "MANUAL_ADMIN",
  } as const;
  const { id } = unwrap(await bookAppointment(talk.ctx, visit));
  for (const line of move) await talk.write(line);
  const [moved] = (await talk.visits("scheduled")).filter((one) => one.id === id);
  expect(moved?.startsAt.toISOString()).toBe("2026-03-06T14:00:00.000Z");
  expect(await talk.write(list)).toMatch(/9:00/);
  for (const line of cancel) await talk.write(line);
  expect((await talk.visits("cancelled")).map((one) => one.id)).toEqual([id]);
  expect(await talk.visits("held")).toEqual([]);
});

test("in the simulator the row says so, and the same words work", async () => {
  const talk = await playDialog({ kind: "simulator" });
  for (const line of ["book a cleaning tomorrow at 10", "Joan Clarke", "1"]) await talk.write(line);
  expect(await talk.visits("scheduled")).toMatchObject([{ createdFrom: "SIMULATOR" }]);
});

test("a stop ends it, and nothing more is said until a start", async () => {
  const talk = await playDialog();
  expect(await talk.write("STOP")).toContain("you won't get texts from us any more");
  expect((await talk.replies()).at(-1)?.sendClass).toBe("optout_confirmation");
  expect(await talk.write("can I book a cleaning?")).toBe("");
  expect((await talk.tasks()).map(({ reason }) => reason)).toEqual(["phone_after_stop"]);
  expect(await talk.write("START")).toContain("Welcome back");
});

test("the carrier's own answer isn't repeated", async () => {
  const talk = await playDialog();
  expect(await talk.write("STOP", { vendorFlags: { optOutType: "STOP" } })).toBe("");
  expect((await talk.turns()).at(-1)).toMatchObject({ outcome: "silent", silence: "carrier_answered" });
});

test("an emergency is answered with fixed words, marked urgent, and staff are told", async () => {
  const talk = await playDialog();
  expect(await talk.write("my tooth was knocked out and the bleeding won't stop")).toContain("911");
  expect(await talk.conversation()).toMatchObject({ status: "handoff", holder: "bot", isUrgent: true });
  expect((await talk.tasks()).map(({ reason }) => reason)).toEqual(["emergency"]);
});

test("a request for a person hands off: a task, a summary for staff, and the bot still books", async () => {
  const talk = await playDialog({ people: ["Ann Lee"] });
  expect(await talk.write("I want to speak to a person")).toMatch(/closed now.*Monday, March 2 at 9:00 AM/);
  expect(await talk.conversation()).toMatchObject({ status: "handoff", holder: "bot", summary: "Asked for a person." });
  expect(await talk.tasks()).toMatchObject([{ reason: "handoff", patientId: talk.patients[0]?.id }]);
  await talk.write("meanwhile, a cleaning tomorrow at 10");
  expect(await talk.write("yes")).toContain("You're booked");
  expect(await talk.conversation()).toMatchObject({ status: "handoff" });
});

test("the first SMS says that an assistant writes and how to stop; the second doesn't", async () => {
  const talk = await playDialog({ locale: "es" });
  expect(await talk.write("Hola, quiero una limpieza dental el martes por la tarde")).toMatch(
    /asistente virtual.*STOP.*HELP/,
  );
  expect(await talk.write("la primera")).not.toContain("STOP");
});

test("a slot that somebody else takes before the yes is never booked twice: the nearest others are offered", async () => {
  const talk = await playDialog({ people: ["Ann Lee"] });
  await talk.write("book a cleaning tomorrow at 10 with Dr. Moreno");
  talk.pass(31); // the hold has lapsed
  const rival = await playDialogRival(talk);
  expect(rival.ok).toBe(true);
  const reply = await talk.write("yes");
  expect(reply).toContain("has just gone");
  expect(await talk.visits("scheduled")).toHaveLength(1);
});

async function playDialogRival(talk: Awaited<ReturnType<typeof playDialog>>) {
  const startsAt = new Date("2026-03-03T15:00:00Z");
  const patientId = talk.patients[0]?.id ?? "";
  return bookAppointment(talk.ctx, {
    patientId,
    serviceId: talk.cleaning.id,
    providerId: talk.ada.id,
    startsAt,
    createdFrom: "API",
  });
}

test("emoji, empty text, a picture and an unknown language each get a clear answer", async () => {
  const talk = await playDialog();
  expect(await talk.write("🦷🦷🦷")).not.toBe("");
  const photo = { media: [{ url: "https://api.twilio.test/1", contentType: "image/jpeg" }] };
  expect(await talk.write("", photo)).toContain("pictures");
  expect(await talk.write("Guten Morgen, ich hätte gern einen Termin")).not.toBe("");
  expect((await talk.turns()).length).toBe(3);
});
