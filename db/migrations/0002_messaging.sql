CREATE TABLE "channel_breakers" (
	"clinic_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"failures" smallint DEFAULT 0 NOT NULL,
	"open_until" timestamp with time zone,
	"probe_outbox_id" uuid,
	"last_code" text,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "channel_breakers_pk" PRIMARY KEY("clinic_id","channel_id")
);
--> statement-breakpoint
CREATE TABLE "channel_credentials" (
	"clinic_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"key_id" text NOT NULL,
	"sealed" text NOT NULL,
	"hint" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "channel_credentials_pk" PRIMARY KEY("clinic_id","channel_id","purpose")
);
--> statement-breakpoint
CREATE TABLE "canned_replies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"shortcut" text NOT NULL,
	"locale" text NOT NULL,
	"text" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "canned_replies_shortcut_uq" UNIQUE("clinic_id","shortcut","locale")
);
--> statement-breakpoint
CREATE TABLE "conversation_viewers" (
	"clinic_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"is_typing" boolean DEFAULT false NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conversation_viewers_pk" PRIMARY KEY("clinic_id","conversation_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"conversation_id" uuid,
	"patient_id" uuid,
	"author_id" uuid NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reply_drafts" (
	"clinic_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"turn_id" uuid,
	"text" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reply_drafts_pk" PRIMARY KEY("clinic_id","conversation_id")
);
--> statement-breakpoint
CREATE TABLE "media" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"content_type" text,
	"byte_length" integer,
	"storage_key" text,
	"file_name" text,
	"problem" text,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_token" uuid,
	"lease_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "media_once_uq" UNIQUE("clinic_id","message_id","position")
);
--> statement-breakpoint
CREATE TABLE "notification_deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"notification_id" uuid NOT NULL,
	"medium" text NOT NULL,
	"state" text DEFAULT 'due' NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"lease_token" uuid,
	"lease_until" timestamp with time zone,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notification_deliveries_once_uq" UNIQUE("clinic_id","notification_id","medium")
);
--> statement-breakpoint
CREATE TABLE "notification_preferences" (
	"clinic_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"in_portal" boolean NOT NULL,
	"by_email" boolean NOT NULL,
	"by_sms" boolean NOT NULL,
	CONSTRAINT "notification_preferences_pk" PRIMARY KEY("clinic_id","user_id","kind")
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"entity_type" text NOT NULL,
	"entity_id" uuid NOT NULL,
	"dedupe_key" text NOT NULL,
	"read_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notifications_clinic_uq" UNIQUE("clinic_id","id"),
	CONSTRAINT "notifications_once_uq" UNIQUE("clinic_id","user_id","dedupe_key")
);
--> statement-breakpoint
CREATE TABLE "patient_merges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"kept_id" uuid NOT NULL,
	"merged_id" uuid NOT NULL,
	"moved" jsonb NOT NULL,
	"merged_by" uuid,
	"merged_at" timestamp with time zone NOT NULL,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "templates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"name" text NOT NULL,
	"locale" text NOT NULL,
	"category" text NOT NULL,
	"purpose" text,
	"body" text NOT NULL,
	"variables" text[] DEFAULT '{}' NOT NULL,
	"approval" text DEFAULT 'draft' NOT NULL,
	"rejected_reason" text,
	"vendor_ref" text,
	"ttl_seconds" integer,
	"is_active" boolean DEFAULT true NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "templates_clinic_uq" UNIQUE("clinic_id","id"),
	CONSTRAINT "templates_name_uq" UNIQUE("clinic_id","name","locale")
);
--> statement-breakpoint
ALTER TABLE "outbox" DROP CONSTRAINT "outbox_dedupe_uq";--> statement-breakpoint
DROP INDEX "tasks_open_once_uq";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "phone" text;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "display_address" text;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "account" text;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "pace_per_second" real;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "checked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "check_problem" text;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "reconciled_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "next_send_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "snoozed_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "patient_id" uuid;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "next_send_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "unanswered_alert_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "kind" text DEFAULT 'text' NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "payload" jsonb;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "template_id" uuid;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "superseded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "assignee_id" uuid;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "message_id" uuid;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "created_by" uuid;--> statement-breakpoint
ALTER TABLE "consent_events" ADD COLUMN "actor_id" uuid;--> statement-breakpoint
ALTER TABLE "consent_events" ADD COLUMN "message_id" uuid;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "actor_id" uuid;--> statement-breakpoint
ALTER TABLE "consents" ADD COLUMN "message_id" uuid;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "time_zone" text;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "merged_into_id" uuid;--> statement-breakpoint
ALTER TABLE "channel_breakers" ADD CONSTRAINT "channel_breakers_channel_fk" FOREIGN KEY ("clinic_id","channel_id") REFERENCES "public"."channels"("clinic_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_credentials" ADD CONSTRAINT "channel_credentials_channel_fk" FOREIGN KEY ("clinic_id","channel_id") REFERENCES "public"."channels"("clinic_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "canned_replies" ADD CONSTRAINT "canned_replies_clinic_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_viewers" ADD CONSTRAINT "conversation_viewers_conversation_fk" FOREIGN KEY ("clinic_id","conversation_id") REFERENCES "public"."conversations"("clinic_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_viewers" ADD CONSTRAINT "conversation_viewers_user_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_conversation_fk" FOREIGN KEY ("clinic_id","conversation_id") REFERENCES "public"."conversations"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_patient_fk" FOREIGN KEY ("clinic_id","patient_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_author_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_drafts" ADD CONSTRAINT "reply_drafts_conversation_fk" FOREIGN KEY ("clinic_id","conversation_id") REFERENCES "public"."conversations"("clinic_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_message_fk" FOREIGN KEY ("clinic_id","message_id") REFERENCES "public"."messages"("clinic_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_deliveries" ADD CONSTRAINT "notification_deliveries_notification_fk" FOREIGN KEY ("clinic_id","notification_id") REFERENCES "public"."notifications"("clinic_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_preferences" ADD CONSTRAINT "notification_preferences_clinic_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_preferences" ADD CONSTRAINT "notification_preferences_user_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_clinic_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patient_merges" ADD CONSTRAINT "patient_merges_kept_fk" FOREIGN KEY ("clinic_id","kept_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patient_merges" ADD CONSTRAINT "patient_merges_merged_fk" FOREIGN KEY ("clinic_id","merged_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "templates" ADD CONSTRAINT "templates_clinic_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notes_conversation_ix" ON "notes" USING btree ("clinic_id","conversation_id","created_at");--> statement-breakpoint
CREATE INDEX "notes_patient_ix" ON "notes" USING btree ("clinic_id","patient_id","created_at");--> statement-breakpoint
CREATE INDEX "media_due_ix" ON "media" USING btree ("due_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "notification_deliveries_due_ix" ON "notification_deliveries" USING btree ("due_at") WHERE state in ('due', 'sending');--> statement-breakpoint
CREATE INDEX "notifications_user_ix" ON "notifications" USING btree ("clinic_id","user_id","created_at");--> statement-breakpoint
CREATE INDEX "notifications_unread_ix" ON "notifications" USING btree ("clinic_id","user_id") WHERE read_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "patient_merges_standing_uq" ON "patient_merges" USING btree ("clinic_id","merged_id") WHERE undone_at is null;--> statement-breakpoint
CREATE INDEX "templates_purpose_ix" ON "templates" USING btree ("clinic_id","purpose","locale");--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_patient_fk" FOREIGN KEY ("clinic_id","patient_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_message_fk" FOREIGN KEY ("clinic_id","message_id") REFERENCES "public"."messages"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_assignee_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_created_by_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_merged_into_fk" FOREIGN KEY ("clinic_id","merged_into_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "conversations_status_ix" ON "conversations" USING btree ("clinic_id","status","last_message_at","id");--> statement-breakpoint
CREATE INDEX "conversations_assignee_ix" ON "conversations" USING btree ("clinic_id","assignee_id","last_message_at","id");--> statement-breakpoint
CREATE INDEX "conversations_contact_point_ix" ON "conversations" USING btree ("clinic_id","contact_point_id");--> statement-breakpoint
CREATE INDEX "conversations_unread_ix" ON "conversations" USING btree ("clinic_id","last_message_at","id") WHERE unread_count > 0;--> statement-breakpoint
CREATE INDEX "conversations_snoozed_ix" ON "conversations" USING btree ("snoozed_until") WHERE snoozed_until is not null;--> statement-breakpoint
CREATE INDEX "conversations_awaiting_ix" ON "conversations" USING btree ("last_inbound_at") WHERE last_inbound_at >= last_message_at and status <> 'closed' and (unanswered_alert_at is null or unanswered_alert_at < last_inbound_at);--> statement-breakpoint
CREATE INDEX "messages_failed_ix" ON "messages" USING btree ("clinic_id","occurred_at") WHERE status in ('failed', 'unknown');--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_dedupe_uq" ON "outbox" USING btree ("clinic_id","dedupe_key") WHERE superseded_at is null;--> statement-breakpoint
CREATE INDEX "outbox_stuck_ix" ON "outbox" USING btree ("clinic_id","created_at") WHERE state in ('unknown', 'dead');--> statement-breakpoint
CREATE INDEX "tasks_patient_ix" ON "tasks" USING btree ("clinic_id","patient_id");--> statement-breakpoint
CREATE INDEX "webhook_events_received_ix" ON "webhook_events" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "webhook_events_problem_ix" ON "webhook_events" USING btree ("state","received_at") WHERE state in ('unrouted', 'quarantined');--> statement-breakpoint
CREATE INDEX "patients_follow_up_ix" ON "patients" USING btree ("clinic_id","next_follow_up_date") WHERE next_follow_up_date is not null;--> statement-breakpoint
CREATE INDEX "patients_created_ix" ON "patients" USING btree ("clinic_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "tasks_open_once_uq" ON "tasks" USING btree ("clinic_id","conversation_id","reason") WHERE done_at is null and reason <> 'other';