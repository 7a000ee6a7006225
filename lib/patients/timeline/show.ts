import type { ClinicContext } from "@/lib/core/context";
import { camelKeys } from "@/lib/core/keys";
import { addressFor } from "../read";
import type { TimelineRow } from "./row";

const isoOf = (instant: string) => new Date(instant).toISOString();
const isoOrNull = (instant: string | null) => (instant === null ? null : isoOf(instant));

/** One entry as the page shows it: names in the reader's language, addresses as they may see them. */
export type TimelineEntry = ReturnType<typeof entryOf>;
export function entryOf(ctx: ClinicContext, row: TimelineRow) {
  const head = { id: row.key, at: row.at };
  switch (row.kind) {
    case "messages":
      return camelKeys({ ...head, kind: row.kind, ...row.data });
    case "visits": {
      const { service, starts_at, ...data } = row.data;
      const name = service[ctx.locale] ?? service.en ?? Object.values(service)[0] ?? "";
      return camelKeys({ ...head, kind: row.kind, ...data, starts_at: isoOf(starts_at), service: name });
    }
    case "consents": {
      const { contact_kind: kind, contact } = row.data;
      return camelKeys({ ...head, kind: row.kind, ...row.data, contact: addressFor(ctx, kind, contact) });
    }
    case "tasks": {
      const [due_at, done_at] = [isoOrNull(row.data.due_at), isoOrNull(row.data.done_at)];
      return camelKeys({ ...head, kind: row.kind, ...row.data, due_at, done_at });
    }
    case "notes":
      return camelKeys({ ...head, kind: row.kind, ...row.data });
    case "changes": {
      const { merge, ...data } = row.data;
      const told = merge ? { ...merge, undone_at: isoOrNull(merge.undone_at) } : null;
      return camelKeys({ ...head, kind: row.kind, ...data, merge: told });
    }
  }
}
