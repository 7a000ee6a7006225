import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { pool } from "@/db/client";
import { newId } from "@/db/ids";
import { inClinic, makeBareClinic } from "@/db/testing/make";
import { announce } from "./announce";
import { isKept, readChanges, readEnd } from "./feed";
import { openStream } from "./stream";

const PATIENCE_MS = 15_000;

const tell = (ctx: Awaited<ReturnType<typeof makeBareClinic>>) => {
  const id = newId();
  return inClinic(ctx, (tx) => announce(tx, ctx, "message", id)).then(() => id);
};

test("a change whose transaction commits late is not skipped", async () => {
  const ctx = await makeBareClinic();
  const start = await readEnd(ctx);
  const late = await pool().connect();
  const lateId = newId();
  await late.query("begin");
  await late.query("select set_config('app.clinic_id', $1, true)", [ctx.clinic.id]);
  await late.query("insert into live_events (clinic_id, topic, entity_id) values ($1, 'message', $2)", [
    ctx.clinic.id,
    lateId,
  ]);
  const earlyId = await tell(ctx);
  const seen = await readChanges(ctx, start);
  expect(seen).toEqual([]); // the later row waits behind the transaction that still runs
  await late.query("commit");
  late.release();
  // A transaction of anybody else on this server holds them up as well, for as long as it runs.
  await vi.waitFor(async () => {
    const after = await readChanges(ctx, start);
    expect(after.map((change) => change.entityId).sort()).toEqual([lateId, earlyId].sort());
  }, PATIENCE_MS);
}, 20_000);

test("a reader who has missed what is no longer kept is told so", async () => {
  const ctx = await makeBareClinic();
  await tell(ctx);
  const change = await vi.waitFor(async () => {
    const [first] = await readChanges(ctx, { xid: 0n, id: 0n });
    expect(first).toBeDefined();
    return first;
  }, PATIENCE_MS);
  expect(await isKept(ctx, change?.cursor ?? { xid: 0n, id: 0n })).toBe(true);
  expect(await isKept(ctx, { xid: 1n, id: 1n })).toBe(false);
  await inClinic(ctx, (tx) => tx.execute(sql`select 1`));
}, 20_000);

/** Reads a stream until `enough`, then leaves. */
async function readStream(response: Response, enough: (text: string) => boolean): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  while (reader && !enough(text)) text += decoder.decode((await reader.read()).value, { stream: true });
  await reader?.cancel();
  return text;
}

test("a stream tells of a commit, of no other clinic's, and resumes after the last id without a gap or a double", async () => {
  const [here, elsewhere] = [await makeBareClinic(), await makeBareClinic()];
  const leave = new AbortController();
  const stream = await openStream(here, null, leave.signal, () => () => undefined);
  await tell(elsewhere);
  const first = await tell(here);
  const text = await readStream(stream, (soFar) => soFar.includes(first));
  leave.abort();
  expect(text.match(/event: change/g)).toHaveLength(1);
  const lastId = [...text.matchAll(/id: ([\d.]+)\nevent: change/g)].at(-1)?.[1] ?? "";
  const [second, third] = [await tell(here), await tell(here)];
  const again = new AbortController();
  const resumed = await openStream(here, lastId, again.signal, () => () => undefined);
  const rest = await readStream(resumed, (soFar) => soFar.includes(third));
  again.abort();
  expect([...rest.matchAll(/"entity_id":"([^"]+)"/g)].map((match) => match[1])).toEqual([second, third]);
});

test("a cursor that can't be resumed from gets a reset first", async () => {
  const ctx = await makeBareClinic();
  const leave = new AbortController();
  const stream = await openStream(ctx, "nonsense", leave.signal, () => () => undefined);
  const text = await readStream(stream, (soFar) => soFar.includes("\n\n"));
  leave.abort();
  expect(text).toContain("event: reset");
});
