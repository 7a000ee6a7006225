import { afterAll, expect, test } from "vitest";
import { eq } from "drizzle-orm";
import { notificationDeliveries } from "@/db/schema/notifications";
import { tasks } from "@/db/schema/front-desk";
import { inClinic, makeClinic, makeUser } from "@/db/testing/make";
import { makeVisit } from "@/db/testing/make-visit";
import type { ClinicContext } from "@/lib/core/context";
import { ok, unwrap } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import { raiseTaskIn } from "@/lib/messaging/tasks/raise";
import { startSmtpStub } from "@/stubs/smtp/server";
import { deliverNotifications, type SendText } from "./deliver-due";
import { listNotifications } from "./list-notifications";
import { markNotificationsRead } from "./mark-read";
import { getPreferences, setPreferences } from "./preferences";
import { tellIn } from "./tell";

const stub = await startSmtpStub();
process.env.SMTP_URL = stub.url;
afterAll(() => stub.close());

const texts: { to: string; text: string }[] = [];
const sendText: SendText = (_ctx, text) => {
  texts.push(text);
  return Promise.resolve({ outcome: "sent" });
};

async function stage() {
  const { ctx, ...rest } = await makeClinic();
  const owner = await makeUser([{ ctx, role: "OWNER" }], { phone: "+12025550199" });
  const staff = await makeUser([{ ctx, role: "STAFF" }]);
  const viewer = await makeUser([{ ctx, role: "VIEWER" }]);
  const as = (user: typeof owner, role: "OWNER" | "STAFF" | "VIEWER"): ClinicContext => ({
    ...ctx,
    actor: { type: "user", id: user.id, name: user.name },
    role,
  });
  return { ...rest, ctx, owner: as(owner, "OWNER"), staff: as(staff, "STAFF"), viewer: as(viewer, "VIEWER") };
}

const inboxOf = async (ctx: ClinicContext) => unwrap(await listNotifications(ctx, { limit: 20 }));
const emergency = (id: string) =>
  ({ kind: "emergency", entityType: "conversation", entityId: id, dedupeKey: `e:${id}` }) as const;
const NOBODY = "0190b5a0-0000-7000-8000-000000000000";

test("an emergency reaches all who can act, once, in the portal and out of it; a viewer hears nothing", async () => {
  const { ctx, owner, staff, viewer } = await stage();
  for (let again = 0; again < 2; again++) await inClinic(ctx, (tx) => tellIn(tx, ctx, emergency(NOBODY)));
  expect((await inboxOf(owner)).unreadCount).toBe(1);
  expect((await inboxOf(staff)).items).toMatchObject([{ kind: "emergency", readAt: null }]);
  expect((await inboxOf(viewer)).items).toEqual([]);
  await deliverNotifications(ctx.clinic.id, sendText);
  await deliverNotifications(ctx.clinic.id, sendText);
  expect(stub.mails.splice(0)).toHaveLength(2);
  expect(texts.splice(0)).toMatchObject([{ to: "+12025550199" }]);
});

test("what a member turned off is not told, and an emergency stays in the portal", async () => {
  const { ctx, staff } = await stage();
  const off = { inPortal: false, byEmail: false, bySms: false };
  const saved = await setPreferences(staff, {
    preferences: [
      { kind: "emergency", ...off },
      { kind: "handoff", ...off },
    ],
    phone: undefined,
  });
  expect(unwrap(saved).preferences.find(({ kind }) => kind === "emergency")).toMatchObject({
    inPortal: true,
    byEmail: false,
  });
  await inClinic(ctx, (tx) => tellIn(tx, ctx, emergency(NOBODY)));
  await inClinic(ctx, (tx) => tellIn(tx, ctx, { ...emergency(NOBODY), kind: "handoff", dedupeKey: "h" }));
  expect((await inboxOf(staff)).items.map(({ kind }) => kind)).toEqual(["emergency"]);
  expect(unwrap(await getPreferences(staff)).preferences).toContainEqual({ kind: "handoff", ...off, mayTurnOff: true });
});

test("no patient's name leaves by mail or text, while the portal says whom it is about", async () => {
  const { ctx, owner, patient, cleaning, provider } = await stage();
  const parts = { patientId: patient.id, serviceId: cleaning.id, providerId: provider.id };
  const visit = await makeVisit(ctx, { ...parts, startsAt: ctx.now() });
  const about = { entityType: "appointment", entityId: visit.id } as const;
  await inClinic(ctx, (tx) => tellIn(tx, ctx, { kind: "emergency", ...about, dedupeKey: "x" }));
  await deliverNotifications(ctx.clinic.id, sendText);
  const said = JSON.stringify([stub.mails.splice(0), texts.splice(0)]);
  expect(said).toContain(ctx.clinic.slug);
  expect(said).not.toContain(patient.name);
  expect((await inboxOf(owner)).items).toMatchObject([{ patientName: patient.name }]);
});

test("a server that is busy is asked again; one that lost its answer is not", async () => {
  const { ctx } = await stage();
  await inClinic(ctx, (tx) => tellIn(tx, ctx, emergency(NOBODY)));
  stub.faults.push("busy", "drop");
  await deliverNotifications(ctx.clinic.id, sendText);
  const states = await query(ctx, (tx) =>
    tx
      .select({ state: notificationDeliveries.state })
      .from(notificationDeliveries)
      .where(eq(notificationDeliveries.medium, "email")),
  );
  expect(states.map(({ state }) => state).sort()).toEqual(["due", "unknown"]);
  stub.mails.splice(0);
});

test("reading is each member's own, and a task tells by its reason", async () => {
  const { ctx, owner, staff } = await stage();
  const raise = () =>
    transact(ctx, {}, async (tx) => ok(await raiseTaskIn(tx, ctx, { reason: "channel_broken", channelId: NOBODY })));
  unwrap(await raise());
  unwrap(await raise());
  expect((await inboxOf(owner)).items).toMatchObject([{ kind: "channel_broken" }]);
  expect((await inboxOf(staff)).items).toEqual([]);
  expect(unwrap(await markNotificationsRead(staff, {}))).toEqual({ read: 0 });
  expect(unwrap(await markNotificationsRead(owner, {}))).toEqual({ read: 1 });
  expect((await inboxOf(owner)).unreadCount).toBe(0);
  expect(await query(ctx, (tx) => tx.select().from(tasks))).toHaveLength(1);
});
