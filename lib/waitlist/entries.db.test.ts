import { expect, test } from "vitest";
import { newId } from "@/db/ids";
import { makeUser } from "@/db/testing/make";
import {
  at,
  listOffers,
  listSlots as readSlots,
  makeSlotsDue,
  makeWaitlistClinic,
  WAITLIST_DAY,
} from "@/db/testing/make-waitlist";
import { makeVisit } from "@/db/testing/make-visit";
import { unwrap } from "@/lib/core/result";
import { cancelAppointment } from "@/lib/scheduling/cancel";
import { addEntry } from "./add-entry";
import { claimFor } from "./claim-for";
import { editEntry, removeEntry } from "./edit-entry";
import { getEntry, listEntries } from "./list-entries";
import { listSlots } from "./list-slots";
import { AddEntry, EditEntry, ListEntries, ListFreedSlots } from "./schema";
import { sweepSlots } from "./sweep";

async function makeDesk() {
  const clinic = await makeWaitlistClinic();
  const user = await makeUser([{ ctx: clinic.ctx, role: "STAFF" }]);
  return { ...clinic, desk: at(clinic.ctx, WAITLIST_DAY, { type: "user", id: user.id, name: user.name }) };
}

test("staff put somebody on the list once, change the wish, find it by name, and take it off and back", async () => {
  const { desk, patient, cleaning, provider, other } = await makeDesk();
  const body = AddEntry.parse({
    patient_id: patient.id,
    service_id: cleaning.id,
    provider_ids: [provider.id],
    weekdays: [1, 2],
  });
  const { id } = unwrap(await addEntry(desk, body));
  expect(await addEntry(desk, body)).toMatchObject({ error: "CONFLICT", details: { what: "waiting" } });
  unwrap(
    await editEntry(desk, id, EditEntry.parse({ provider_ids: [other.id], urgency: "urgent", not_before: "13:00" })),
  );
  const [first = ""] = patient.name.toLowerCase().split(" ");
  const list = unwrap(await listEntries(desk, ListEntries.parse({ q: first, provider_id: other.id })));
  expect(list).toMatchObject({
    total: 1,
    items: [{ id, urgency: "urgent", weekdays: [1, 2], notBefore: "13:00", source: "staff" }],
  });
  expect(list.items[0]?.providers).toEqual([{ id: other.id, name: other.name }]);
  unwrap(await removeEntry(desk, id));
  expect(unwrap(await listEntries(desk, ListEntries.parse({}))).items).toEqual([]);
  unwrap(await editEntry(desk, id, EditEntry.parse({ status: "waiting" })));
  expect(unwrap(await getEntry(desk, id))).toMatchObject({ status: "waiting" });
});

test("a wish of another clinic's people, of somebody else's visit, or that ends before it begins is refused", async () => {
  const [here, elsewhere] = [await makeDesk(), await makeDesk()];
  const wish = (fields: object) =>
    AddEntry.parse({ patient_id: here.patient.id, service_id: here.cleaning.id, ...fields });
  const answers = [
    await addEntry(here.desk, wish({ patient_id: elsewhere.patient.id })),
    await addEntry(here.desk, wish({ service_id: elsewhere.cleaning.id })),
    await addEntry(here.desk, wish({ provider_ids: [elsewhere.provider.id] })),
    await addEntry(here.desk, wish({ appointment_id: newId() })),
  ];
  expect(answers.map((answer) => (answer.ok ? "" : answer.details))).toEqual([
    { what: "patient" },
    { what: "service" },
    { what: "provider" },
    { what: "appointment" },
  ]);
  expect(
    AddEntry.safeParse({ patient_id: newId(), service_id: newId(), not_before: "12:00", not_after: "09:00" }).success,
  ).toBe(false);
});

test("staff see whom a slot is offered to and what became of it, and take it for who says yes by phone", async () => {
  const { ctx, desk, patient, cleaning, provider, makeWaiting } = await makeDesk();
  const startsAt = new Date("2026-03-04T15:00:00Z");
  const visit = await makeVisit(ctx, {
    patientId: patient.id,
    serviceId: cleaning.id,
    providerId: provider.id,
    startsAt,
  });
  const waiting = await makeWaiting({ urgency: "urgent" });
  await makeWaiting();
  unwrap(await cancelAppointment(ctx, { appointmentId: visit.id }));
  await makeSlotsDue(ctx);
  unwrap(await sweepSlots(ctx));
  const [shown] = unwrap(await listSlots(desk, ListFreedSlots.parse({}))).items;
  expect(shown).toMatchObject({ status: "open", provider: { name: provider.name }, batches: 1 });
  expect(shown?.offers.map(({ status }) => status)).toEqual(["queued", "queued"]);
  const offer = (await listOffers(ctx)).find(({ entryId }) => entryId === waiting.entryId);
  expect(unwrap(await claimFor(desk, offer?.id ?? ""))).toMatchObject({ startsAt, createdFrom: "WAITLIST" });
  const other = (await listOffers(ctx)).find(({ entryId }) => entryId !== waiting.entryId);
  expect(await claimFor(desk, other?.id ?? "")).toMatchObject({ error: "SLOT_TAKEN" });
  expect(await readSlots(ctx)).toMatchObject([{ status: "filled", endedBecause: "claimed" }]);
});
