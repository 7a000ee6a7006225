import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { newId } from "@/db/ids";
import { cookieOf } from "@/db/testing/call";
import { makeUser } from "@/db/testing/make";
import { OTHER_PAGES, PAGE_ROWS } from "@/db/testing/permission-rows";
import { systemContext } from "@/lib/clinics/mint";
import { expect, test } from "./fixtures";
import { knock } from "./wire";

/** What the running server shows the outside, whoever asks. */

const PAGES = [...Object.keys(PAGE_ROWS), ...Object.keys(OTHER_PAGES)].map(
  (page) => `/${page.replace("(public)/", "").replace("[slug]", "demo-dental").replace("[token]", newId())}`,
);

test("every page forbids what it doesn't need, by a nonce of its own, and is kept by nobody", async ({ baseURL }) => {
  const owner = await makeUser([{ ctx: await systemContext("demo-dental", "e2e"), role: "OWNER" }]);
  const cookie = await cookieOf(owner.id);
  const nonces = new Set<string>();
  for (const path of PAGES) {
    const { headers } = await knock(baseURL ?? "", { path, headers: { cookie } });
    expect([path, headers]).toMatchObject([
      path,
      {
        "strict-transport-security": "max-age=63072000",
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
        "cross-origin-opener-policy": "same-origin",
      },
    ]);
    expect([path, headers["x-powered-by"]]).toEqual([path, undefined]);
    const policy = String(headers["content-security-policy"]);
    for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      expect([path, policy]).toEqual([path, expect.stringContaining(part)]);
    expect([path, String(headers["cache-control"])]).toEqual([path, expect.stringContaining("no-store")]);
    nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? "none");
  }
  expect(nonces.size).toBe(PAGES.length);
});

test("nobody who can't sign reaches the job endpoint", async ({ baseURL }) => {
  const headers = { "content-type": "application/json", "content-length": "2" };
  for (const method of ["POST", "PUT"]) {
    const answer = await knock(baseURL ?? "", { method, path: "/api/inngest?fnId=x&stepId=step", headers, body: "{}" });
    expect([method, answer.status]).toEqual([method, 401]);
  }
});

test("what browsers are given holds none of the server's secrets", () => {
  const { SESSION_SECRET = "", TWILIO_AUTH_TOKEN = "", INNGEST_SIGNING_KEY = "", DATABASE_URL = "" } = process.env;
  const secrets = [SESSION_SECRET, TWILIO_AUTH_TOKEN, INNGEST_SIGNING_KEY, DATABASE_URL].filter(Boolean);
  expect(secrets.length).toBeGreaterThan(2);
  const folder = join(".next", "static");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.(js|css|map)$/.test(file),
  );
  expect(files.length).toBeGreaterThan(10);
  const telling = files.filter((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    return (
      secrets.some((secret) => text.includes(secret)) || /chairside_app|TWILIO_AUTH_TOKEN|startTwilioStub/.test(text)
    );
  });
  expect(telling).toEqual([]);
});
