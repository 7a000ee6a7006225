import { makeClinic, makePatient } from "@/db/testing/make";
import { systemContext } from "@/lib/clinics/mint";
import { unwrap } from "@/lib/core/result";
import { addDays, dayIn, instantOf, weekdayOf } from "@/lib/core/zone";
import { bookAppointment } from "@/lib/scheduling/book";
import { expect, expectAccessible, signIn, test } from "./fixtures";

const HOUR_PX = 88;

/** A clinic of its own with one visit at ten, on the next Wednesday by the real clock. */
async function clinicWithVisit() {
  const clinic = await makeClinic({}, new Date().toISOString());
  const { slug, timeZone } = clinic.ctx.clinic;
  const ctx = await systemContext(slug, "e2e");
  let day = addDays(dayIn(new Date(), timeZone), 2);
  while (weekdayOf(day) !== 3) day = addDays(day, 1);
  const at = (time: string) => instantOf(day, time, timeZone);
  const book = async (name: string, time: string) => {
    const patient = await makePatient(ctx, { name });
    const slot = { patientId: patient.id, serviceId: clinic.cleaning.id, providerId: clinic.provider.id };
    return unwrap(await bookAppointment(ctx, { ...slot, startsAt: at(time), createdFrom: "SMS" }));
  };
  await book("Mara Lindt", "10:00");
  return { ...clinic, slug, day, book };
}

test("a visit is moved with the mouse and by keys, taken back, and refused with the reason", async ({
  page,
  baseURL,
  isMobile,
}) => {
  test.skip(isMobile, "a phone has an agenda, and moves a visit from its sheet");
  const { slug, day, book } = await clinicWithVisit();
  await signIn(page, baseURL ?? "", { clinic: slug, role: "STAFF" });
  await page.goto(`/c/${slug}/calendar?day=${day}`);
  const grid = page.getByRole("group", { name: "View" }).filter({ has: page.locator("[data-card]") });
  const card = grid.getByRole("button", { name: /Mara Lindt/ });
  await expect(card).toContainText("10:00");
  await expectAccessible(page);

  const box = await card.boundingBox();
  const [x, y] = [(box?.x ?? 0) + 40, (box?.y ?? 0) + 8];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + HOUR_PX, { steps: 6 });
  await page.mouse.up();
  await expect(page.getByText(/Mara Lindt.* is now at 11:00/)).toBeVisible();
  await expect(card).toContainText("11:00");
  const undone = page.waitForResponse((answer) => answer.url().endsWith("/reschedule") && answer.ok());
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(card).toContainText("10:00");
  await undone; // the card is back before the server is

  // What somebody else books is there without a reload, and is no place to move to.
  await book("Noor Adel", "11:00");
  await expect(grid.getByRole("button", { name: /Noor Adel/ })).toBeVisible();
  await card.focus();
  await page.keyboard.press("m");
  for (let step = 0; step < 4; step++) await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("status").filter({ hasText: "11:00" })).toBeAttached();
  await page.keyboard.press("Enter");
  await expect(page.getByText(/Mara Lindt.* stays where it was/).first()).toBeVisible();
  await expect(card).toContainText("10:00");
});

test("the day can be read as a list, and on a phone by provider", async ({ page, baseURL, isMobile }) => {
  const { slug, day, provider } = await clinicWithVisit();
  await signIn(page, baseURL ?? "", { clinic: slug, role: "VIEWER" });
  await page.goto(`/c/${slug}/calendar?day=${day}${isMobile ? "" : "&view=list"}`);
  const place = isMobile ? page.getByRole("region", { name: provider.name }) : page.getByRole("table");
  await place.getByRole("button", { name: /Mara Lindt/ }).click();
  await expect(page.getByRole("dialog")).toContainText("Mara Lindt");
  await page.keyboard.press("Escape");
  if (isMobile) await page.getByRole("button", { name: "Next day" }).click();
  else await page.keyboard.press("ArrowRight");
  await expect(page.getByText("Mara Lindt")).toHaveCount(0);
});
