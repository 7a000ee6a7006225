import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { GET as listAppointments } from "@/app/api/clinic/[slug]/appointments/route";
import { GET as listConversations } from "@/app/api/clinic/[slug]/conversations/route";
import { GET as listMessages } from "@/app/api/clinic/[slug]/messages/route";
import { GET as listPatients } from "@/app/api/clinic/[slug]/patients/route";
import { GET as describeMe, PATCH as updateMe } from "@/app/api/session/me/route";
import { users } from "@/db/schema/identity";
import { call, cookieOf } from "@/db/testing/call";
import { makeClinic, makeUser } from "@/db/testing/make";
import { transactAsUser } from "@/lib/core/transact";

async function makeOwner() {
  const { ctx } = await makeClinic();
  const user = await makeUser([{ ctx, role: "OWNER" }]);
  return { user, slug: ctx.clinic.slug, cookie: await cookieOf(user.id) };
}

test("fields that nobody may set are set by nobody", async () => {
  const { user, cookie } = await makeOwner();
  const before = await transactAsUser(user.id, (tx) => tx.select().from(users).where(eq(users.id, user.id)));
  const extra = `"role":"OWNER","hqRole":"SUPERADMIN","id":"x","email":"e@evil.example","epoch":9,"createdAt":"2000-01-01"`;
  const raw = `{"locale":"es",${extra},"__proto__":{"hqRole":"SUPERADMIN"},"constructor":{"prototype":{"hqRole":"OPS"}}}`;
  const headers = { "content-type": "application/json" };
  const answer = await call(updateMe, "/api/session/me", { method: "PATCH", cookie, raw, headers });
  expect([200, 400]).toContain(answer.status);
  const after = await transactAsUser(user.id, (tx) => tx.select().from(users).where(eq(users.id, user.id)));
  const { locale: _locale, updatedAt: _updated, ...kept } = { updatedAt: null, ...after[0] };
  expect(before[0]).toMatchObject(kept);
  expect(({} as Record<string, unknown>).hqRole).toBeUndefined();
});

test.each([
  ["appointments", listAppointments, false],
  ["conversations", listConversations, true],
  ["messages", listMessages, true],
  ["patients", listPatients, false],
] as const)(
  "a list of %s refuses a limit out of bounds and a cursor that is not ours",
  async (list, handler, pages) => {
    const { slug, cookie } = await makeOwner();
    const ask = (query: string) =>
      call(handler, `/api/clinic/${slug}/${list}?${query}`, { cookie, params: { slug } }).then(({ status }) => status);
    for (const query of ["limit=100000", "limit=0", "limit=-1", "limit=x", "limit=1e9"]) {
      expect([query, await ask(query)]).toEqual([query, 400]);
    }
    const forged = Buffer.from(`{"after":"x"}`).toString("base64url");
    if (pages) expect(await ask(`cursor=${forged}.${"A".repeat(43)}`)).toBe(400);
  },
);

test("a body nested a hundred thousand deep and one too large are refused, a plain one is not", async () => {
  const { cookie } = await makeOwner();
  const headers = { "content-type": "application/json" };
  const patch = (raw: string) =>
    call(updateMe, "/api/session/me", { method: "PATCH", cookie, raw, headers }).then(({ status }) => status);
  const deep = 100_000;
  expect(await patch(`{"locale":${"[".repeat(deep)}${"]".repeat(deep)}}`)).toBe(400);
  expect(await patch(`{"locale":"${"x".repeat(300_000)}"}`)).toBe(413);
  expect(await patch(`{"locale":"en"}`)).toBe(200);
});

test("a forged X-Forwarded-For opens no second account with the limiter", async () => {
  const statuses: number[] = [];
  for (let i = 0; i < 130; i++) {
    const headers = { "x-forwarded-for": `203.0.113.${i}`, forwarded: `for=203.0.113.${i}` };
    statuses.push((await call(describeMe, "/api/session/me", { headers })).status);
  }
  expect(statuses.filter((status) => status === 401)).toHaveLength(120);
  expect(statuses.slice(120)).toEqual(Array(10).fill(429));
});
