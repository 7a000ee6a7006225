import { expect, test } from "vitest";
import { newId } from "@/db/ids";
import { call, cookieOf } from "@/db/testing/call";
import { makeClinic, makeUser } from "@/db/testing/make";
import { CHOSEN_ROWS, CLINIC_ROWS, METHODS, NOT_OURS, OTHER_ROWS, type Method } from "@/db/testing/permission-rows";
import { fillRoute, loadRoute, routesOf, unmatched, type Handler } from "@/db/testing/routes";

/**
 * Every route × method × caller: who gets in is written here by hand from domain.md's table, not read from the code
 * that decides it. A route or method without a row fails, and so does a row without a route. Handlers are called as
 * functions, so all of this holds without middleware.ts; e2e/strangers-bare.spec.ts shows the same at the wire.
 */

const routes = routesOf().filter((route) => !NOT_OURS.includes(route));
const ROWS = { ...CLINIC_ROWS, ...CHOSEN_ROWS, ...OTHER_ROWS };
const loadAll = async () =>
  Object.fromEntries(await Promise.all(routes.map(async (route) => [route, await loadRoute(route)] as const)));

test("every route and method has a row, and every row a route", async () => {
  expect(unmatched(await loadAll(), ROWS)).toEqual([]);
});

test("a route, a method or a row that nobody wrote the other half of is noticed", async () => {
  const exist = await loadAll();
  const { "api/health": health, ...fewer } = exist;
  expect(unmatched({ ...exist, "api/debug": { GET: health?.GET } }, ROWS)).toEqual(["no row: GET api/debug"]);
  expect(unmatched({ ...exist, "api/health": { ...health, DELETE: health?.GET } }, ROWS)).toEqual([
    "no row: DELETE api/health",
  ]);
  expect(unmatched(fewer, ROWS)).toEqual(["no route: GET api/health"]);
});

const ROLES = ["OWNER", "ADMIN", "STAFF", "VIEWER"] as const;

/** Hashing passwords takes its time by design: all tests meet the same people. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

const makeCallers = once(async () => {
  const [here, elsewhere] = [await makeClinic(), await makeClinic()];
  const members = await Promise.all(ROLES.map((role) => makeUser([{ ctx: here.ctx, role }])));
  const cookies = await Promise.all(members.map((member) => cookieOf(member.id)));
  const foreigner = await makeUser([{ ctx: elsewhere.ctx, role: "OWNER" }]);
  const hq = await makeUser([], { hqRole: "SUPERADMIN" });
  const expired = await cookieOf(
    (await makeUser([{ ctx: here.ctx, role: "OWNER" }])).id,
    new Date("2020-01-01T00:00:00Z"),
  );
  return {
    slug: here.ctx.clinic.slug,
    cookies,
    // One of these tests logs out.
    freshStaff: () => cookieOf(members[2]?.id ?? ""),
    foreign: await cookieOf(foreigner.id),
    hq: await cookieOf(hq.id),
    expired,
  };
});

/** Strangers come to each route from another address: together they ask more often than one address may. */
const from = (route: string) => ({ headers: { "x-chairside-peer": route } });

/** Every caller comes from an address of their own: all of them together would be too many for one. */
const fromAnywhere = () => ({ headers: { "x-chairside-peer": newId() } });

const fill = (route: string, slug: string) => fillRoute(route, slug, newId);

/** What a caller met at the door: let in, or the door's own refusal. What comes behind the door is other tests' matter. */
async function knock(handler: Handler, method: Method, route: string, slug: string, cookie?: string) {
  const { params, path } = fill(route, slug);
  const leave = new AbortController();
  const bodied = method === "GET" ? {} : { body: {} };
  const answer = await call(handler, path, {
    method,
    params,
    ...bodied,
    ...fromAnywhere(),
    ...(cookie ? { cookie } : {}),
    ...from(route),
    signal: leave.signal,
    headOnly: true,
  });
  leave.abort();
  if (answer.status === 401 || answer.status === 403) return answer.status;
  return answer.status === 404 && answer.json?.details?.what === "clinic" ? 404 : "in";
}

