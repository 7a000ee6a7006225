import { expect, test } from "vitest";
import { GET as listAvailability } from "@/app/api/clinic/[slug]/availability/route";
import { GET as listProviders } from "@/app/api/clinic/[slug]/providers/route";
import { GET as listSlots } from "@/app/api/clinic/[slug]/providers/[id]/slots/route";
import { GET as listServices } from "@/app/api/clinic/[slug]/services/route";
import { GET as publicAvailability } from "@/app/api/public/[slug]/availability/route";
import { call, cookieOf } from "@/db/testing/call";
import { makeVisit } from "@/db/testing/make-visit";
import { makeClinic, makeProvider, makeService, makeUser } from "@/db/testing/make";
import { addDays, dayIn, instantOf, weekdayOf } from "@/lib/core/zone";
import type { MemberRole } from "@/lib/identity/permissions";
import { DELETE, GET as getOne, PATCH as edit } from "./[id]/route";
import { POST as cancel } from "./[id]/cancel/route";
import { PATCH as confirm } from "./[id]/confirm/route";
import { POST as complete } from "./[id]/complete/route";
import { GET as listEvents } from "./[id]/events/route";
import { POST as move } from "./[id]/reschedule/route";
import { POST as undo } from "./[id]/undo/route";
import { GET, POST } from "./route";

const ZONE = "America/New_York";
/** The next Wednesday at ten, New York time, at least two days ahead of the real clock that routes live by. */
const wednesday = () => {
  let day = addDays(dayIn(new Date(), ZONE), 2);
  while (weekdayOf(day) !== 3) day = addDays(day, 1);
  return { day, at: (time: string) => instantOf(day, time, ZONE).toISOString() };
};

async function desk(role: MemberRole = "STAFF") {
  const clinic = await makeClinic();
  const user = await makeUser([{ ctx: clinic.ctx, role }]);
  const { slug } = clinic.ctx.clinic;
  const cookie = await cookieOf(user.id);
  const ask = (handler: typeof GET, options: Parameters<typeof call>[2] & { query?: string; id?: string } = {}) => {
    const { query = "", id, ...rest } = options;
    const params = { slug, ...(id ? { id } : {}) };
    return call(handler, `/api/clinic/${slug}/appointments${query}`, { cookie, params, ...rest });
  };
  const { day, at } = wednesday();
  const visit = { service_id: clinic.cleaning.id, provider_id: clinic.provider.id, starts_at: at("10:00") };
  return { ...clinic, user, slug, ask, day, at, visit };
}

test("staff book for a person by phone; the answer and the day's list show the same visit", async () => {
  const { ask, visit, day, provider } = await desk();
  const patient = { name: "Ana Ruiz", phone: "+12025550177", email: null, language: "es" };
  const booked = await ask(POST, { body: { ...visit, patient } });
  expect(booked.status).toBe(201);
  expect(booked.json.data).toMatchObject({
    status: "confirmed",
    confirmation: "unasked",
    created_from: "MANUAL_ADMIN",
    patient: { name: "Ana Ruiz", phone: "+12025550177" },
    service: { name: "Cleaning", color: "teal" },
    provider: { id: provider.id, name: "Dr. Ada Moreno" },
    operatory: null,
    hold_expires_at: null,
    segments: [{ resource_id: provider.id }],
  });
  const list = await ask(GET, { query: `?start_date=${day}&end_date=${day}` });
  expect(list.json.data).toMatchObject({ items: [booked.json.data], page: 1, limit: 20, total: 1 });
  const again = await ask(POST, { body: { ...visit, patient } });
  expect(again.status).toBe(409);
  expect(again.json).toMatchObject({ ok: false, error: "SLOT_TAKEN" });
});

test("the same person by phone is the same patient", async () => {
  const { ask, visit, at } = await desk();
  const patient = { name: "Ana Ruiz", phone: "(202) 555-0177" };
  const one = await ask(POST, { body: { ...visit, patient } });
  const two = await ask(POST, { body: { ...visit, starts_at: at("11:00"), patient } });
  expect(two.json.data.patient.id).toBe(one.json.data.patient.id);
});

