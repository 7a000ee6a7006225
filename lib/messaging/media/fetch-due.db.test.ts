import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { newId } from "@/db/ids";
import { media } from "@/db/schema/media";
import { messages } from "@/db/schema/messaging";
import { inClinic, makeBareClinic, makeChannel, makePhone } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { query } from "@/lib/core/transact";
import { openThreadIn } from "@/lib/messaging/thread";
import { ensureContactPointIn } from "@/lib/patients/contact-point";
import { MOST_MEDIA_BYTES } from "./fetch-bytes";
import { fetchDueMedia } from "./fetch-due";
import { getMedia } from "./get-media";
import { queueMediaIn } from "./queue";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const asked: { path: string; authorization: string | undefined }[] = [];
let failuresLeft = 0;
let arrived: (response: ServerResponse) => void = () => undefined;
const held = new Promise<ServerResponse>((done) => (arrived = done));

/** What a vendor's media host answers: a picture, a way to it, and all that goes wrong. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  const path = request.url ?? "";
  asked.push({ path, authorization: request.headers.authorization });
  if (path === "/there") response.writeHead(302, { location: "/picture" }).end();
  else if (path === "/away") response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data" }).end();
  else if (path === "/round") response.writeHead(302, { location: "/round" }).end();
  else if (path === "/page") response.writeHead(200).end("<html><script>x()</script></html>");
  else if (path === "/large") response.writeHead(200).end(Buffer.alloc(MOST_MEDIA_BYTES + 1));
  else if (path === "/gone") response.writeHead(404).end();
  else if (path === "/held") arrived(response);
  else if (failuresLeft-- > 0) response.writeHead(503).end();
  else response.writeHead(200).end(PNG);
}

const server = createServer(answer);
await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
const address = server.address();
const base = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
const uploads = await mkdtemp(join(tmpdir(), "uploads-"));
Object.assign(process.env, { TWILIO_API_BASE_URL: base, UPLOADS_URL: uploads });
afterAll(async () => {
  server.close();
  await rm(uploads, { recursive: true });
});

async function receive(url: string, contentType = "image/png") {
  const ctx = await makeBareClinic();
  const channel = await makeChannel(ctx);
  const id = newId();
  await inClinic(ctx, async (tx) => {
    const point = await ensureContactPointIn(tx, ctx, { kind: "phone", value: makePhone() });
    const thread = await openThreadIn(tx, ctx, { id: channel.id, reopensThreads: true }, point.id);
    const row = { id, clinicId: ctx.clinic.id, conversationId: thread.id, text: "", occurredAt: ctx.now() };
    const refs = [{ url, contentType }];
    await tx
      .insert(messages)
      .values({ ...row, direction: "inbound", senderType: "patient", status: "received", media: refs });
    await queueMediaIn(tx, ctx, id, refs);
    await queueMediaIn(tx, ctx, id, refs);
  });
  return ctx;
}

const rowsOf = (ctx: ClinicContext) => query(ctx, (tx) => tx.select().from(media));

test("a picture is fetched with the channel's credentials, kept once, and read back by its clinic alone", async () => {
  const ctx = await receive(`${base}/there`);
  expect(await fetchDueMedia(ctx.clinic.id)).toBe(1);
  const [row] = await rowsOf(ctx);
  expect(row).toMatchObject({ state: "stored", contentType: "image/png", byteLength: PNG.length, leaseToken: null });
  const token = Buffer.from("AC00000000000000000000000000000001:test-twilio-auth-token").toString("base64");
  expect(asked).toEqual([
    { path: "/there", authorization: `Basic ${token}` },
    { path: "/picture", authorization: `Basic ${token}` },
  ]);
  expect(await getMedia(ctx, row?.id ?? "")).toMatchObject({ ok: true, data: { bytes: PNG } });
  expect(await getMedia(await makeBareClinic(), row?.id ?? "")).toMatchObject({ ok: false, error: "NOT_FOUND" });
  expect(await readdir(join(uploads, ctx.clinic.id))).toHaveLength(1);
});

test.each([
  ["/away", "host_not_allowed"],
  ["/round", "too_many_redirects"],
  ["/page", "type_not_allowed"],
  ["/large", "too_large"],
  ["/gone", "http_404"],
])("what leads to %s is refused for good: %s", async (path, problem) => {
  const ctx = await receive(`${base}${path}`);
  await fetchDueMedia(ctx.clinic.id);
  expect(await rowsOf(ctx)).toMatchObject([{ state: "refused", problem, storageKey: null }]);
  expect(await fetchDueMedia(ctx.clinic.id)).toBe(0);
});

test("an address of anybody's is refused before anything is asked of it", async () => {
  const ctx = await receive("https://evil.test/picture");
  await fetchDueMedia(ctx.clinic.id);
  expect(await rowsOf(ctx)).toMatchObject([{ state: "refused", problem: "host_not_allowed" }]);
});

test("a vendor that is down is asked again, five times in all", async () => {
  const ctx = await receive(`${base}/picture`);
  failuresLeft = 99;
  for (let round = 1; round <= 5; round++) {
    expect(await rowsOf(ctx)).toMatchObject([{ state: "pending", attempts: round - 1 }]);
    await fetchDueMedia(ctx.clinic.id);
    await inClinic(ctx, (tx) =>
      tx
        .update(media)
        .set({ dueAt: new Date(0) })
        .where(eq(media.state, "pending")),
    );
  }
  failuresLeft = 0;
  expect(await rowsOf(ctx)).toMatchObject([{ state: "failed", problem: "http_503" }]);
});

test("a run that was overtaken changes nothing and leaves no file behind", async () => {
  const ctx = await receive(`${base}/held`);
  const overtaken = fetchDueMedia(ctx.clinic.id);
  const response = await held;
  await inClinic(ctx, (tx) => tx.update(media).set({ leaseToken: newId() }));
  response.writeHead(200).end(PNG);
  await overtaken;
  expect(await rowsOf(ctx)).toMatchObject([{ state: "pending" }]);
  expect(await readdir(join(uploads, ctx.clinic.id))).toEqual([]);
});
