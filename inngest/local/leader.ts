import { randomUUID } from "node:crypto";
import pg from "pg";
import { log } from "@/lib/core/log";
import type { Settings } from "./settings";

/** Any pair of numbers, the same in every process. */
const LOCK = [4242, 1] as const;
const RECONNECT_MS = 500;

interface Listener {
  onElected: () => void;
  onLost: () => void;
  /** Another process stored events. */
  onWake: () => void;
}

/**
 * Elects one process by a session-level advisory lock, on a connection of its own that also listens for wakes.
 * When the connection is lost, so is the lock. A leader whose heartbeat stopped (a paused process keeps its
 * connection) is disconnected by those who wait; what it still believes to be its leases has been fenced off.
 */
export class Leadership {
  readonly id = randomUUID();
  /** The connection that counts, from its first attempt on; what an older one still says is ignored. */
  private client: pg.Client | undefined;
  isConnected = false;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;
  isLeader = false;

  constructor(
    private readonly settings: Settings,
    private readonly listener: Listener,
  ) {}

  async start(): Promise<void> {
    await this.connect();
  }

  /** Gives the lock back; `abruptly` drops the connection instead, as a killed process would. */
  async stop(abruptly = false): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    this.lose();
    const client = this.client;
    this.client = undefined;
    if (!client) return;
    if (abruptly) return client.end().catch(() => undefined);
    await client.query("delete from executor.heartbeats where id = $1", [this.id]).catch(() => undefined);
    await client.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    if (this.isStopped) return;
    const client = new pg.Client({
      connectionString: this.settings.databaseUrl,
      application_name: "chairside-executor-leader",
      connectionTimeoutMillis: 3000,
      query_timeout: 5000,
      keepAlive: true,
    });
    this.client = client;
    client.on("error", () => this.disconnected(client));
    client.on("end", () => this.disconnected(client));
    client.on("notification", () => this.listener.onWake());
    try {
      await client.connect();
      await client.query("listen executor_wake");
      this.isConnected = this.client === client;
      await this.turn(client);
    } catch (error) {
      if (!this.isStopped) log.warn({ error }, "executor can't reach the database");
      client.end().catch(() => undefined);
      this.disconnected(client);
    }
  }

  private disconnected(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    this.isConnected = false;
    this.lose();
    if (this.isStopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.connect(), RECONNECT_MS);
  }

  private lose(): void {
    if (!this.isLeader) return;
    this.isLeader = false;
    this.listener.onLost();
  }

  /** One beat: candidates try for the lock, everyone shows that it lives, then the next is set. */
  private async turn(client: pg.Client): Promise<void> {
    const mayLead = this.isLeader || (await this.takeLock(client));
    await client.query(
      `insert into executor.heartbeats (id, is_leader) values ($1, $2)
       on conflict (id) do update set is_leader = excluded.is_leader, beat_at = now()`,
      [this.id, mayLead],
    );
    if (this.client !== client || this.isStopped) return;
    if (mayLead && !this.isLeader) {
      this.isLeader = true;
      log.info({ executorId: this.id }, "executor leads");
      this.listener.onElected();
    }
    const pauseMs = this.isLeader ? this.settings.beatMs : this.settings.electMs;
    this.timer = setTimeout(() => {
      this.turn(client).catch(() => {
        client.end().catch(() => undefined);
        this.disconnected(client);
      });
    }, pauseMs);
  }

  private async takeLock(client: pg.Client): Promise<boolean> {
    const { rows } = await client.query<{ locked: boolean }>("select pg_try_advisory_lock($1, $2) as locked", [
      ...LOCK,
    ]);
    if (rows[0]?.locked) return true;
    await client.query(
      `select pg_terminate_backend(pid) from pg_locks
       where locktype = 'advisory' and classid = $1 and objid = $2 and granted and pid <> pg_backend_pid()
       and database = (select oid from pg_database where datname = current_database())
       and exists (select from executor.heartbeats where is_leader)
       and not exists (select from executor.heartbeats where is_leader and beat_at > now() - 4 * $3 * interval '1 ms')`,
      [...LOCK, this.settings.beatMs],
    );
    return false;
  }
}
