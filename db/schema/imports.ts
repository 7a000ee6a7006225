import { foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { appointments } from "./appointments";
import { clinicId, createdAt, id, instant } from "./columns";
import { clinics } from "./clinics";

/** One take-over of a clinic's former book. */
export const visitImports = pgTable(
  "visit_imports",
  {
    id: id(),
    clinicId: clinicId(),
    createdAt: createdAt(),
    actorId: text("actor_id").notNull(),
    visits: integer("visits").notNull(),
    undoneAt: instant("undone_at"),
  },
  (t) => [
    unique("visit_imports_clinic_uq").on(t.clinicId, t.id),
    foreignKey({ name: "visit_imports_clinic_fk", columns: [t.clinicId], foreignColumns: [clinics.id] }),
  ],
);

/** Which visit came in with which import, and what the former book called it: that name comes in once. */
export const importedVisits = pgTable(
  "imported_visits",
  {
    clinicId: clinicId(),
    appointmentId: uuid("appointment_id").notNull(),
    importId: uuid("import_id").notNull(),
    externalId: text("external_id"),
  },
  (t) => [
    primaryKey({ name: "imported_visits_pk", columns: [t.clinicId, t.appointmentId] }),
    unique("imported_visits_external_uq").on(t.clinicId, t.externalId),
    foreignKey({
      name: "imported_visits_appointment_fk",
      columns: [t.clinicId, t.appointmentId],
      foreignColumns: [appointments.clinicId, appointments.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "imported_visits_import_fk",
      columns: [t.clinicId, t.importId],
      foreignColumns: [visitImports.clinicId, visitImports.id],
    }),
    index("imported_visits_import_ix").on(t.clinicId, t.importId),
  ],
);
