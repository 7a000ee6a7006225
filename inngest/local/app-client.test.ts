import http from "node:http";
import { afterEach, expect, test } from "vitest";
import { AppClient } from "./app-client";

const servers: http.Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

async function listen(listener: http.RequestListener): Promise<string> {
  const server = http.createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}/api/inngest`;
}

test("signs by the application's clock when that differs, so that neither clock stops the work", async () => {
  const ahead = 86_400_000;
  let asked = 0;
  const url = await listen((request, response) => {
    asked += 1;
    const t = Number(new URLSearchParams(String(request.headers["x-inngest-signature"])).get("t")) * 1000;
    const theirs = Date.now() + ahead;
    response.setHeader("date", new Date(theirs).toUTCString());
    const isFresh = Math.abs(theirs - t) < 300_000;
    response.writeHead(isFresh ? 200 : 401).end(JSON.stringify({ functions: [] }));
  });
  const client = new AppClient(url, "signkey-test-00");
  expect(await client.sync()).toEqual([]);
  expect(await client.sync()).toEqual([]);
  expect(asked).toBe(3);
  client.close();
});

test("a wrong key stays refused", async () => {
  const url = await listen((_, response) => response.writeHead(401).end());
  const client = new AppClient(url, "signkey-test-00");
  await expect(client.sync()).rejects.toThrow("401");
  client.close();
});
