import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { channelCredentials } from "@/db/schema/channels";
import { makeClinic } from "@/db/testing/make";
import { ok, unwrap } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import { listChannels } from "./list-channels";
import { credentialsIn, resealCredentialsIn, saveCredentialsIn } from "./credentials";

async function stage() {
  const { ctx } = await makeClinic();
  const [channel] = unwrap(await listChannels(ctx)).items;
  if (!channel) throw new Error("a clinic without a channel");
  return { ctx, channel: { id: channel.id, kind: "twilio_sms", account: "AC1" } };
}

test("a channel without secrets of its own uses the deployment's, with its own only them", async () => {
  const { ctx, channel } = await stage();
  expect(await query(ctx, (tx) => credentialsIn(tx, ctx, channel))).toMatchObject({
    account: "AC00000000000000000000000000000001",
    auth_token: "test-twilio-auth-token",
  });
  await transact(ctx, {}, async (tx) =>
    ok(await saveCredentialsIn(tx, ctx, channel.id, { auth_token: "their-own-token" })),
  );
  expect(await query(ctx, (tx) => credentialsIn(tx, ctx, channel))).toEqual({
    account: "AC1",
    auth_token: "their-own-token",
  });
});

test("nothing of a secret is in the table but its last four characters", async () => {
  const { ctx, channel } = await stage();
  await transact(ctx, {}, async (tx) =>
    ok(await saveCredentialsIn(tx, ctx, channel.id, { auth_token: "canary-secret-9876" })),
  );
  const rows = await query(ctx, (tx) =>
    tx.select().from(channelCredentials).where(eq(channelCredentials.channelId, channel.id)),
  );
  expect(JSON.stringify(rows)).not.toContain("canary");
  expect(rows).toMatchObject([{ purpose: "auth_token", hint: "9876" }]);
});

test("what the current key sealed needs no sealing again", async () => {
  const { ctx, channel } = await stage();
  const resealed = await transact(ctx, {}, async (tx) => {
    await saveCredentialsIn(tx, ctx, channel.id, { auth_token: "a-token" });
    return ok(await resealCredentialsIn(tx, ctx));
  });
  expect(unwrap(resealed)).toBe(0);
});
