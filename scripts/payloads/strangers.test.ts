import { createServer, get } from "node:http";
import { once } from "node:events";
import { expect, test } from "vitest";
import { watchStrangers } from "./strangers";

test("a stranger is noticed by name and by number, whoever asks; this machine is none", async () => {
  const strangers = watchStrangers();
  const server = createServer((_request, response) => response.end("here"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await fetch(`http://127.0.0.1:${address && typeof address === "object" ? address.port : 0}/`).then((r) => r.text());
  server.close();
  expect([...strangers]).toEqual([]);
  const soon = AbortSignal.timeout(500);
  await fetch("http://[::ffff:0:0]:8081/", { signal: soon }).catch(() => undefined);
  await fetch("http://pictures.invalid/", { signal: soon }).catch(() => undefined);
  const request = get("http://other.invalid/", { signal: soon });
  await once(request, "error").catch(() => undefined);
  expect(strangers).toContain("pictures.invalid");
  expect(strangers).toContain("other.invalid");
  expect(strangers.size).toBe(3);
});
