import { makePatient } from "@/db/testing/make";
import { systemContext } from "@/lib/clinics/mint";
import { foldName } from "@/lib/patients/fold";
import { expect, expectAccessible, signIn, test } from "./fixtures";

test("the desk writes a letter, the patient reads it and ends all e-mails, and the desk is told so", async ({
  page,
  baseURL,
}) => {
  test.slow();
  const ctx = await systemContext("demo-dental", "e2e");
  const mark = Array.from({ length: 7 }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join("");
  const [name, address, subject] = [`Ida ${mark}`, `${mark}@example.com`, `Your plan ${mark}`];
  const patient = await makePatient(ctx, { name, nameKey: foldName(name), email: address });
  await signIn(page, baseURL ?? "", { role: "STAFF" });

  const write = async () => {
    await page.goto(`/c/demo-dental/patients/${patient.id}`);
    const details = page.getByRole("radio", { name: "Details" }).or(page.getByRole("tab", { name: "Details" }));
    if (await details.isVisible()) await details.click(); // a phone shows the timeline first
    await page.getByRole("button", { name: new RegExp(address) }).click();
    await page.getByRole("menuitem", { name: "Write an e-mail" }).click();
    const dialog = page.getByRole("dialog", { name: "Write an e-mail" });
    await dialog.getByLabel("Subject").fill(subject);
    await dialog.getByLabel("Text", { exact: true }).fill("The plan is ready. Shall we go through it together?");
    await dialog.getByRole("button", { name: "Send" }).click();
    return dialog;
  };
  await write();
  await expect(page.getByText("The e-mail is on its way")).toBeVisible();

  const letter = page.getByRole("link", { name: subject });
  await expect(async () => {
    await page.goto("/demo/mail");
    await expect(letter).toBeVisible({ timeout: 500 });
  }).toPass();
  await letter.click();
  const read = page.frameLocator(`iframe[title="${subject}"]`);
  await expect(read.getByText("Shall we go through it together?")).toBeVisible();
  await expectAccessible(page);

  const wayOut = await read.locator("a[href*='/unsubscribe/']").getAttribute("href");
  await page.goto(new URL(wayOut ?? "").pathname);
  await page.getByRole("button", { name: "End all e-mails" }).click();
  await expect(page.getByRole("heading", { name: "No more e-mails" })).toBeVisible();

  const dialog = await write();
  await expect(dialog.getByRole("alert")).toContainText("wants no e-mails");
});
