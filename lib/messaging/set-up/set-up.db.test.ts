import { eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { auditLog } from "@/db/schema/records";
import { messages } from "@/db/schema/messaging";
import { makeBareClinic, makeChannel, makePhone } from "@/db/testing/make";
import { unwrap } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { listChannels } from "@/lib/messaging/list-channels";
import { startTwilioStub } from "@/stubs/twilio/server";
import { startWhatsappStub } from "@/stubs/whatsapp/server";
import { addChannel } from "./add-channel";
import { setMessagingSettings } from "./settings";
import { testSend } from "./test-send";
import { updateChannel } from "./update-channel";

const TOKEN = "their-own-twilio-token";
const LISTED = "+12025550147";
const twilio = await startTwilioStub({ authToken: TOKEN });
const meta = await startWhatsappStub({ accessToken: "their-own-access-token", appSecret: "their-own-app-secret" });
Object.assign(process.env, {
  TWILIO_API_BASE_URL: twilio.url,
  WHATSAPP_GRAPH_BASE_URL: meta.url,
  WHATSAPP_TEST_ALLOWLIST: JSON.stringify({ "*": [LISTED] }),
  WHATSAPP_TEST_RPM: "2",
});
afterAll(() => Promise.all([twilio.close(), meta.close()]));

const actionsOf = async (ctx: Awaited<ReturnType<typeof makeBareClinic>>) =>
  (await query(ctx, (tx) => tx.select({ action: auditLog.action, changed: auditLog.changed }).from(auditLog))).map(
    ({ action, changed }) => [action, ...changed].join(" "),
  );

test("a new channel is tried at the vendor at once, and none of its secrets is told again", async () => {
  const ctx = await makeBareClinic();
  const credentials = { account: twilio.carrier.accountSid, auth_token: TOKEN };
  const added = await addChannel(ctx, { kind: "twilio_sms", address: makePhone(), credentials });
  expect(unwrap(added)).toMatchObject({ problem: null });
  const listed = unwrap(await listChannels(ctx));
  expect(listed.items).toMatchObject([{ botMode: "off", credentials: [{ purpose: "auth_token", hint: "oken" }] }]);
  expect(JSON.stringify(listed)).not.toContain(TOKEN);
});

test("wrong secrets are kept and named as what the vendor refuses, until right ones come", async () => {
  const ctx = await makeBareClinic();
  const wrong = { access_token: "a-wrong-access-token" };
  const added = unwrap(
    await addChannel(ctx, { kind: "whatsapp_cloud", address: "106540352242922", credentials: wrong }),
  );
  expect(added.problem).toBe("credentials");
  const mended = await updateChannel(ctx, added.id, { credentials: { access_token: "their-own-access-token" } });
  expect(unwrap(mended).problem).toBeNull();
  expect(unwrap(await listChannels(ctx)).items).toMatchObject([{ displayAddress: "+1 555 010 0000" }]);
});

test("an address is one channel's in the whole deployment, and another clinic's channel is not there", async () => {
  const [here, elsewhere] = [await makeBareClinic(), await makeBareClinic()];
  const channel = await makeChannel(elsewhere);
  const same = { kind: "twilio_sms", address: channel.address, credentials: {} } as const;
  expect(await addChannel(here, same)).toMatchObject({ ok: false, error: "CONFLICT" });
  expect(await updateChannel(here, channel.id, { botMode: "off", credentials: undefined })).toMatchObject({
    error: "NOT_FOUND",
  });
});

test("a test goes to listed numbers alone, so many a minute, and every refusal is audited without the number", async () => {
  const ctx = await makeBareClinic();
  const channel = await makeChannel(ctx);
  expect(await testSend(ctx, channel.id, { to: "+12025550148" })).toMatchObject({ error: "FORBIDDEN" });
  for (let sent = 0; sent < 2; sent++) unwrap(await testSend(ctx, channel.id, { to: LISTED }));
  expect(await testSend(ctx, channel.id, { to: LISTED })).toMatchObject({ error: "RATE_LIMITED" });
  expect(await query(ctx, (tx) => tx.select().from(messages).where(eq(messages.sendClass, "staff")))).toHaveLength(2);
  const actions = await actionsOf(ctx);
  expect(actions).toContain("channel.test_send_refused FORBIDDEN");
  expect(actions).toContain("channel.test_send_refused RATE_LIMITED");
  expect(actions.join()).not.toContain("2025550");
});

test("the switch and the hours are kept, and hours that end before they begin are refused", async () => {
  const ctx = await makeBareClinic();
  const set = await setMessagingSettings(ctx, {
    hasAutomaticSends: false,
    sendWindow: { from: "10:00", until: "18:00" },
    unansweredAfterMinutes: undefined,
  });
  expect(unwrap(set)).toEqual({
    hasAutomaticSends: false,
    sendWindow: { from: "10:00", until: "18:00" },
    unansweredAfterMinutes: 10,
  });
  const wrong = { sendWindow: { from: "18:00", until: "10:00" } };
  expect(
    await setMessagingSettings(ctx, { ...wrong, hasAutomaticSends: undefined, unansweredAfterMinutes: undefined }),
  ).toMatchObject({ error: "VALIDATION_FAILED" });
});
