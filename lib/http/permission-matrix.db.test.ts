import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newId } from "@/db/ids";
import { call, cookieOf } from "@/db/testing/call";
import { makeClinic, makeUser } from "@/db/testing/make";
import type { RouteParams } from "./door";

/**
 * Every route × method × caller: who gets in is written here by hand from domain.md's table, not read from the code
 * that decides it. A route or method without a row fails, and so does a row without a route.
 */

const ROOT = join(import.meta.dirname, "../../app");
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];
type Handler = (request: Request, params: RouteParams) => Promise<Response>;

const ALL = "OWNER ADMIN STAFF VIEWER";
const DESK = "OWNER ADMIN STAFF";

/** A step in a visit's life answers POST and PATCH alike. */
const STEP = { POST: DESK, PATCH: DESK };

/** Clinic routes: the roles that may, by method. */
const CLINIC: Record<string, Partial<Record<Method, string>>> = {
  "api/clinic/[slug]/appointments": { GET: ALL, POST: DESK },
  "api/clinic/[slug]/appointments/[id]": { GET: ALL, PATCH: DESK, DELETE: DESK },
  "api/clinic/[slug]/appointments/[id]/cancel": STEP,
  "api/clinic/[slug]/appointments/[id]/check-in": STEP,
  "api/clinic/[slug]/appointments/[id]/complete": STEP,
  "api/clinic/[slug]/appointments/[id]/confirm": STEP,
  "api/clinic/[slug]/appointments/[id]/no-show": STEP,
  "api/clinic/[slug]/appointments/[id]/reschedule": STEP,
  "api/clinic/[slug]/appointments/[id]/undo": STEP,
  "api/clinic/[slug]/availability": { GET: ALL },
  "api/clinic/[slug]/channels": { GET: ALL },
  "api/clinic/[slug]/conversations": { GET: ALL },
  "api/clinic/[slug]/conversations/[id]": { GET: ALL },
  "api/clinic/[slug]/conversations/[id]/close": { POST: DESK },
  "api/clinic/[slug]/conversations/[id]/hand-back": { POST: DESK },
  "api/clinic/[slug]/conversations/[id]/read": { POST: DESK },
  "api/clinic/[slug]/conversations/[id]/reply": { POST: DESK },
  "api/clinic/[slug]/conversations/[id]/take-over": { POST: DESK },
  "api/clinic/[slug]/conversations/[id]/turns": { GET: ALL },
  "api/clinic/[slug]/dashboard": { GET: ALL },
  "api/clinic/[slug]/events": { GET: ALL },
  "api/clinic/[slug]/messages": { GET: ALL },
  "api/clinic/[slug]/patients": { GET: ALL },
  "api/clinic/[slug]/patients/[id]": { GET: ALL },
  "api/clinic/[slug]/providers": { GET: ALL },
  "api/clinic/[slug]/providers/[id]/slots": { GET: ALL },
  "api/clinic/[slug]/services": { GET: ALL },
  "api/clinic/[slug]/simulator": { GET: DESK, POST: DESK, DELETE: DESK },
  "api/clinic/[slug]/tasks/[id]/done": { POST: DESK },
};

const UNSIGNED = { POST: { stranger: 403, member: 403 } };

/** Routes without a clinic's door: what a stranger and a signed-in member of no HQ are answered. */
const OTHERS: Record<string, Partial<Record<Method, { stranger: number; member: number }>>> = {
  "api/[...unknown]": {
    GET: { stranger: 404, member: 404 },
    POST: { stranger: 404, member: 404 },
    PUT: { stranger: 404, member: 404 },
    PATCH: { stranger: 404, member: 404 },
    DELETE: { stranger: 404, member: 404 },
  },
  "api/health": { GET: { stranger: 200, member: 200 } },
  "api/hq/clinics": { GET: { stranger: 401, member: 403 } },
  "api/public/[slug]/availability": { GET: { stranger: 400, member: 400 } },
  "api/public/invites/[token]": { GET: { stranger: 404, member: 404 }, POST: { stranger: 400, member: 400 } },
  "api/session/clinic": { POST: { stranger: 401, member: 400 } },
  "api/session/login": { POST: { stranger: 400, member: 400 } },
  "api/session/logout": { POST: { stranger: 200, member: 200 } },
  "api/session/me": { GET: { stranger: 401, member: 200 }, PATCH: { stranger: 401, member: 400 } },
  "api/v1/time/now": { GET: { stranger: 200, member: 200 } },
  "api/v1/twilio/webhook": UNSIGNED,
  "api/webhooks/sms/inbound": UNSIGNED,
  "api/webhooks/sms/status": UNSIGNED,
  "webhooks/sms/inbound": UNSIGNED,
  "webhooks/sms/status": UNSIGNED,
};

