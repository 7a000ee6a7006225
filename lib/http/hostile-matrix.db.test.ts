import { expect, test } from "vitest";
import { newId } from "@/db/ids";
import { call, cookieOf, type CallOptions } from "@/db/testing/call";
import { checksums, dumpClinic, linesWith } from "@/db/testing/dump";
import { makeClinic, makePatient, makeUser } from "@/db/testing/make";
import { makeConversation, makeTask } from "@/db/testing/make-talk";
import { makeVisit } from "@/db/testing/make-visit";
import { CLINIC_ROWS, METHODS, OTHER_ROWS, type Method } from "@/db/testing/permission-rows";
import { fillRoute, loadRoute } from "@/db/testing/routes";

/*
 * Every route against requests that no client of ours sends, by those who may use it: fields that are not theirs to
 * set, bodies and pages beyond all limits, changes asked for by other sites.
 */

/** Two weeks ahead or more, at nine in New York, or ten. */
function aMonday(): Date {
  const day = new Date(Date.now() + 14 * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7));
  day.setUTCHours(14, 0, 0, 0);
  return day;
}

/** For a machine that does much else. */
const timeout = 180_000;

async function makeDesk() {
  const clinic = await makeClinic({}, new Date().toISOString());
  const { ctx, patient, provider, cleaning, channel } = clinic;
  const own = newId();
  const visit = await makeVisit(ctx, {
    patientId: patient.id,
    providerId: provider.id,
    serviceId: cleaning.id,
    startsAt: aMonday(),
  });
  const texts = ["one", "two", "three"].map((text) => ({ text }));
  const points = { channelId: channel.id, contactPointId: patient.contactPointId };
  const thread = await makeConversation(ctx, { ...points, messages: texts });
  const second = await makePatient(ctx);
  await makeConversation(ctx, { ...points, contactPointId: second.contactPointId, messages: texts });
  const task = await makeTask(ctx, { conversationId: thread.id });
  const user = await makeUser([{ ctx, role: "OWNER" }]);
  const ids: Record<string, string> = {
    ...{ appointments: visit.id, conversations: thread.id, patients: patient.id },
    ...{ providers: provider.id, tasks: task.id },
  };
  return { ...clinic, visit, thread, user, id: (noun: string) => ids[noun] ?? own };
}
type Desk = Awaited<ReturnType<typeof makeDesk>>;

async function ask(desk: Desk, route: string, method: Method, options: CallOptions & { search?: string } = {}) {
  const handler = (await loadRoute(route))[method];
  if (!handler) throw new Error(`no ${method} ${route}`);
  const { params, path } = fillRoute(route, desk.ctx.clinic.slug, desk.id);
  const leave = new AbortController();
  const cookie = options.cookie ?? (await cookieOf(desk.user.id));
  const url = `${path}${options.search ?? ""}`;
  const answer = await call(handler, url, { method, params, headOnly: true, signal: leave.signal, ...options, cookie });
  leave.abort();
  return answer;
}

const linesOf = (methods: readonly Method[]) =>
  Object.entries(CLINIC_ROWS).flatMap(([route, row]) =>
    methods.filter((method) => row[method] !== undefined).map((method) => [method, route] as const),
  );
const CHANGES = linesOf(METHODS.filter((method) => method !== "GET"));

/** Bodies that are right, so that what else they say is really read. Routes without one are asked with the rest alone. */
const RIGHT: Record<string, (desk: Desk) => Record<string, unknown>> = {
  "POST api/clinic/[slug]/appointments": ({ patient, cleaning, provider, visit }) => ({
    ...{ patient_id: patient.id, service_id: cleaning.id, provider_id: provider.id },
    starts_at: new Date(visit.startsAt.getTime() + 3_600_000).toISOString(),
  }),
  "PATCH api/clinic/[slug]/appointments/[id]": () => ({ note: "by the window" }),
  "DELETE api/clinic/[slug]/appointments/[id]": () => ({ reason: "ill" }),
  "POST api/clinic/[slug]/appointments/[id]/cancel": () => ({ reason: "ill" }),
  "POST api/clinic/[slug]/appointments/[id]/confirm": () => ({}),
  "POST api/clinic/[slug]/appointments/[id]/complete": () => ({}),
  "POST api/clinic/[slug]/appointments/[id]/check-in": () => ({}),
  "POST api/clinic/[slug]/appointments/[id]/reschedule": ({ visit }) => ({
    starts_at: new Date(visit.startsAt.getTime() + 3_600_000).toISOString(),
  }),
  "POST api/clinic/[slug]/conversations/[id]/take-over": () => ({}),
  "POST api/clinic/[slug]/conversations/[id]/read": () => ({}),
  "POST api/clinic/[slug]/tasks/[id]/done": () => ({}),
};

