import { and, eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { memberships, users } from "@/db/schema/identity";
import { inClinic, makeBareClinic, makeUser } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { hashToken } from "@/lib/core/crypto";
import { transactAsUser } from "@/lib/core/transact";
import { endSession, openSession } from "./session";
import { watchAccess } from "./watch-access";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

type User = Awaited<ReturnType<typeof makeUser>>;
const now = () => new Date();
const signIn = (user: User) => transactAsUser(user.id, (tx) => openSession(tx, user, now()));
const isOf = (ctx: ClinicContext, user: User) =>
  and(eq(memberships.clinicId, ctx.clinic.id), eq(memberships.userId, user.id));

/** Watches a session at a clinic; `ended` counts how often it was told to end. */
async function listen(ctx: ClinicContext, user: User, action: "events.read" | "channel.write" = "events.read") {
  const token = await signIn(user);
  const listener = { token, ended: 0, leave: () => undefined as void };
  const access = { tokenHash: hashToken(token), clinicId: ctx.clinic.id, action };
  listener.leave = watchAccess(access, () => {
    listener.ended += 1;
    listener.leave();
  });
  return listener;
}

test("whoever loses session, role or account stops listening at the next look, and nobody else does", async () => {
  const [ctx, other] = [await makeBareClinic(), await makeBareClinic()];
  const makeMember = (role: "OWNER" | "STAFF" = "STAFF") => makeUser([{ ctx, role }]);
  const [stays, signsOut, leaves, disabled, stranger] = await Promise.all([
    makeMember(),
    makeMember(),
    makeMember(),
    makeMember(),
    makeUser([{ ctx: other, role: "OWNER" }]),
  ]);
  const lowered = await makeMember("OWNER");
  const listeners = {
    stays: await listen(ctx, stays),
    signsOut: await listen(ctx, signsOut),
    leaves: await listen(ctx, leaves),
    disabled: await listen(ctx, disabled),
    stranger: await listen(ctx, stranger),
    lowered: await listen(ctx, lowered, "channel.write"),
  };
  await endSession(listeners.signsOut.token);
  await inClinic(ctx, (tx) => tx.delete(memberships).where(isOf(ctx, leaves)));
  await inClinic(ctx, (tx) => tx.update(memberships).set({ role: "STAFF" }).where(isOf(ctx, lowered)));
  await transactAsUser(disabled.id, (tx) =>
    tx.update(users).set({ disabledAt: now() }).where(eq(users.id, disabled.id)),
  );
  const ended = () => Object.entries(listeners).flatMap(([name, { ended: times }]) => (times > 0 ? [name] : []));
  expect(ended()).toEqual([]);
  vi.advanceTimersByTime(4_000);
  await vi.waitFor(() => expect(ended()).toEqual(["signsOut", "leaves", "disabled", "stranger", "lowered"]));
  listeners.stays.leave();
  await endSession(listeners.stays.token);
  vi.advanceTimersByTime(12_000);
  expect(vi.getTimerCount()).toBe(0); // nobody listens: nobody is asked about
  expect(ended()).not.toContain("stays");
});