/** Served by the SDK, which checks signatures itself (inngest/local tests). */
const NOT_OURS = ["api/inngest"];

const routes = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("route.ts"))
  .map((file) => file.replace(/\/route\.ts$/, ""))
  .filter((route) => !NOT_OURS.includes(route));

const load = async (route: string) => (await import(join(ROOT, route, "route.ts"))) as Partial<Record<Method, Handler>>;

test("every route and method has a row, and every row a route", async () => {
  const exist = (
    await Promise.all(routes.map(async (route) => Object.keys(await load(route)).map((method) => `${method} ${route}`)))
  ).flat();
  const rows = Object.entries({ ...CLINIC, ...OTHERS }).flatMap(([route, methods]) =>
    Object.keys(methods).map((method) => `${method} ${route}`),
  );
  expect(exist.filter((one) => METHODS.some((method) => one.startsWith(`${method} `))).sort()).toEqual(rows.sort());
});

const ROLES = ["OWNER", "ADMIN", "STAFF", "VIEWER"] as const;

async function makeCallers() {
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
    foreign: await cookieOf(foreigner.id),
    hq: await cookieOf(hq.id),
    expired,
  };
}

const fill = (route: string, slug: string) => {
  const params: Record<string, string> = {};
  for (const [, name] of route.matchAll(/\[(?:\.\.\.)?(\w+)\]/g)) params[name ?? ""] = name === "slug" ? slug : newId();
  return { params, path: `/${route.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => params[name] ?? "")}` };
};

/** What a caller met at the door: let in, or the door's own refusal. What comes behind the door is other tests' matter. */
async function knock(handler: Handler, method: Method, route: string, slug: string, cookie?: string) {
  const { params, path } = fill(route, slug);
  const leave = new AbortController();
  const bodied = method === "GET" ? {} : { body: {} };
  const answer = await call(handler, path, {
    method,
    params,
    ...bodied,
    ...(cookie ? { cookie } : {}),
    signal: leave.signal,
    headOnly: true,
  });
  leave.abort();
  if (answer.status === 401 || answer.status === 403) return answer.status;
  return answer.status === 404 && answer.json?.details?.what === "clinic" ? 404 : "in";
}

test.each(Object.entries(CLINIC))("%s lets in exactly the roles of the permission table", async (route, methods) => {
  const { slug, cookies, foreign, hq, expired } = await makeCallers();
  const module = await load(route);
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
});

test.each(Object.entries(OTHERS))("%s answers strangers and members as written", async (route, methods) => {
  const { slug, cookies } = await makeCallers();
  const module = await load(route);
  for (const method of METHODS) {
    const [handler, expected] = [module[method], methods[method]];
    if (!handler || !expected) continue;
    const { params, path } = fill(route, slug);
    const bodied = method === "GET" ? {} : { body: {} };
    const stranger = await call(handler, path, { method, params, ...bodied });
    const member = await call(handler, path, { method, params, ...bodied, cookie: cookies[2] ?? "" });
    expect([method, stranger.status, member.status]).toEqual([method, expected.stranger, expected.member]);
  }
});

test("HQ's routes open to HQ's people", async () => {
  const { hq } = await makeCallers();
  const { GET } = await load("api/hq/clinics");
  expect(GET && (await call(GET, "/api/hq/clinics", { cookie: hq })).status).toBe(200);
});
