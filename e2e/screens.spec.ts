import { expect, expectAccessible, signIn, test } from "./fixtures";

const SCREENS = [
  "dashboard",
  "inbox",
  "tasks",
  "calendar",
  "patients",
  "simulator",
  "services",
  "providers",
  "schedule",
];
const LOOKS = [
  { locale: "en", scheme: "light" },
  { locale: "ar", scheme: "dark" },
  { locale: "es", scheme: "dark" },
  { locale: "ar", scheme: "light" },
] as const;

for (const { locale, scheme } of LOOKS)
  test(`every screen is accessible and whole in ${locale}, ${scheme}`, async ({ page, baseURL }, info) => {
    test.slow();
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await signIn(page, baseURL ?? "", { locale });
    for (const screen of SCREENS) {
      await page.goto(`/c/demo-dental/${screen}`);
      await expect(page.locator("html")).toHaveAttribute("dir", locale === "ar" ? "rtl" : "ltr");
      await expect(page.getByRole("main")).toBeVisible();
      await expect(page.locator("[data-slot=skeleton]")).toHaveCount(0);
      // What scrolls inside the page counts as well: it would be cut off there.
      const overflow = await page.evaluate(() =>
        Math.max(
          document.documentElement.scrollWidth - window.innerWidth,
          ...[...document.querySelectorAll("main")].map((main) => main.scrollWidth - main.clientWidth),
        ),
      );
      expect(overflow, `${screen} is wider than the window`).toBeLessThanOrEqual(0);
      await expectAccessible(page);
      await page.screenshot({ path: info.outputPath(`${screen}-${locale}-${scheme}.png`) });
    }
  });

test("the log-in is accessible in both directions", async ({ page, baseURL }) => {
  for (const locale of ["en", "ar"]) {
    await page.context().addCookies([{ name: "locale", value: locale, url: baseURL ?? "" }]);
    await page.goto("/login");
    await expectAccessible(page);
  }
});
