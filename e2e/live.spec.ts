import type { Page } from "@playwright/test";
import { makeBareClinic, makeClinic, makePatient } from "@/db/testing/make";
import { systemContext } from "@/lib/clinics/mint";
import { unwrap } from "@/lib/core/result";
import { addDays, dayIn, instantOf, weekdayOf } from "@/lib/core/zone";
import { updatePatient } from "@/lib/patients/update";
import { bookAppointment } from "@/lib/scheduling/book";
import { expect, signIn, test } from "./fixtures";

/** Counts what a page reads of one patient, and keeps its stream from opening until `open` is called. */
async function watch(page: Page, id: string) {
  let open = () => {};
  const mayOpen = new Promise<void>((resolve) => (open = resolve));
  await page.route("**/events?*", (route) => mayOpen.then(() => route.continue()));
  const readings: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname.endsWith(`/patients/${id}`) && request.resourceType() === "fetch")
      readings.push(request.url());
  });
  return { readings, open };
}

const isLive = (page: Page) => expect(page.getByRole("status").filter({ hasText: "Live" })).toBeAttached();

test("a change between a page's reading and its stream is shown, and what didn't change is read once", async ({
  page,
  baseURL,
  isMobile,
}) => {
  test.skip(isMobile, "the wire is the same");
  const { slug } = (await makeBareClinic()).clinic; // of its own: other tests' changes would be read, too
  const ctx = await systemContext(slug, "e2e");
  const { id } = await makePatient(ctx, { name: "Before The Stream" });
  await signIn(page, baseURL ?? "", { clinic: slug });

  const { readings, open } = await watch(page, id);
  await page.goto(`/c/${slug}/patients/${id}`);
  const name = page.getByRole("heading", { level: 1 });
  await expect(name).toHaveText("Before The Stream");
  await updatePatient(ctx, id, { name: "Between The Two" });
  open();
  await expect(name).toHaveText("Between The Two");
  expect(readings.length).toBe(2);

  await page.reload();
  await isLive(page);
  await expect(name).toHaveText("Between The Two");
  await updatePatient(ctx, id, { name: "After Both" });
  await expect(name).toHaveText("After Both");
  expect(readings.length).toBe(4);
});

test("a tab that takes the stream over goes on where it stood: nothing is missed, and nothing is read anew", async ({
  page,
  baseURL,
  context,
  isMobile,
}) => {
  test.skip(isMobile, "the wire is the same");
  const { slug } = (await makeBareClinic()).clinic;
  const ctx = await systemContext(slug, "e2e");
  const { id } = await makePatient(ctx, { name: "Two Tabs" });
  await signIn(page, baseURL ?? "", { clinic: slug });
  await page.goto(`/c/${slug}/dashboard`);
  await isLive(page);
  const second = await context.newPage();
  const { readings, open } = await watch(second, id);
  await second.goto(`/c/${slug}/patients/${id}`);
  const name = second.getByRole("heading", { level: 1 });
  await expect(name).toHaveText("Two Tabs");
  await isLive(second);
  const asked = second.waitForRequest("**/events?*");
  await page.close();
  await asked;
  await updatePatient(ctx, id, { name: "While Nobody Listened" });
  open();
  await expect(name).toHaveText("While Nobody Listened");
  expect(readings.length).toBe(2);
});

test("what changes while a second tab's page is on its way is there when the tab joins the stream", async ({
  page,
  baseURL,
  context,
  isMobile,
}) => {
  test.skip(isMobile, "the wire is the same");
  const clinic = await makeClinic({}, new Date().toISOString());
  const { slug, timeZone } = clinic.ctx.clinic;
  const ctx = await systemContext(slug, "e2e");
  await signIn(page, baseURL ?? "", { clinic: slug });
  await page.goto(`/c/${slug}/patients`);
  await isLive(page);

  // The second tab has its page, with the day in it, and none of its code yet.
  let go = () => {};
  const mayRun = new Promise<void>((resolve) => (go = resolve));
  const tab = await context.newPage();
  await tab.route("**/*.js*", (route) => mayRun.then(() => route.continue()));
  let day = addDays(dayIn(new Date(), timeZone), 2);
  while (weekdayOf(day) !== 3) day = addDays(day, 1);
  await tab.goto(`/c/${slug}/calendar?day=${day}`, { waitUntil: "commit" });
  await expect(tab.getByRole("main")).toBeAttached();

  const patient = await makePatient(ctx, { name: "While It Loads" });
  const ids = { patientId: patient.id, serviceId: clinic.cleaning.id, providerId: clinic.provider.id };
  const heard = page.waitForRequest((request) => request.url().includes("/patients"));
  unwrap(
    await bookAppointment(ctx, { ...ids, startsAt: instantOf(day, "10:00", timeZone), createdFrom: "MANUAL_ADMIN" }),
  );
  await heard; // the first tab's stream has told of it
  go();
  await expect(tab.getByText("While It Loads").first()).toBeAttached();
});
