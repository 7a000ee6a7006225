import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { consentEvents, consents, patients } from "@/db/schema/patients";
import { makeBareClinic, makePatient } from "@/db/testing/make";
import { addConsents } from "@/db/testing/make-talk";
import { makerOf } from "@/db/testing/rows";
import { inClinic } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { exportPatients } from "../export";
import { getPatient } from "../get";
import { ImportPatients, ListPatients } from "../schema";
import { listPatients } from "../search";
import { importPatients } from "./import";

const run = (ctx: ClinicContext, csv: string, more: object = {}) =>
  importPatients(ctx, ImportPatients.parse({ csv, dry_run: false, ...more }));
const countOf = async (ctx: ClinicContext) => unwrap(await listPatients(ctx, ListPatients.parse({}))).total;

test("a dry run tells every wrong row by a code of its own, and writes nothing", async () => {
  const ctx = await makeBareClinic();
  const csv = [
    "name,phone,email,birth_date,language,type,sms_marketing,email_marketing,consent_source,consent_date",
    "Ana Ruiz,(202) 555-0101,,02/29/1980,Spanish,existing,,,,",
    ",202 555 0102,,,,,,,,",
    "👋,202 555 0103,,,,,,,,",
    "Bo,soon,not-an-address,31/12/1999,klingonese,guest,,,,",
    "Cy,,,,,,,,,",
    "Di,202 555 0104,,2199-01-01,,,yes,maybe,,",
    "Ana  RUIZ,+1 202 555 0101,,,,,,,,",
  ].join("\n");
  const report = unwrap(await run(ctx, csv, { dry_run: true }));
  expect(report.problems.map(({ row, column, code }) => [row, column, code])).toEqual([
    [3, "name", "NAME_MISSING"],
    [4, "name", "NAME_UNREADABLE"],
    [5, "phone", "PHONE_INVALID"],
    [5, "email", "EMAIL_INVALID"],
    [5, "birth_date", "DATE_INVALID"],
    [5, "language", "LANGUAGE_UNKNOWN"],
    [5, "type", "TYPE_UNKNOWN"],
    [6, null, "NO_CONTACT"],
    [7, "birth_date", "DATE_IN_FUTURE"],
    [7, "sms_marketing", "CONSENT_WITHOUT_EVIDENCE"],
    [7, "email_marketing", "CONSENT_UNREADABLE"],
    [8, null, "DUPLICATE_IN_FILE"],
  ]);
  expect(report).toMatchObject({ rows: 7, ready: 1, skipped: 1, failed: 5, imported: 0 });
  expect(report.problems.every(({ message }) => message.length > 5)).toBe(true);
  expect(report.preview).toMatchObject([
    { name: "Ana Ruiz", phone: "+12025550101", birthDate: "1980-02-29", language: "es" },
  ]);
  expect(await countOf(ctx)).toBe(0);
});

test("a run with one wrong row takes none, and says which", async () => {
  const ctx = await makeBareClinic();
  const answer = await run(ctx, "name,phone\nAna,202 555 0101\nBo,soon\n");
  expect(answer).toMatchObject({
    ok: false,
    error: "VALIDATION_FAILED",
    details: [{ code: "PHONE_INVALID", path: ["csv", 3, "phone"] }],
  });
  expect(await countOf(ctx)).toBe(0);
});