const [ALIEN_ID, LONG_AGO] = [newId(), "2001-02-03"];
const notTheirs = (elsewhere: Desk) => {
  const [clinic, at] = [elsewhere.ctx.clinic.id, `${LONG_AGO}T04:05:06Z`];
  return {
    ...{ id: ALIEN_ID, clinic_id: clinic, clinicId: clinic, created_at: at, createdAt: at, updated_at: at },
    ...{ role: "SUPERADMIN", hq_role: "SUPERADMIN", hqRole: "SUPERADMIN", created_from: "IMPORT", actor_id: ALIEN_ID },
    ...{ status: "completed", user_id: ALIEN_ID, isAdmin: true },
  };
};
const POLLUTED = `"__proto__":{"isPolluted":true},"constructor":{"prototype":{"isPolluted":true}}`;

/** The desk, with a visit of its own for every route that ends one. */
async function withFreshVisit(desk: Desk, weeks: number): Promise<Desk> {
  const { ctx, patient, provider, cleaning } = desk;
  const startsAt = new Date(aMonday().getTime() + weeks * 7 * 86_400_000);
  const points = { patientId: patient.id, providerId: provider.id, serviceId: cleaning.id };
  const visit = await makeVisit(ctx, { ...points, startsAt });
  return { ...desk, visit, id: (noun) => (noun === "appointments" ? visit.id : desk.id(noun)) };
}

test("fields that are not theirs to set are set by nobody, in whatever route they are sent", { timeout }, async () => {
  const [desk, elsewhere] = [await shared(), await makeDesk()];
  const before = checksums(await dumpClinic(elsewhere.ctx.clinic.id));
  const cookie = await cookieOf(desk.user.id);
  let right = 0;
  for (const [at, [method, route]] of CHANGES.entries()) {
    const line = `${method} ${route}`;
    const mine = RIGHT[line] ? await withFreshVisit(desk, at + 1) : desk;
    const body = { ...notTheirs(elsewhere), ...RIGHT[line]?.(mine) };
    const raw = `${JSON.stringify(body).slice(0, -1)},${POLLUTED}}`;
    const headers = { "content-type": "application/json" };
    const answer = await ask(mine, route, method, { raw, headers, cookie });
    const isFine = answer.status < 500 && (!RIGHT[line] || answer.status < 300 || answer.status === 400);
    expect([line, isFine ? "fine" : [answer.status, answer.text]]).toEqual([line, "fine"]);
    right += answer.status < 300 ? 1 : 0;
    expect(({} as Record<string, unknown>).isPolluted).toBeUndefined();
  }
  expect(right).toBeGreaterThanOrEqual(Object.keys(RIGHT).length);
  const said = [ALIEN_ID, elsewhere.ctx.clinic.id, LONG_AGO, "SUPERADMIN"];
  expect(linesWith(await dumpClinic(desk.ctx.clinic.id), said)).toEqual([]);
  expect(checksums(await dumpClinic(elsewhere.ctx.clinic.id))).toEqual(before);
});

let sharedDesk: Promise<Desk> | undefined;
const shared = () => (sharedDesk ??= makeDesk());

const NONSENSE = [
  ...["limit=100000", "limit=0", "limit=-1", "limit=x", "limit=1e9", "limit=10&limit=100000", "page=0", "page=-5"],
  ...["page=99999999999999999999", "sort=password_hash", "sort=id;drop%20table%20users", "order=sideways"],
  ...["status=%27%20or%201%3D1--", "kind=nonsense", "filter=nonsense", "cursor=AAAA.BBBB", "start_date=yesterday"],
  ...["provider_id=x", "patient_id=%00", `q=${"x".repeat(5000)}`, "q=%00", "%00=%00", "__proto__[limit]=100000"],
];

test("a list keeps to its limits and its own words, whatever is asked of it", { timeout }, async () => {
  const desk = await shared();
  for (const [, route] of linesOf(["GET"])) {
    const cookie = await cookieOf(desk.user.id); // a session for each route, so that nobody is counted out
    const plain = await ask(desk, route, "GET", { cookie });
    for (const search of NONSENSE) {
      const answer = await ask(desk, route, "GET", { cookie, search: `?${search}` });
      const items: unknown[] = Array.isArray(answer.json?.data?.items) ? answer.json.data.items : [];
      // Refused, or no word of this list and then as good as not said; a page beyond the last is empty.
      const isSame = answer.status === plain.status && shapeOf(answer.text) === shapeOf(plain.text);
      const isRead = answer.status === 200 && /^(q|limit|page)=/.test(search) && items.length <= 100;
      const isFine = answer.status === 400 || isSame || isRead;
      expect([route, search.slice(0, 40), isFine ? "fine" : answer.text.slice(0, 300)]).toEqual([
        ...[route, search.slice(0, 40), "fine"],
      ]);
    }
  }
});
const shapeOf = (text: string) => text.replace(/"(request_id|now|server_time|as_of)":"[^"]*"/g, "");

/** What a list can't be asked without. */
const filterOf = ({ patient }: Desk, route: string) => (route.endsWith("/messages") ? `&patient_id=${patient.id}` : "");

