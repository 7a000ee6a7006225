import { join } from "node:path";
import { chromium, type Browser, type Page } from "@playwright/test";
import { z } from "zod";
import type { ClinicContext } from "@/lib/core/context";
import { findChromium } from "@/scripts/run/chromium.mjs";
import { quantile, rowOf, type Plan, type Row } from "./row";
import type { Scratch } from "./scratch";
import { serveNext } from "./server";

const PROVIDERS = 12;
const VISITS_EACH = 30;
const VISIT_MINUTES = 15;
const DAY = "2026-12-02";
const FIRST_MINUTE = 13 * 60;
const PATIENCE_MS = 20_000;

/** A clinic's full day: until it is painted, until its cards are there, and how long dragging one holds the page up. */
export async function calendar(plan: Plan, scratch: Scratch): Promise<Row[]> {
  const { ctx, userId } = await makeFullDay();
  const { cookieOf } = await import("@/db/testing/call");
  const cookie = await cookieOf(userId, new Date());
  const server = await serveNext({ folder: process.cwd(), log: join(scratch.folder, "calendar-server.log") });
  const executablePath = findChromium();
  const browser = await chromium.launch({ args: ["--no-sandbox"], ...(executablePath ? { executablePath } : {}) });
  const address = `${server.url}/c/${ctx.clinic.slug}/calendar?day=${DAY}`;
  const rounds: Times[] = [];
  try {
    for (let round = 0; round <= plan.rounds; round++) {
      const times = await open(browser, address, cookie);
      const words = Object.entries(times).map(([name, ms]) => `${name} ${ms.toFixed(0)}`);
      plan.say(`  round ${round}: ${words.join(", ")} ms`);
      if (round > 0) rounds.push(times);
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  return rowsOf(rounds);
}

function rowsOf(rounds: readonly Times[]): Row[] {
  const median = (name: keyof Times) =>
    quantile(
      rounds.map((times) => times[name]),
      0.5,
    ).toFixed(0);
  const facts = { suite: "calendar", better: "lower", unit: "ms" } as const;
  const note = `${PROVIDERS} providers with ${VISITS_EACH} visits each, nothing cached; all cards after ${median("whole")} ms`;
  return [
    rowOf(
      { ...facts, name: "first-paint", gate: 1000, moonshot: 400, note },
      rounds.map(({ first }) => first),
    ),
    rowOf(
      {
        ...{ ...facts, name: "longest-task-dragging", gate: 200, moonshot: 50 },
        note: `a card dragged over the whole day; ${median("longestOwn")} ms of processor time`,
      },
      rounds.map(({ longest }) => longest),
    ),
  ];
}

async function makeFullDay(): Promise<{ ctx: ClinicContext; userId: string }> {
  const { makeBareClinic, makePatient, makeProvider, makeService, makeUser } = await import("@/db/testing/make");
  const { makeVisit } = await import("@/db/testing/make-visit");
  const ctx = await makeBareClinic({}, new Date().toISOString());
  const ids: string[] = [];
  for (let at = 0; at < PROVIDERS; at++) ids.push((await makeProvider(ctx)).id);
  const service = await makeService(ctx, { providerIds: ids, durationMinutes: VISIT_MINUTES });
  for (const providerId of ids)
    for (let at = 0; at < VISITS_EACH; at++) {
      const patient = await makePatient(ctx);
      const startsAt = new Date(Date.parse(`${DAY}T00:00:00Z`) + (FIRST_MINUTE + at * VISIT_MINUTES) * 60_000);
      const slot = { patientId: patient.id, serviceId: service.id, providerId, startsAt };
      await makeVisit(ctx, { ...slot, minutes: VISIT_MINUTES });
    }
  return { ctx, userId: (await makeUser([{ ctx, role: "STAFF" }])).id };
}

interface Times {
  /** From the asking to the first contentful paint. */
  first: number;
  whole: number;
  longest: number;
  longestOwn: number;
}

async function open(browser: Browser, address: string, cookie: string): Promise<Times> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const [name = "", value = ""] = cookie.split(/=(.*)/s);
    await context.addCookies([{ name, value, url: new URL(address).origin }]);
    const page = await context.newPage();
    const started = performance.now();
    await page.goto(address, { waitUntil: "commit" });
    await page
      .locator("[data-card]")
      .nth(PROVIDERS * VISITS_EACH - 1)
      .waitFor({ state: "attached", timeout: PATIENCE_MS });
    const whole = performance.now() - started;
    const first = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
    if (first === undefined) throw new Error("nothing was painted");
    return { first, whole, ...(await drag(page)) };
  } finally {
    await context.close();
  }
}

/**
 * The longest task of the page while one card is taken through the columns and let go: by the clock, and by the
 * processor's time that it took, which other work on the machine does not stretch.
 */
async function drag(page: Page): Promise<{ longest: number; longestOwn: number }> {
  await page.waitForTimeout(1000); // what the page still does after it was opened is no part of it
  const session = await page.context().newCDPSession(page);
  const tasks: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => {
    tasks.push(...value.map((event) => TraceEvent.parse(event)).filter(({ name }) => name.endsWith("RunTask")));
  });
  const isDone = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.start", { categories: "toplevel,disabled-by-default-devtools.timeline" });
  const box = await page
    .locator("[data-card]")
    .nth(VISITS_EACH / 2)
    .boundingBox();
  if (!box) throw new Error("no card to drag");
  await page.mouse.move(box.x + 20, box.y + 5);
  await page.mouse.down();
  for (let step = 1; step <= 40; step++) await page.mouse.move(box.x + 20 + step * 15, box.y + 5 + (step % 20) * 10);
  await page.mouse.up();
  await page.waitForTimeout(500);
  await session.send("Tracing.end");
  await isDone;
  const most = (times: number[]) => Math.max(0, ...times) / 1000;
  return { longest: most(tasks.map(({ dur }) => dur)), longestOwn: most(tasks.map(({ tdur }) => tdur)) };
}

/** Microseconds, by the clock and of the thread. */
const TraceEvent = z.object({ name: z.string(), dur: z.number().default(0), tdur: z.number().default(0) });
type TraceEvent = z.infer<typeof TraceEvent>;
