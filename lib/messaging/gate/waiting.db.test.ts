import { afterAll, expect, test } from "vitest";
import { makeThread } from "@/db/testing/make-outbox";
import { inClinic } from "@/db/testing/make";
import { unwrap } from "@/lib/core/result";
import { startTwilioStub } from "@/stubs/twilio/server";
import { deliverClinic } from "@/lib/messaging/outbox/deliver";
import { listMessages } from "@/lib/messaging/inbox/list-messages";
import { sendIn } from "@/lib/messaging/send";

const twilio = await startTwilioStub({ authToken: "test-twilio-auth-token" });
process.env.TWILIO_API_BASE_URL = twilio.url;
afterAll(() => twilio.close());

const DAY = "2026-03-02T16:00:00Z";
const NIGHT = "2026-03-03T04:00:00Z"; // 11 pm in New York

const waitsOf = async ({ ctx, thread }: Awaited<ReturnType<typeof makeThread>>) => {
  const { items } = unwrap(await listMessages(ctx, { conversationId: thread.id, limit: 20 }));
  return items.map(({ waiting }) => waiting?.reason ?? null);
};
const minutesFromNow = (at: Date | undefined) => Math.round(((at?.getTime() ?? 0) - Date.now()) / 60_000);

test("the thread tells of a message put off by night, why and until when", async () => {
  const setting = await makeThread({}, [{}, NIGHT]);
  const { ctx, thread } = setting;
  const reminder = { conversationId: thread.id, text: "See you", sendClass: "reminder", senderType: "system" } as const;
  await inClinic(ctx, (tx) =>
    sendIn(tx, ctx, { ...reminder, dedupeKey: "r", expiresAt: new Date("2026-03-04T18:00:00Z") }),
  );
  await deliverClinic(ctx);
  const { items } = unwrap(await listMessages(ctx, { conversationId: thread.id, limit: 1 }));
  expect(items).toMatchObject([{ status: "queued", waiting: { reason: "quiet_hours" } }]);
  expect(minutesFromNow(items[0]?.waiting?.until)).toBe(10 * 60); // to 9 am, by the database's clock
});

test("it tells of a vendor that asked for patience, and says nothing of what has gone out", async () => {
  const setting = await makeThread({ pacePerSecond: 400 }, [{}, DAY]);
  await setting.say("first");
  await deliverClinic(setting.ctx);
  await setting.say("second");
  twilio.fail({ kind: "too_many", retryAfter: 120 });
  await deliverClinic(setting.ctx);
  expect(await waitsOf(setting)).toEqual(["paced", null]);
});

test("it tells of one that is planned for later", async () => {
  const setting = await makeThread({}, [{}, DAY]);
  const { ctx, thread } = setting;
  const later = { conversationId: thread.id, text: "Later", sendClass: "service", senderType: "system" } as const;
  const sendAt = new Date(ctx.now().getTime() + 3_600_000);
  await inClinic(ctx, (tx) => sendIn(tx, ctx, { ...later, dedupeKey: "l", sendAt }));
  expect(await waitsOf(setting)).toEqual(["planned"]);
});
