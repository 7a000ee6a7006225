import { and, eq, getTableColumns } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import type { MergeField } from "../schema";

type Row = typeof patients.$inferSelect;

/** What one record can take from the other, by the names on the wire. `patient_type` follows from both. */
const COLUMNS = {
  name: ["name", "nameKey"],
  birth_date: ["birthDate"],
  language: ["language"],
  time_zone: ["timeZone"],
  next_follow_up_date: ["nextFollowUpDate"],
  patient_type: ["patientType"],
} as const satisfies Record<MergeField | "patient_type", readonly (keyof Row)[]>;
export type SwappedField = keyof typeof COLUMNS;
const FIELDS = ["name", "birth_date", "language", "time_zone", "next_follow_up_date", "patient_type"] as const;
const RANK = { COLD_LEAD: 0, NEW: 1, EXISTING: 2 } as const;

export const isSwappedField = (name: string): name is SwappedField => Object.hasOwn(COLUMNS, name);

/**
 * The fields in which the kept record takes the other's value: where it has none of its own, where that is asked for,
 * and the further patient type of the two.
 */
export function fieldsToSwap(kept: Row, other: Row, take: readonly MergeField[]): SwappedField[] {
  return FIELDS.filter((field) => {
    if (field === "patient_type") return RANK[other.patientType] > RANK[kept.patientType];
    const [column] = COLUMNS[field];
    if (kept[column] === other[column] || other[column] === null) return false;
    return kept[column] === null || take.includes(field);
  });
}

/**
 * Exchanges these fields between the two records. The one that goes out of sight holds what it was given for: the same
 * exchange again is the undo.
 */
export async function swapFieldsIn(
  tx: Tx,
  ctx: ClinicContext,
  kept: Row,
  other: Row,
  fields: readonly SwappedField[],
): Promise<void> {
  if (fields.length === 0) return;
  const columns = new Set<string>(fields.flatMap((field) => COLUMNS[field]));
  const names = Object.keys(getTableColumns(patients)).filter((name) => columns.has(name));
  const valuesOf = (row: Row) => Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));
  const updatedAt = ctx.now();
  const rowOf = (id: string) => and(eq(patients.clinicId, ctx.clinic.id), eq(patients.id, id));
  await tx
    .update(patients)
    .set({ ...valuesOf(other), updatedAt })
    .where(rowOf(kept.id));
  await tx
    .update(patients)
    .set({ ...valuesOf(kept), updatedAt })
    .where(rowOf(other.id));
}