test("a keyed booking answers the same bytes twice and books once", async () => {
  const { ask, visit, patient } = await desk();
  const request = { body: { ...visit, patient_id: patient.id }, headers: { "idempotency-key": "desk-1" } };
  const [one, two] = [await ask(POST, request), await ask(POST, request)];
  expect([one.status, two.status]).toEqual([201, 201]);
  expect(two.text).toBe(one.text);
  expect((await ask(GET)).json.data.total).toBe(1);
});

test.each([
  [{ starts_at: "tomorrow" }],
  [{ starts_at: "2030-01-02T10:00:30Z" }],
  [{ patient: { name: "x" } }],
  [{ service_id: "cleaning" }],
])("a body that can't be meant is refused with its issues: %j", async (wrong) => {
  const { ask, visit, patient } = await desk();
  const answer = await ask(POST, { body: { ...visit, patient_id: patient.id, ...wrong } });
  expect([answer.status, answer.json.error]).toEqual([400, "VALIDATION_FAILED"]);
  expect(answer.json.details.length).toBeGreaterThan(0);
});

test("the list filters by patient, provider, status, day and name, and pages", async () => {
  const { ask, visit, patient, other, at, day } = await desk();
  const one = (await ask(POST, { body: { ...visit, patient: { name: "Zoë Núñez", phone: "+12025550178" } } })).json
    .data;
  const two = (
    await ask(POST, { body: { ...visit, provider_id: other.id, starts_at: at("14:00"), patient_id: patient.id } })
  ).json.data;
  await ask(cancel, { id: two.id, body: { reason: "asked by phone" } });
  const idsOf = async (query: string) =>
    (await ask(GET, { query })).json.data.items.map(({ id }: { id: string }) => id);
  expect(await idsOf("")).toEqual([one.id, two.id]);
  expect(await idsOf("?order=desc")).toEqual([two.id, one.id]);
  expect(await idsOf(`?patient_id=${patient.id}`)).toEqual([two.id]);
  expect(await idsOf(`?contact_id=${patient.id}`)).toEqual([two.id]);
  expect(await idsOf(`?provider_id=${other.id}`)).toEqual([two.id]);
  expect(await idsOf("?status=confirmed")).toEqual([one.id]);
  expect(await idsOf("?status=tentative")).toEqual([]);
  expect(await idsOf("?status=cancelled")).toEqual([two.id]);
  expect(await idsOf("?q=nunez")).toEqual([one.id]);
  expect(await idsOf("?q=nobody")).toEqual([]);
  expect(await idsOf(`?start_date=${addDays(day, 1)}`)).toEqual([]);
  expect(await idsOf("?limit=1&page=2")).toEqual([two.id]);
  expect((await ask(GET, { query: "?limit=101" })).status).toBe(400);
});

test("a visit is confirmed, moved, noted, cancelled, taken back and completed over the API", async () => {
  const { ask, visit, patient, at, user } = await desk("OWNER");
  const { id } = (await ask(POST, { body: { ...visit, patient_id: patient.id } })).json.data;
  expect((await ask(confirm, { method: "PATCH", id, body: {} })).json.data.confirmation).toBe("confirmed");
  const moved = await ask(move, { id, body: { starts_at: at("11:00") } });
  expect(moved.json.data).toMatchObject({ starts_at: at("11:00"), confirmation: "unasked" });
  expect((await ask(edit, { method: "PATCH", id, body: { note: "brings the old X-ray" } })).json.data.note).toBe(
    "brings the old X-ray",
  );
  const gone = await ask(DELETE, { method: "DELETE", id, body: { reason: "ill" } });
  expect(gone.json.data).toMatchObject({ status: "cancelled", cancel_reason: "ill" });
  expect((await ask(undo, { id, body: {} })).json.data.status).toBe("confirmed");
  const done = await ask(complete, { id, body: { next_follow_up_date: "2031-01-15" } });
  expect(done.json.data.status).toBe("completed");
  expect((await ask(cancel, { id, body: {} })).json).toMatchObject({ error: "ILLEGAL_TRANSITION" });
  expect((await ask(getOne, { id })).json.data).toEqual(done.json.data);
  const told = (await ask(listEvents, { id })).json.data.items;
  expect(told.map((event: { kind: string; to: string }) => `${event.kind} ${event.to}`)).toEqual([
    "status completed",
    "status scheduled",
    "status cancelled",
    `moved ${at("11:00")}`,
    "confirmation confirmed",
    "created scheduled",
  ]);
  expect(told[2]).toMatchObject({ from: "scheduled", reason: "ill", actor_type: "user", actor_name: user.name });
});

