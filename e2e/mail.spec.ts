import { makePatient } from "@/db/testing/make";
import { systemContext } from "@/lib/clinics/mint";
import { signUnsubscribe } from "@/lib/messaging/unsubscribe/link";
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
  const patient = await makePatient(ctx, { name, nameKey: foldName(name) });
  await signIn(page, baseURL ?? "", { role: "STAFF" });
  const points = `/api/clinic/demo-dental/patients/${patient.id}/contact-points`;
  const data = { kind: "email", value: address, relation: "self" };
  expect((await page.request.post(points, { data, headers: { origin: baseURL ?? "" } })).status()).toBe(201);

  const write = async () => {
    await page.goto(`/c/demo-dental/patients/${patient.id}`);
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    const details = page.getByRole("button", { name: "Details" }); // a phone shows the timeline first
    if (await details.isVisible()) await details.click();
    await page.getByRole("button", { name: new RegExp(address) }).click();
    await page.getByRole("menuitem", { name: "Write an e-mail" }).click();
    const dialog = page.getByRole("dialog", { name: "Write an e-mail" });
    await dialog.getByLabel("Subject").fill(subject);
    await dialog.getByLabel("Message", { exact: true }).fill("The plan is ready. Shall we go through it together?");
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
  await expectAccessible(page);
  await letter.click();
  // The mail's frame runs nothing, not even what would look into it.
  const mail = (await page.locator(`iframe[title="${subject}"]`).getAttribute("srcdoc")) ?? "";
  expect(mail).toContain("Shall we go through it together?");

  // A letter by hand has no such link; those that go out by themselves do, by day.
  const thread = `/api/clinic/demo-dental/conversations?q=${encodeURIComponent(address)}`;
  const [{ id, contact }] = (await (await page.request.get(thread)).json()).data.items;
  const messages = `/api/clinic/demo-dental/messages?conversation_id=${id}`;
  const [{ id: messageId }] = (await (await page.request.get(messages)).json()).data.items;
  const link = { clinicId: ctx.clinic.id, contactPointId: contact.id, messageId, purpose: "service" } as const;
  await page.goto(`/unsubscribe/${signUnsubscribe(link)}`);
  await expectAccessible(page);
  await page.getByRole("button", { name: "End all e-mails" }).click();
  await expect(page.getByRole("heading", { name: "No more e-mails" })).toBeVisible();

  const dialog = await write();
  await expect(dialog.getByRole("alert")).toContainText("wants no e-mails");
});
