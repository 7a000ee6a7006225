import { z } from "zod";
import { camelKeys } from "@/lib/core/keys";
import { VISIT_FILTERS } from "../schema";

const MOST_AT_ONCE = 100;
const Id = z.uuid();

/** `GET …/appointments/export`: the list's own filters, or the visits named, with commas between their ids. */
export const ExportAppointments = z
  .object({
    ...VISIT_FILTERS,
    ids: z
      .string()
      .max(4000)
      .transform((text) => text.split(","))
      .pipe(z.array(Id).min(1).max(MOST_AT_ONCE))
      .optional(),
  })
  .transform(camelKeys);
export type ExportAppointments = z.output<typeof ExportAppointments>;

/** `POST …/appointments/bulk`: one act on up to 100 visits; `undo` takes what a former answer did back. */
export const ActOnMany = z
  .object({
    act: z.enum(["confirm", "cancel", "no_show", "undo", "unconfirm"]),
    ids: z.array(Id).min(1).max(MOST_AT_ONCE),
    reason: z.string().trim().max(500).optional(),
    from: z.enum(["checked_in", "no_show", "cancelled", "completed"]).optional(),
  })
  .transform(camelKeys);
export type ActOnMany = z.output<typeof ActOnMany>;
/** What became of each visit. */
export const ActedOnMany = z.object({
  done: z.number(),
  items: z.array(z.object({ id: z.string(), ok: z.boolean(), error: z.string().nullable() })),
});
export type ActedOnMany = z.infer<typeof ActedOnMany>;