test("another clinic's visit is not found", async () => {
  const [here, elsewhere] = [await desk(), await desk()];
  const { id } = (await elsewhere.ask(POST, { body: { ...elsewhere.visit, patient_id: elsewhere.patient.id } })).json
    .data;
  for (const handler of [getOne, cancel, confirm, complete, undo]) {
    const answer = await here.ask(handler, handler === getOne ? { id } : { id, body: {} });
    expect([answer.status, answer.json.details.what]).toEqual([404, "appointment"]);
  }
});

test("a viewer sees phones masked and no service values; an owner sees both", async () => {
  const viewer = await desk("VIEWER");
  const { patient, provider, cleaning, at } = viewer;
  const phoneSeen = async (asked: Awaited<ReturnType<typeof desk>>) =>
    (await asked.ask(GET)).json.data.items[0].patient.phone;
  const startsAt = new Date(at("10:00"));
  await makeVisit(viewer.ctx, { patientId: patient.id, providerId: provider.id, serviceId: cleaning.id, startsAt });
  expect(await phoneSeen(viewer)).toMatch(/^\+1 ••• \d\d$/);
  const owner = await desk("OWNER");
  for (const { ctx, provider } of [viewer, owner])
    await makeService(ctx, { providerIds: [provider.id], value: 12_000, name: { en: "Filling", ar: "حشوة" } });
  const [seen, known] = [(await viewer.ask(listServices)).json.data, (await owner.ask(listServices)).json.data];
  expect(seen.items.map((item: object) => "value" in item)).toEqual([false, false]);
  expect(known.items[1]).toMatchObject({ name: "Filling", duration_minutes: 30, value: 12_000, is_online: true });
});

test("providers come with their hours of the day asked for", async () => {
  const { ask, ctx, day } = await desk();
  await makeProvider(ctx, { name: "Dr. Late", position: 9 }, { 3: [["12:00", "24:00"]] });
  const { items, total } = (await ask(listProviders, { query: `?date=${day}` })).json.data;
  expect(total).toBe(4);
  expect(items[0]).toMatchObject({
    name: "Dr. Ada Moreno",
    kind: "dentist",
    is_active: true,
    hours_today: [
      { from: "09:00", to: "12:00" },
      { from: "13:00", to: "17:00" },
    ],
  });
  expect(items.at(-1).hours_today).toEqual([{ from: "12:00", to: "24:00" }]);
});

test("availability answers the month by day, without what is booked; in public without chairs", async () => {
  const { ask, visit, patient, day, slug, cleaning, provider, at } = await desk();
  const [year, month] = day.split("-").map(Number);
  const query = `?year=${year}&month=${month}&service_id=${cleaning.id}&provider_id=${provider.id}`;
  const slotsOf = (answer: Awaited<ReturnType<typeof ask>>) =>
    answer.json.data.days.find((one: { day: string }) => one.day === day).slots;
  const before = slotsOf(await ask(listAvailability, { query }));
  expect(before[0]).toEqual({ starts_at: at("09:00"), provider_id: provider.id, operatory_id: null });
  await ask(POST, { body: { ...visit, patient_id: patient.id } });
  const after = await ask(listAvailability, { query });
  const startsOf = (slots: { starts_at: string }[]) => slots.map((slot) => slot.starts_at);
  expect(startsOf(slotsOf(after))).not.toContain(at("10:00"));
  expect(startsOf(slotsOf(after))).toContain(at("10:30"));
  const open = await call(publicAvailability, `/api/public/${slug}/availability${query}`, { params: { slug } });
  expect(slotsOf(open)[0]).toEqual({ starts_at: at("09:00"), provider_id: provider.id });
});

test("a provider's day is what is booked and what is free", async () => {
  const { ask, visit, patient, day, provider, at } = await desk();
  const booked = (await ask(POST, { body: { ...visit, patient_id: patient.id } })).json.data;
  const answer = (await ask(listSlots, { id: provider.id, query: `?date=${day}` })).json.data;
  expect(answer).toMatchObject({ date: day, booked: [booked] });
  const free = answer.free.map((slot: { starts_at: string }) => slot.starts_at);
  expect(free).toContain(at("09:00"));
  expect(free).not.toContain(at("10:15"));
});
