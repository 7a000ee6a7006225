import { makePatient } from "@/db/testing/make";
import { systemContext } from "@/lib/clinics/mint";
import { CLINIC_NUMBER, deliverSms, strangersNumber } from "./carrier";
import { expect, signIn, test } from "./fixtures";

test("staff write to their own bot and see it understand, decide and book", async ({ page, baseURL }) => {
  await signIn(page, baseURL ?? "", { role: "STAFF" });
  await page.goto("/c/demo-dental/simulator");
  const field = page.getByRole("textbox", { name: "Message" });
  const log = page.getByRole("log");
  const say = async (text: string, answer: RegExp) => {
    await field.fill(text);
    await field.press("Enter");
    await expect(log.getByRole("listitem").last()).toContainText(answer, { timeout: 20_000 });
  };
  await say("I would like a check-up next week", /1\)/);
  await say("2", /name/i);
  await say("Jamie Rivers", /1\) Yes/);
  await say("1", /booked/i);
  const phone = (page.viewportSize()?.width ?? 0) < 1024;
  if (phone) await page.getByRole("button", { name: "What the assistant thinks" }).click();
  await expect(page.getByText(/^Booked \w+day, .+\.$/).last()).toBeVisible();
});

test("an SMS shows in the inbox, and a visit in the day, without a reload", async ({ page, baseURL, context }) => {
  await signIn(page, baseURL ?? "", { role: "STAFF" });
  await page.goto("/c/demo-dental/inbox");
  await expect(page.getByText("Live", { exact: true }).or(page.getByLabel("Live"))).toBeAttached();
  const from = strangersNumber();
  const name = `Live Visitor ${from.slice(-4)}`;
  await makePatient(await systemContext("demo-dental", "e2e"), { name, phone: from });
  await deliverSms(page.request, { from, to: CLINIC_NUMBER["demo-dental"], text: "Where can I park near you?" });
  const row = page.getByRole("region", { name: "Conversations" }).getByRole("listitem").filter({ hasText: name });
  await expect(row).toContainText(/parking|garage|park/i);

  // A second tab shares the first one's stream.
  const day = await context.newPage();
  const slots = await (await page.request.get("/api/clinic/demo-dental/services")).json();
  const service = slots.data.items.find((one: { name: string }) => one.name === "Check-up");
  const today = await (await page.request.get("/api/v1/time/now")).json();
  const [year, month] = String(today.data.now).split("-");
  const free = await (
    await page.request.get(
      `/api/clinic/demo-dental/availability?service_id=${service.id}&year=${year}&month=${Number(month)}`,
    )
  ).json();
  const open = free.data.days.find((one: { slots: unknown[] }) => one.slots.length > 0);
  await day.goto(`/c/demo-dental/calendar?day=${open.day}`);
  await expect(day.getByRole("main")).toBeVisible();
  const booked = await page.request.post("/api/clinic/demo-dental/appointments", {
    headers: { origin: baseURL ?? "" },
    data: {
      service_id: service.id,
      starts_at: open.slots[0].starts_at,
      provider_id: open.slots[0].provider_id,
      patient: { name, phone: from },
    },
  });
  expect([booked.status(), (await booked.json()).data?.created_from]).toEqual([201, "MANUAL_ADMIN"]);
  await expect(day.getByText(name).first()).toBeAttached();
});
