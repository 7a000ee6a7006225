import { expect, test } from "vitest";
import { call, cookieOf } from "@/db/testing/call";
import { inClinic, makeClinic, makeUser } from "@/db/testing/make";
import { recordApprovalsIn } from "@/lib/messaging/templates/record-approvals";
import { PURPOSES } from "@/lib/messaging/templates/purposes";
import { seedTemplatesIn } from "@/lib/messaging/templates/seed";
import { PATCH } from "./[id]/route";
import { POST as preview } from "./[id]/preview/route";
import { GET, POST } from "./route";

async function setting() {
  const { ctx, patient } = await makeClinic();
  const cookie = await cookieOf((await makeUser([{ ctx, role: "OWNER" }])).id);
  const params = { slug: ctx.clinic.slug };
  const at = (path = "") => `/api/clinic/${ctx.clinic.slug}/templates${path}`;
  return { ctx, patient, cookie, params, at };
}
const welcome = {
  name: "welcome",
  locale: "en",
  category: "utility",
  body: "Hello {{1}}, hi.",
  variables: ["patient_name"],
};

test("a template is written, read, refused twice, previewed on a patient, and is a draft again when its text changes", async () => {
  const { ctx, patient, cookie, params, at } = await setting();
  const made = await call(POST, at(), { cookie, params, body: welcome });
  expect(made).toMatchObject({
    status: 201,
    json: { data: { name: "welcome", approval: "draft", variables: ["patient_name"] } },
  });
  expect((await call(POST, at(), { cookie, params, body: welcome })).json.error).toBe("CONFLICT");
  const id: string = made.json.data.id;
  const one = { cookie, params: { ...params, id } };
  const approve = await call(PATCH, at(`/${id}`), { ...one, method: "PATCH", body: { approval: "approved" } });
  expect(approve.json.data.approval).toBe("approved");
  const read = await call(preview, at(`/${id}/preview`), { ...one, body: { patient_id: patient.id } });
  expect(read.json.data).toMatchObject({ text: `Hello ${patient.name.split(" ")[0]}, hi.`, missing: [] });
  const changed = await call(PATCH, at(`/${id}`), { ...one, method: "PATCH", body: { body: "Good day {{1}}, hi." } });
  expect(changed.json.data.approval).toBe("draft");
  const wrong = await call(PATCH, at(`/${id}`), {
    ...one,
    method: "PATCH",
    body: { body: "Good day {{1}} and {{2}}, hi." },
  });
  expect(wrong).toMatchObject({ status: 400, json: { error: "VALIDATION_FAILED" } });
  expect(ctx.clinic.slug).toBe(params.slug);
});

test("a clinic gets the library once a language, and the vendor's word on it by name", async () => {
  const { ctx, cookie, params, at } = await setting();
  const seed = () => inClinic(ctx, (tx) => seedTemplatesIn(tx, ctx, ["en", "ar"]));
  expect([await seed(), await seed()]).toEqual([2 * Object.keys(PURPOSES).length, 0]);
  const decided = { approval: "approved", category: "marketing", rejectedReason: null } as const;
  const told = [
    { name: "recall", locale: "en", ...decided },
    { name: "never_ours", locale: "en", ...decided },
  ];
  const tell = () => inClinic(ctx, (tx) => recordApprovalsIn(tx, ctx, told));
  expect([await tell(), await tell()]).toEqual([1, 0]);
  const usable = await call(GET, `${at()}?usable=true`, { cookie, params });
  expect(usable.json.data).toMatchObject({ total: 1, items: [{ name: "recall", locale: "en" }] });
});
