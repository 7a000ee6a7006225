import { DEMO_PASSWORD, expect, signIn, test } from "./fixtures";

test("a wrong password is told in words, the right one leads to today", async ({ page }) => {
  await page.goto("/login");
  await page.getByLabel("Email").fill("staff@demo-dental.test");
  await page.getByLabel("Password", { exact: true }).fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/c\/demo-dental\/dashboard$/);
});

test("a page asked for without a session is opened after the log-in", async ({ page }) => {
  await page.goto("/c/demo-dental/inbox");
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.getByLabel("Email").fill("owner@demo-dental.test");
  await page.getByLabel("Password", { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/c\/demo-dental\/inbox$/);
});

test("another clinic's pages do not exist for a stranger to it", async ({ page, baseURL }) => {
  await signIn(page, baseURL ?? "", { clinic: "north-dental" });
  const answer = await page.goto("/c/demo-dental/dashboard");
  expect(answer?.status()).toBe(404);
});

test("a viewer is told that the simulator is not theirs", async ({ page, baseURL }) => {
  await signIn(page, baseURL ?? "", { role: "VIEWER" });
  const answer = await page.goto("/c/demo-dental/simulator");
  expect(answer?.status()).toBe(403);
  await expect(page.getByRole("heading", { name: "Not for your role" })).toBeVisible();
});
