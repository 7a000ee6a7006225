import { inClinic, makeClinic } from "@/db/testing/make";
import { newId } from "@/db/ids";
import { tellIn } from "@/lib/notifications/tell";
import { expect, expectAccessible, signIn, test } from "./fixtures";

test("a manager checks a channel at the carrier, and a wrong number is no place for a test", async ({
  page,
  baseURL,
}) => {
  await signIn(page, baseURL ?? "");
  await page.goto("/c/demo-dental/settings/channels");
  await expect(page.getByRole("heading", { name: "SMS" })).toBeVisible();
  const sms = page.getByRole("group", { name: "SMS" });
  await sms.getByRole("button", { name: "Check now" }).click();
  await expect(sms.getByText(/^Checked /)).toBeVisible();
  await sms.getByRole("button", { name: "Send a test" }).click();
  await page.getByRole("textbox", { name: "Number" }).fill("+12025550199");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByText("not on the test list")).toBeVisible();
  await page.keyboard.press("Escape");
  await expectAccessible(page);
});

test("a changed template waits for approval again, and reads as a patient would read it", async ({ page, baseURL }) => {
  await signIn(page, baseURL ?? "", { clinic: "north-dental" });
  await page.goto("/c/north-dental/settings/templates?language=en");
  await page.getByRole("button", { name: /^Please write back/ }).click();
  const dialog = page.getByRole("dialog");
  const text = dialog.getByRole("textbox", { name: "Text" });
  await text.fill(`${await text.inputValue()} ${Date.now()}`);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("Draft")).toBeVisible();
  await expectAccessible(page);
});

test("staff choose what they hear of, and may not touch the channels", async ({ page, baseURL }) => {
  await signIn(page, baseURL ?? "", { role: "STAFF" });
  await page.goto("/c/demo-dental/settings/channels");
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Settings");
  await page.goto("/c/demo-dental/settings/notifications");
  const byEmail = page.getByRole("switch", { name: "A patient asks for a person: E-mail" });
  await expect(page.getByRole("switch", { name: "Possible emergency: Portal" })).toBeDisabled();
  await byEmail.click();
  await expect(page.getByText("Saved")).toBeVisible();
  await page.reload();
  await expect(byEmail).toBeChecked();
  await expectAccessible(page);
});

test("what can't wait rings the bell while one looks at another page, and leads to it", async ({ page, baseURL }) => {
  const { ctx } = await makeClinic({}, new Date().toISOString()); // its own: in the others more happens meanwhile
  await signIn(page, baseURL ?? "", { clinic: ctx.clinic.slug, role: "STAFF" });
  await page.goto(`/c/${ctx.clinic.slug}/calendar`);
  const bell = page.getByRole("button", { name: /^Notifications/ });
  await expect(bell).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Live" })).toBeVisible();
  const about = { entityType: "conversation", entityId: newId(), dedupeKey: newId() } as const;
  await inClinic(ctx, (tx) => tellIn(tx, ctx, { kind: "handoff", ...about }));
  await expect(page.getByRole("button", { name: /^Notifications: \d+ unread/ })).toBeVisible();
  await bell.click();
  await page.getByRole("link", { name: /A patient asks for a person/ }).click();
  await expect(page).toHaveURL(/\/inbox/);
  await expect(page.getByRole("button", { name: "Notifications", exact: true })).toBeVisible();
});
