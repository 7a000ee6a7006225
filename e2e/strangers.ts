import { newId } from "@/db/ids";
import { cookieOf } from "@/db/testing/call";
import { makePatient, makeUser } from "@/db/testing/make";
import { CHOSEN_ROWS, CLINIC_ROWS, METHODS, PAGE_ROWS, type Method } from "@/db/testing/permission-rows";
import { systemContext } from "@/lib/clinics/mint";
import { expect } from "./fixtures";
import { knock, type Answer } from "./wire";

/*
 * Strangers at a running server's wire, in every disguise a request can put on. What they must be answered is the same
 * whether middleware.ts stands before the doors or not.
 */

const OURS = "demo-dental";
const CANARY = `Canary ${newId().slice(-12)}`;
const CLINIC_NAME = "Brightwater";
const PROXIED = "middleware:middleware:middleware:middleware:middleware";

export interface Disguise {
  headers?: Record<string, string>;
  path?: (path: string) => string;
  query?: string;
  /** The form of the path is no route of ours, or is sent on to the one that is: the owner is not let in by it. */
  isNoRoute?: true;
}
export const DISGUISES: Record<string, Disguise> = {
  plain: {},
  "a page's data": { headers: { rsc: "1" }, query: "_rsc=1a2b3" },
  "a page's data without its key": { headers: { rsc: "1" } },
  "the .rsc form": { path: (path) => `${path}.rsc`, headers: { rsc: "1" }, isNoRoute: true },
  "a prefetch": { headers: { rsc: "1", "next-router-prefetch": "1", purpose: "prefetch" }, query: "_rsc=1a2b3" },
  "a prefetched segment": {
    headers: { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
    query: "_rsc=1a2b3",
  },
  "another router state": {
    headers: { rsc: "1", "next-router-state-tree": encodeURIComponent('["",{"children":["c",{}]},null,"refetch"]') },
    query: "_rsc=1a2b3",
  },
  "an escaped letter": { path: (path) => path.replace("/c", "/%63").replace("/api", "/%61pi"), isNoRoute: true },
  "an escaped dash": { path: (path) => path.replace("demo-dental", "demo%2Ddental") },
  "a double slash in front": { path: (path) => `/${path}`, isNoRoute: true },
  "a double slash inside": { path: (path) => path.replace("/demo-dental", "//demo-dental"), isNoRoute: true },
  "a detour": { path: (path) => path.replace("/demo-dental", "/north-dental/../demo-dental"), isNoRoute: true },
  "a middleware's own request": { headers: { "x-middleware-subrequest": PROXIED } },
  "a middleware's own request, in a folder": {
    headers: { "x-middleware-subrequest": PROXIED.replaceAll("m", "src/m") },
  },
  "a page's old data form": { headers: { "x-nextjs-data": "1" } },
  "a named inner path": {
    headers: {
      "x-matched-path": "/login",
      "x-invoke-path": "/login",
      "x-original-url": "/login",
      "x-rewrite-url": "/",
    },
  },
  "a route's inner parameters": { query: "nxtPslug=demo-dental&nxtIslug=demo-dental&slug=demo-dental" },
};

interface Visitor {
  role: "stranger" | "expired" | "foreigner" | "viewer" | "owner";
  cookie: string | undefined;
}

/** The same people in every test of a file: hashing their passwords takes its time by design. */
let people: ReturnType<typeof makePeople> | undefined;

async function makePeople() {
  const [ours, theirs] = [await systemContext(OURS, "e2e"), await systemContext("north-dental", "e2e")];
  return {
    foreigner: (await makeUser([{ ctx: theirs, role: "OWNER" }])).id,
    viewer: (await makeUser([{ ctx: ours, role: "VIEWER" }])).id,
    owner: (await makeUser([{ ctx: ours, role: "OWNER" }])).id,
  };
}

/** A session of its own in every test, so that a quick machine counts nobody out. */
async function findVisitors(): Promise<Record<Visitor["role"], Visitor>> {
  const { foreigner, viewer, owner } = await (people ??= makePeople());
  return {
    stranger: { role: "stranger", cookie: undefined },
    expired: { role: "expired", cookie: await cookieOf(owner, new Date("2020-01-01T00:00:00Z")) },
    foreigner: { role: "foreigner", cookie: await cookieOf(foreigner) },
    viewer: { role: "viewer", cookie: await cookieOf(viewer) },
    owner: { role: "owner", cookie: await cookieOf(owner) },
  };
}

const fill = (route: string) =>
  `/${route.replace("[slug]", OURS).replace(/\[(?:\.\.\.)?\w+\]/g, newId())}`.replace("/(public)", "");
/** What the canary is found by, where a list can be asked. */
const QUERIES: Record<string, string> = { "api/clinic/[slug]/patients": `q=${encodeURIComponent(CANARY)}` };

async function visit(
  baseURL: string | undefined,
  { cookie }: Visitor,
  disguise: Disguise,
  route: string,
  method: Method = "GET",
): Promise<Answer> {
  const base = baseURL ?? "";
  const query = [QUERIES[route], disguise.query].filter(Boolean).join("&");
  const path = (disguise.path ?? ((same: string) => same))(fill(route));
  const headers: Record<string, string> = { ...disguise.headers, origin: new URL(base).origin };
  if (cookie) headers.cookie = cookie;
  if (method !== "GET") Object.assign(headers, { "content-type": "application/json", "content-length": "2" });
  const body = method === "GET" ? {} : { body: "{}" };
  const first = await knock(base, { method, path: query ? `${path}?${query}` : path, headers, ...body });
  // The framework sends a page's data on to the same address with its own key in it; a browser goes there.
  const next = new URL(String(first.headers.location ?? ""), base);
  if (first.status !== 307 || !next.searchParams.has("_rsc") || next.pathname !== path) return first;
  return knock(base, { method, path: `${next.pathname}${next.search}`, headers, ...body });
}

const tellsNothing = ({ text, headers }: Answer) =>
  !text.includes(CANARY) && !text.includes(CLINIC_NAME) && !String(headers["content-type"]).includes("event-stream");

/** A patient of ours by whose name a leak is found. */
export const plantCanary = async (): Promise<void> => {
  await makePatient(await systemContext(OURS, "e2e"), { name: CANARY });
};

/** A clinic's pages show strangers, the expired and other clinics' people nothing, and their own people everything. */
export async function expectClosedPages(baseURL: string | undefined, disguise: Disguise): Promise<void> {
  const visitors = await findVisitors();
  const isData = disguise.headers?.rsc !== undefined;
  const isPrefetch = disguise.headers?.["next-router-prefetch"] !== undefined;
  for (const [page, roles] of Object.entries(PAGE_ROWS)) {
    for (const visitor of [visitors.stranger, visitors.expired, visitors.foreigner]) {
      const answer = await visit(baseURL, visitor, disguise, page);
      // A page's data carries its refusal inside, under 200; what counts is that nothing else is in there.
      const refused = [308, 400, 404, ...(visitor.role === "foreigner" ? [] : [307]), ...(isData ? [200] : [])];
      expect([page, visitor.role, answer.status, refused.includes(answer.status)]).toEqual([
        ...[page, visitor.role, answer.status, true],
      ]);
      expect([page, visitor.role, tellsNothing(answer)]).toEqual([page, visitor.role, true]);
    }
    if (disguise.isNoRoute) continue;
    const viewer = await visit(baseURL, visitors.viewer, disguise, page);
    if (!isData) expect([page, viewer.status]).toEqual([page, roles.includes("VIEWER") ? 200 : 403]);
    const owner = await visit(baseURL, visitors.owner, disguise, page);
    expect([page, owner.status]).toEqual([page, 200]);
    // The clinic's name is there to be found, so that finding none means something.
    if (!isPrefetch) expect([page, tellsNothing(owner)]).toEqual([page, false]);
  }
}

/** A clinic's routes answer as the permission table says, from outside. */
export async function expectClosedRoutes(baseURL: string | undefined, disguise: Disguise): Promise<void> {
  const visitors = await findVisitors();
  for (const [route, methods] of Object.entries({ ...CLINIC_ROWS, ...CHOSEN_ROWS })) {
    // A path that names no clinic leads the others' people to their own: what they must not find there is ours.
    const namesNone = route in CHOSEN_ROWS;
    for (const method of METHODS) {
      const roles = methods[method];
      if (roles === undefined) continue;
      const line = `${method} ${route}`;
      const statusOf = async (visitor: Visitor) => {
        const answer = await visit(baseURL, visitor, disguise, route, method);
        expect([line, visitor.role, tellsNothing(answer) || visitor.role === "viewer"]).toEqual([
          ...[line, visitor.role, true],
        ]);
        return answer.status;
      };
      const refused = {
        stranger: await statusOf(visitors.stranger),
        expired: await statusOf(visitors.expired),
        foreigner: await statusOf(visitors.foreigner),
      };
      if (disguise.isNoRoute) {
        // 405: where it reads as another route's id, whose door doesn't know the method.
        expect([line, [308, 400, 401, 404, 405].includes(refused.stranger)]).toEqual([line, true]);
        expect([line, [308, 400, 401, 404, 405].includes(refused.expired)]).toEqual([line, true]);
        expect([line, namesNone || [308, 400, 404, 405].includes(refused.foreigner)]).toEqual([line, true]);
        continue;
      }
      expect([line, refused]).toEqual([
        line,
        {
          ...{ stranger: 401, expired: 401 },
          foreigner: namesNone ? refused.foreigner : 404,
        },
      ]);
      if (!roles.includes("VIEWER")) expect([line, await statusOf(visitors.viewer)]).toEqual([line, 403]);
      if (method !== "GET") continue;
      const owner = await visit(baseURL, visitors.owner, disguise, route, method);
      expect([line, [401, 403].includes(owner.status)]).toEqual([line, false]);
    }
  }
  if (disguise.isNoRoute) return;
  // The canary is there to be found, so that finding none means something.
  const own = await visit(baseURL, visitors.owner, disguise, "api/clinic/[slug]/patients");
  expect([own.status, own.text.includes(CANARY)]).toEqual([200, true]);
}
