import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { env } from "@/lib/core/env";
import { canonicalJson, signBody } from "@/inngest/local/signature";
import { GET, POST, PUT } from "./route";

const URL = "http://localhost:3000/api/inngest";
const BODY = canonicalJson({ url: URL });

function request(method: "GET" | "POST" | "PUT", key?: string): NextRequest {
  const headers: Record<string, string> = { "content-type": "application/json", "x-inngest-sync-kind": "in_band" };
  if (key) headers["x-inngest-signature"] = signBody(BODY, key, new Date());
  return new NextRequest(URL, { method, headers, ...(method === "GET" ? {} : { body: BODY }) });
}

test("nothing unsigned or wrongly signed gets in, registering included", async () => {
  for (const key of [undefined, "signkey-test-00"]) {
    const answers = await Promise.all([
      PUT(request("PUT", key), {}),
      POST(request("POST", key), {}),
      GET(request("GET", key), {}),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401]);
  }
});

test("whoever holds the signing key is told which functions there are", async () => {
  const answer = await PUT(request("PUT", env().INNGEST_SIGNING_KEY), {});
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ app_id: "chairside", functions: expect.any(Array) });
});
