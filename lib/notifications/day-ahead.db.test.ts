import { eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { clinics } from "@/db/schema/clinics";
import { memberships, users } from "@/db/schema/identity";
import { inClinic, makeClinic, makeUser } from "@/db/testing/make";
import { makeVisit } from "@/db/testing/make-visit";
import { transactAsUser, unscoped } from "@/lib/core/transact";
import { clinicsWithDueWork } from "@/lib/messaging/due-work";
import { startSmtpStub } from "@/stubs/smtp/server";
import { deliverNotifications } from "./deliver-due";
import { setPreferences } from "./preferences";
import { tellOfDays } from "./tell-of-days";

const stub = await startSmtpStub();
process.env.SMTP_URL = stub.url;
afterAll(() => stub.close());
const noText = () => Promise.resolve({ outcome: "sent" } as const);

/** A dentist with a log-in, in New York, and what the clock says there. */
async function makeDay(at: string, locale: "en" | "es" | "ar" = "es") {
  const { ctx: made, ...rest } = await makeClinic();
  const ctx = { ...made, now: () => new Date(at) };
  const user = await makeUser([{ ctx, role: "STAFF" }]);
  await makeUser([{ ctx, role: "OWNER" }]);
  await transactAsUser(user.id, (tx) => tx.update(users).set({ locale }).where(eq(users.id, user.id)));
  await inClinic(ctx, (tx) =>
    tx.update(memberships).set({ providerId: rest.provider.id }).where(eq(memberships.userId, user.id)),
  );
  const visitAt = (startsAt: string) =>
    makeVisit(ctx, {
      ...{ patientId: rest.patient.id, serviceId: rest.cleaning.id, providerId: rest.provider.id },
      startsAt: new Date(startsAt),
    });
  const tell = async () => {
    await tellOfDays(ctx);
    await deliverNotifications(ctx.clinic.id, noText);
    return stub.mails.splice(0);
  };
  return { ctx, user, tell, visitAt, ...rest };
}
const EVENING = "2026-03-02T23:30:00Z"; // half past six in New York
const dueIn = async (id: string) => (await unscoped(() => clinicsWithDueWork("day_mail"))).includes(id);

test("in the evening a provider is mailed tomorrow's visits once, in their language, by the clinic's clock, without names", async () => {
  const { user, tell, visitAt, patient } = await makeDay(EVENING);
  await visitAt("2026-03-03T14:00:00Z");
  await visitAt("2026-03-04T03:00:00Z"); // ten in the evening of the third, there
  await visitAt("2026-03-04T14:00:00Z");
  const [mail, ...more] = await tell();
  expect([more, await tell()]).toEqual([[], []]);
  const said = JSON.stringify(mail);
  expect(said).toContain(user.email);
  expect(said).toMatch(/martes, 3 de marzo/);
  expect(said).toMatch(/2 visitas/);
  expect(said).toContain("9:00");
  expect(said).toContain("America/New_York");
  expect(said).not.toContain(patient.name);
});

test("before the evening nobody is mailed, and a day without visits is no news", async () => {
  const early = await makeDay("2026-03-02T20:00:00Z");
  await early.visitAt("2026-03-03T14:00:00Z");
  expect(await early.tell()).toEqual([]);
  expect(await (await makeDay(EVENING)).tell()).toEqual([]);
});

test("a clinic is due again next evening, and whoever turned it off is left alone", async () => {
  const { ctx, user, tell, visitAt } = await makeDay(EVENING);
  await visitAt("2026-03-03T14:00:00Z");
  expect(await dueIn(ctx.clinic.id)).toBe(true);
  const off = { kind: "day_ahead", inPortal: false, byEmail: false, bySms: false } as const;
  const member = { ...ctx, actor: { type: "user", id: user.id, name: user.name }, role: "STAFF" } as const;
  await setPreferences(member, { preferences: [off], phone: undefined });
  expect(await tell()).toEqual([]);
  expect(await dueIn(ctx.clinic.id)).toBe(false);
  const [row] = await inClinic(ctx, (tx) => tx.select().from(clinics).where(eq(clinics.id, ctx.clinic.id)));
  const hours = ((row?.dayMailDueAt.getTime() ?? 0) - Date.now()) / 3_600_000;
  expect(Math.round(hours * 2) / 2).toBe(23.5);
});
