import { customType, timestamp, uuid } from "drizzle-orm/pg-core";
import { newId } from "../ids";

export const id = () => uuid("id").primaryKey().$defaultFn(newId);

/** The tenant of a row. Every table that has it gets forced row-level security in its migration. */
export const clinicId = () => uuid("clinic_id").notNull();

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
export const createdAt = () => instant("created_at").notNull().defaultNow();
export const updatedAt = () => instant("updated_at").notNull().defaultNow();

/** A half-open range of instants, written and read as Postgres text: `["…","…")`. */
export const tstzrange = customType<{ data: string }>({ dataType: () => "tstzrange" });

/** A transaction id that never wraps. */
export const xid8 = customType<{ data: string }>({ dataType: () => "xid8" });
