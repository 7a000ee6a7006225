import { sql, type SQL } from "drizzle-orm";
import type { Scope } from "./rules";

export interface InboxCounts {
  open: number;
  handoff: number;
  waiting: number;
  /** Messages that nobody at the clinic has seen. */
  unread: number;
}

/** Conversations by state, as one JSON value of `InboxCounts`. */
export const countInbox = ({ clinicId }: Scope): SQL => sql`(
  select json_build_object(
    'open', count(*) filter (where status = 'open'),
    'handoff', count(*) filter (where status = 'handoff'),
    'waiting', count(*) filter (where status = 'waiting'),
    'unread', coalesce(sum(unread_count), 0))
  from conversations where clinic_id = ${clinicId} and status <> 'closed')`;
