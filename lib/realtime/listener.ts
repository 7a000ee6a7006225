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

  /** Calls `wake` whenever the clinic's feed may have grown; the answer stops that. */
  subscribe(clinicId: string, wake: Wake): () => void {
    const own = this.wakes.get(clinicId) ?? new Set();
    this.wakes.set(clinicId, own.add(wake));
    if (!this.client) this.connect();
    return () => {
      own.delete(wake);
      if (own.size === 0) this.wakes.delete(clinicId);
    };
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
    client
      .connect()
      .then(() => client.query(`listen ${LIVE_CHANNEL}`))
      .then(() => this.wake("*")) // notifications sent meanwhile are not kept: everyone looks
      .catch(lost);
  }

  private lose(client: Client): void {
    if (this.client !== client) return;
    log.warn("live listener lost; reconnecting");
    this.client = undefined;
    client.removeAllListeners();
    client.on("error", () => undefined);
    void client.end().catch(() => undefined);
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
