import { expect, test } from "vitest";
import { idempotencyKeys, liveEvents } from "@/db/schema/records";
import { inClinic, makeBareClinic } from "@/db/testing/make";
import { query } from "@/lib/core/transact";
import { clearExpired } from "./clear-expired";

const DAY_MS = 86_400_000;

test("what is older than a day goes, in every clinic, and what is younger stays", async () => {
  const clinics = [await makeBareClinic(), await makeBareClinic()];
  const [old, young] = [new Date(Date.now() - DAY_MS - 60_000), new Date()];
  for (const ctx of clinics)
    for (const at of [old, young])
      await inClinic(ctx, async (tx) => {
        const clinicId = ctx.clinic.id;
        await tx.insert(liveEvents).values({ clinicId, topic: "task", at });
        const request = { caller: "c", key: at.toISOString(), requestHash: "h", status: 200, answer: "{}" };
        await tx.insert(idempotencyKeys).values({ clinicId, ...request, createdAt: at });
      });
  expect(await clearExpired()).toMatchObject({ liveEvents: 2, keys: 2 });
  for (const ctx of clinics) {
    expect(await query(ctx, (tx) => tx.select().from(liveEvents))).toHaveLength(1);
    expect(await query(ctx, (tx) => tx.select().from(idempotencyKeys))).toHaveLength(1);
  }
  expect(await clearExpired()).toMatchObject({ liveEvents: 0, keys: 0 });
});
