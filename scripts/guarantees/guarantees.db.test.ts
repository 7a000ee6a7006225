import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { z } from "zod";

const Rows = z.array(z.object({ id: z.string(), holds: z.boolean(), note: z.string() }));

test("one seed of each kill point and fault: every invariant holds afterwards", { timeout: 900_000 }, async () => {
  const command = ["--import", "tsx", "scripts/guarantees.ts", "--seeds", "1", "--json"];
  const env = { ...process.env, TEST_DATABASE_URL: inject("testServer").ownerUrl };
  const { stdout } = await promisify(execFile)(process.execPath, command, { env }).catch(
    (error: { stdout: string; stderr: string }) => ({ stdout: error.stdout || error.stderr }),
  );
  const rows = Rows.parse(JSON.parse(stdout));
  expect(rows.length).toBeGreaterThanOrEqual(35);
  expect(rows.filter(({ holds }) => !holds)).toEqual([]);
});
