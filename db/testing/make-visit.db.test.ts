import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { appointments, occupancies } from "@/db/schema/appointments";
import { query } from "@/lib/core/transact";
import { makeClinic } from "./make";
import { makeConversation, makeKnowledge, makeTask } from "./make-talk";
import { makeVisit } from "./make-visit";

const at = (time: string) => new Date(`2026-03-02T${time}:00Z`);

test("a visit occupies its provider, and the next one over it is refused by the database", async () => {
  const { ctx, patient, provider, cleaning } = await makeClinic();
  const visit = { patientId: patient.id, serviceId: cleaning.id, providerId: provider.id };
  await makeVisit(ctx, { ...visit, startsAt: at("14:00") });
  await expect(makeVisit(ctx, { ...visit, startsAt: at("14:15") })).rejects.toThrow();
  await makeVisit(ctx, { ...visit, startsAt: at("14:30") });
});

test("a visit that is over stands in its last state and occupies nothing", async () => {
  const { ctx, patient, provider, chair, cleaning } = await makeClinic();
  for (const [index, status] of (["completed", "no_show", "cancelled", "checked_in"] as const).entries()) {
    const startsAt = at(`1${index + 4}:00`);
    const fields = { patientId: patient.id, serviceId: cleaning.id, providerId: provider.id, operatoryId: chair.id };
    const made = await makeVisit(ctx, { ...fields, startsAt, status });
    const [row] = await query(ctx, (tx) => tx.select().from(appointments).where(eq(appointments.id, made.id)));
    const taken = await query(ctx, (tx) => tx.select().from(occupancies).where(eq(occupancies.appointmentId, made.id)));
    expect([row?.status, taken.length]).toEqual([status, status === "checked_in" ? 2 : 0]);
  }
});

test("a conversation, a knowledge entry and a task are one call each", async () => {
  const { ctx, patient, channel } = await makeClinic();
  const messages = [{ text: "Hello" }];
  const { id } = await makeConversation(ctx, {
    channelId: channel.id,
    contactPointId: patient.contactPointId,
    messages,
  });
  const task = await makeTask(ctx, { conversationId: id, patientId: patient.id });
  const entry = await makeKnowledge(ctx, { question: "Where are you?", answer: "1 Test Street" });
  expect([task.reason, entry.locale]).toEqual(["handoff", "en"]);
});
