import { randomInt } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";
import { channels } from "@/db/schema/channels";
import { templates } from "@/db/schema/templates";
import { inClinic, makeBareClinic, makeChannel } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { clinicsWithDueWork } from "@/lib/messaging/due-work";
import { checkChannel } from "@/lib/messaging/set-up/check-channel";
import { startWhatsappStub } from "@/stubs/whatsapp/server";
import { readApprovals } from "./read-approvals";
import { updateTemplate } from "./save";
import { libraryRows } from "./seed";
import { submitTemplate } from "./submit";

const accessToken = "a-token-of-the-test";
const { meta, ...stub } = await startWhatsappStub({ accessToken, appSecret: "none", waba: "500100" });
process.env.WHATSAPP_GRAPH_BASE_URL = stub.url;
process.env.WHATSAPP_ACCESS_TOKEN = accessToken;
afterAll(() => stub.close());
beforeEach(() => void meta.templates.splice(0));

/** A clinic with the library as drafts and a number of the stub's account, or of one that it only claims. */
async function makeLibrary(account = meta.waba) {
  const ctx = await makeBareClinic();
  const channel = await makeChannel(ctx, { kind: "whatsapp_cloud", address: String(randomInt(1e12, 1e13)) });
  if (account === meta.waba) meta.numbers.add(channel.address);
  await inClinic(ctx, async (tx) => {
    await tx.update(channels).set({ account }).where(eq(channels.id, channel.id));
    await tx.insert(templates).values(libraryRows(ctx.clinic.id, ["en", "ar"], "draft"));
  });
  return { ctx, channel };
}

async function find(ctx: ClinicContext, name: string, locale = "en") {
  const which = and(eq(templates.name, name), eq(templates.locale, locale));
  const [found] = await query(ctx, (tx) => tx.select().from(templates).where(which));
  if (!found) throw new Error("no such template");
  return found;
}
const stateOf = async (ctx: ClinicContext, name: string, locale = "en") => (await find(ctx, name, locale)).approval;
const submit = async (ctx: ClinicContext, name: string, locale = "en") =>
  submitTemplate(ctx, (await find(ctx, name, locale)).id);

test("a template is handed in, pending, refused with a reason, changed, and handed in again in its own place", async () => {
  const { ctx } = await makeLibrary();
  expect(unwrap(await submit(ctx, "reminder_24h"))).toMatchObject({ problem: null, template: { approval: "pending" } });
  expect(meta.templates).toMatchObject([{ name: "reminder_24h", language: "en", category: "UTILITY" }]);
  expect(await submit(ctx, "reminder_24h")).toMatchObject({ ok: false, error: "CONFLICT" });
  await meta.decide("reminder_24h", "en", "REJECTED", "INVALID_FORMAT");
  expect(unwrap(await readApprovals(ctx))).toEqual({ changed: 1, problem: null });
  const refused = await find(ctx, "reminder_24h");
  expect(refused).toMatchObject({ approval: "rejected", rejectedReason: "INVALID_FORMAT" });
  await updateTemplate(ctx, refused.id, { body: `${refused.body} Thank you.` });
  unwrap(await readApprovals(ctx));
  expect(await stateOf(ctx, "reminder_24h")).toBe("draft"); // what was decided was another text
  expect(unwrap(await submit(ctx, "reminder_24h")).problem).toBeNull();
  await meta.decide("reminder_24h", "en", "APPROVED");
  unwrap(await readApprovals(ctx));
  expect([await stateOf(ctx, "reminder_24h"), meta.templates.length]).toEqual(["approved", 1]);
});

test("every page of the list is read, a state nobody knows changes nothing, and what is gone is a draft again", async () => {
  const { ctx } = await makeLibrary();
  for (let i = 0; i < 230; i++)
    meta.templates.push({ id: `x${i}`, name: `other_${i}`, language: "en", status: "APPROVED", category: "UTILITY" });
  for (const name of ["confirmation", "moved", "cancelled"]) unwrap(await submit(ctx, name));
  unwrap(await submit(ctx, "confirmation", "ar"));
  await meta.decide("confirmation", "en", "APPROVED");
  await meta.decide("moved", "en", "PAUSED");
  await meta.decide("cancelled", "en", "A_STATE_OF_NEXT_YEAR");
  await meta.decide("confirmation", "ar", "DISABLED");
  expect(unwrap(await readApprovals(ctx)).changed).toBe(3);
  const states = [await stateOf(ctx, "confirmation"), await stateOf(ctx, "moved"), await stateOf(ctx, "cancelled")];
  expect([...states, await stateOf(ctx, "confirmation", "ar")]).toEqual(["approved", "paused", "pending", "disabled"]);
  meta.templates.splice(0);
  expect(unwrap(await readApprovals(ctx)).changed).toBe(4);
  expect(await stateOf(ctx, "confirmation")).toBe("draft");
});

test("a clinic is due once an hour, and one without an account never", async () => {
  const [{ ctx }, bare] = [await makeLibrary(), await makeBareClinic()];
  await makeChannel(bare, { kind: "whatsapp_cloud", address: String(randomInt(1e12, 1e13)) });
  const due = async () => {
    const ids = await clinicsWithDueWork("templates");
    return [ids.includes(ctx.clinic.id), ids.includes(bare.clinic.id)];
  };
  expect(await due()).toEqual([true, false]);
  unwrap(await readApprovals(ctx));
  expect(await due()).toEqual([false, false]);
  expect(unwrap(await readApprovals(bare))).toEqual({ changed: 0, problem: "no_channel" });
});

test("nothing is read from or handed in to an account that a clinic only claims", async () => {
  const { ctx, channel } = await makeLibrary("somebody-elses");
  const here = await makeLibrary();
  await inClinic(here.ctx, (tx) =>
    tx
      .update(channels)
      .set({ address: String(randomInt(1e12, 1e13)) })
      .where(eq(channels.id, here.channel.id)),
  );
  for (const one of [ctx, here.ctx]) {
    expect(unwrap(await submit(one, "recall"))).toMatchObject({ problem: "account", template: { approval: "draft" } });
    expect(unwrap(await readApprovals(one))).toEqual({ changed: 0, problem: "account" });
  }
  expect(meta.templates).toEqual([]);
  expect(unwrap(await checkChannel(ctx, channel.id)).problem).toBe("account");
  expect(unwrap(await checkChannel(here.ctx, here.channel.id)).problem).toBe("account");
});

test("what the vendor refuses at once is told in its own words, and stays a draft", async () => {
  const { ctx } = await makeLibrary();
  const { id, body } = await find(ctx, "recall");
  await inClinic(ctx, (tx) => tx.update(templates).set({ name: "Bad Name" }).where(eq(templates.id, id)));
  const said = unwrap(await submitTemplate(ctx, id));
  expect(said).toMatchObject({ problem: "refused", words: expect.stringContaining("form"), template: { body } });
  expect(await stateOf(ctx, "Bad Name")).toBe("draft");
});
