import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { patientContactPoints, patients } from "@/db/schema/patients";
import { inClinic } from "@/db/testing/make";
import { makeVisit } from "@/db/testing/make-visit";
import { playDialog } from "@/db/testing/play-dialog";
import { unwrap } from "@/lib/core/result";
import { getConversation } from "@/lib/messaging/inbox/get-conversation";

type Talk = Awaited<ReturnType<typeof playDialog>>;

const peopleOf = ({ ctx }: Talk) =>
  inClinic(ctx, (tx) =>
    tx
      .select({ id: patients.id, name: patients.name, relation: patientContactPoints.relation })
      .from(patients)
      .innerJoin(
        patientContactPoints,
        and(eq(patientContactPoints.clinicId, patients.clinicId), eq(patientContactPoints.patientId, patients.id)),
      )
      .where(eq(patients.clinicId, ctx.clinic.id)),
  );
const bookedFor = async (talk: Talk) => {
  const people = await peopleOf(talk);
  return (await talk.visits("scheduled")).map(({ patientId }) => people.find(({ id }) => id === patientId)?.name);
};

test.each([
  ["en", ["Ann Lee", "Ben Lee"], ["book a cleaning tomorrow at 10", "Ben", "yes"], "Ben Lee"],
  ["en", ["Ann Lee", "Ben Lee"], ["a cleaning for me tomorrow at 10", "yes"], "Ann Lee"],
  ["en", ["Ann Lee", "Ben Lee"], ["book a cleaning tomorrow at 10", "someone else", "1", "Tom Lee", "yes"], "Tom Lee"],
  ["es", ["Ana Ruiz", "Luis Ruiz"], ["quiero una limpieza dental mañana a las 10", "Luis", "sí"], "Luis Ruiz"],
  ["es", ["Ana Ruiz", "Luis Ruiz"], ["quiero una limpieza dental mañana a las 10", "para mí", "sí"], "Ana Ruiz"],
  [
    "es",
    ["Ana Ruiz", "Luis Ruiz"],
    ["quiero una limpieza dental mañana a las 10", "otra persona", "Eva Ruiz", "sí"],
    "Eva Ruiz",
  ],
  ["ar", ["أحمد علي", "سارة علي"], ["أريد تنظيف الأسنان غدا الساعة 10", "سارة", "نعم"], "سارة علي"],
  ["ar", ["أحمد علي", "سارة علي"], ["أريد تنظيف الأسنان غدا الساعة 10", "لي أنا", "نعم"], "أحمد علي"],
  ["ar", ["أحمد علي", "سارة علي"], ["أريد تنظيف الأسنان غدا الساعة 10", "شخص آخر", "ليلى علي", "نعم"], "ليلى علي"],
] as const)("%s, %s: %s books for %s", async (locale, people, lines, name) => {
  const talk = await playDialog({ locale, people: [...people] });
  for (const line of lines) await talk.write(line);
  expect(await bookedFor(talk)).toEqual([name]);
  const conversation = unwrap(await getConversation(talk.ctx, talk.conversationId));
  expect(conversation.patients.find(({ id }) => id === conversation.aboutId)?.name).toBe(name);
});

test.each([
  ["en", "Ann Lee", ["a cleaning for my daughter tomorrow at 10", "Lily Lee", "yes"], "Lily Lee"],
  ["es", "Ana Ruiz", ["quiero una limpieza dental para mi hija mañana a las 10", "Eva Ruiz", "sí"], "Eva Ruiz"],
  ["ar", "أحمد علي", ["أريد تنظيف الأسنان غدا الساعة 10 لابنتي", "ليلى علي", "نعم"], "ليلى علي"],
] as const)("%s: a child of %s is put on record with a parent to write to", async (locale, parent, lines, child) => {
  const talk = await playDialog({ locale, people: [parent] });
  for (const line of lines) await talk.write(line);
  expect(await bookedFor(talk)).toEqual([child]);
  expect((await peopleOf(talk)).map(({ name, relation }) => [name, relation])).toEqual([
    [parent, "self"],
    [child, "guardian"],
  ]);
});

test("of a family nothing is told before it is known of whom, and then of that one alone", async () => {
  const talk = await playDialog({ people: ["Ann Lee", "Ben Lee"] });
  const [ann, ben] = talk.patients;
  const visit = { providerId: talk.ada.id, serviceId: talk.cleaning.id };
  for (const [person, startsAt] of [
    [ann, "2026-03-05T15:00:00Z"],
    [ben, "2026-03-06T16:00:00Z"],
  ] as const)
    await makeVisit(talk.ctx, { ...visit, patientId: person?.id ?? "", startsAt: new Date(startsAt) });
  const asked = await talk.write("when is my appointment?");
  expect(asked).toMatch(/Whose visit is it about\?\n1\) Ann\n2\) Ben$/);
  expect(asked).not.toContain("March");
  const told = await talk.write("Ben");
  expect(told).toContain("Friday, March 6 at 11:00 AM, Dr. Ada Moreno (Ben)");
  expect(told).not.toContain("March 5");
  expect(await talk.write("and for Ann?")).toContain("Thursday, March 5");
  talk.pass(45);
  expect(await talk.write("when is my appointment?")).toContain("Ann\n2) Ben");
});
