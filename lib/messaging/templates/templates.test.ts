import { expect, test } from "vitest";
import { LOCALES } from "@/lib/core/locales";
import { issuesOf } from "./check";
import { libraryTemplate } from "./library";
import { PURPOSES, TEMPLATE_PURPOSES } from "./purposes";
import { marksOf, renderTemplate, valuesFor } from "./render";
import { APPROVALS } from "./schema";
import { chooseTemplate, twinOf, type Template } from "./twin";

const every = LOCALES.flatMap((locale) => TEMPLATE_PURPOSES.map((purpose) => [locale, purpose] as const));

test.each(every)("the library's %s %s has no fault, and every variable of it can be filled", (locale, purpose) => {
  const template = libraryTemplate(locale, purpose);
  expect(issuesOf(template)).toEqual([]);
  expect(template.body).not.toMatch(/\{[a-z]/);
  const text = renderTemplate(template.body, valuesFor(template.variables, {}));
  expect(marksOf(text)).toEqual([]);
  if (PURPOSES[purpose].category === "marketing") expect(text).toMatch(/STOP|ALTO|توقف/);
});

test("no reminder can land after its visit: the time to live is shorter than what is left", () => {
  expect(PURPOSES.reminder_24h.ttlSeconds).toBeLessThan(PURPOSES.reminder_24h.leavesHours * 3600);
  expect(PURPOSES.reminder_3h.ttlSeconds).toBeLessThanOrEqual(PURPOSES.reminder_3h.leavesHours * 3600);
});

test("a template with wrong marks, an edge, a stranger or a wrong drawer is told apart", () => {
  const good = { body: "Hello {{1}}, see you.", variables: ["patient_name"], purpose: "recall", category: "marketing" };
  const faults = (change: Partial<typeof good>) => issuesOf({ ...good, ...change }).map(({ path }) => path[0]);
  expect(faults({})).toEqual([]);
  expect(faults({ body: "Hello {{2}}, see you." })).toEqual(["body"]);
  expect(faults({ body: "Hello {{1}}" })).toEqual(["body"]);
  expect(faults({ variables: ["shoe_size"] })).toEqual(["variables"]);
  expect(faults({ category: "utility" })).toEqual(["category"]);
  expect(faults({ purpose: "chatter" })).toEqual(["purpose"]);
});

const row = (fields: Partial<Template>): Template => ({
  ...{
    id: "t",
    clinicId: "c",
    name: "n",
    locale: "en",
    category: "utility",
    purpose: "confirmation",
    variables: ["x"],
  },
  ...{ body: "Hi {{1}}!", approval: "approved", rejectedReason: null, vendorRef: null, ttlSeconds: 60, isActive: true },
  updatedAt: new Date(0),
  ...fields,
});
const ask = {
  ...{ templateId: "t", values: ["Ana"], sendClass: "service", languages: ["en"], country: "ES" },
  clinic: { name: "Smile", phone: "+1" },
};

test("the language is the person's, else the clinic's, else English, else whatever there is", () => {
  const all = [row({ id: "es", locale: "es" }), row({ id: "en" }), row({ id: "ar", locale: "ar" })];
  expect(chooseTemplate(all, "confirmation", ["ar", "es"])?.id).toBe("ar");
  expect(chooseTemplate(all, "confirmation", ["fr", "es"])?.id).toBe("es");
  expect(chooseTemplate(all, "confirmation", ["fr", null])?.id).toBe("en");
  expect(chooseTemplate(all.slice(0, 1), "confirmation", ["ar"])?.id).toBe("es");
});

test("only what the vendor approved goes out, and marketing by template never to a US number", () => {
  expect(twinOf([row({})], ask)).toMatchObject({ templateId: "t", text: "Hi Ana!" });
  for (const approval of APPROVALS.filter((one) => one !== "approved"))
    expect(twinOf([row({ approval })], ask)).toBeUndefined();
  expect(twinOf([row({ category: "marketing" })], ask)).toBeDefined();
  expect(twinOf([row({ category: "marketing" })], { ...ask, country: "US" })).toBeUndefined();
});

test("an answer that comes after the window asks the patient to write back", () => {
  const writeBack = row({ id: "w", purpose: "write_back", variables: ["clinic_name"], body: "{{1}} has an answer." });
  const late = { ...ask, templateId: null, values: [], sendClass: "reply" };
  expect(twinOf([writeBack], late)).toMatchObject({ templateId: "w", text: "Smile has an answer." });
  expect(twinOf([writeBack], { ...late, sendClass: "staff" })).toBeUndefined();
});
