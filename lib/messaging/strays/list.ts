import { and, desc, eq, sql } from "drizzle-orm";
import { webhookEvents } from "@/db/schema/messaging";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { countCapped } from "@/lib/scheduling/count-capped";
import { ANOTHER_SENDER, NOT_UNDERSTOOD, type ListStrays } from "./schema";

export interface StrayItem {
  id: string;
  vendor: string;
  /** What kind of delivery it is, in the vendor's words. */
  event: string;
  reason: "not_understood" | "another_sender" | "broke";
  attempts: number;
  receivedAt: Date;
  /** What came, without what people wrote or who they are: names and numbers of fields, and short codes. */
  outline: string;
}

const NAMED = [NOT_UNDERSTOOD, ANOTHER_SENDER] as const;

interface Page {
  items: StrayItem[];
  page: number;
  limit: number;
  total: number;
  totalCapped: boolean;
}

/** What vendors brought for this clinic and nobody could read, newest first. */
export const listStrays = (ctx: ClinicContext, { page, limit }: ListStrays): Promise<Result<Page>> =>
  query(ctx, async (tx) => {
    const mine = and(eq(webhookEvents.clinicId, ctx.clinic.id), eq(webhookEvents.state, "quarantined"));
    const rows = await tx
      .select()
      .from(webhookEvents)
      .where(mine)
      .orderBy(desc(webhookEvents.receivedAt), desc(webhookEvents.id))
      .limit(limit)
      .offset((page - 1) * limit);
    const items = rows.map(({ id, vendor, event, attempts, receivedAt, problem, body }): StrayItem => {
      const reason = NAMED.find((one) => one === problem) ?? "broke";
      return { id, vendor, event, reason, attempts, receivedAt, outline: outlineOf(body) };
    });
    return ok({ items, page, limit, ...(await countCapped(tx, sql`from ${webhookEvents} where ${mine}`)) });
  });

const LONGEST_OUTLINE = 4_000;
const DEEPEST = 8;
/** A vendor's code, as `ACCOUNT_UPDATE`: nobody's words and nobody's number. */
const CODE = /^[A-Za-z][A-Za-z_]{0,59}$/;

/** The form of what came: fields by name, codes as they are, anything else by its kind alone. */
export function outlineOf(body: unknown): string {
  const text = JSON.stringify(formOf(body, 0), null, 1);
  return text.length > LONGEST_OUTLINE ? `${text.slice(0, LONGEST_OUTLINE)}…` : text;
}

function formOf(value: unknown, depth: number): unknown {
  if (depth >= DEEPEST) return "…";
  if (Array.isArray(value)) return value.slice(0, 20).map((one) => formOf(one, depth + 1));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, formOf(one, depth + 1)]));
  if (typeof value === "string") return value === value.toUpperCase() && CODE.test(value) ? value : "text";
  return value === null || typeof value === "boolean" ? value : typeof value;
}
