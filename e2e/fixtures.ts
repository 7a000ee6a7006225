import AxeBuilder from "@axe-core/playwright";
import { expect, test as base, type Page } from "@playwright/test";
import { cookieOf } from "@/db/testing/call";
import { makeUser } from "@/db/testing/make";
import { systemContext } from "@/lib/clinics/mint";
import type { MemberRole } from "@/lib/identity/permissions";

export { expect };

export const DEMO_PASSWORD = "chairside-demo";

interface Person {
  clinic?: string;
  role?: MemberRole;
  locale?: "en" | "ar" | "es";
}

/** Signs a browser in as somebody new in a demo clinic, so that tests beside each other share nobody's settings. */
export async function signIn(page: Page, baseURL: string, person: Person = {}): Promise<void> {
  const { clinic = "demo-dental", role = "OWNER", locale = "en" } = person;
  const user = await makeUser([{ ctx: await systemContext(clinic, "e2e"), role }], { locale });
  const [name = "", value = ""] = (await cookieOf(user.id)).split(/=(.*)/s);
  await page.context().addCookies([
    { name, value, url: baseURL },
    { name: "locale", value: locale, url: baseURL },
  ]);
}

/** Fails on what axe finds by WCAG 2.2 AA, naming rule and place. */
export async function expectAccessible(page: Page): Promise<void> {
  // What is still fading in has the contrast of no moment that anybody reads it in.
  await page.evaluate(() => {
    const passing = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    return Promise.all(passing.map(({ finished }) => finished.catch(() => undefined))).then(() => undefined);
  });
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  expect(found).toEqual([]);
}

/** Fails the test on whatever a page throws or logs as an error: a screen that looks fine may not be. */
export const test = base.extend<{ noPageErrors: void }>({
  noPageErrors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => {
        // A refused answer that the test asks for is logged by the browser itself.
        const isRefusal = message.text().startsWith("Failed to load resource");
        // A mail's frame runs nothing: not what would look into it from here either.
        const isSealed = message.text().startsWith("Blocked script execution in 'about:srcdoc'");
        if (message.type() === "error" && !isRefusal && !isSealed) errors.push(message.text());
      });
      await use();
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});
