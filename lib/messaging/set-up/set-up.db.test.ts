import { eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { auditLog } from "@/db/schema/records";
import { messages } from "@/db/schema/messaging";
import { makeBareClinic, makeChannel, makePhone } from "@/db/testing/make";
import { unwrap } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { credentialsIn } from "@/lib/messaging/credentials";
import { listChannels } from "@/lib/messaging/list-channels";
import { startSmtpStub } from "@/stubs/smtp/server";
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
const PASSWORD = "the mailbox's own password";
const smtp = await startSmtpStub({ login: { user: "desk@north.test", pass: PASSWORD } });
const mailPort = Number(new URL(smtp.url).port);
Object.assign(process.env, {
  TWILIO_API_BASE_URL: twilio.url,
  WHATSAPP_GRAPH_BASE_URL: meta.url,
  WHATSAPP_TEST_ALLOWLIST: JSON.stringify({ "*": [LISTED, "tester@example.test"] }),
  WHATSAPP_TEST_RPM: "2",
});
afterAll(() => Promise.all([twilio.close(), meta.close(), smtp.close()]));

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

const MAILBOX = { kind: "email", address: "Desk@North.test" } as const;
const server = { smtp_host: "127.0.0.1", smtp_port: mailPort, smtp_user: "desk@north.test" };

test("a mailbox is logged in to at once; its password is kept for that server alone, and never told", async () => {
  const ctx = await makeBareClinic();
  const wrong = unwrap(await addChannel(ctx, { ...MAILBOX, credentials: { ...server, smtp_password: "wrong" } }));
  expect(wrong.problem).toBe("credentials");
  const mended = await updateChannel(ctx, wrong.id, { credentials: { smtp_password: PASSWORD } });
  expect(unwrap(mended).problem).toBeNull();
  const listed = unwrap(await listChannels(ctx));
  const shown = { address: "desk@north.test", account: "127.0.0.1", botMode: "off" };
  expect(listed.items).toMatchObject([{ ...shown, credentials: [{ hint: `127.0.0.1:${mailPort}` }] }]);
  expect(JSON.stringify(listed)).not.toContain("password");
  unwrap(await updateChannel(ctx, wrong.id, { credentials: { smtp_host: "localhost" } }));
  const channel = { id: wrong.id, kind: "email", account: "localhost" };
  const kept = await query(ctx, (tx) => credentialsIn(tx, ctx, channel));
  // Another server is not handed what this one was trusted with.
  expect(kept).toEqual({ account: "localhost", smtp_url: `smtp://localhost:${mailPort}` });
  expect(smtp.mails).toEqual([]);
});

test.each([
  ["a server of the inner network", { smtp_host: "10.0.0.7", smtp_password: "x", smtp_user: "x" }, "server_place"],
  ["one at another service's port", { smtp_host: "8.8.8.8", smtp_port: 5432 }, "server_place"],
  ["none", {}, "no_credentials"],
  ["nobody there", { smtp_host: "127.0.0.1", smtp_port: 1 }, "unreachable"],
])("the check of a mailbox names what is wrong: %s", async (_what, credentials, problem) => {
  const ctx = await makeBareClinic();
  const address = `${ctx.clinic.slug}@north.test`;
  expect(unwrap(await addChannel(ctx, { kind: "email", address, credentials }))).toMatchObject({ problem });
});

test("no mailbox and no server is nothing to keep", async () => {
  const ctx = await makeBareClinic();
  for (const wrong of [
    { kind: "email", address: "+12025550147", credentials: {} },
    { kind: "email", address: "desk@other.test", credentials: { smtp_host: "x@evil.test/" } },
  ] as const)
    expect(await addChannel(ctx, wrong)).toMatchObject({ ok: false, error: "VALIDATION_FAILED" });
  expect(unwrap(await listChannels(ctx)).items).toEqual([]);
});

test("a test by e-mail goes to listed addresses alone", async () => {
  const ctx = await makeBareClinic();
  const channel = await makeChannel(ctx, { kind: "email", address: `${ctx.clinic.slug}@test.test` });
  expect(await testSend(ctx, channel.id, { to: LISTED })).toMatchObject({ error: "VALIDATION_FAILED" });
  expect(await testSend(ctx, channel.id, { to: "other@example.test" })).toMatchObject({ error: "FORBIDDEN" });
  expect(await testSend(ctx, channel.id, { to: "Tester@example.test" })).toMatchObject({ ok: true });
});
