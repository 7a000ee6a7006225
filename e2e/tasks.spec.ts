import { makeBareClinic } from "@/db/testing/make";
import { makeTask } from "@/db/testing/make-talk";
import { systemContext } from "@/lib/clinics/mint";
import { addTask } from "@/lib/messaging/tasks/add";
import { expect, expectAccessible, signIn, test } from "./fixtures";

test("a task is taken and ticked off by keys, brought back, put off to a free time, and a new one comes by itself", async ({
  page,
  baseURL,
}) => {
  const { slug } = (await makeBareClinic()).clinic;
  const ctx = await systemContext(slug, "e2e");
  await makeTask(ctx, { reason: "other", note: "Ring the lab", dueAt: ctx.now() });
  await signIn(page, baseURL ?? "", { clinic: slug, role: "STAFF" });
  await page.goto(`/c/${slug}/tasks`);
  const task = page.getByRole("listitem").filter({ hasText: "Ring the lab" });
  await expect(task).toBeVisible();
  await expectAccessible(page);
  await expect(page.getByText("Tasks, 1 waits for you").filter({ visible: true })).toHaveCount(1);

  await page.keyboard.press("j");
  await page.keyboard.press("a");
  await expect(task.getByRole("button", { name: /^Assigned to/ })).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("e");
  await expect(page.getByText("Nothing to do")).toBeVisible();
  await page.getByRole("listitem").filter({ hasText: /^Done/ }).getByRole("button", { name: "Undo" }).click();
  await expect(task).toBeVisible();

  await task.getByRole("button", { name: /^Due/ }).click();
  await page.getByRole("menuitem", { name: "Pick a day and time…" }).click();
  const dialog = page.getByRole("dialog", { name: "Due on" });
  await dialog.getByLabel("Time", { exact: true }).fill("10:30");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("list", { name: "Tomorrow" })).toContainText("Ring the lab");

  await page.getByRole("button", { name: /^Unassigned/ }).click();
  await expect(page).toHaveURL(/view=unassigned/);
  await addTask(ctx, { note: "Order gloves" });
  await expect(page.getByRole("listitem").filter({ hasText: "Order gloves" })).toBeVisible();
});
