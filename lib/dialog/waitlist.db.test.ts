import { expect, test } from "vitest";
import { waitlistEntries, waitlistOffers } from "@/db/schema/waitlist";
import { makePatient } from "@/db/testing/make";
import { makeDue } from "@/db/testing/make-outbox";
import { makeConversation } from "@/db/testing/make-talk";
import { makeVisit } from "@/db/testing/make-visit";
import { makeSlotsDue } from "@/db/testing/make-waitlist";
import { playDialog, type StageFields } from "@/db/testing/play-dialog";
import { unwrap } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import { deliverClinic } from "@/lib/messaging/outbox/deliver";
import { cancelAppointment } from "@/lib/scheduling/cancel";
import { addEntryIn } from "@/lib/waitlist/add-entry";
import { claimOffer } from "@/lib/waitlist/claim";
import { sweepSlots } from "@/lib/waitlist/sweep";
import { decide } from "./decide/decide";
import type { Facts } from "./decide/facts";
import { replayDecision, type Exchange } from "./run-decision";
import { readState } from "./state";
import { Understanding } from "./schema";

const FREED = new Date("2026-03-04T15:00:00Z");
const HERS = new Date("2026-03-10T14:00:00Z");

/** Ann has a visit next week, and a sooner one of somebody else's can come free. It is ten in the morning. */
async function stage(fields: StageFields = {}) {
  const play = await playDialog({ kind: "simulator", people: ["Ann Lee"], ...fields });
  play.pass(180);
  const { ctx, ada, cleaning, patients } = play;
  const ids = { serviceId: cleaning.id, providerId: ada.id };
  const hers = await makeVisit(ctx, { ...ids, patientId: patients[0]?.id ?? "", startsAt: HERS });
  const somebody = await makePatient(ctx);
  const theirs = await makeVisit(ctx, { ...ids, patientId: somebody.id, startsAt: FREED });
  const free = async () => {
    unwrap(await cancelAppointment(ctx, { appointmentId: theirs.id }));
    await makeSlotsDue(ctx);
    unwrap(await sweepSlots(ctx));
    await makeDue(ctx);
    await deliverClinic(ctx);
  };
  const entries = () => query(ctx, (tx) => tx.select().from(waitlistEntries));
  const offers = () => query(ctx, (tx) => tx.select().from(waitlistOffers));
  return { ...play, hers, somebody, free, entries, offers };
}

test("who asks for something earlier is on the list, is offered what comes free, and a digit takes it", async () => {
  const { write, free, entries, offers, replies, visits, hers, turns } = await stage();
  expect(await write("If something earlier comes up in the morning, let me know")).toContain("on the waitlist");
  expect(await entries()).toMatchObject([
    { status: "waiting", source: "bot", appointmentId: hers.id, notAfter: "12:00" },
  ]);
  await free();
  expect((await replies()).at(-1)).toMatchObject({ sendClass: "offer" });
  expect((await replies()).at(-1)?.text).toContain("Reply 1");
  expect(await write("1")).toMatch(/yours: your visit is now .*March 4/);
  expect((await visits("scheduled")).map(({ id, startsAt }) => [id, startsAt])).toEqual([[hers.id, FREED]]);
  expect(await offers()).toMatchObject([{ status: "claimed", answeredBy: "patient" }]);
  for (const turn of await turns()) {
    const { facts, exchanges } = turn.decision as unknown as { facts: Facts; exchanges: Exchange[] };
    const again = replayDecision(
      decide(readState(turn.stateBefore), Understanding.parse(turn.understanding), facts),
      exchanges,
    );
    expect({ ...again.state }).toEqual(turn.stateAfter); // a turn with an offer in its facts replays equal
  }
});

test("who answers second hears that somebody was sooner and keeps their place; nobody is told so twice", async () => {
  const { ctx, write, free, entries, offers, cleaning, channel, replies } = await stage();
  await write("put me on the waitlist");
  const rival = await makePatient(ctx);
  const { id: conversationId } = await makeConversation(ctx, {
    channelId: channel.id,
    contactPointId: rival.contactPointId,
  });
  await transact(ctx, {}, (tx) =>
    addEntryIn(tx, ctx, { patientId: rival.id, serviceId: cleaning.id, source: "bot", conversationId }),
  );
  await free();
  const theirs = (await offers()).find(({ patientId }) => patientId === rival.id);
  unwrap(await claimOffer(ctx, { offerId: theirs?.id ?? "" }));
  expect(await write("yes please")).toContain("answered sooner");
  const before = (await replies()).length;
  await makeSlotsDue(ctx);
  unwrap(await sweepSlots(ctx));
  await deliverClinic(ctx);
  expect((await replies()).length).toBe(before);
  expect((await entries()).filter(({ status }) => status === "waiting")).toHaveLength(1);
});

test.each([
  ["es", "avísame si se cancela algo antes", "no, gracias", "lista de espera", "Conserva su lugar"],
  ["ar", "ضعني على قائمة الانتظار", "2", "قائمة الانتظار", "مكانك محفوظ"],
] as const)("in %s too a wish is kept and a no leaves everything as it was", async (locale, wish, no, joined, kept) => {
  const { write, free, offers, visits, hers } = await stage({ locale });
  expect(await write(wish)).toContain(joined);
  await free();
  expect(await write(no)).toContain(kept);
  expect(await offers()).toMatchObject([{ status: "declined" }]);
  expect((await visits("scheduled")).find(({ id }) => id === hers.id)?.startsAt).toEqual(HERS);
});

test("without a visit it is asked for which treatment, and an answer about something else is no yes", async () => {
  const { ctx, write, free, entries, offers, hers } = await stage();
  unwrap(await cancelAppointment(ctx, { appointmentId: hers.id }));
  expect(await write("can you put me on the waiting list")).toContain("Filling");
  expect(await write("1")).toContain("on the waitlist");
  expect(await entries()).toMatchObject([{ appointmentId: null }]);
  await free();
  await write("what are your opening hours?");
  expect((await offers())[0]?.status).not.toBe("claimed");
});
