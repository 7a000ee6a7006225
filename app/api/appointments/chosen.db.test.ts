import { expect, test } from "vitest";
import { call, cookieOf } from "@/db/testing/call";
import { makeVisit } from "@/db/testing/make-visit";
import { makeClinic, makeUser } from "@/db/testing/make";
import { GET } from "./route";

test("a member of two clinics reads the one that they chose, and has to choose first", async () => {
  const [one, two] = [await makeClinic(), await makeClinic()];
  const visits = await Promise.all(
    [one, two].map(({ ctx, patient, provider, cleaning }) =>
      makeVisit(ctx, {
        patientId: patient.id,
        providerId: provider.id,
        serviceId: cleaning.id,
        startsAt: new Date("2026-03-03T15:00:00Z"),
      }),
    ),
  );
  const user = await makeUser([
    { ctx: one.ctx, role: "STAFF" },
    { ctx: two.ctx, role: "VIEWER" },
  ]);
  const cookie = await cookieOf(user.id);
  const read = (chosen: string) => call(GET, "/api/appointments", { cookie: cookie + chosen });
  expect((await read("")).json).toMatchObject({ error: "UNAUTHENTICATED", details: { why: "no_clinic" } });
  for (const [at, { ctx }] of [one, two].entries()) {
    const { json } = await read(`; clinicSlug=${ctx.clinic.slug}`);
    expect(json.data.items.map(({ id }: { id: string }) => id)).toEqual([visits[at]?.id]);
  }
});
