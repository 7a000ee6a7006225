import { expect, test } from "vitest";
import { call, cookieOf } from "@/db/testing/call";
import { makeClinic, makePhone, makeUser } from "@/db/testing/make";
import { GET as readPatient, PATCH as changePatient } from "./[id]/route";
import { GET as exportPatients } from "./export/route";
import { POST as importPatients } from "./import/route";
import { GET as listPatients, POST as createPatient } from "./route";

async function makeDesk() {
  const { ctx, patient } = await makeClinic();
  const user = await makeUser([{ ctx, role: "OWNER" }]);
  const { slug } = ctx.clinic;
  return { slug, patient, cookie: await cookieOf(user.id), path: `/api/clinic/${slug}/patients` };
}

test("a keyed import that is sent again answers the first answer and takes nobody twice", async () => {
  const { slug, cookie, path } = await makeDesk();
  const body = { csv: `name,phone\nAna,${makePhone()}\nBo,${makePhone()}\n`, dry_run: false };
  const send = (sent: object) =>
    call(importPatients, `${path}/import`, {
      ...{ cookie, params: { slug }, body: sent },
      headers: { "idempotency-key": "list-of-monday" },
    });
  const [first, again] = [await send(body), await send(body)];
  expect(first.json).toMatchObject({ ok: true, data: { imported: 2, dry_run: false, problems: [] } });
  expect(again.text).toBe(first.text);
  expect((await send({ ...body, default_type: "NEW" })).status).toBe(422);
  const list = await call(listPatients, path, { cookie, params: { slug } });
  expect(list.json.data.total).toBe(3);
});

test("a list too large is refused by its size, one without names by its columns", async () => {
  const { slug, cookie, path } = await makeDesk();
  const send = (csv: string) => call(importPatients, `${path}/import`, { cookie, params: { slug }, body: { csv } });
  expect((await send(`name,phone\n${"x".repeat(5_000_001)}`)).status).toBe(413);
  expect((await send("phone\n+12025550100\n")).json).toMatchObject({
    error: "VALIDATION_FAILED",
    details: [{ path: ["columns", "name"] }],
  });
});

test("an export is a file of the list's filters, read as UTF-8 by spreadsheets, kept by no cache", async () => {
  const { slug, cookie, path, patient } = await makeDesk();
  const body = { name: "Zoë Park", phone: makePhone(), language: "es" };
  await call(createPatient, path, { cookie, params: { slug }, body });
  const file = await call(exportPatients, `${path}/export?language=es`, { cookie, params: { slug } });
  expect(file.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename="patients-/);
  expect(file.headers.get("cache-control")).toBe("no-store");
  expect(file.text).toContain("Zoë Park");
  expect(file.text).not.toContain(patient.name);
});

test("what nobody may set is set by nobody", async () => {
  const { slug, cookie, path, patient } = await makeDesk();
  const params = { slug, id: patient.id };
  const raw = `{"name":"Ana","patient_type":"EXISTING","id":"x","clinic_id":"y","merged_into_id":"z","created_at":"2000-01-01","__proto__":{"name":"Eve"}}`;
  const answer = await call(changePatient, `${path}/${patient.id}`, {
    ...{ method: "PATCH", cookie, params, raw },
    headers: { "content-type": "application/json" },
  });
  expect(answer.status).toBe(200);
  const read = await call(readPatient, `${path}/${patient.id}`, { cookie, params });
  expect(read.json.data).toMatchObject({
    ...{ id: patient.id, name: "Ana", patient_type: patient.patientType, merged_into_id: null },
    contact_points: [{ value: patient.phone }],
  });
});
