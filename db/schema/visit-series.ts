import { foreignKey, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { clinics } from "./clinics";
import { clinicId, createdAt, id } from "./columns";

export const SERIES_KINDS = ["recall", "plan", "family"] as const;

/** Visits that belong together: of one patient over time, or of a family one after the other. Its visits name it. */
export const visitSeries = pgTable(
  "visit_series",
  {
    id: id(),
    clinicId: clinicId(),
    kind: text("kind", { enum: SERIES_KINDS }).notNull(),
    title: text("title"),
    /** Of a plan, by position: the least days between the visit before and this one. */
    gaps: jsonb("gaps").$type<number[]>().notNull().default([]),
    createdAt: createdAt(),
  },
  (t) => [
    unique("visit_series_clinic_uq").on(t.clinicId, t.id),
    foreignKey({ name: "visit_series_clinic_fk", columns: [t.clinicId], foreignColumns: [clinics.id] }),
  ],
);
