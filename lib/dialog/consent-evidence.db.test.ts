import { expect, test } from "vitest";
import { playDialog } from "@/db/testing/play-dialog";
import { unwrap } from "@/lib/core/result";
import { listConsents } from "@/lib/messaging/consents/list";
import { listTimeline } from "@/lib/patients/timeline/list";
import { ListTimeline } from "@/lib/patients/schema";

type Talk = Awaited<ReturnType<typeof playDialog>>;

async function evidenceOf(talk: Talk) {
  const [patient] = talk.patients;
  if (!patient) throw new Error("nobody is on record");
  const { history } = unwrap(await listConsents(talk.ctx, { id: patient.id }));
  const entries = await listTimeline(talk.ctx, patient.id, ListTimeline.parse({ kinds: "consents" }));
  const said = await talk.messages();
  return {
    history: history.map(({ how, words, messageId }) => ({
      ...{ how, words },
      message: said.find(({ id }) => id === messageId)?.text,
    })),
    timeline: unwrap(entries).items,
  };
}

test.each([
  ["STOP", "keyword"],
  ["please stop texting me", "phrase"],
])("a stop by %s keeps the words and the message that told it", async (text, how) => {
  const talk = await playDialog({ people: ["Ann Lee"] });
  await talk.write(text);
  const { history, timeline } = await evidenceOf(talk);
  expect(history.length).toBeGreaterThan(1);
  for (const event of history) expect(event).toEqual({ how, words: text, message: text });
  expect(timeline).toContainEqual(
    expect.objectContaining({ kind: "consents", words: text, conversationId: talk.conversationId }),
  );
});

test("of several messages that came together the one that told the stop is its evidence", async () => {
  const talk = await playDialog({ people: ["Ann Lee"] });
  await talk.receive("who is this?");
  await talk.receive("don't text me any more");
  await talk.receive("thanks");
  unwrap(await talk.turn());
  const { history } = await evidenceOf(talk);
  expect(history[0]).toMatchObject({ words: "don't text me any more", message: "don't text me any more" });
});

test("a stop that the carrier answered, and the start after it, each point to their own message", async () => {
  const talk = await playDialog({ people: ["Ann Lee"] });
  await talk.write("STOP", { vendorFlags: { optOutType: "STOP" } });
  await talk.write("START");
  const { history } = await evidenceOf(talk);
  expect(history[0]).toEqual({ how: "keyword", words: "START", message: "START" });
  expect(history.at(-1)).toEqual({ how: "carrier", words: "STOP", message: "STOP" });
});
