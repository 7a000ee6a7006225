import { makeClinic } from "@/db/testing/make";
import { unwrap } from "@/lib/core/result";
import { addDays, dayIn, instantOf, weekdayOf } from "@/lib/core/zone";
import { bookAppointment } from "@/lib/scheduling/book";
import { expect, expectAccessible, signIn, test } from "./fixtures";

test("a manager writes hours and time off, sees what becomes bookable, and which visit is left outside", async ({
  page,
  baseURL,
}) => {
  const { ctx, provider, cleaning, patient } = await makeClinic({}, new Date().toISOString());
  const { slug, timeZone } = ctx.clinic;
  const today = dayIn(new Date(), timeZone);
  const monday = addDays(today, 8 - (weekdayOf(today) % 7)); // of the next week from Sunday on, which is the one shown
  const startsAt = instantOf(monday, "10:00", timeZone);
  const visit = { patientId: patient.id, serviceId: cleaning.id, providerId: provider.id, startsAt } as const;
  unwrap(await bookAppointment(ctx, { ...visit, createdFrom: "API" }));
  await signIn(page, baseURL ?? "", { clinic: slug });
  await page.goto(`/c/${slug}/schedule?provider=${provider.id}`);

  const slots = page.getByRole("region", { name: "What can be booked" });
  const starts = slots.getByRole("list", { name: "Free starts" }).getByRole("listitem");
  await expect(starts.first()).toHaveText(/^9:00 AM/);
  await page.getByLabel("Monday, 1st hours, from").fill("11:00");
  await expect(slots.getByText("as edited")).toBeVisible();
  await expect(starts.first()).toHaveText(/^11:00 AM/);
  const named = (region: RegExp) =>
    page.getByRole("region", { name: region }).getByRole("link", { name: patient.name });
  await expect(named(/would stand outside/)).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(named(/^1 visit stands outside/)).toHaveAttribute("href", new RegExp(`day=${monday}`));
  await expect(slots.getByText("as edited")).toBeHidden();

  await page.getByRole("button", { name: "Add a day" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("First day").fill(monday);
  await dialog.getByLabel("Reason").fill("Course");
  await expect(dialog.getByRole("link", { name: patient.name })).toBeVisible();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  const days = page.getByRole("region", { name: "Days off and extra hours" });
  await expect(days.getByRole("listitem").filter({ hasText: "Course" })).toContainText("Time off");
  await slots.getByRole("button", { name: /^Mon/ }).click();
  await expect(slots.getByText("Nothing free on this day")).toBeVisible();
  await expectAccessible(page);
});
