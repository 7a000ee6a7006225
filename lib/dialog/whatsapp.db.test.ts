import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { consents } from "@/db/schema/patients";
import { messages } from "@/db/schema/messaging";
import { inClinic } from "@/db/testing/make";
import { playDialog } from "@/db/testing/play-dialog";

type Talk = Awaited<ReturnType<typeof playDialog>>;

/** What the last reply offers, sent by now under this id of the vendor's. */
async function offeredBy(talk: Talk, vendorId: string) {
  const last = (await talk.messages()).filter(({ direction }) => direction === "outbound").at(-1);
  const mine = eq(messages.id, last?.id ?? "");
  await inClinic(talk.ctx, (tx) => tx.update(messages).set({ vendor: "whatsapp", vendorId }).where(mine));
  return last?.payload?.choices ?? [];
}

/** The patient taps one of the answers below an earlier message. */
const tap = (talk: Talk, choice: { id: string; title: string } | undefined, about: string) =>
  talk.write(choice?.title ?? "", { kind: "button", payload: { replyId: choice?.id ?? "", about } });

test("a visit is booked by tapping alone, at the time of the button", async () => {
  const talk = await playDialog({ kind: "whatsapp_cloud", people: ["Ann Lee"] });
  await talk.write("Can I get a cleaning next Tuesday in the afternoon?");
  const times = await offeredBy(talk, "wamid.times");
  expect(times.map(({ id }) => id)).toEqual(["choose:1", "choose:2", "choose:3"]);
  await tap(talk, times[1], "wamid.times");
  const answers = await offeredBy(talk, "wamid.yes");
  expect(answers).toMatchObject([{ id: "choose:1", title: "Yes" }, { id: "choose:2" }]);
  expect(await tap(talk, answers[0], "wamid.yes")).toContain("You're booked");
  const [visit] = await talk.visits("scheduled");
  const short = new Intl.DateTimeFormat("en-US", { timeZone: talk.ctx.clinic.timeZone, timeStyle: "short" });
  expect(visit).toMatchObject({ createdFrom: "WHATSAPP" });
  expect(times[1]?.title).toContain(short.format(visit?.startsAt).replace("\u202f", " "));
});

test("a button of an older list means the time that it shows, not the same number of the newer list", async () => {
  const talk = await playDialog({ kind: "whatsapp_cloud", people: ["Ann Lee"] });
  await talk.write("Can I get a cleaning next Tuesday in the afternoon?");
  const older = await offeredBy(talk, "wamid.older");
  await talk.write("what about next Thursday morning?");
  const newer = await offeredBy(talk, "wamid.newer");
  expect(newer.map(({ title }) => title)).not.toEqual(older.map(({ title }) => title));
  const reply = await tap(talk, older[0], "wamid.older");
  expect(reply).toContain("Tuesday");
  expect(reply).not.toContain("Thursday");
});

test("a lone CANCEL asks which was meant, and ends no messages", async () => {
  const talk = await playDialog({ kind: "whatsapp_cloud", people: ["Ann Lee"] });
  await talk.write("CANCEL");
  expect((await offeredBy(talk, "wamid.which")).length).toBe(3);
  expect(await inClinic(talk.ctx, (tx) => tx.select().from(consents))).toEqual([]);
});

test("by SMS the same options are digits alone", async () => {
  const talk = await playDialog({ people: ["Ann Lee"] });
  expect(await talk.write("Can I get a cleaning next Tuesday in the afternoon?")).toContain("3) ");
  expect(await offeredBy(talk, "SM1")).toEqual([]);
});

test.each([
  ["a place", { kind: "location", payload: { place: { latitude: 1, longitude: 2 } } }],
  ["a kind that can't be read", { kind: "unsupported", payload: { vendorType: "poll" } }],
] as const)("%s is answered, and staff can see it", async (_, extra) => {
  const talk = await playDialog({ kind: "whatsapp_cloud" });
  expect(await talk.write("", extra)).toContain("team");
});
