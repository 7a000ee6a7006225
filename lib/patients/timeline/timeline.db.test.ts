import { expect, test } from "vitest";
import { inClinic, makeClinic, makePatient, makeUser } from "@/db/testing/make";
import { addConsents, makeConversation, makeTask } from "@/db/testing/make-talk";
import { makerOf } from "@/db/testing/rows";
import { clockAt } from "@/lib/core/clock";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { addContactPoint } from "../contact-points/add";
import { mergePatients } from "../merge/merge";
import { addNote } from "../notes/add";
import { ListTimeline, type TimelineKind } from "../schema";
import { updatePatient } from "../update";
import { listTimeline } from "./list";

async function makeStory() {
  const clinic = await makeClinic();
  const user = await makeUser([{ ctx: clinic.ctx, role: "STAFF" }], { name: "Sam Desk" });
  const ctx: ClinicContext = { ...clinic.ctx, role: "STAFF", actor: { type: "user", id: user.id, name: user.name } };
  const { patient, channel } = clinic;
  const contactPointId = patient.contactPointId;
  await makeConversation(ctx, {
    ...{ channelId: channel.id, contactPointId },
    messages: [
      { text: "Late on Sunday", occurredAt: new Date("2026-03-02T04:59:00Z") },
      { text: "Early on Monday", occurredAt: new Date("2026-03-02T05:01:00Z") },
      { text: "And again", occurredAt: new Date("2026-03-02T09:00:00.123Z") },
    ],
  });
  const at = new Date("2026-03-01T10:00:00Z");
  const row = { contactPointId, channelKind: "sms", how: "keyword", words: "STOP", at, state: "out" } as const;
  await inClinic(ctx, (tx) =>
    addConsents(makerOf(tx, ctx.clinic.id), [
      { ...row, purpose: "service" },
      { ...row, purpose: "marketing" },
    ]),
  );
  await makeTask(ctx, { patientId: patient.id });
  unwrap(await addNote(ctx, patient.id, { text: "Prefers mornings" }));
  unwrap(await updatePatient({ ...ctx, now: clockAt("2026-03-02T12:05:00Z") }, patient.id, { language: "es" }));
  return { ...clinic, ctx };
}

const read = async (ctx: ClinicContext, id: string, ask: object = {}) =>
  unwrap(await listTimeline(ctx, id, ListTimeline.parse(ask)));

test("one timeline tells all kinds, newest first, words by the clinic's own day and stops as one entry", async () => {
  const { ctx, patient } = await makeStory();
  const { items, nextCursor } = await read(ctx, patient.id);
  expect(nextCursor).toBeNull();
  expect(items.map((item) => item.at)).toEqual(
    items
      .map((item) => item.at)
      .toSorted()
      .reverse(),
  );
  const talks = items.flatMap((item) => (item.kind === "messages" ? [item] : []));
  expect(talks.map(({ day, count, last }) => [day, count, last[0]?.text])).toEqual([
    ["2026-03-02", 2, "And again"],
    ["2026-03-01", 1, "Late on Sunday"],
  ]);
  expect(items).toContainEqual(
    expect.objectContaining({ kind: "consents", state: "out", words: "STOP", what: ["sms.marketing", "sms.service"] }),
  );
  expect(items).toContainEqual(
    expect.objectContaining({ kind: "notes", text: "Prefers mornings", author: "Sam Desk" }),
  );
  expect(items).toContainEqual(
    expect.objectContaining({ kind: "changes", action: "patient.update", changed: ["language"], actor: "Sam Desk" }),
  );
  expect(items.filter((item) => item.kind === "tasks")).toHaveLength(1);
});

test("page by page it tells the same as at once, also of kinds alone, and a cursor of other kinds is refused", async () => {
  const { ctx, patient } = await makeStory();
  const all = await read(ctx, patient.id);
  const paged: typeof all.items = [];
  let cursor: string | undefined;
  do {
    const page = await read(ctx, patient.id, { limit: "2", ...(cursor ? { cursor } : {}) });
    paged.push(...page.items);
    cursor = page.nextCursor ?? undefined;
    if (cursor) {
      const forged = await listTimeline(ctx, patient.id, ListTimeline.parse({ cursor, kinds: "notes" }));
      expect(forged).toMatchObject({ ok: false, error: "VALIDATION_FAILED" });
    }
  } while (cursor);
  expect(paged).toEqual(all.items);
  const kinds: TimelineKind[] = ["notes", "consents"];
  const some = await read(ctx, patient.id, { kinds: kinds.join(",") });
  expect(some.items).toEqual(all.items.filter((item) => kinds.some((kind) => kind === item.kind)));
});

test("what belongs to somebody merged is told with the merge, and a viewer sees no number whole", async () => {
  const { ctx, patient } = await makeStory();
  const kept = await makePatient(ctx, { name: "Who Stays" });
  unwrap(await addContactPoint(ctx, patient.id, { kind: "email", value: "a@example.test", isPrimary: false }));
  const before = await read(ctx, patient.id);
  unwrap(await mergePatients(ctx, kept.id, { otherId: patient.id, take: [] }));
  const { items } = await read({ ...ctx, role: "VIEWER" }, kept.id);
  const ids = new Set(items.map((item) => item.id));
  expect(before.items.filter((item) => !ids.has(item.id))).toEqual([]);
  expect(items).toContainEqual(
    expect.objectContaining({
      action: "patient.merge",
      merge: expect.objectContaining({ name: patient.name, undoneAt: null }),
    }),
  );
  expect(JSON.stringify(items)).not.toContain(patient.phone.slice(3));
});

test("a patient of another clinic has no timeline here", async () => {
  const [here, elsewhere] = [await makeClinic(), await makeClinic()];
  const answer = await listTimeline(here.ctx, elsewhere.patient.id, ListTimeline.parse({}));
  expect(answer).toEqual({ ok: false, error: "NOT_FOUND", details: { what: "patient" } });
});
