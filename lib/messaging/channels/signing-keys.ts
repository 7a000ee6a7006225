import { sql } from "drizzle-orm";
import { systemContext } from "@/lib/clinics/mint";
import { query, unscoped } from "@/lib/core/transact";
import { credentialsIn, type ChannelCredentials } from "@/lib/messaging/credentials";
import { findChannelIn } from "@/lib/messaging/thread";
import type { ChannelKind } from "./kinds";

/** How long a key is believed before it is read again, and how old it must be for a doubt to read it at once. */
const KEPT_MS = 60_000;
const DOUBTED_MS = 2_000;
const MOST_KEPT = 2_000;

interface Known {
  credentials: ChannelCredentials | undefined;
  readAtMs: number;
}
const known = new Map<string, Known>();

/**
 * Whether a delivery is signed with the key of the clinic that has this address. `isSigned` judges with a key; a key that
 * doesn't fit is read again, because it may have been replaced a moment ago. False where no clinic has the address.
 */
export async function isSignedForAddress(
  kind: ChannelKind,
  address: string,
  isSigned: (credentials: ChannelCredentials) => boolean,
): Promise<boolean> {
  const now = performance.now();
  const kept = known.get(`${kind}:${address}`);
  const first = kept && now - kept.readAtMs < KEPT_MS ? kept : await read(kind, address, now);
  if (first.credentials && isSigned(first.credentials)) return true;
  if (now - first.readAtMs < DOUBTED_MS) return false;
  const again = await read(kind, address, now);
  return again.credentials !== undefined && isSigned(again.credentials);
}

/** Whether any clinic has this address; by the same memory. */
export async function isClinicAddress(kind: ChannelKind, address: string): Promise<boolean> {
  const now = performance.now();
  const kept = known.get(`${kind}:${address}`);
  const first = kept && now - kept.readAtMs < KEPT_MS ? kept : await read(kind, address, now);
  return first.credentials !== undefined;
}

async function read(kind: ChannelKind, address: string, now: number): Promise<Known> {
  const found = { credentials: await findCredentials(kind, address), readAtMs: now };
  if (known.size >= MOST_KEPT) known.clear();
  if (found.credentials) known.set(`${kind}:${address}`, found); // a stranger's address leaves nothing here
  return found;
}

async function findCredentials(kind: ChannelKind, address: string): Promise<ChannelCredentials | undefined> {
  if (!address) return undefined;
  const found = await unscoped((tx) =>
    tx.execute<{ clinic_id: string; channel_id: string }>(
      sql`select clinic_id, channel_id from find_channel(${kind}, ${address})`,
    ),
  );
  const [row] = found.rows;
  if (!row) return undefined;
  const ctx = await systemContext(row.clinic_id, "messaging.webhook");
  return query(ctx, async (tx) => {
    const channel = await findChannelIn(tx, ctx, row.channel_id);
    return channel && credentialsIn(tx, ctx, channel);
  });
}