test("a list's cursor is read back as it was given and in no other form", { timeout }, async () => {
  const desk = await shared();
  const cursors = new Map<string, string>();
  for (const [, route] of linesOf(["GET"])) {
    const first = await ask(desk, route, "GET", { search: `?limit=1${filterOf(desk, route)}` });
    const cursor: unknown = first.json?.data?.next_cursor;
    if (typeof cursor === "string") cursors.set(route, cursor);
  }
  expect([...cursors.keys()]).toContain("api/clinic/[slug]/messages");
  for (const [route, cursor] of cursors) {
    const statusOf = async (text: string) =>
      (await ask(desk, route, "GET", { search: `?limit=1${filterOf(desk, route)}&cursor=${encodeURIComponent(text)}` }))
        .status;
    const [body = "", signature = ""] = cursor.split(".");
    const flip = (text: string) => `${text.startsWith("A") ? "B" : "A"}${text.slice(1)}`;
    const others = [...cursors].filter(([other]) => other !== route).map(([, one]) => one);
    expect([route, await statusOf(cursor)]).toEqual([route, 200]);
    for (const forged of [`${flip(body)}.${signature}`, `${body}.${flip(signature)}`, body, `${body}.`, ...others])
      expect([route, forged, await statusOf(forged)]).toEqual([route, forged, 400]);
  }
});

const tooLong = (bytes: number) => `{"a":"${"x".repeat(bytes)}"}`;

test("no body is too deep, too long or too broken to be refused in good order", { timeout }, async () => {
  const desk = await shared();
  const headers = { "content-type": "application/json" };
  const deep = 100_000;
  let read = 0;
  for (const [method, route] of CHANGES) {
    const tell = (raw: string, more = {}) => ask(desk, route, method, { raw, headers: { ...headers, ...more } });
    const statusOf = async (raw: string, more = {}) => (await tell(raw, more)).status;
    const [broken, noObject] = [await tell("{"), await tell('"x"')];
    const isSame = JSON.stringify(broken.json?.details) === JSON.stringify(noObject.json?.details);
    if (broken.status !== 400 || isSame) continue; // it reads no body: if anything is wrong, it is the query
    read++;
    const answers = {
      deep: await statusOf(`{"a":${"[".repeat(deep)}${"]".repeat(deep)}}`),
      announced: await statusOf("{}", { "content-length": "999999999" }),
      nul: await statusOf(`{"a":"\\u0000"}`),
      long: await statusOf(tooLong(400_000)).then((status) => (status === 413 ? 413 : statusOf(tooLong(12_000_000)))),
    };
    const line = `${method} ${route}`;
    const { nul, announced, long } = answers;
    expect([line, answers.deep < 500, nul, announced, long]).toEqual([line, true, 400, 413, 413]);
  }
  expect(read).toBeGreaterThan(10);
});

test("a NUL is refused wherever text is read, and what only looks like one is text", async () => {
  const desk = await shared();
  const headers = { "content-type": "application/json" };
  const note = (raw: string) => ask(desk, "api/clinic/[slug]/appointments/[id]", "PATCH", { raw, headers });
  expect((await note(`{"note":"a\\u0000b"}`)).status).toBe(400);
  expect((await note(`{"note":"a\\\\u0000b"}`)).json?.data?.note).toBe("a\\u0000b");
  const { GET } = await loadRoute("api/public/[slug]/availability");
  if (!GET) throw new Error("no public availability");
  const path = "/api/public/x/availability?year=2026&month=3";
  expect((await call(GET, path, { params: { slug: "a\0b" } })).status).toBe(404);
});

test("a change that another site asks for with our cookie is refused by every route", { timeout }, async () => {
  const desk = await shared();
  const json = { "content-type": "application/json" };
  const SITES: Record<string, Record<string, string>> = {
    "another origin": { ...json, origin: "https://evil.example" },
    "no origin at all": { ...json, origin: "null" },
    "a plain-text body": { "content-type": "text/plain" },
    "a form": { "content-type": "application/x-www-form-urlencoded" },
    "a form with parts": { "content-type": "multipart/form-data; boundary=x" },
  };
  for (const [method, route] of CHANGES)
    for (const [name, headers] of Object.entries(SITES)) {
      const answer = await ask(desk, route, method, { raw: "{}", headers });
      expect([method, route, name, answer.status]).toEqual([method, route, name, 403]);
    }
});

test("a vendor's door reads no more than a vendor sends", async () => {
  const hooks = Object.entries(OTHER_ROWS).filter(([route]) => route.includes("webhook"));
  expect(hooks.length).toBeGreaterThan(3);
  for (const [route] of hooks) {
    const { POST } = await loadRoute(route);
    if (!POST) throw new Error(`no POST ${route}`);
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const answer = await call(POST, `/${route}`, { raw: `Body=${"x".repeat(5_000_000)}`, headers });
    expect([route, answer.status]).toEqual([route, 413]);
  }
});
