import { createServer } from "node:http";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { startTwilioStub } from "./server";
import { signatureOf } from "./signature";

/* What the stub does is asked at the wire: the application and the test know it by its port alone. */

const authToken = "a token of the stub's own test";
const folder = mkdtempSync(join(tmpdir(), "chairside-stub-"));
const ledgerPath = join(folder, "ledger.jsonl");
const stub = await startTwilioStub({ authToken, ledgerPath });

interface Taken {
  form: Record<string, string>;
  signature: string;
  at: number;
}
let [taken, refusals]: [Taken[], number] = [[], 0];
const application = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += String(chunk)));
  request.once("end", () => {
    const form = Object.fromEntries(new URLSearchParams(body));
    if (refusals-- > 0) return response.writeHead(503).end();
    taken.push({ form, signature: String(request.headers["x-twilio-signature"]), at: performance.now() });
    response.end("<Response/>");
  });
});
application.listen(0, "127.0.0.1");
await new Promise((resolve) => application.once("listening", resolve));
const address = application.address();
const url = `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}/hook`;

beforeEach(() => void ([taken, refusals] = [[], 0]));
afterAll(async () => {
  await stub.close();
  application.closeAllConnections();
  application.close();
  rmSync(folder, { recursive: true });
});

const ask = async (path: string, body: unknown = null) => {
  const answered = await fetch(`${stub.controlUrl}/${path}`, { method: "POST", body: JSON.stringify(body) });
  return { status: answered.status, json: (await answered.json()) as Record<string, unknown> }; // the test reads what it asked for
};
const MESSAGES = `/2010-04-01/Accounts/${stub.carrier.accountSid}/Messages`;
const authorization = `Basic ${Buffer.from(`${stub.carrier.accountSid}:${authToken}`).toString("base64")}`;
const send = (outbox: string) =>
  fetch(`${stub.url}${MESSAGES}.json`, {
    method: "POST",
    headers: { authorization },
    body: new URLSearchParams({
      To: "+12025550171",
      From: "+12025550142",
      Body: `text ${outbox}`,
      StatusCallback: `${url}?outbox=${outbox}`,
    }),
  });
const listed = async (text: string) => {
  const answered = await fetch(`${stub.url}${MESSAGES}.json?To=%2B12025550171`, { headers: { authorization } });
  const { messages } = (await answered.json()) as { messages: { body: string }[] }; // Twilio's own form
  return messages.filter(({ body }) => body === text).length;
};
const inbound = (text: string, more: object = {}) => ({ url, from: "+12025550171", to: "+12025550142", text, ...more });

test("too many: 429 with the time to wait, and nothing is taken", async () => {
  await ask("faults", [{ kind: "too_many", retryAfter: 7 }]);
  const answered = await send("a1");
  expect([answered.status, answered.headers.get("retry-after")]).toEqual([429, "7"]);
  expect(await listed("text a1")).toBe(0);
});

test("a server error takes nothing, and the next send goes through", async () => {
  await ask("faults", [{ kind: "server_error" }]);
  expect([(await send("b1")).status, (await send("b1")).status]).toEqual([500, 201]);
  expect(await listed("text b1")).toBe(1);
});

test.each([
  ["takes it and stalls", { kind: "stall", ms: 30, isAccepted: true }, 1],
  ["stalls and forgets it", { kind: "stall", ms: 30, isAccepted: false }, 0],
  ["takes it and resets", { kind: "reset", isAccepted: true }, 1],
  ["resets", { kind: "reset", isAccepted: false }, 0],
])("%s: no answer comes, only the list tells", async (_, fault, known) => {
  const outbox = `c${JSON.stringify(fault).length}${known}`;
  await ask("faults", [fault]);
  await expect(send(outbox)).rejects.toThrow();
  expect(await listed(`text ${outbox}`)).toBe(known);
});

test("a closed port refuses before any byte, and opens again", async () => {
  await ask("port", { isOpen: false });
  await expect(send("d1")).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
  await ask("port", { isOpen: true });
  expect((await send("d1")).status).toBe(201);
});

test("a status may overtake the answer to the send", async () => {
  await ask("faults", [{ kind: "status_first", status: "delivered" }]);
  const answered = await send("e1");
  expect(answered.status).toBe(201);
  expect(taken.map(({ form }) => form.MessageStatus)).toEqual(["delivered"]);
});

test("a webhook comes signed, as often as was asked for, and until it is taken", async () => {
  await ask("webhooks", { copies: 3 });
  refusals = 4;
  const { json } = await ask("inbound", inbound("three at once", { untilTakenMs: 5000 }));
  await ask("webhooks", {});
  expect(json.status).toBe(200);
  expect(taken.map(({ form }) => [form.MessageSid, form.Body])).toEqual(Array(3).fill([json.sid, "three at once"]));
  expect(taken.every(({ form, signature }) => signature === signatureOf(authToken, url, form))).toBe(true);
});

test("held webhooks come in the seed's order, the same each time", async () => {
  const release = async (seed: number) => {
    taken = [];
    await ask("webhooks", { isHeld: true });
    for (const text of ["1", "2", "3", "4", "5"]) await ask("inbound", inbound(text));
    expect(taken).toEqual([]);
    expect((await ask("release", { seed })).json).toEqual({ released: 5 });
    return taken.map(({ form }) => form.Body).join("");
  };
  const orders = [await release(1), await release(1), await release(2), await release(3)];
  expect(orders[1]).toBe(orders[0]);
  expect(new Set(orders).size).toBeGreaterThan(1);
  expect([...(orders[0] ?? "")].sort().join("")).toBe("12345");
});

test("a slow webhook sets out late", async () => {
  await ask("webhooks", { delayMs: 120 });
  const since = performance.now();
  await ask("inbound", inbound("late"));
  await ask("webhooks", {});
  expect(taken[0]?.at).toBeGreaterThan(since + 110);
});

test("the ledger's file has every request, delivery and answer, in order, and only grows", async () => {
  const before = readFileSync(ledgerPath, "utf8");
  await send("f1");
  refusals = 1;
  await ask("inbound", inbound("hello", { untilTakenMs: 5000 }));
  const after = readFileSync(ledgerPath, "utf8");
  expect(after.startsWith(before)).toBe(true);
  const lines = after.slice(before.length).trim().split("\n");
  const told = lines
    .map((line) => JSON.parse(line))
    .map(({ kind, status }) => [kind, status].filter(Boolean).join(" "));
  expect(told).toEqual(["request", "accepted", "inbound", "webhook 503", "webhook 200"]);
});

test.each([
  ["an unknown control", "nothing", null, 404],
  ["a fault of another form", "faults", [{ kind: "flood" }], 400],
])("%s is refused", async (_, path, body, status) => {
  expect((await ask(path, body)).status).toBe(status);
});
