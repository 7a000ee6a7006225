import { makeWaitlistClinic } from "@/db/testing/make-waitlist";
import { makeVisit } from "@/db/testing/make-visit";
import { systemContext } from "@/lib/clinics/mint";
import { unwrap } from "@/lib/core/result";
import { addDays, dayIn, instantOf, weekdayOf } from "@/lib/core/zone";
import { cancelAppointment } from "@/lib/scheduling/cancel";
import { expect, expectAccessible, signIn, test } from "./fixtures";

/** Ten in the morning of a working day some days ahead, by the clinic's clock. */
function someMorning(now: Date, timeZone: string): Date {
  let day = addDays(dayIn(now, timeZone), 6);
  while (weekdayOf(day) > 5) day = addDays(day, 1);
  return instantOf(day, "10:00", timeZone);
}

test("a time that comes free is seen being offered, is stopped and goes on, and somebody is put on the list", async ({
  page,
  baseURL,
}) => {
  const { ctx: made, patient, provider, cleaning, makeWaiting } = await makeWaitlistClinic();
  const { slug } = made.clinic;
  const ctx = await systemContext(slug, "e2e");
  const startsAt = someMorning(ctx.now(), ctx.clinic.timeZone);
  const ids = { patientId: patient.id, serviceId: cleaning.id, providerId: provider.id };
  const visit = await makeVisit(ctx, { ...ids, startsAt });
  await makeWaiting({ urgency: "urgent", not_before: "09:00" }, { name: "Wanda Waits" });
  await signIn(page, baseURL ?? "", { clinic: slug, role: "STAFF" });
  await page.goto(`/c/${slug}/waitlist`);
  await expect(page.getByText("Wanda Waits").filter({ visible: true })).toBeVisible();
  await expect(page.getByText("No freed times")).toBeVisible();
  await expectAccessible(page);

  unwrap(await cancelAppointment(ctx, { appointmentId: visit.id }));
  const live = page.getByRole("list", { name: "Being offered now" });
  await expect(live).toContainText(provider.name);
  await live.getByRole("button", { name: /^Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Stop offering" }).click();
  await expect(page.getByRole("list", { name: "Earlier" })).toContainText("Stopped by staff");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(live).toContainText("Being offered");

  await page.getByRole("button", { name: "Add to the waitlist" }).click();
  const dialog = page.getByRole("dialog", { name: "Add to the waitlist" });
  await dialog.getByLabel("Patient").fill(patient.name);
  await dialog.getByRole("option", { name: patient.name }).click();
  await dialog.getByLabel("Service").click();
  await page.getByRole("option", { name: "Cleaning" }).click();
  await dialog.getByRole("button", { name: "Add" }).click();
  await expect(page.getByText(`${patient.name} is on the waitlist.`)).toBeVisible();
  await expect(page.getByText("2 people")).toBeVisible();
});
