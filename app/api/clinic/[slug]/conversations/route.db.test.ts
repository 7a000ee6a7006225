import { expect, test } from "vitest";
import { GET as listMessages } from "@/app/api/clinic/[slug]/messages/route";
import { GET as listPatients } from "@/app/api/clinic/[slug]/patients/route";
import { GET as getTalk, POST as say } from "@/app/api/clinic/[slug]/simulator/route";
import { call, cookieOf } from "@/db/testing/call";
import { makeClinic, makeUser } from "@/db/testing/make";
import { makeConversation } from "@/db/testing/make-talk";
import type { MemberRole } from "@/lib/identity/permissions";
import { POST as reply } from "./[id]/reply/route";
import { GET as getOne } from "./[id]/route";
import { POST as takeOver } from "./[id]/take-over/route";
import { GET } from "./route";

async function desk(role: MemberRole = "STAFF") {
  const clinic = await makeClinic();
  const user = await makeUser([{ ctx: clinic.ctx, role }]);
  const { slug } = clinic.ctx.clinic;
  const cookie = await cookieOf(user.id);
  const { id } = await makeConversation(clinic.ctx, {
    channelId: clinic.channel.id,
    contactPointId: clinic.patient.contactPointId,
    messages: [{ text: "Hello" }],
  });
  const ask = (handler: typeof GET, path: string, options: Parameters<typeof call>[2] = {}) =>
    call(handler, `/api/clinic/${slug}/${path}`, { cookie, params: { slug, id }, ...options });
  return { ...clinic, id, ask };
}

test("the inbox speaks snake_case: threads by cursor, their messages newest first", async () => {
  const { ask, id, patient } = await desk();
  const list = await ask(GET, "conversations?limit=5");
  expect(list.json.data).toMatchObject({
    next_cursor: null,
    items: [
      { id, is_urgent: false, dialog_state: null, unread: 0, last_message: { text: "Hello" }, last_inbound_at: null },
    ],
  });
  const messages = await ask(listMessages, `messages?conversation_id=${id}`);
  expect(messages.json.data).toMatchObject({
    next_cursor: null,
    items: [
      { direction: "inbound", text: "Hello", sender: { type: "patient", name: null }, failure: null, turn_id: null },
    ],
  });
  const found = await ask(listPatients, `patients?q=${encodeURIComponent(patient.name)}`);
  expect(found.json.data).toMatchObject({
    total: 1,
    items: [{ id: patient.id, patient_type: "NEW", next_visit: null }],
  });
  expect((await ask(listMessages, "messages")).status).toBe(400);
  expect((await ask(GET, "conversations?status=lost")).status).toBe(400);
  expect((await ask(GET, "conversations?cursor=made-up")).status).toBe(400);
});

test("the same keyed reply is written once", async () => {
  const { ask, id } = await desk();
  const keyed = { method: "POST", body: { text: "Good morning" }, headers: { "idempotency-key": "reply-1" } };
  const [first, again] = [await ask(reply, "reply", keyed), await ask(reply, "reply", keyed)];
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.json).toEqual(first.json);
  const { json } = await ask(listMessages, `messages?conversation_id=${id}`);
  expect(json.data).toMatchObject({ items: [{ text: "Good morning" }, { text: "Hello" }] });
});

test("a viewer reads and changes nothing, and sees no whole number", async () => {
  const { ask, patient } = await desk("VIEWER");
  expect((await ask(reply, "reply", { method: "POST", body: { text: "x" } })).status).toBe(403);
  expect((await ask(takeOver, "take-over", { method: "POST", body: {} })).status).toBe(403);
  expect((await ask(say, "simulator", { method: "POST", body: { text: "x" } })).status).toBe(403);
  for (const [handler, path] of [
    [GET, "conversations"],
    [getOne, "one"],
    [listPatients, "patients"],
  ] as const) {
    const answer = await ask(handler, path);
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.json)).not.toContain(patient.phone);
  }
});

test("words to the simulator are taken, and the talk is there to be read", async () => {
  const { ask } = await desk();
  const said = await ask(say, "simulator", { method: "POST", body: { text: "Hi" } });
  expect([said.status, said.json.data]).toMatchObject([202, { message_id: expect.any(String), conversation_id: null }]);
  expect((await ask(getTalk, "simulator")).json.data).toMatchObject({
    conversation_id: null,
    personas: [{ name: null }],
  });
});
