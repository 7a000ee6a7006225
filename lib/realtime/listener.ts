import { Client } from "pg";
import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { LIVE_CHANNEL } from "./notify";

type Wake = () => void;
interface Shared {
  chairsideListener?: Listener;
}
const shared: Shared = globalThis as Shared;

const RECONNECT_MS = 1_000;

/** One LISTEN connection a process; it wakes the streams of the clinics that a notification names. */
class Listener {
  private readonly wakes = new Map<string, Set<Wake>>();
  private client: Client | undefined;
  /** Settles when the latest client has connected or failed to: one is never ended in between. */
  private connected: Promise<void> = Promise.resolve();

  /** Calls `wake` whenever the clinic's feed may have grown; the answer stops that. */
  subscribe(clinicId: string, wake: Wake): () => void {
    const own = this.wakes.get(clinicId) ?? new Set();
    this.wakes.set(clinicId, own.add(wake));
    if (!this.client) this.connect();
    return () => {
      own.delete(wake);
      if (own.size === 0) this.wakes.delete(clinicId);
      if (this.wakes.size === 0) this.rest();
    };
  }

  /** Nobody listens: the connection is given back until somebody does. */
  private rest(): void {
    const client = this.client;
    this.client = undefined;
    if (client) this.end(client);
  }

  private end(client: Client): void {
    client.removeAllListeners();
    client.on("error", () => undefined);
    void this.connected.catch(() => undefined).then(() => client.end().catch(() => undefined));
  }

  private connect(): void {
    const { DATABASE_LISTEN_URL, DATABASE_URL } = env();
    const client = new Client({
      connectionString: DATABASE_LISTEN_URL ?? DATABASE_URL,
      application_name: "chairside-live",
    });
    this.client = client;
    const lost = () => this.lose(client);
    client.on("error", lost);
    client.on("end", lost);
    client.on("notification", ({ payload }) => this.wake(payload ?? "*"));
    this.connected = client.connect().then(() => undefined);
    this.connected
      .then(() => client.query(`listen ${LIVE_CHANNEL}`))
      .then(() => this.wake("*")) // notifications sent meanwhile are not kept: everyone looks
      .catch(lost);
  }

  private lose(client: Client): void {
    if (this.client !== client) return;
    log.warn("live listener lost; reconnecting");
    this.client = undefined;
    this.end(client);
    setTimeout(() => {
      if (this.wakes.size > 0 && !this.client) this.connect();
    }, RECONNECT_MS);
  }

  private wake(payload: string): void {
    const clinics = payload === "*" ? [...this.wakes.keys()] : payload.split(",");
    for (const clinicId of clinics) for (const wake of this.wakes.get(clinicId) ?? []) wake();
  }
}

export const listener = (): Listener => (shared.chairsideListener ??= new Listener());
