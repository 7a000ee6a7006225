import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { memberships } from "@/db/schema/identity";
import { auditLog } from "@/db/schema/records";
import { newId } from "@/db/ids";
import { inClinic, makeBareClinic, makeClinic, makeOperatory, makeUser } from "@/db/testing/make";
import { unwrap } from "@/lib/core/result";
import { bookAppointment } from "@/lib/scheduling/book";
import { listProviders } from "@/lib/scheduling/list-providers";
import { listServices } from "@/lib/scheduling/list-services";
import { listOperatories } from "./operatories";
import { setOrder } from "./order";
import { restore, retire } from "./retire";
import { changeProvider, createProvider } from "./save-provider";
import { changeService, createService } from "./save-service";
import { ChangeService, CreateProvider, CreateService } from "./schema";

const PAGE = { page: 1, limit: 100 };
const startsAt = new Date("2026-03-02T15:00:00Z");

test("a service needs a name and a length; what changes is written down by the names of its fields", async () => {
  const { ctx, provider, other } = await makeClinic();
  const made = unwrap(await createService(ctx, CreateService.parse({ name: { en: "Sealant" }, duration_minutes: 40 })));
  expect(made).toMatchObject({ name: "Sealant", position: 1, isOnline: true, isActive: true, providerIds: [] });
  expect(made.segments).toEqual([
    { role: "lead", fromMinute: 0, toMinute: 40 },
    { role: "operatory", fromMinute: 0, toMinute: 40 },
  ]);
  const input = ChangeService.parse({
    duration_minutes: 50,
    provider_ids: [other.id, provider.id],
    synonyms: { es: ["sellador"] },
  });
  const changed = unwrap(await changeService(ctx, made.id, input));
  expect(changed.segments.map(({ toMinute }) => toMinute)).toEqual([50, 50]);
  expect(new Set(changed.providerIds)).toEqual(new Set([provider.id, other.id]));
  const log = await inClinic(ctx, (tx) => tx.select().from(auditLog).where(eq(auditLog.targetId, made.id)));
  expect(log.map(({ action, changed: fields }) => [action, fields?.length ?? 0])).toEqual([
    ["service.create", 0],
    ["service.change", 3],
  ]);
});

test("in a clinic without chairs a plain service needs none", async () => {
  const ctx = await makeBareClinic();
  const made = unwrap(await createService(ctx, CreateService.parse({ name: { en: "Talk" }, duration_minutes: 20 })));
  expect(made.segments.map(({ role }) => role)).toEqual(["lead"]);
});

test("a service that nobody leads, that a part outlasts or that takes two chairs is refused", async () => {
  const { ctx, cleaning } = await makeClinic();
  const segment = (role: string, to_minute: number) => ({ role, from_minute: 0, to_minute });
  for (const segments of [
    [segment("operatory", 30)],
    [segment("lead", 31)],
    [segment("lead", 30), segment("operatory", 30), segment("operatory", 20)],
  ])
    expect(await changeService(ctx, cleaning.id, ChangeService.parse({ segments }))).toMatchObject({
      error: "VALIDATION_FAILED",
    });
  expect(await changeService(ctx, cleaning.id, ChangeService.parse({ duration_minutes: 45 }))).toMatchObject({
    data: { segments: [{ role: "lead", toMinute: 45 }] },
  });
});

test("another clinic's service, provider, chair and member are not there", async () => {
  const [here, elsewhere] = [await makeClinic(), await makeClinic()];
  const { ctx } = here;
  const stranger = await makeUser([{ ctx: elsewhere.ctx, role: "STAFF" }]);
  const refused = (what: string) => ({ ok: false, error: "NOT_FOUND", details: { what } });
  const foreign = ChangeService.parse({ provider_ids: [elsewhere.provider.id] });
  expect(await changeService(ctx, elsewhere.cleaning.id, foreign)).toEqual(refused("service"));
  expect(await changeService(ctx, here.cleaning.id, foreign)).toEqual(refused("provider"));
  expect(await changeService(ctx, here.cleaning.id, { operatoryIds: [elsewhere.chair.id] })).toEqual(
    refused("operatory"),
  );
  expect(await changeProvider(ctx, here.provider.id, { serviceIds: [elsewhere.cleaning.id] })).toEqual(
    refused("service"),
  );
  expect(await changeProvider(ctx, here.provider.id, { userId: stranger.id })).toEqual(refused("user"));
  expect(await retire(ctx, "operatory", elsewhere.chair.id, { confirmed: true })).toEqual(refused("operatory"));
  expect(await retire(ctx, "provider", elsewhere.provider.id, { confirmed: true })).toEqual(refused("provider"));
  expect(await setOrder(ctx, "provider", { ids: [elsewhere.provider.id] })).toEqual(refused("provider"));
});

