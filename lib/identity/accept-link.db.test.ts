import { expect, test } from "vitest";
import { clockAt } from "@/lib/core/clock";
import { unwrap } from "@/lib/core/result";
import { acceptLink, readLink } from "./accept-link";
import { bootstrapSuperadmin } from "./bootstrap";
import { logIn } from "./log-in";

const now = clockAt("2026-03-02T12:00:00Z");
const ctx = {
  actor: { type: "system", id: "test" } as const,
  hqRole: "SYSTEM" as const,
  locale: "en",
  requestId: "test",
  now,
};

test("the first superadmin gets one link, which works once and within 72 hours, and there is no second first", async () => {
  const { token } = unwrap(await bootstrapSuperadmin(ctx, "Root@Example.test"));
  expect(await bootstrapSuperadmin(ctx, "other@example.test")).toMatchObject({ ok: false, error: "CONFLICT" });
  expect(await readLink(token, clockAt("2026-03-05T12:00:01Z"))).toMatchObject({ ok: false, error: "NOT_FOUND" });
  expect(await readLink(token, now)).toEqual({ ok: true, data: { email: "root@example.test" } });
  const answers = await Promise.all(
    [1, 2].map(() => acceptLink(token, { password: "a good long one", name: "Root" }, now)),
  );
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect(await acceptLink(token, { password: "an intruder's one" }, now)).toMatchObject({
    ok: false,
    error: "NOT_FOUND",
  });
  const login = await logIn({ email: "root@example.test", password: "a good long one" }, "test", () => new Date());
  expect(login.ok).toBe(true);
});
