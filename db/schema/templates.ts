import { boolean, foreignKey, index, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { clinicId, id, updatedAt } from "./columns";
import { clinics } from "./clinics";

/**
 * A text that may go out when the window for free text is closed. `purpose` names the automatic message whose twin
 * it is; `variables` are the names behind {{1}}, {{2}}, … of `body`, in order.
 */
export const templates = pgTable(
  "templates",
  {
    id: id(),
    clinicId: clinicId(),
    name: text("name").notNull(),
    locale: text("locale").notNull(),
    category: text("category", { enum: ["marketing", "utility", "authentication"] }).notNull(),
    purpose: text("purpose"),
    body: text("body").notNull(),
    variables: text("variables").array().notNull().default([]),
    approval: text("approval", { enum: ["draft", "pending", "approved", "rejected", "paused", "disabled"] })
      .notNull()
      .default("draft"),
    /** The vendor's own word for why it refused or stopped it. */
    rejectedReason: text("rejected_reason"),
    /** The vendor's id of it where it has one (Twilio's content SID). */
    vendorRef: text("vendor_ref"),
    /** Undelivered after this the vendor drops it. */
    ttlSeconds: integer("ttl_seconds"),
    isActive: boolean("is_active").notNull().default(true),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("templates_clinic_uq").on(t.clinicId, t.id),
    unique("templates_name_uq").on(t.clinicId, t.name, t.locale),
    foreignKey({ name: "templates_clinic_fk", columns: [t.clinicId], foreignColumns: [clinics.id] }),
    index("templates_purpose_ix").on(t.clinicId, t.purpose, t.locale),
  ],
);
