import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, devices } from "@playwright/test";
import { findChromium } from "./scripts/run/chromium.mjs";

/*
 * The browser tests' own Chairside: started by the launcher on a port of its own, with a fresh database that is thrown
 * away afterwards. This file is read in every process of a run, so the port is chosen once and handed on.
 */
const port = (process.env.E2E_PORT ??= String(20_000 + Math.floor(Math.random() * 20_000)));
const chromium = (process.env.CHROMIUM_PATH ??= findChromium());
const baseURL = `http://localhost:${port}`;

// Tests look into the database and sign webhooks with the secrets of the running stack.
const environment = join(".data", "e2e", port, "env.json");
if (process.env.TEST_WORKER_INDEX !== undefined && existsSync(environment))
  Object.assign(process.env, JSON.parse(readFileSync(environment, "utf8")));

// Root needs no-sandbox; the rest keeps a browser from calling its maker.
const quiet = ["background-networking", "component-update", "sync", "gpu", "quic", "dev-shm-usage"];
const args = ["--no-sandbox", "--no-first-run", ...quiet.map((part) => `--disable-${part}`)];

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"], ["json", { outputFile: process.env.E2E_RESULT ?? "test-results/result.json" }]],
  use: {
    baseURL,
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    trace: "retain-on-failure",
    locale: "en-US",
    // Nobody's: a time that shows the browser's zone instead of the clinic's is seen at once.
    timezoneId: "Pacific/Auckland",
    launchOptions: { args, ...(chromium ? { executablePath: chromium } : {}) },
  },
  projects: [
    { name: "desktop", use: { ...devices["Desktop Chrome"], viewport: { width: 1440, height: 900 } } },
    // The wire looks the same from a phone.
    {
      name: "phone",
      use: { ...devices["Pixel 7"] },
      testIgnore: ["strangers*.spec.ts", "outside.spec.ts", "bundle.spec.ts", "get-changes-nothing.spec.ts"],
    },
  ],
  webServer: {
    command: "node scripts/start.mjs --test",
    url: `${baseURL}/api/health`,
    env: { PORT: port },
    timeout: 240_000,
    stdout: "pipe",
    stderr: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
  },
});
