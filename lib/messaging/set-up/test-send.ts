import { createTranslator } from "use-intl/core";
import { newId } from "@/db/ids";
import { audit } from "@/lib/audit/record";
import { messagesOf } from "@/lib/core/catalogue";
import type { ClinicContext } from "@/lib/core/context";
import { env } from "@/lib/core/env";
import { count } from "@/lib/core/rate";
import { err, ok, type Err, type Result } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import { channelOf } from "@/lib/messaging/channels/registry";
import { sendIn } from "@/lib/messaging/send";
import { openThreadIn } from "@/lib/messaging/thread";
import { ensureContactPointIn } from "@/lib/patients/contact-point";
import { emailOf } from "@/lib/patients/email";
import { toE164 } from "@/lib/patients/phone";
import { readChannelIn } from "./read-channel";
import type { TestSend } from "./schema";

/**
 * Sends a fixed text to a number (by e-mail, to an address) on the deployment's list (`WHATSAPP_TEST_ALLOWLIST`), at most `WHATSAPP_TEST_RPM` a
 * minute a clinic. It goes the way of every message: through the outbox and its gate. FORBIDDEN for any other number,
 * RATE_LIMITED; both refusals are audited, without the number.
 */
export async function testSend(
  ctx: ClinicContext,
  id: string,
  { to }: TestSend,
): Promise<Result<{ messageId: string }>> {
  const channel = await query(ctx, (tx) => readChannelIn(tx, ctx, id));
  if (!channel) return err("NOT_FOUND", { what: "channel" });
  const kind = channel.kind === "email" ? "email" : "phone";
  const value = kind === "email" ? emailOf(to) : toE164(to, ctx.clinic.country);
  if (!value) return err("VALIDATION_FAILED", [{ code: kind, path: ["to"], message: "Nothing can be sent there." }]);
  if (!isAllowed(ctx.clinic.slug, value)) return refuse(ctx, id, err("FORBIDDEN", { reason: "not_on_list" }));
  const rate = { name: "test-send", points: env().WHATSAPP_TEST_RPM, seconds: 60 };
  const counted = await count(rate, ctx.clinic.id);
  if (!counted.ok) return refuse(ctx, id, counted);
  return transact(ctx, {}, async (tx) => {
    const point = await ensureContactPointIn(tx, ctx, { kind, value });
    const { reopensThreads } = channelOf(channel.kind);
    const thread = await openThreadIn(tx, ctx, { id, reopensThreads }, point.id);
    const t = createTranslator({ locale: ctx.locale, messages: messagesOf(ctx.locale), namespace: "messaging" });
    const messageId = await sendIn(tx, ctx, {
      conversationId: thread.id,
      text: t("testText", { clinic: ctx.clinic.name }),
      sendClass: "staff",
      senderType: "staff",
      senderUserId: ctx.actor.type === "user" ? ctx.actor.id : undefined,
      dedupeKey: `test:${newId()}`,
    });
    await audit(tx, ctx, { action: "channel.test_send", targetType: "channel", targetId: id });
    return ok({ messageId });
  });
}

function isAllowed(slug: string, address: string): boolean {
  const list = env().WHATSAPP_TEST_ALLOWLIST;
  return [...(list[slug] ?? []), ...(list["*"] ?? [])].includes(address);
}

async function refuse(ctx: ClinicContext, id: string, refusal: Err): Promise<Err> {
  await transact(ctx, {}, async (tx) => {
    const changed = [refusal.error];
    await audit(tx, ctx, { action: "channel.test_send_refused", targetType: "channel", targetId: id, changed });
    return ok();
  });
  return refusal;
}
