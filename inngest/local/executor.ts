import type http from "node:http";
import type pg from "pg";
import { log } from "@/lib/core/log";
import { AppClient } from "./app-client";
import { inTransaction, openPool } from "./database";
import { driveRun, type News } from "./drive-run";
import { storeEvents } from "./event-store";
import { Leadership } from "./leader";
import { prune } from "./prune";
import type { StoredEvent } from "./protocol";
import { claimDue, lookAhead, QUEUE_KINDS, renewLeases, settle, type Claimed, type QueueKind } from "./queue-store";
import { Registry } from "./registry";
import { routeEvents } from "./route-events";
import { resolveStep } from "./run-store";
import { startDebounced, syncCrons, tickCron } from "./schedule";
import { listen, makeServer } from "./server";
import type { Settings } from "./settings";

const PRUNE_MS = 300_000;
const GRACE_MS = 3000;
/** What can go on while the application is away: nothing that calls it, and no tick that would pile up. */
const WITHOUT_APP: readonly QueueKind[] = ["SLEEP", "WAIT", "START"];

/**
 * Runs background functions over the Inngest SDK's HTTP protocol, with its state in Postgres. Any number of
 * processes may run: all take events, one leads. Whatever is killed, leases expire and runs go on from the
 * steps they remember.
 */
export class Executor {
  private readonly pool: pg.Pool;
  private readonly app: AppClient;
  private readonly registry = new Registry();
  private readonly leadership: Leadership;
  private readonly server: http.Server;
  private readonly inFlight = new Map<string, { abort: AbortController; done: Promise<void> }>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private pollTimer: NodeJS.Timeout | undefined;
  private isTurning = false;
  private isWoken = false;
  private hasEvents = true;
  private isAppUp = false;
  private isStopped = false;
  private syncing: Promise<void> | undefined;
  /** Counts the times this process led: what one term began must not go on in the next. */
  private term = 0;
  port = 0;

  constructor(private readonly settings: Settings) {
    this.pool = openPool(settings.databaseUrl);
    this.app = new AppClient(settings.serveUrl, settings.signingKey);
    this.leadership = new Leadership(settings, {
      onElected: () => void this.lead(),
      onLost: () => this.resign(),
      onWake: () => this.wake({ hasEvents: true }),
    });
    this.server = makeServer(settings, {
      store: (events) => this.store(events),
      health: () => this.health(),
      sync: () => this.sync(),
    });
  }

  get isLeader(): boolean {
    return this.leadership.isLeader;
  }

  /** Listens and stands for election. Resolves when events are accepted; leading comes when it comes. */
  async start(): Promise<void> {
    this.port = await listen(this.server, this.settings);
    await this.leadership.start();
  }

  /** Takes nothing new, lets calls under way end for a moment, hands over the lead. */
  async stop(): Promise<void> {
    this.isStopped = true;
    const calls = [...this.inFlight.values()].map((call) => call.done);
    const grace = new Promise<void>((resolve) => this.after(GRACE_MS, resolve));
    await Promise.race([Promise.all(calls), grace]);
    await this.close(false);
  }

  /** Ends as a killed process would: leases stay, answers of calls under way are lost. For tests. */
  async crash(): Promise<void> {
    this.isStopped = true;
    await this.close(true);
  }

  private async close(abruptly: boolean): Promise<void> {
    this.resign();
    this.server.close();
    this.server.closeAllConnections();
    await this.leadership.stop(abruptly);
    this.app.close();
    await Promise.all([...this.inFlight.values()].map((call) => call.done));
    await this.pool.end();
  }

  private health() {
    const isHealthy = !this.isStopped && (this.leadership.isLeader || this.leadership.isConnected);
    return {
      isHealthy,
      leader: this.leadership.isLeader,
      app: this.isAppUp,
      functions: this.registry.size,
      calls: this.inFlight.size,
    };
  }

  private async store(events: StoredEvent[]): Promise<void> {
    await storeEvents(this.pool, events, { isLeader: this.isLeader });
    this.wake({ hasEvents: true });
  }

  private async lead(): Promise<void> {
    try {
      await this.registry.load(this.pool);
      await prune(this.pool);
    } catch (error) {
      log.warn({ error }, "executor begins without its list of functions");
    }
    this.every(this.settings.renewMs, () => this.renew());
    this.every(this.settings.syncMs, () => this.sync());
    this.every(PRUNE_MS, async () => {
      await prune(this.pool);
      await syncCrons(this.pool, this.registry);
    });
    this.isAppUp = false;
    void this.sync();
    this.wake({ hasEvents: true });
  }

  private resign(): void {
    this.term += 1;
    this.syncing = undefined;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    clearTimeout(this.pollTimer);
    for (const { abort } of this.inFlight.values()) abort.abort();
  }

