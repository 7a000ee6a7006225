import { count, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { appointments } from "@/db/schema/appointments";
import { inClinic, makeClinic } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok } from "@/lib/core/result";
import { bookAppointment } from "./book";
import { inTurn } from "./take-turns";

const startsAt = new Date("2026-03-02T15:00:00Z");

async function makeRivals() {
  const { ctx, patient, provider, cleaning } = await makeClinic();
  const slot = { serviceId: cleaning.id, providerId: provider.id, startsAt };
  const visits = () =>
    inClinic(ctx, (tx) => tx.select({ n: count() }).from(appointments).where(eq(appointments.clinicId, ctx.clinic.id)));
  return { ctx, slot, visits, visit: { ...slot, patientId: patient.id, createdFrom: "SMS" } as const };
}

test("of 64 rivals in one process one gets the slot, and a single visit was written", async () => {
  const { ctx, visit, visits } = await makeRivals();
  const answers = await Promise.all(Array.from({ length: 64 }, () => bookAppointment(ctx, visit)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.filter(({ ok }) => !ok)).toEqual(Array.from({ length: 63 }, () => err("SLOT_TAKEN")));
  expect(await visits()).toEqual([{ n: 1 }]);
});

test("a rival who fails, or is cut off, passes the turn on", async () => {
  const { ctx, slot } = await makeRivals();
  const asked: string[] = [];
  const ask = (name: string, answer: () => Promise<ReturnType<typeof ok<string>>>) =>
    inTurn(ctx, slot, () => {
      asked.push(name);
      return answer();
    });
  const cutOff = ask("cut off", () => Promise.reject(new Error("the database is away")));
  const refused = inTurn(ctx, slot, () => (asked.push("refused"), Promise.resolve(err("NOT_FOUND"))));
  const winner = ask("winner", () => Promise.resolve(ok("visit")));
  const late = ask("late", () => Promise.resolve(ok("another visit")));
  await expect(cutOff).rejects.toThrow("the database is away");
  expect(await Promise.all([refused, winner, late])).toEqual([err("NOT_FOUND"), ok("visit"), err("SLOT_TAKEN")]);
  expect(asked).toEqual(["cut off", "refused", "winner"]);
});

test("who comes after the turn, has a key, or takes anybody asks the database", async () => {
  const { ctx, slot } = await makeRivals();
  const keyed: ClinicContext = {
    ...ctx,
    idempotent: { caller: "api", key: "k", requestHash: "h", answerOf: () => ({ status: 201, answer: "" }) },
  };
  const take = (as: ClinicContext, wanted: typeof slot | Omit<typeof slot, "providerId">) =>
    inTurn(as, wanted, () => Promise.resolve(ok("asked")));
  const { providerId: _, ...anybody } = slot;
  const answers = await Promise.all([take(ctx, slot), take(keyed, slot), take(ctx, anybody), take(ctx, slot)]);
  expect(answers).toEqual([ok("asked"), ok("asked"), ok("asked"), err("SLOT_TAKEN")]);
  expect(await take(ctx, slot)).toEqual(ok("asked"));
});
