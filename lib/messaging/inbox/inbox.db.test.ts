import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "@/db/ids";
import { clinics } from "@/db/schema/clinics";
import { tasks } from "@/db/schema/front-desk";
import { messages, outbox } from "@/db/schema/messaging";
import { inClinic, makeClinic, makePhone, makeUser } from "@/db/testing/make";
import { makeConversation, makeTask } from "@/db/testing/make-talk";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { systemContext } from "@/lib/clinics/mint";
import { ensureContactPointIn } from "@/lib/patients/contact-point";
import { closeConversation } from "./close";
import { recordConsentIn } from "@/lib/messaging/consents/consent";
import { getConversation } from "./get-conversation";
import { handBack } from "./hand-back";
import { listChannels } from "@/lib/messaging/list-channels";
import { listConversations } from "./list-conversations";
import { listMessages } from "./list-messages";
import { markRead } from "./mark-read";
import { replyToConversation } from "./reply";
import { ListConversations, ListMessages } from "@/lib/messaging/schema";
import { takeOver } from "./take-over";

async function makeDesk() {
  const clinic = await makeClinic();
  const user = await makeUser([{ ctx: clinic.ctx, role: "STAFF" }], { name: "Sam Desk" });
  const ctx: ClinicContext = { ...clinic.ctx, actor: { type: "user", id: user.id, name: user.name }, role: "STAFF" };
  const { id } = await makeConversation(ctx, {
    channelId: clinic.channel.id,
    contactPointId: clinic.patient.contactPointId,
    unreadCount: 1,
    dialog: { flow: "booking" },
    messages: [{ text: "Hello, is anyone there?" }],
  });
  return { ...clinic, ctx, user, id };
}

const pageOf = (ctx: ClinicContext, input: Record<string, unknown> = {}) =>
  listConversations(ctx, ListConversations.parse(input));

test("a thread is listed with its people, its channel, its last words and what the bot is doing", async () => {
  const { ctx, id, channel, patient } = await makeDesk();
  const { items, nextCursor } = unwrap(await pageOf(ctx));
  expect(nextCursor).toBeNull();
  expect(items).toMatchObject([
    {
      id,
      channel: { kind: "twilio_sms", address: channel.address },
      contact: { value: patient.phone },
      patients: [{ id: patient.id, name: patient.name }],
      holder: "bot",
      unread: 1,
      dialogState: "booking",
      lastMessage: { text: "Hello, is anyone there?", direction: "inbound" },
    },
  ]);
});

test("a viewer sees numbers masked", async () => {
  const { ctx, id, patient } = await makeDesk();
  const { contact } = unwrap(await getConversation({ ...ctx, role: "VIEWER" }, id));
  expect(contact.value).toBeNull();
  expect(JSON.stringify(contact)).not.toContain(patient.phone.slice(2, 10));
});

test("threads page by a signed cursor, each once; another list's cursor is refused", async () => {
  const { ctx, channel } = await makeDesk();
  for (let i = 0; i < 4; i++) {
    const point = await inClinic(ctx, (tx) => ensureContactPointIn(tx, ctx, { kind: "phone", value: makePhone() }));
    await makeConversation(ctx, { channelId: channel.id, contactPointId: point.id, messages: [{ text: `${i}` }] });
  }
  const seen: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: { items: { id: string }[]; nextCursor: string | null } = unwrap(
      await pageOf(ctx, { limit: 2, ...(cursor ? { cursor } : {}) }),
    );
    seen.push(...page.items.map((item) => item.id));
    cursor = page.nextCursor;
  }
  expect(new Set(seen).size).toBe(5);
  expect(seen).toHaveLength(5);
  const first = unwrap(await pageOf(ctx, { limit: 2 }));
  expect(await pageOf(ctx, { status: "open", cursor: first.nextCursor })).toMatchObject({ error: "VALIDATION_FAILED" });
});

test("threads are found by name, by number, by status and by who looks after them", async () => {
  const { ctx, id, patient, user } = await makeDesk();
  const ids = async (input: Record<string, unknown>) => unwrap(await pageOf(ctx, input)).items.map((item) => item.id);
  expect(await ids({ q: patient.name.slice(0, 8) })).toEqual([id]);
  expect(await ids({ q: patient.phone })).toEqual([id]);
  expect(await ids({ q: "nobody" })).toEqual([]);
  expect(await ids({ status: "handoff" })).toEqual([]);
  expect(await ids({ assignee: "none" })).toEqual([id]);
  await takeOver(ctx, id);
  expect(await ids({ assignee: "me" })).toEqual([id]);
  expect(await ids({ assignee: user.id, holder: "staff" })).toEqual([id]);
});

