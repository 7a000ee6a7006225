import { makeBareClinic, makePatient } from "@/db/testing/make";
import { systemContext } from "@/lib/clinics/mint";
import { updatePatient } from "@/lib/patients/update";
import { expect, signIn, test } from "./fixtures";

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

  let open = () => {};
  const mayOpen = new Promise<void>((resolve) => (open = resolve));
  const readings: string[] = [];
  await page.route("**/events?*", (route) => mayOpen.then(() => route.continue()));
  page.on("request", (request) => {
    if (new URL(request.url()).pathname.endsWith(`/patients/${id}`) && request.resourceType() === "fetch")
      readings.push(request.url());
  });
  await page.goto(`/c/${slug}/patients/${id}`);
  const name = page.getByRole("heading", { level: 1 });
  await expect(name).toHaveText("Before The Stream");
  await updatePatient(ctx, id, { name: "Between The Two" });
  open();
  await expect(name).toHaveText("Between The Two");
  expect(readings.length).toBe(2);

  await page.reload();
  await expect(page.getByRole("status").filter({ hasText: "Live" })).toBeAttached();
  await expect(name).toHaveText("Between The Two");
  await updatePatient(ctx, id, { name: "After Both" });
  await expect(name).toHaveText("After Both");
  expect(readings.length).toBe(4);
});