test.each(Object.entries(CLINIC_ROWS))(
  "%s lets in exactly the roles of the permission table",
  async (route, methods) => {
    const { slug, cookies, foreign, hq, expired } = await makeCallers();
    const module = await loadRoute(route);
    for (const method of METHODS) {
      const [handler, allowed] = [module[method], methods[method]];
      if (!handler || !allowed) continue;
      const met = await Promise.all(cookies.map((cookie) => knock(handler, method, route, slug, cookie)));
      expect([method, ...met]).toEqual([
        method,
        ...ROLES.map((role) => (allowed.split(" ").includes(role) ? "in" : 403)),
      ]);
      expect([method, await knock(handler, method, route, slug)]).toEqual([method, 401]);
      expect([method, await knock(handler, method, route, slug, expired)]).toEqual([method, 401]);
      expect([method, await knock(handler, method, route, slug, foreign)]).toEqual([method, 404]);
      expect([method, await knock(handler, method, route, slug, hq)]).toEqual([method, 404]);
      expect([method, await knock(handler, method, route, "no-such-clinic", cookies[0])]).toEqual([method, 404]);
    }
  },
);

test.each(Object.entries(CHOSEN_ROWS))(
  "%s lets members into the clinic that they chose, by their role there, and nobody anywhere else",
  async (route, methods) => {
    const { slug, cookies, foreign, hq, expired } = await makeCallers();
    const module = await loadRoute(route);
    for (const method of METHODS) {
      const [handler, allowed] = [module[method], methods[method]];
      if (!handler || !allowed) continue;
      const wanted = ROLES.map((role) => (allowed.split(" ").includes(role) ? "in" : 403));
      const choosing = (cookie: string, chosen: string) => `${cookie}; clinicSlug=${chosen}`;
      const only = await Promise.all(cookies.map((cookie) => knock(handler, method, route, slug, cookie)));
      const chosen = await Promise.all(
        cookies.map((cookie) => knock(handler, method, route, slug, choosing(cookie, slug))),
      );
      expect([method, ...only, ...chosen]).toEqual([method, ...wanted, ...wanted]);
      expect([method, await knock(handler, method, route, slug)]).toEqual([method, 401]);
      expect([method, await knock(handler, method, route, slug, `clinicSlug=${slug}`)]).toEqual([method, 401]);
      expect([method, await knock(handler, method, route, slug, choosing(expired, slug))]).toEqual([method, 401]);
      expect([method, await knock(handler, method, route, slug, choosing(foreign, slug))]).toEqual([method, 404]);
      expect([method, await knock(handler, method, route, slug, hq)]).toEqual([method, 401]);
      expect([method, await knock(handler, method, route, slug, choosing(hq, slug))]).toEqual([method, 404]);
      expect([method, await knock(handler, method, route, slug, choosing(cookies[0] ?? "", "no-such-clinic"))]).toEqual(
        [method, 404],
      );
    }
  },
);

test.each(Object.entries(OTHER_ROWS))("%s answers strangers and members as written", async (route, methods) => {
  const { slug, freshStaff } = await makeCallers();
  const module = await loadRoute(route);
  for (const method of METHODS) {
    const [handler, expected] = [module[method], methods[method]];
    if (!handler || !expected) continue;
    const { params, path } = fill(route, slug);
    const bodied = { ...fromAnywhere(), ...(method === "GET" ? {} : { body: {} }) };
    const stranger = await call(handler, path, { method, params, ...bodied, ...from(route) });
    const member = await call(handler, path, { method, params, ...bodied, cookie: await freshStaff() });
    expect([method, stranger.status, member.status]).toEqual([method, expected.stranger, expected.member]);
  }
});

test("HQ's routes open to HQ's people", async () => {
  const { hq } = await makeCallers();
  const { GET } = await loadRoute("api/hq/clinics");
  expect(GET && (await call(GET, "/api/hq/clinics", { cookie: hq })).status).toBe(200);
});