test("a member is one provider's log-in, and a provider has one", async () => {
  const { ctx, provider, other } = await makeClinic();
  const [first, second] = [await makeUser([{ ctx, role: "STAFF" }]), await makeUser([{ ctx, role: "STAFF" }])];
  unwrap(await changeProvider(ctx, provider.id, { userId: first.id }));
  expect(await changeProvider(ctx, other.id, { userId: first.id })).toMatchObject({ error: "CONFLICT" });
  const moved = unwrap(await changeProvider(ctx, provider.id, { userId: second.id }));
  expect(moved.user).toEqual({ id: second.id, name: second.name });
  const links = await inClinic(ctx, (tx) =>
    tx.select().from(memberships).where(eq(memberships.providerId, provider.id)),
  );
  expect(links.map(({ userId }) => userId)).toEqual([second.id]);
  expect(unwrap(await changeProvider(ctx, provider.id, { userId: null })).user).toBeNull();
});

test("whoever retires with visits ahead is told of them first; nothing is cancelled, and nobody books them any more", async () => {
  const { ctx, provider, other, patient, cleaning } = await makeClinic();
  const visit = { patientId: patient.id, serviceId: cleaning.id, startsAt, createdFrom: "API" } as const;
  unwrap(await bookAppointment(ctx, { ...visit, providerId: provider.id }));
  for (const [kind, id] of [
    ["provider", provider.id],
    ["service", cleaning.id],
  ] as const) {
    const refused = await retire(ctx, kind, id, { confirmed: false });
    expect(refused).toMatchObject({ error: "CONFLICT", details: { what: "visits", total: 1 } });
  }
  expect(unwrap(await retire(ctx, "provider", provider.id, { confirmed: true }))).toMatchObject({ visitsTotal: 1 });
  expect(await bookAppointment(ctx, { ...visit, providerId: provider.id })).toMatchObject({ ok: false });
  expect(unwrap(await retire(ctx, "provider", other.id, { confirmed: false })).visitsTotal).toBe(0);
  const listed = unwrap(await listProviders(ctx, PAGE)).items;
  expect(listed.filter(({ isActive }) => isActive)).toHaveLength(1);
  unwrap(await restore(ctx, "provider", provider.id));
  unwrap(await retire(ctx, "service", cleaning.id, { confirmed: true }));
  expect(unwrap(await listServices(ctx, PAGE)).total).toBe(0);
  expect(unwrap(await listServices(ctx, { ...PAGE, includeRetired: true })).items).toMatchObject([{ isActive: false }]);
});

test("lists keep the order that they are put in", async () => {
  const { ctx, chair, secondChair } = await makeClinic();
  const third = await makeOperatory(ctx, { position: 2 });
  unwrap(await setOrder(ctx, "operatory", { ids: [third.id, chair.id] }));
  const chairs = unwrap(await listOperatories(ctx, PAGE)).items;
  expect(chairs.map(({ id, position }) => [id, position])).toEqual([
    [third.id, 0],
    [chair.id, 1],
    [secondChair.id, 2],
  ]);
  expect(await setOrder(ctx, "operatory", { ids: [newId()] })).toMatchObject({ error: "NOT_FOUND" });
  const added = unwrap(await createProvider(ctx, CreateProvider.parse({ name: "Dr. New", kind: "dentist" })));
  expect(added).toMatchObject({ name: "Dr. New", color: "teal", languages: ["en"], user: null, serviceIds: [] });
});
