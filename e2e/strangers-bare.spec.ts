import { expect, test } from "./fixtures";
import { startWithoutMiddleware } from "./bare-server";
import { DISGUISES, expectClosedPages, expectClosedRoutes, plantCanary } from "./strangers";
import { knock } from "./wire";

/** The same build without middleware.ts before it: it is routing, not a lock, so strangers learn nothing more. */

let bare: Awaited<ReturnType<typeof startWithoutMiddleware>>;
test.beforeAll(async () => {
  await plantCanary();
  bare = await startWithoutMiddleware();
});
test.afterAll(() => bare.stop());

test("middleware.ts is really gone: its content policy and its way back after the log-in are missing", async ({
  baseURL,
}) => {
  const ask = (base: string) => knock(base, { path: "/c/demo-dental/inbox" });
  const [built, without] = [await ask(baseURL ?? ""), await ask(bare.baseURL)];
  expect(built.headers.location).toContain("/login?next=");
  expect([without.status, without.headers.location]).toEqual([307, "/login"]);
  expect((await knock(baseURL ?? "", { path: "/login" })).headers["content-security-policy"]).toBeDefined();
  expect((await knock(bare.baseURL, { path: "/login" })).headers["content-security-policy"]).toBeUndefined();
});

for (const [name, disguise] of Object.entries(DISGUISES))
  test(`without middleware.ts a clinic's pages tell strangers nothing: ${name}`, () =>
    expectClosedPages(bare.baseURL, disguise));

// It never stood before the API (its matcher): a few forms show that.
for (const name of ["plain", "a middleware's own request", "a double slash inside"])
  test(`without middleware.ts a clinic's routes tell strangers nothing: ${name}`, () =>
    expectClosedRoutes(bare.baseURL, DISGUISES[name] ?? {}));
