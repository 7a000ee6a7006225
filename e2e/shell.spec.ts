import { makePatient } from "@/db/testing/make";
import { systemContext } from "@/lib/clinics/mint";
import { expect, signIn, test } from "./fixtures";

test("the palette finds a patient by part of a name, and a page, without the mouse", async ({ page, baseURL }) => {
  const name = `Palette Person ${Date.now()}`;
  await makePatient(await systemContext("demo-dental", "e2e"), { name });
  await signIn(page, baseURL ?? "", { role: "STAFF" });
  await page.goto("/c/demo-dental/dashboard");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type(name.toLowerCase());
  await expect(page.getByRole("option", { name })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  // Opened again before it has faded, it begins anew: nothing is chosen that was not looked at.
  await expect(page.getByRole("combobox")).toBeFocused();
  await expect(page.getByRole("option", { selected: true })).toHaveText(/Dashboard/);
  await page.keyboard.type("calend");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/calendar/);
});

test("a language chosen in the portal turns it around and stays", async ({ page, baseURL, isMobile }) => {
  await signIn(page, baseURL ?? "");
  await page.goto("/c/demo-dental/dashboard");
  await page.getByRole("button", { name: isMobile ? /^Account of/ : "Language" }).click();
  await page.getByRole("menuitemradio", { name: "العربية" }).click();
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/[\u0600-\u06ff]/);
});

test("the navigation leads everywhere that exists, and nowhere else", async ({ page, baseURL, isMobile }) => {
  await signIn(page, baseURL ?? "");
  await page.goto("/c/demo-dental/dashboard");
  const links = page.getByRole("navigation", { name: "Main" }).filter({ visible: true }).getByRole("link");
  const onPhone = ["Dashboard", "Inbox", "Tasks", "Calendar", "Patients"];
  const work = ["Dashboard", "Inbox", "Tasks", "Calendar", "Appointments", "Patients", "Waitlist"];
  const names = isMobile ? onPhone : [...work, "Simulator", "Services", "Providers", "Schedule", "Settings"];
  await expect(links).toHaveText(names.map((name) => new RegExp(`^${name}`)));
  for (const name of names.toReversed()) {
    await links.filter({ hasText: name }).click();
    await expect(page).toHaveURL(new RegExp(`/${name.toLowerCase()}`));
  }
});

test("the tabs of one browser share one stream, and the next takes over when its holder closes", async ({
  page,
  baseURL,
  context,
}) => {
  await signIn(page, baseURL ?? "");
  const streams: string[] = [];
  context.on("request", (request) => {
    if (/\/events$/.test(new URL(request.url()).pathname)) streams.push(request.url());
  });
  const isLive = (tab: typeof page) => expect(tab.getByRole("status").filter({ hasText: "Live" })).toBeAttached();
  await page.goto("/c/demo-dental/dashboard");
  await isLive(page);
  const second = await context.newPage();
  await second.goto("/c/demo-dental/inbox");
  await isLive(second);
  expect(streams).toHaveLength(1);
  await page.close();
  await expect.poll(() => streams.length).toBe(2);
  await isLive(second);
});
