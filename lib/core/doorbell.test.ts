import http from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

interface Heard {
  path: string | undefined;
  events: unknown;
}

let heard: Heard[] = [];
let onHeard: () => void = () => undefined;
let status = 200;
const server = http.createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += String(chunk)));
  request.on("end", () => {
    heard.push({ path: request.url, events: JSON.parse(body) });
    response.writeHead(status).end("{}");
    onHeard();
  });
});

const doorbell = async () => import("./doorbell");

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  vi.stubEnv("INNGEST_BASE_URL", `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`);
  vi.stubEnv("INNGEST_EVENT_KEY", "key");
  vi.stubEnv("INNGEST_SIGNING_KEY", "signkey-test-00");
  vi.stubEnv("LOG_LEVEL", "silent");
});
beforeEach(() => {
  heard = [];
  status = 200;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

test("equal rings of a moment travel once, in one request with the others", async () => {
  const { ring, ringsSent } = await doorbell();
  for (let i = 0; i < 5; i++) ring({ name: "a/due", data: { id: 1 } });
  ring({ name: "a/due", data: { id: 2 } });
  await ringsSent();
  expect(heard).toEqual([
    {
      path: "/e/key",
      events: [
        { name: "a/due", data: { id: 1 } },
        { name: "a/due", data: { id: 2 } },
      ],
    },
  ]);
});

test("a ring after one was sent is sent too", async () => {
  const { ring, ringsSent } = await doorbell();
  ring({ name: "a/due", data: {} });
  await ringsSent();
  ring({ name: "a/due", data: {} });
  await ringsSent();
  expect(heard).toHaveLength(2);
});

test("a bell that was just rung waits a little before it is rung again, and another bell doesn't", async () => {
  const { ring, ringsSent } = await doorbell();
  const [crowd, other] = [
    { name: "crowd/came", data: {} },
    { name: "other/due", data: {} },
  ];
  const hear = () => new Promise<void>((resolve) => (onHeard = resolve));
  ring(crowd);
  await ringsSent();
  const since = performance.now();
  const next = hear();
  ring(crowd);
  await next;
  expect(performance.now() - since).toBeGreaterThan(15);
  ring(crowd);
  ring(other);
  await ringsSent();
  expect(heard.map(({ events }) => events)).toEqual([[crowd], [crowd], [crowd, other]]);
});

test("a ring that nobody hears is not an error", async () => {
  const { ring, ringsSent } = await doorbell();
  status = 503;
  ring({ name: "a/due", data: {} });
  await expect(ringsSent()).resolves.toBeUndefined();
});