  private after(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, ms);
    this.timers.add(timer);
  }

  private every(ms: number, work: () => Promise<void>): void {
    const { term } = this;
    this.after(ms, () => {
      work()
        .catch((error: unknown) => log.warn({ error }, "executor chore failed"))
        .finally(() => {
          if (this.term === term) this.every(ms, work);
        })
        .catch(() => undefined);
    });
  }

  private async renew(): Promise<void> {
    const tokens = [...this.inFlight.keys()]; // of now: others may be claimed before the answer comes
    if (tokens.length === 0) return;
    const held = await renewLeases(this.pool, this.settings.leaseMs, tokens);
    for (const token of tokens) if (!held.has(token)) this.inFlight.get(token)?.abort.abort();
  }

  /** Reads the functions from the application, again and again until it answers. One at a time. */
  private sync(): Promise<void> {
    if (this.syncing) return this.syncing;
    const syncing = this.readFunctions(this.term, 0).finally(() => {
      if (this.syncing === syncing) this.syncing = undefined;
    });
    this.syncing = syncing;
    return syncing;
  }

  private async readFunctions(term: number, failures: number): Promise<void> {
    if (!this.isLeader || this.isStopped) return;
    try {
      const configs = await this.app.sync();
      if (this.term !== term) return;
      const isNew = await this.registry.replace(this.pool, configs);
      if (isNew || !this.isAppUp) await syncCrons(this.pool, this.registry);
      if (isNew) log.info({ functions: this.registry.size }, "background functions read");
      this.isAppUp = true;
      this.wake({ hasEvents: true });
    } catch (error) {
      if (this.term !== term) return;
      if (failures === 20) log.warn({ error }, "background functions can't be read");
      this.isAppUp = false;
      const pauseMs = Math.min(1000, 100 * 2 ** Math.min(failures, 10));
      await new Promise<void>((resolve) => this.after(pauseMs, resolve));
      return this.readFunctions(term, failures + 1);
    }
  }

  /** Runs a turn now, or right after the one that is running. */
  private wake(why: { hasEvents?: boolean } = {}): void {
    this.hasEvents ||= why.hasEvents ?? false;
    if (this.isTurning) this.isWoken = true;
    else void this.turns();
  }

  private async turns(): Promise<void> {
    this.isTurning = true;
    clearTimeout(this.pollTimer);
    let pauseMs = this.settings.pollMs;
    do {
      this.isWoken = false;
      if (!this.isLeader || this.isStopped) break;
      try {
        pauseMs = await this.turn();
      } catch (error) {
        if (!this.isStopped) log.warn({ error }, "executor turn failed");
        pauseMs = Math.min(1000, this.settings.pollMs);
        this.hasEvents = true;
      }
    } while (this.isWoken);
    this.isTurning = false;
    if (!this.isLeader || this.isStopped) return;
    this.pollTimer = setTimeout(() => this.wake(), Math.max(1, pauseMs));
  }

  /** Routes what came, begins what is due. Answers how long nothing more is. */
  private async turn(): Promise<number> {
    const { registry, settings } = this;
    while (this.hasEvents && registry.isReady) {
      this.hasEvents = false; // first, so that what comes meanwhile is seen in the next round
      const routed = await inTransaction(this.pool, (sql) => routeEvents(sql, registry, settings.timeScale));
      this.hasEvents ||= routed > 0;
    }
    const free = settings.parallelCalls - this.inFlight.size;
    if (free <= 0) return settings.pollMs;
    const kinds = this.isAppUp ? QUEUE_KINDS : WITHOUT_APP;
    const items = await claimDue(this.pool, settings.leaseMs, free, kinds);
    for (const item of items) this.begin(item);
    if (items.length > 0) this.isWoken = true; // there may be more
    if (items.length > 0) return settings.pollMs;
    const ahead = await lookAhead(this.pool, kinds);
    if (ahead.hasEvents && registry.isReady) this.wake({ hasEvents: true });
    return Math.min(settings.pollMs, ahead.dueMs ?? settings.pollMs);
  }

  private begin(item: Claimed): void {
    const abort = new AbortController();
    const done = this.work(item, abort.signal)
      .catch((error: unknown) => {
        if (!this.isStopped) log.warn({ error, functionId: item.functionId }, "executor left work to its lease");
      })
      .finally(() => {
        this.inFlight.delete(item.leaseToken);
        this.wake();
      });
    this.inFlight.set(item.leaseToken, { abort, done });
  }

  private async work(item: Claimed, signal: AbortSignal): Promise<void> {
    const { pool, app, registry, settings } = this;
    if (item.kind === "CRON") return inTransaction(pool, (sql) => tickCron(sql, registry, item));
    if (item.kind === "START") return inTransaction(pool, (sql) => startDebounced(sql, registry, item));
    const { run, stepId } = item;
    if (!run) return void (await settle(pool, item));
    if (item.kind !== "CALL") return inTransaction(pool, (sql) => endWait(sql, item, run.id, stepId ?? ""));
    return driveRun({ pool, app, registry, settings, tell: (news) => this.hear(news) }, item, run, signal);
  }

  private hear(news: News): void {
    if (news === "events") return this.wake({ hasEvents: true });
    if (news === "unreachable") this.isAppUp = false;
    if (this.isLeader) void this.sync();
  }
}

/** A sleep is over, or nothing came in time: the step has no value then, and an invoked run counts as failed. */
async function endWait(sql: pg.ClientBase, item: Claimed, runId: string, stepId: string): Promise<void> {
  if (!(await settle(sql, item))) return;
  const { rows } = await sql.query<{ event_name: string | null }>(
    "select event_name from executor.waits where run_id = $1 and step_id = $2",
    [runId, stepId],
  );
  const isInvoke = rows[0]?.event_name === null;
  const error = { name: "InngestInvokeTimeoutError", message: "the invoked function took too long" };
  await resolveStep(sql, runId, stepId, isInvoke ? { type: "error", error } : { type: "data", data: null });
}
