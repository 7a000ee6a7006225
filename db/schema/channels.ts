import {
  boolean,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { clinicId, createdAt, id, instant, updatedAt } from "./columns";
import { clinics } from "./clinics";

export const CHANNEL_KINDS = ["twilio_sms", "twilio_whatsapp", "whatsapp_cloud", "email", "simulator"] as const;

/** One address of a clinic at one vendor. The address is unique in the deployment: it routes what comes in. */
export const channels = pgTable(
  "channels",
  {
    id: id(),
    clinicId: clinicId(),
    kind: text("kind", { enum: CHANNEL_KINDS }).notNull(),
    /**
     * The vendor's address, by which what comes in is routed: an E.164 number for SMS and Twilio's WhatsApp, the
     * phone number id for the Cloud API, a mailbox for e-mail, the clinic's slug for the simulator.
     */
    address: text("address").notNull(),
    /** What people see, where it isn't `address`: the phone number behind a phone number id. */
    displayAddress: text("display_address"),
    /**
     * The vendor's account that the address belongs to: breaker and credentials go by it. Null: the deployment's. For the
     * Cloud API the WhatsApp Business account, by which notices that name no number find their clinic.
     */
    account: text("account"),
    /** Messages a second at most; null takes the channel kind's default. */
    pacePerSecond: real("pace_per_second"),
    botMode: text("bot_mode", { enum: ["off", "drafts", "out_of_hours", "always"] })
      .notNull()
      .default("always"),
    isActive: boolean("is_active").notNull().default(true),
    /** The last live call with its credentials, and what it said when it failed. */
    checkedAt: instant("checked_at"),
    checkProblem: text("check_problem"),
    /** What the vendor last told of the account or the number and still stands; null: nothing that staff must know. */
    vendorNotice: text("vendor_notice"),
    vendorNoticeAt: instant("vendor_notice_at"),
    /** When the vendor's list of templates was last read (database time). */
    templatesReadAt: instant("templates_read_at"),
    /** Up to here the vendor's own list of inbound messages has been compared with ours. */
    reconciledUntil: instant("reconciled_until"),
    /** No send before this: the channel's pace (database time). */
    nextSendAt: instant("next_send_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("channels_clinic_uq").on(t.clinicId, t.id),
    unique("channels_address_uq").on(t.kind, t.address),
    foreignKey({ name: "channels_clinic_fk", columns: [t.clinicId], foreignColumns: [clinics.id] }),
    index("channels_account_ix").on(t.kind, t.account),
  ],
);

/**
 * What a channel signs and calls with, sealed (AES-256-GCM; the clinic, the row and the purpose are bound to it).
 * Written, replaced, never shown: `hint` is the little that a person needs to tell two of them apart.
 */
export const channelCredentials = pgTable(
  "channel_credentials",
  {
    clinicId: clinicId(),
    channelId: uuid("channel_id").notNull(),
    purpose: text("purpose", {
      enum: ["auth_token", "access_token", "app_secret", "verify_token", "smtp_url"],
    }).notNull(),
    keyId: text("key_id").notNull(),
    sealed: text("sealed").notNull(),
    hint: text("hint").notNull(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ name: "channel_credentials_pk", columns: [t.clinicId, t.channelId, t.purpose] }),
    foreignKey({
      name: "channel_credentials_channel_fk",
      columns: [t.clinicId, t.channelId],
      foreignColumns: [channels.clinicId, channels.id],
    }).onDelete("cascade"),
  ],
);

/** The breaker of one vendor account (a channel's, in database time): open while `openUntil` is ahead. */
export const channelBreakers = pgTable(
  "channel_breakers",
  {
    clinicId: clinicId(),
    channelId: uuid("channel_id").notNull(),
    failures: smallint("failures").notNull().default(0),
    openUntil: instant("open_until"),
    /** Whose one send may try whether the vendor is back. */
    probeOutboxId: uuid("probe_outbox_id"),
    lastCode: text("last_code"),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: "channel_breakers_pk", columns: [t.clinicId, t.channelId] }),
    foreignKey({
      name: "channel_breakers_channel_fk",
      columns: [t.clinicId, t.channelId],
      foreignColumns: [channels.clinicId, channels.id],
    }).onDelete("cascade"),
  ],
);
