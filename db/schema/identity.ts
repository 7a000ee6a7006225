import { foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { clinicId, createdAt, id, instant } from "./columns";
import { clinics } from "./clinics";
import { providers } from "./resources";

/** A person who logs in. `epoch` rises when every session of theirs must end at once. */
export const users = pgTable(
  "users",
  {
    id: id(),
    email: text("email").notNull(),
    name: text("name").notNull(),
    hqRole: text("hq_role", { enum: ["OPS", "SUPERADMIN"] }),
    locale: text("locale"),
    /** E.164: where alerts by SMS go, when the member wants them. */
    phone: text("phone"),
    epoch: integer("epoch").notNull().default(1),
    disabledAt: instant("disabled_at"),
    createdAt: createdAt(),
  },
  (t) => [unique("users_email_uq").on(t.email)],
);

/** Kept apart from `users`, so that a query for names can't bring a hash along. */
export const userCredentials = pgTable(
  "user_credentials",
  {
    userId: uuid("user_id").primaryKey(),
    passwordHash: text("password_hash").notNull(),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (t) => [foreignKey({ name: "user_credentials_user_fk", columns: [t.userId], foreignColumns: [users.id] })],
);

/** A user's role in one clinic. `providerId` links the doctor log-in to the provider whose day it opens on. */
export const memberships = pgTable(
  "memberships",
  {
    clinicId: clinicId(),
    userId: uuid("user_id").notNull(),
    role: text("role", { enum: ["OWNER", "ADMIN", "STAFF", "VIEWER"] }).notNull(),
    providerId: uuid("provider_id"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "memberships_pk", columns: [t.clinicId, t.userId] }),
    foreignKey({ name: "memberships_clinic_fk", columns: [t.clinicId], foreignColumns: [clinics.id] }),
    foreignKey({ name: "memberships_user_fk", columns: [t.userId], foreignColumns: [users.id] }),
    foreignKey({
      name: "memberships_provider_fk",
      columns: [t.clinicId, t.providerId],
      foreignColumns: [providers.clinicId, providers.id],
    }),
    index("memberships_user_ix").on(t.userId),
  ],
);

/** A log-in. The cookie holds a token whose hash is here; ending the row ends the session at once. */
export const sessions = pgTable(
  "sessions",
  {
    id: id(),
    tokenHash: text("token_hash").notNull(),
    userId: uuid("user_id").notNull(),
    userEpoch: integer("user_epoch").notNull(),
    createdAt: createdAt(),
    lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    endedAt: instant("ended_at"),
    userAgent: text("user_agent"),
  },
  (t) => [
    unique("sessions_token_hash_uq").on(t.tokenHash),
    foreignKey({ name: "sessions_user_fk", columns: [t.userId], foreignColumns: [users.id] }),
    index("sessions_user_ix").on(t.userId),
  ],
);

/** A link that sets a password once, within its time. Only the token's hash is stored. */
export const loginLinks = pgTable(
  "login_links",
  {
    id: id(),
    tokenHash: text("token_hash").notNull(),
    userId: uuid("user_id").notNull(),
    purpose: text("purpose", { enum: ["bootstrap"] }).notNull(),
    createdAt: createdAt(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [
    unique("login_links_token_hash_uq").on(t.tokenHash),
    foreignKey({ name: "login_links_user_fk", columns: [t.userId], foreignColumns: [users.id] }),
  ],
);