test("a run takes people, families and consents with their evidence; again, or at once, takes nobody twice", async () => {
  const ctx = await makeBareClinic({ country: "ES", timeZone: "Europe/Madrid" });
  const csv = [
    "Nombre;Móvil;Correo;Nacimiento;Idioma;SMS;Fuente;Fecha",
    "Ana Ruiz;612 345 678;ana@example.test;03/04/1980;español;sí;Ficha de alta;01/02/2026",
    "Leo Ruiz;612 345 678;;;;;;",
    "'=Eva;+34611111111;;;;no;;",
  ].join("\r\n");
  const columns = {
    ...{ name: "nombre", phone: "Móvil", email: "Correo", birth_date: "Nacimiento", language: "Idioma" },
    ...{ sms_marketing: "SMS", consent_source: "Fuente", consent_date: "Fecha" },
  };
  const answers = await Promise.all([run(ctx, csv, { columns }), run(ctx, csv, { columns })]);
  expect(answers.map((answer) => unwrap(answer).imported).sort()).toEqual([0, 3]);
  expect(answers.map((answer) => unwrap(answer).skipped).sort()).toEqual([0, 3]);
  const people = await query(ctx, (tx) => tx.select().from(patients).where(eq(patients.clinicId, ctx.clinic.id)));
  const ana = people.find((row) => row.name === "Ana Ruiz");
  expect(ana).toMatchObject({
    birthDate: "1980-04-03",
    language: "es",
    patientType: "EXISTING",
    createdFrom: "IMPORT",
  });
  expect(people.map((row) => row.name).sort()).toEqual(["=Eva", "Ana Ruiz", "Leo Ruiz"]);
  const detail = unwrap(await getPatient(ctx, ana?.id ?? ""));
  expect(detail.contactPoints[0]).toMatchObject({
    ...{ value: "+34612345678", relation: "self", sharedWith: [{ name: "Leo Ruiz", relation: "family" }] },
    consents: [{ channelKind: "sms", purpose: "marketing", state: "in", how: "import", words: "Ficha de alta" }],
  });
  expect(detail.contactPoints[0]?.consents[0]?.at).toBe("2026-01-31T23:00:00.000Z");
  const events = await query(ctx, (tx) =>
    tx.select().from(consentEvents).where(eq(consentEvents.clinicId, ctx.clinic.id)),
  );
  expect(events.map((event) => [event.state, event.how]).sort()).toEqual([
    ["in", "import"],
    ["out", "import"],
  ]);
});

test("a list never brings back who has ended messages", async () => {
  const ctx = await makeBareClinic();
  const stopped = await makePatient(ctx);
  const at = new Date("2025-01-01T00:00:00Z");
  const row = {
    contactPointId: stopped.contactPointId,
    channelKind: "sms",
    how: "keyword",
    words: "STOP",
    at,
  } as const;
  await inClinic(ctx, (tx) =>
    addConsents(makerOf(tx, ctx.clinic.id), [
      { ...row, purpose: "service", state: "out" },
      { ...row, purpose: "marketing", state: "out" },
    ]),
  );
  const csv = `name,phone,sms_marketing,consent_source,consent_date\nSomebody Else,${stopped.phone},yes,form,2026-02-01\n`;
  const report = unwrap(await run(ctx, csv));
  expect(report.problems).toMatchObject([{ row: 2, code: "CONSENT_STAYS_OUT", kind: "note" }]);
  const holds = await query(ctx, (tx) =>
    tx
      .select()
      .from(consents)
      .where(and(eq(consents.clinicId, ctx.clinic.id), eq(consents.purpose, "marketing"))),
  );
  expect(holds.map((consent) => consent.state)).toEqual(["out"]);
});

test("what is exported can be imported elsewhere as it was, and no cell of it is a formula", async () => {
  const [here, there] = [await makeBareClinic(), await makeBareClinic()];
  const csv = [
    "name,phone,email,birth_date,language,type,next_follow_up_date,sms_marketing,consent_source,consent_date",
    `"=HYPERLINK(""http://evil.example"")",202 555 0101,a@example.test,1980-02-29,en,NEW,2026-09-01,yes,"+form, signed",2026-02-01`,
    "@SUM(A1),202 555 0102,,,,,,,,",
  ].join("\n");
  unwrap(await run(here, csv));
  let text = "";
  for await (const part of unwrap(await exportPatients(here, {}))) text += part;
  expect(text.startsWith("\ufeffname,")).toBe(true);
  const cells = text
    .slice(1)
    .split(/\r\n|","|,/)
    .map((cell) => cell.replace(/^"/, ""));
  expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  unwrap(await run(there, text));
  const read = async (ctx: ClinicContext) =>
    (await query(ctx, (tx) => tx.select().from(patients).where(eq(patients.clinicId, ctx.clinic.id))))
      .map(({ name, birthDate, language, patientType, nextFollowUpDate }) => ({
        name,
        birthDate,
        language,
        patientType,
        nextFollowUpDate,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  expect(await read(there)).toEqual(await read(here));
});

test("thousands of rows are taken in one go", { timeout: 30_000 }, async () => {
  const ctx = await makeBareClinic();
  const rows = Array.from({ length: 3000 }, (_, at) => `Person ${at},+1212555${String(at).padStart(4, "0")}`);
  expect(unwrap(await run(ctx, `name,phone\n${rows.join("\n")}`)).imported).toBe(3000);
  expect(await countOf(ctx)).toBe(3000);
});