test("taking over settles what was asked of staff, handing back gives the thread to the bot", async () => {
  const { ctx, id } = await makeDesk();
  await makeTask(ctx, { conversationId: id, reason: "handoff" });
  await makeTask(ctx, { conversationId: id, reason: "phone_after_stop" });
  expect(unwrap(await takeOver(ctx, id))).toMatchObject({ holder: "staff", status: "open", unread: 0 });
  const left = await query(ctx, (tx) => tx.select().from(tasks));
  expect(left.filter((task) => task.doneAt === null).map((task) => task.reason)).toEqual(["phone_after_stop"]);
  expect(unwrap(await handBack(ctx, id))).toMatchObject({ holder: "bot", assignee: null });
});

test("a reply goes out under the writer's name, and holds the conversation", async () => {
  const { ctx, id } = await makeDesk();
  const reply = unwrap(await replyToConversation(ctx, id, { text: "Good morning, how can I help?" }));
  expect(reply).toMatchObject({ direction: "outbound", status: "queued", sender: { type: "staff", name: "Sam Desk" } });
  expect(await query(ctx, (tx) => tx.select().from(outbox))).toMatchObject([{ messageId: reply.id, state: "due" }]);
  expect(unwrap(await getConversation(ctx, id))).toMatchObject({ holder: "staff", status: "waiting", unread: 0 });
});

test("nobody is written to after a stop, in a closed conversation, or from a suspended clinic", async () => {
  const { ctx, id, patient } = await makeDesk();
  const say = (as: ClinicContext = ctx) => replyToConversation(as, id, { text: "Hello" });
  await inClinic(ctx, (tx) => tx.update(clinics).set({ status: "suspended" }).where(eq(clinics.id, ctx.clinic.id)));
  const suspended = { ...ctx, clinic: (await systemContext(ctx.clinic.id, "test")).clinic };
  expect(await say(suspended)).toEqual({ ok: false, error: "CLINIC_SUSPENDED" });
  const stop = { contactPointId: patient.contactPointId, channelKind: "sms", state: "out" } as const;
  await inClinic(ctx, (tx) => recordConsentIn(tx, ctx, { ...stop, how: "staff", words: null, at: ctx.now() }));
  expect(await say()).toEqual({ ok: false, error: "OPTED_OUT" });
  await closeConversation(ctx, id);
  expect(await say()).toMatchObject({ error: "ILLEGAL_TRANSITION" });
  expect(await takeOver(ctx, id)).toMatchObject({ error: "ILLEGAL_TRANSITION" });
});

test("messages page backwards, of a conversation and of a patient, and say why one failed in the reader's language", async () => {
  const { ctx, id, patient } = await makeDesk();
  const { id: failed } = unwrap(await replyToConversation(ctx, id, { text: "one" }));
  await replyToConversation(ctx, id, { text: "two" });
  const broken = { status: "failed", statusReason: "30006" } as const;
  await inClinic(ctx, (tx) => tx.update(messages).set(broken).where(eq(messages.id, failed)));
  const read = (input: Record<string, unknown>) => listMessages({ ...ctx, locale: "es" }, ListMessages.parse(input));
  const newest = unwrap(await read({ conversation_id: id, limit: 2 }));
  expect(newest.items.map((item) => item.text)).toEqual(["two", "one"]);
  expect(newest.items[1]?.failure).toEqual({ code: "30006", words: expect.stringContaining("teléfono fijo") });
  const older = unwrap(await read({ conversation_id: id, limit: 2, cursor: newest.nextCursor }));
  expect(older.items.map((item) => item.text)).toEqual(["Hello, is anyone there?"]);
  expect(unwrap(await read({ patient_id: patient.id })).items).toHaveLength(3);
  expect(unwrap(await read({ patient_id: newId() })).items).toEqual([]);
});

test("another clinic's thread is not there", async () => {
  const [here, elsewhere] = [await makeDesk(), await makeDesk()];
  for (const act of [getConversation, takeOver, handBack, closeConversation, markRead])
    expect(await act(here.ctx, elsewhere.id)).toMatchObject({ ok: false, error: "NOT_FOUND" });
  expect(unwrap(await listMessages(here.ctx, ListMessages.parse({ conversation_id: elsewhere.id }))).items).toEqual([]);
  expect(unwrap(await pageOf(here.ctx)).items.map((item) => item.id)).toEqual([here.id]);
  expect(unwrap(await listChannels(here.ctx)).items).toMatchObject([{ address: here.channel.address }]);
});
