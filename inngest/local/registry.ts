import { z } from "zod";
import { log } from "@/lib/core/log";
import type { Sql } from "./database";
import { evaluate, holds } from "./expression";
import { FunctionConfig, storableJson, type Slots, type StoredEvent } from "./protocol";
import { canonicalJson } from "./signature";
import { unsupportedIn } from "./supported";

/** A cron of a function, with what names it in the queue. */
export interface Cron {
  functionId: string;
  expression: string;
  key: string;
}

/** The functions that exist, and what starts, limits and cancels them. */
export class Registry {
  private functions = new Map<string, FunctionConfig>();
  private fingerprint = "";
  /**
   * Whether the application has said in this term what it serves. Until then events wait unrouted: by an older
   * list an event might be found to concern nobody.
   */
  isReady = false;

  /** Takes over what was known last, and waits for the application to confirm it. */
  async load(sql: Sql): Promise<void> {
    this.isReady = false;
    const { rows } = await sql.query<{ config: unknown }>("select config from executor.functions order by id");
    const known = z.array(FunctionConfig).safeParse(rows.map((row) => row.config));
    this.adopt(known.success ? known.data : []);
  }

  /** Takes over what the serve endpoint described. True when something changed, and then it is stored. */
  async replace(sql: Sql, configs: FunctionConfig[]): Promise<boolean> {
    this.isReady = true;
    if (fingerprintOf(configs) === this.fingerprint) return false;
    this.adopt(configs);
    const kept = [...this.functions.values()];
    await sql.query("delete from executor.functions where not id = any($1)", [kept.map((config) => config.id)]);
    await sql.query(
      `insert into executor.functions (id, config) select config->>'id', config from jsonb_array_elements($1::jsonb) config
       on conflict (id) do update set config = excluded.config, synced_at = now()`,
      [storableJson(kept)],
    );
    return true;
  }

  private adopt(configs: FunctionConfig[]): void {
    this.fingerprint = fingerprintOf(configs);
    this.functions = new Map(configs.filter(isHonoured).map((config) => [config.id, config]));
  }

  get = (id: string): FunctionConfig | undefined => this.functions.get(id);
  get size(): number {
    return this.functions.size;
  }

  /** The functions that an event starts. */
  startedBy(event: StoredEvent): FunctionConfig[] {
    return [...this.functions.values()].filter((config) =>
      config.triggers.some((trigger) => trigger.event === event.name && holds(trigger.expression, { event })),
    );
  }

  /** The functions whose runs an event may cancel, with the condition (`event` is the run's, `async` the new one). */
  cancelledBy(name: string): { functionId: string; condition: string | undefined }[] {
    return [...this.functions.values()].flatMap((config) =>
      (config.cancel ?? [])
        .filter((cancel) => cancel.event === name)
        .map((cancel) => ({ functionId: config.id, condition: cancel.if })),
    );
  }

  crons(): Cron[] {
    return [...this.functions.values()].flatMap(({ id, triggers }) =>
      triggers.flatMap(({ cron }) => (cron ? [{ functionId: id, expression: cron, key: `cron:${id}:${cron}` }] : [])),
    );
  }
}

const fingerprintOf = (configs: FunctionConfig[]): string =>
  canonicalJson([...configs].sort((a, b) => (a.id < b.id ? -1 : 1)));

/** The concurrency slots that a run takes while it is being called. */
export function slotsOf(config: FunctionConfig, event: StoredEvent): Slots {
  const given = config.concurrency ?? [];
  const limits = (Array.isArray(given) ? given : [given]).map((one) =>
    typeof one === "number" ? { limit: one } : one,
  );
  const slots = limits
    .filter((one) => one.limit > 0)
    .map((one) => ({ scope: "fn", key: "", ...one }))
    .map(({ scope, key, limit }) => ({
      key: `${scope === "fn" ? config.id : scope}|${key}|${key ? valueOf(key, event) : ""}`,
      limit,
    }));
  return { keys: slots.map((slot) => slot.key), limits: slots.map((slot) => slot.limit) };
}

/** What an expression is for an event, as text that equal values share. */
export const valueOf = (expression: string, event: StoredEvent): string =>
  JSON.stringify(evaluate(expression, { event }) ?? null);

/** A function is refused whole, and loudly, when it needs what this executor can't do. */
function isHonoured(config: FunctionConfig): boolean {
  const problem = problemWith(config);
  if (problem) log.error({ functionId: config.id, problem }, "background function refused");
  return problem === undefined;
}

function problemWith(config: FunctionConfig): string | undefined {
  const unsupported = unsupportedIn(config);
  if (unsupported.length > 0) return `not supported: ${unsupported.join(", ")}`;
  const probe: StoredEvent = { id: "", name: "", data: {} };
  try {
    for (const trigger of config.triggers) holds(trigger.expression, { event: probe });
    for (const cancel of config.cancel ?? []) holds(cancel.if, { event: probe, async: probe });
    if (config.debounce?.key) valueOf(config.debounce.key, probe);
    slotsOf(config, probe);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
