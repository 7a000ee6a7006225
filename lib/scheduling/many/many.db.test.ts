import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditLog } from "@/db/schema/records";
import { inClinic, makeBareClinic, makeClinic, makePatient } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { actOnMany } from "./act";
import { bookAppointment } from "../book";
import { exportAppointments } from "./export";
import { importBook } from "../import-book/import-book";
import { ImportBook } from "../import-book/schema";
import { listAppointments } from "../list-appointments";
import { lockVisit, updateVisit } from "../lock-visit";
import { ListAppointments } from "../schema";
import { ActOnMany, ExportAppointments } from "./schema";

async function makeFour() {
  const clinic = await makeClinic();
  const { ctx, provider, other, cleaning, patient } = clinic;
  const formula = await makePatient(ctx, { name: "=cmd()", nameKey: "cmd" });
  const ids: string[] = [];
  for (const [at, providerId, who, createdFrom] of [
    ["2026-03-10T13:00:00Z", provider.id, patient, "SMS"],
    ["2026-03-09T13:00:00Z", provider.id, formula, "API"],
    ["2026-03-11T13:00:00Z", other.id, patient, "SMS"],
    ["2026-03-12T13:00:00Z", other.id, patient, "SMS"],
  ] as const) {
    const visit = { patientId: who.id, serviceId: cleaning.id, providerId, createdFrom, startsAt: new Date(at) };
    ids.push(unwrap(await bookAppointment(ctx, visit)).id);
  }
  return { ...clinic, ids };
}

const list = async (ctx: ClinicContext, ids: string[], input: object) =>
  unwrap(await listAppointments(ctx, ListAppointments.parse(input))).items.map(({ id }) => ids.indexOf(id));

test("the table is sorted and narrowed by what its address says", async () => {
  const { ctx, cleaning, provider, ids } = await makeFour();
  expect(await list(ctx, ids, {})).toEqual([1, 0, 2, 3]);
  expect(await list(ctx, ids, { sort: "-start" })).toEqual([3, 2, 0, 1]);
  expect(await list(ctx, ids, { sort: "-created" })).toEqual(expect.arrayContaining([0, 1, 2, 3]));
  expect(await list(ctx, ids, { source: "API", service_id: cleaning.id })).toEqual([1]);
  expect(await list(ctx, ids, { provider_id: provider.id, confirmation: "unasked" })).toEqual([1, 0]);
  expect(await list(ctx, ids, { q: "cmd", start_date: "2026-03-09", end_date: "2026-03-09" })).toEqual([1]);
  expect(ListAppointments.safeParse({ sort: "name; drop table" }).success).toBe(false);
});

test("one act on many visits tells of each, and is taken back as a whole", async () => {
  const { ctx, ids } = await makeFour();
  const elsewhere = await makeFour();
  const act = async (input: object) => unwrap(await actOnMany(ctx, ActOnMany.parse(input)));
  const strange = elsewhere.ids[0] ?? "";
  expect((await act({ act: "confirm", ids })).done).toBe(4);
  const missed = await act({ act: "no_show", ids: [ids[0], strange] });
  expect(missed).toMatchObject({ done: 0 });
  expect(missed.items.map(({ error }) => error).sort()).toEqual(["NOT_FOUND", "TOO_SOON"]);
  const cancelled = await act({ act: "cancel", ids: [...ids, strange], reason: "The dentist is ill" });
  expect(cancelled.done).toBe(4);
  expect(await list(ctx, ids, { status: "cancelled" })).toHaveLength(4);
  expect((await act({ act: "undo", from: "cancelled", ids })).done).toBe(4);
  expect((await act({ act: "undo", from: "cancelled", ids })).items.map(({ error }) => error)).toEqual(
    Array.from({ length: 4 }, () => "ILLEGAL_TRANSITION"),
  );
  expect(await list(ctx, ids, { status: "confirmed" })).toHaveLength(4);
});

test("an export is written down, holds what the filters say, no formula, and can be taken in elsewhere", async () => {
  const { ctx, ids } = await makeFour();
  await inClinic(ctx, async (tx) => {
    unwrap(await lockVisit(tx, ctx, ids[3] ?? ""));
    await updateVisit(tx, ctx, ids[3] ?? "", { note: '+1, "quoted"' });
  });
  const read = async (input: object) => {
    let text = "";
    for await (const part of unwrap(await exportAppointments(ctx, ExportAppointments.parse(input)))) text += part;
    return text;
  };
  const all = await read({});
  expect(all.split("\r\n")).toHaveLength(5);
  expect(all).toContain(`2026-03-09,09:00,09:30,"'=cmd()",`);
  expect((await read({ ids: [ids[0], ids[1]].join(",") })).split("\r\n")).toHaveLength(3);
  expect((await read({ source: "API" })).split("\r\n")).toHaveLength(2);
  const audited = await query(ctx, (tx) => tx.select().from(auditLog).where(eq(auditLog.action, "appointment.export")));
  expect(audited.map(({ changed }) => changed)).toEqual([[], ["ids"], ["source"]]);

  const there = await makeClinic();
  const taken = unwrap(await importBook(there.ctx, ImportBook.parse({ csv: all, dry_run: false })));
  expect(taken).toMatchObject({ imported: 4, failed: 0 });
  expect(unwrap(await listAppointments(await makeBareClinic(), ListAppointments.parse({}))).total).toBe(0);
});
