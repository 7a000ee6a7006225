import { join } from "node:path";
import { chromium, type Browser } from "@playwright/test";
import pg from "pg";
import type { ClinicContext } from "@/lib/core/context";
import { findChromium } from "@/scripts/run/chromium.mjs";
import { makeBusyInbox, MESSAGES_EACH, SOUGHT, THREADS } from "./busy-inbox";
import { quantile, rowOf, type Plan, type Row } from "./row";
import type { Scratch } from "./scratch";
import { serveNext } from "./server";

const SEARCHES_EACH = 10;
const PATIENCE_MS = 20_000;

/** The inbox of a clinic with 20,000 threads and a million messages: how long a search takes, and until it is painted. */
export async function inbox(plan: Plan, scratch: Scratch): Promise<Row[]> {
  plan.say(`  filling in ${THREADS} threads, ${THREADS * MESSAGES_EACH} messages`);
  const { ctx, user } = await makeBusyInbox();
  const owner = new pg.Client(scratch.ownerUrl);
  await owner.connect();
  await owner.query("vacuum analyze");
  await owner.end();
  return [await search(plan, ctx), await paint(plan, scratch, ctx, user.id)];
}

async function search(plan: Plan, ctx: ClinicContext): Promise<Row> {
  const slowest: number[] = [];
  let words = "";
  for (let round = 0; round <= plan.rounds; round++) {
    const times: Record<string, number> = {};
    for (const [kind, q] of Object.entries(SOUGHT)) times[kind] = await timeOf(ctx, q);
    words = Object.entries(times)
      .map(([kind, ms]) => `${kind} ${ms.toFixed(0)}`)
      .join(", ");
    plan.say(`  round ${round}: search p95 ${words} ms`);
    if (round > 0) slowest.push(Math.max(...Object.values(times)));
  }
  const note = `p95 of the slowest kind, the whole verb and its page; last round: ${words} ms`;
  return rowOf(
    { ...{ suite: "inbox", name: "search", gate: 100, moonshot: 20, better: "lower", unit: "ms" }, note } as const,
    slowest,
  );
}

/** The 95th percentile of some searches for the same. */
async function timeOf(ctx: ClinicContext, q: string): Promise<number> {
  const { listConversations } = await import("@/lib/messaging/inbox/list-conversations");
  const { ListConversations } = await import("@/lib/messaging/schema");
  const took: number[] = [];
  for (let time = 0; time < SEARCHES_EACH; time++) {
    const started = performance.now();
    const answer = await listConversations(ctx, ListConversations.parse({ q }));
    took.push(performance.now() - started);
    if (!answer.ok || answer.data.items.length === 0) throw new Error(`nothing found for ${q}`);
  }
  return quantile(took, 0.95);
}

async function paint(plan: Plan, scratch: Scratch, ctx: ClinicContext, userId: string): Promise<Row> {
  const { cookieOf } = await import("@/db/testing/call");
  const cookie = await cookieOf(userId, new Date());
  const server = await serveNext({ folder: process.cwd(), log: join(scratch.folder, "inbox-server.log") });
  const executablePath = findChromium();
  const browser = await chromium.launch({ args: ["--no-sandbox"], ...(executablePath ? { executablePath } : {}) });
  const address = `${server.url}/c/${ctx.clinic.slug}/inbox`;
  const rounds: { first: number; whole: number }[] = [];
  try {
    for (let round = 0; round <= plan.rounds; round++) {
      const times = await open(browser, address, cookie);
      plan.say(`  round ${round}: first paint ${times.first.toFixed(0)}, threads shown ${times.whole.toFixed(0)} ms`);
      if (round > 0) rounds.push(times);
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  const whole = rounds.map((round) => round.whole);
  const note = `a new browser each time, nothing cached; threads shown after ${quantile(whole, 0.5).toFixed(0)} ms`;
  return rowOf(
    {
      ...{ suite: "inbox", name: "first-paint", gate: 1000, moonshot: 400, better: "lower", unit: "ms" },
      note,
    } as const,
    rounds.map(({ first }) => first),
  );
}

/** Milliseconds from asking for the page to its first contentful paint, and until threads can be read. */
async function open(browser: Browser, address: string, cookie: string) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const [name = "", value = ""] = cookie.split(/=(.*)/s);
    await context.addCookies([{ name, value, url: new URL(address).origin }]);
    const page = await context.newPage();
    const started = performance.now();
    await page.goto(address, { waitUntil: "commit" });
    await page.locator("li time").first().waitFor({ timeout: PATIENCE_MS });
    const whole = performance.now() - started;
    const first = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
    if (first === undefined) throw new Error("nothing was painted");
    return { first, whole };
  } finally {
    await context.close();
  }
}
