import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { POST as login } from "@/app/api/session/login/route";
import { POST as logout } from "@/app/api/session/logout/route";
import { GET as me, PATCH as updateMe } from "@/app/api/session/me/route";
import { POST as chooseClinic } from "@/app/api/session/clinic/route";
import { users } from "@/db/schema/identity";
import { call, cookieOf } from "@/db/testing/call";
import { makeBareClinic, makeUser, PASSWORD } from "@/db/testing/make";
import { transactAsUser } from "@/lib/core/transact";
import { findSessionUser } from "./session";

const setCookieOf = (headers: Headers) => (headers.get("set-cookie") ?? "").split(";")[0] ?? "";

test("a right password opens a session that says who one is and which clinics one has", async () => {
  const ctx = await makeBareClinic();
  const user = await makeUser([{ ctx, role: "STAFF" }]);
  const answer = await call(login, "/api/session/login", {
    body: { email: user.email.toUpperCase(), password: PASSWORD },
  });
  expect(answer.status).toBe(200);
  expect(answer.json.data).toMatchObject({
    user: { id: user.id, email: user.email, hq_role: null },
    clinics: [{ slug: ctx.clinic.slug, role: "STAFF" }],
    next: `/c/${ctx.clinic.slug}/dashboard`,
  });
  expect(answer.headers.get("set-cookie")).toMatch(/^chairside=[^;]+;.*HttpOnly;.*SameSite=Lax/i);
  const again = await call(me, "/api/session/me", { cookie: setCookieOf(answer.headers) });
  expect(again.json.data.user.id).toBe(user.id);
});

test("a wrong password and an unknown address get the same answer", async () => {
  const user = await makeUser([]);
  const wrong = await call(login, "/api/session/login", { body: { email: user.email, password: "not this one" } });
  const unknown = await call(login, "/api/session/login", {
    body: { email: "nobody@example.test", password: "not this one" },
  });
  expect(wrong.status).toBe(401);
  expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text]);
});

test("the sixth guess at an account waits, and a success before it gives the guesses back", async () => {
  const user = await makeUser([]);
  const guess = (password: string) => call(login, "/api/session/login", { body: { email: user.email, password } });
  for (let i = 0; i < 4; i++) expect((await guess("wrong")).status).toBe(401);
  expect((await guess(PASSWORD)).status).toBe(200);
  for (let i = 0; i < 5; i++) expect((await guess("wrong")).status).toBe(401);
  const refused = await guess(PASSWORD);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
});

test("logging out kills the cookie for good", async () => {
  const user = await makeUser([]);
  const cookie = await cookieOf(user.id);
  expect((await call(me, "/api/session/me", { cookie })).status).toBe(200);
  await call(logout, "/api/session/logout", { cookie, method: "POST" });
  expect((await call(me, "/api/session/me", { cookie })).status).toBe(401);
});

test("raising a user's epoch or disabling them ends every session at once", async () => {
  const user = await makeUser([]);
  const cookie = await cookieOf(user.id);
  await transactAsUser(user.id, (tx) =>
    tx
      .update(users)
      .set({ epoch: sql`epoch + 1` })
      .where(eq(users.id, user.id)),
  );
  expect((await call(me, "/api/session/me", { cookie })).status).toBe(401);
  const fresh = await cookieOf(user.id);
  await transactAsUser(user.id, (tx) => tx.update(users).set({ disabledAt: new Date() }).where(eq(users.id, user.id)));
  expect((await call(me, "/api/session/me", { cookie: fresh })).status).toBe(401);
});

test("a session ends after 12 idle hours and after 7 days whatever happens", async () => {
  const user = await makeUser([]);
  const start = new Date("2026-03-02T12:00:00Z");
  const later = (hours: number) => new Date(start.getTime() + hours * 3_600_000);
  const { openSession } = await import("./session");
  const token = await transactAsUser(user.id, (tx) => openSession(tx, user, start));
  expect(await findSessionUser(token, later(11))).toBeDefined();
  expect(await findSessionUser(token, later(22))).toBeDefined();
  expect(await findSessionUser(token, later(35))).toBeUndefined();
  const busy = await transactAsUser(user.id, (tx) => openSession(tx, user, start));
  for (let hours = 8; hours < 168; hours += 8) expect(await findSessionUser(busy, later(hours))).toBeDefined();
  expect(await findSessionUser(busy, later(169))).toBeUndefined();
});

test.each([
  ["another site's origin", { origin: "https://evil.example" }],
  ["a null origin", { origin: "null" }],
  ["a plain-text body", { "content-type": "text/plain" }],
  ["a form body", { "content-type": "application/x-www-form-urlencoded" }],
])("a change from %s is refused", async (_, headers) => {
  const user = await makeUser([]);
  const cookie = await cookieOf(user.id);
  const answer = await call(updateMe, "/api/session/me", { method: "PATCH", cookie, body: { locale: "es" }, headers });
  expect([answer.status, answer.json.error]).toEqual([403, "FORBIDDEN"]);
});

test("only a clinic of one's own can be chosen", async () => {
  const [mine, other] = [await makeBareClinic(), await makeBareClinic()];
  const user = await makeUser([{ ctx: mine, role: "VIEWER" }]);
  const cookie = await cookieOf(user.id);
  const chosen = await call(chooseClinic, "/api/session/clinic", { cookie, body: { slug: mine.clinic.slug } });
  expect(chosen.headers.get("set-cookie")).toContain(`clinicSlug=${mine.clinic.slug}`);
  const refused = await call(chooseClinic, "/api/session/clinic", { cookie, body: { slug: other.clinic.slug } });
  expect(refused.status).toBe(404);
});

test("a message is in the caller's language", async () => {
  const answer = await call(me, "/api/session/me", { headers: { "accept-language": "ar-SA,ar;q=0.9,en;q=0.5" } });
  expect(answer.json.message).toMatch(/[\u0600-\u06ff]/);
});
