import { makePatient, makePhone } from "@/db/testing/make";
import { systemContext } from "@/lib/clinics/mint";
import { foldName } from "@/lib/patients/fold";
import { expect, expectAccessible, signIn, test } from "./fixtures";

const unique = () => Math.random().toString(36).slice(2, 8);
/** Letters alone: a name that a search finds and nobody else has. */
const surname = () => unique().replace(/\d/g, (digit) => String.fromCharCode(97 + Number(digit)));

test("the desk finds a patient, sets the follow-up, merges the double and takes it back", async ({ page, baseURL }) => {
  test.slow();
  const ctx = await systemContext("demo-dental", "e2e");
  const family = surname();
  const [name, other] = [`Nadia ${family}`, `Nadia B ${family}`];
  const patient = await makePatient(ctx, { name, nameKey: foldName(name) });
  await makePatient(ctx, { name: other, nameKey: foldName(other), birthDate: "1990-05-04", phone: makePhone() });
  await signIn(page, baseURL ?? "", { role: "STAFF" });

  await page.goto("/c/demo-dental/patients");
  await page.getByRole("searchbox", { name: "Name, phone or e-mail" }).fill(family);
  await expect(page.getByRole("status").filter({ hasText: "2 patients" })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`q=${family}`));
  await page.getByRole("link", { name, exact: true }).filter({ visible: true }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Set a date" }).click();
  await page.getByLabel("Follow-up date").fill("2030-09-01");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Follow-up on Sep 1, 2030")).toBeVisible();
  await expect(page.getByText("Changed: follow-up date")).toBeVisible();

  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: /^Merge/ }).click();
  const dialog = page.getByRole("dialog", { name: "Merge two records" });
  await dialog.getByRole("combobox").fill(other);
  await dialog.getByRole("option", { name: other }).click();
  await expect(dialog.getByText(/It can be undone/)).toBeVisible();
  await dialog.getByRole("button", { name: "Merge", exact: true }).click();
  await expect(page.getByText(/born May 4, 1990/)).toBeVisible();
  const told = page.getByRole("listitem").filter({ hasText: /was merged into/ });
  await told.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByText("The two records are apart again")).toBeVisible();
  await expect(page.getByText(/born May 4, 1990/)).toBeHidden();
  expect(patient.id).toBeTruthy();
});

test("an owner checks a list before it is imported, and imports it whole", async ({ page, baseURL }) => {
  test.slow();
  await signIn(page, baseURL ?? "", { role: "OWNER" });
  await page.goto("/c/demo-dental/patients");
  const family = surname();
  const choose = async (csv: string) => {
    const dialog = page.getByRole("dialog", { name: "Import patients" });
    await dialog
      .getByLabel("Choose a file")
      .setInputFiles({ name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await dialog.getByRole("button", { name: "Check the file" }).click();
    return dialog;
  };
  await page.getByRole("button", { name: "Import" }).click();
  const wrong = await choose(`Full name,Mobile\nOmar ${family},soon\nSara ${family},${makePhone()}\n`);
  await expect(wrong.getByRole("cell", { name: /This isn’t a phone number/ })).toBeVisible();
  await expect(wrong.getByRole("button", { name: /^Import/ })).toBeDisabled();
  await wrong.getByRole("button", { name: "Close" }).first().click();

  await page.getByRole("button", { name: "Import" }).click();
  const right = await choose(`Full name,Mobile\nOmar ${family},${makePhone()}\nSara ${family},${makePhone()}\n`);
  await right.getByRole("button", { name: "Import 2 patients" }).click();
  await expect(right.getByText("2 patients were imported")).toBeVisible();
  await right.getByRole("link", { name: "See the newest patients" }).click();
  await expect(page.getByRole("link", { name: `Sara ${family}` }).filter({ visible: true })).toBeVisible();
});

test("a viewer sees numbers masked and nothing to change, export or import", async ({ page, baseURL }) => {
  const ctx = await systemContext("demo-dental", "e2e");
  const name = `Vera ${surname()}`;
  const patient = await makePatient(ctx, { name, nameKey: foldName(name) });
  await signIn(page, baseURL ?? "", { role: "VIEWER" });
  await page.goto(`/c/demo-dental/patients?q=${encodeURIComponent(name)}`);
  await page.getByRole("link", { name, exact: true }).filter({ visible: true }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText(patient.phone)).toHaveCount(0);
  for (const button of ["Set a date", "More", "Book", "Add note"])
    await expect(page.getByRole("button", { name: button, exact: true })).toHaveCount(0);
  await page.goto("/c/demo-dental/patients");
  for (const button of ["Import", "New patient"])
    await expect(page.getByRole("button", { name: button })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Export" })).toHaveCount(0);
});
