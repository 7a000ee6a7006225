import { expect, test } from "vitest";
import { patients } from "@/db/schema/patients";
import { query } from "@/lib/core/transact";
import { makeClinic } from "./make";

test("a clinic's transaction sees its own patients and no other clinic's", async () => {
  const [here, elsewhere] = [await makeClinic(), await makeClinic()];
  const seen = await query(here.ctx, (tx) => tx.select().from(patients));
  expect(seen.map((patient) => patient.id)).toEqual([here.patient.id]);
  expect(seen.map((patient) => patient.id)).not.toContain(elsewhere.patient.id);
});
