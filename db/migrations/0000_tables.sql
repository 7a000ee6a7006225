CREATE SCHEMA "executor";
--> statement-breakpoint
CREATE TABLE "appointment_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"appointment_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"actor_type" text NOT NULL,
	"actor_id" text,
	"from_value" text,
	"to_value" text,
	"reason" text,
	"details" jsonb
);
--> statement-breakpoint
CREATE TABLE "appointment_segments" (
	"clinic_id" uuid NOT NULL,
	"appointment_id" uuid NOT NULL,
	"resource_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"occupied" "tstzrange" NOT NULL,
	CONSTRAINT "appointment_segments_pk" PRIMARY KEY("clinic_id","appointment_id","resource_id")
);
--> statement-breakpoint
CREATE TABLE "appointments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"operatory_id" uuid,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"confirmation" text DEFAULT 'unasked' NOT NULL,
	"calendar_sync" text DEFAULT 'off' NOT NULL,
	"created_from" text NOT NULL,
	"hold_expires_at" timestamp with time zone,
	"conversation_id" uuid,
	"running_late_minutes" smallint,
	"cancel_reason" text,
	"note" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "appointments_clinic_uq" UNIQUE("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "occupancies" (
	"clinic_id" uuid NOT NULL,
	"appointment_id" uuid NOT NULL,
	"resource_id" uuid NOT NULL,
	"during" "tstzrange" NOT NULL,
	CONSTRAINT "occupancies_pk" PRIMARY KEY("clinic_id","appointment_id","resource_id")
);
--> statement-breakpoint
CREATE TABLE "clinics" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"short_number" integer NOT NULL,
	"name" text NOT NULL,
	"country" text NOT NULL,
	"time_zone" text NOT NULL,
	"currency" text NOT NULL,
	"week_start" smallint DEFAULT 7 NOT NULL,
	"weekend" smallint[] DEFAULT '{6,7}' NOT NULL,
	"default_locale" text DEFAULT 'en' NOT NULL,
	"locales" text[] DEFAULT '{"en"}' NOT NULL,
	"phone" text NOT NULL,
	"address" text NOT NULL,
	"emergency_number" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"has_automatic_sends" boolean DEFAULT true NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "clinics_slug_uq" UNIQUE("slug"),
	CONSTRAINT "clinics_short_number_uq" UNIQUE("short_number")
);
--> statement-breakpoint
CREATE TABLE "knowledge_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"locale" text NOT NULL,
	"category" text NOT NULL,
	"question" text NOT NULL,
	"answer" text NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "turns" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"outcome" text NOT NULL,
	"silence" text,
	"state_before" jsonb NOT NULL,
	"state_after" jsonb NOT NULL,
	"understanding" jsonb NOT NULL,
	"decision" jsonb NOT NULL,
	"effects" jsonb NOT NULL,
	"reply_message_id" uuid,
	"latency_ms" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "turns_clinic_uq" UNIQUE("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "executor"."events" (
	"id" text NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "executor"."events_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"body" jsonb NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"routed_at" timestamp with time zone,
	CONSTRAINT "events_pk" PRIMARY KEY("id")
);
--> statement-breakpoint
CREATE TABLE "executor"."functions" (
	"id" text NOT NULL,
	"config" jsonb NOT NULL,
	"synced_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "functions_pk" PRIMARY KEY("id")
);
--> statement-breakpoint
CREATE TABLE "executor"."heartbeats" (
	"id" uuid NOT NULL,
	"is_leader" boolean NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"beat_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "heartbeats_pk" PRIMARY KEY("id")
);
--> statement-breakpoint
CREATE TABLE "executor"."queue" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "executor"."queue_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"dedupe_key" text,
	"function_id" text NOT NULL,
	"run_id" text,
	"step_id" text,
	"attempt" integer DEFAULT 0 NOT NULL,
	"payload" jsonb,
	"slot_keys" text[] DEFAULT '{}' NOT NULL,
	"slot_limits" integer[] DEFAULT '{}' NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_token" uuid,
	"lease_expires_at" timestamp with time zone,
	CONSTRAINT "queue_pk" PRIMARY KEY("id"),
	CONSTRAINT "queue_kind_known" CHECK ("executor"."queue"."kind" in ('CALL', 'SLEEP', 'WAIT', 'START', 'CRON'))
);
--> statement-breakpoint
CREATE TABLE "executor"."runs" (
	"id" text NOT NULL,
	"function_id" text NOT NULL,
	"state" text DEFAULT 'ACTIVE' NOT NULL,
	"event" jsonb NOT NULL,
	"steps" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"stack" text[] DEFAULT '{}' NOT NULL,
	"is_parallel" boolean DEFAULT false NOT NULL,
	"slot_keys" text[] DEFAULT '{}' NOT NULL,
	"slot_limits" integer[] DEFAULT '{}' NOT NULL,
	"parent_run_id" text,
	"parent_step_id" text,
	"output" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "runs_pk" PRIMARY KEY("id"),
	CONSTRAINT "runs_state_known" CHECK ("executor"."runs"."state" in ('ACTIVE', 'DONE', 'FAILED', 'CANCELLED')),
	CONSTRAINT "runs_finished_when_ended" CHECK (("executor"."runs"."state" = 'ACTIVE') = ("executor"."runs"."finished_at" is null))
);
--> statement-breakpoint
CREATE TABLE "executor"."waits" (
	"run_id" text NOT NULL,
	"step_id" text NOT NULL,
	"event_name" text,
	"expression" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "waits_pk" PRIMARY KEY("run_id","step_id")
);
--> statement-breakpoint
CREATE TABLE "login_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"user_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "login_links_token_hash_uq" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"clinic_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"provider_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_pk" PRIMARY KEY("clinic_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"user_id" uuid NOT NULL,
	"user_epoch" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"user_agent" text,
	CONSTRAINT "sessions_token_hash_uq" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "user_credentials" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"password_hash" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"hq_role" text,
	"locale" text,
	"epoch" integer DEFAULT 1 NOT NULL,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_uq" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "channels" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"address" text NOT NULL,
	"bot_mode" text DEFAULT 'always' NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "channels_clinic_uq" UNIQUE("clinic_id","id"),
	CONSTRAINT "channels_address_uq" UNIQUE("kind","address")
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"contact_point_id" uuid NOT NULL,
	"holder" text DEFAULT 'bot' NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"is_urgent" boolean DEFAULT false NOT NULL,
	"assignee_id" uuid,
	"language" text,
	"dialog" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"summary" text,
	"unread_count" integer DEFAULT 0 NOT NULL,
	"last_message_at" timestamp with time zone,
	"last_inbound_at" timestamp with time zone,
	"turn_due_at" timestamp with time zone,
	"turn_lease_token" uuid,
	"turn_lease_until" timestamp with time zone,
	"turn_failures" smallint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conversations_clinic_uq" UNIQUE("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"direction" text NOT NULL,
	"sender_type" text NOT NULL,
	"sender_user_id" uuid,
	"send_class" text,
	"text" text NOT NULL,
	"media" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"vendor" text,
	"vendor_id" text,
	"vendor_flags" jsonb,
	"status" text NOT NULL,
	"status_reason" text,
	"turn_id" uuid,
	"occurred_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "messages_clinic_uq" UNIQUE("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"dedupe_key" text NOT NULL,
	"state" text DEFAULT 'due' NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"lease_token" uuid,
	"lease_until" timestamp with time zone,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "outbox_dedupe_uq" UNIQUE("clinic_id","dedupe_key"),
	CONSTRAINT "outbox_message_uq" UNIQUE("clinic_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"patient_id" uuid,
	"conversation_id" uuid,
	"due_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	"done_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid,
	"vendor" text NOT NULL,
	"account" text NOT NULL,
	"vendor_id" text NOT NULL,
	"event" text NOT NULL,
	"body" jsonb NOT NULL,
	"state" text DEFAULT 'new' NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"problem" text,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"processed_at" timestamp with time zone,
	CONSTRAINT "webhook_events_once_uq" UNIQUE("vendor","account","vendor_id","event")
);
--> statement-breakpoint
CREATE TABLE "consent_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"contact_point_id" uuid NOT NULL,
	"channel_kind" text NOT NULL,
	"purpose" text NOT NULL,
	"state" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"how" text NOT NULL,
	"words" text
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"clinic_id" uuid NOT NULL,
	"contact_point_id" uuid NOT NULL,
	"channel_kind" text NOT NULL,
	"purpose" text NOT NULL,
	"state" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"how" text NOT NULL,
	"words" text,
	CONSTRAINT "consents_pk" PRIMARY KEY("clinic_id","contact_point_id","channel_kind","purpose")
);
--> statement-breakpoint
CREATE TABLE "contact_points" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"unreachable_since" timestamp with time zone,
	"unreachable_reason" text,
	"introduced_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contact_points_clinic_uq" UNIQUE("clinic_id","id"),
	CONSTRAINT "contact_points_value_uq" UNIQUE("clinic_id","kind","value")
);
--> statement-breakpoint
CREATE TABLE "patient_contact_points" (
	"clinic_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"contact_point_id" uuid NOT NULL,
	"relation" text DEFAULT 'self' NOT NULL,
	"is_primary" boolean DEFAULT true NOT NULL,
	CONSTRAINT "patient_contact_points_pk" PRIMARY KEY("clinic_id","patient_id","contact_point_id")
);
--> statement-breakpoint
CREATE TABLE "patients" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"birth_date" date,
	"language" text,
	"patient_type" text DEFAULT 'NEW' NOT NULL,
	"next_follow_up_date" date,
	"created_from" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "patients_clinic_uq" UNIQUE("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid,
	"scope" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_type" text NOT NULL,
	"actor_id" text,
	"action" text NOT NULL,
	"target_type" text,
	"target_id" text,
	"changed" text[] DEFAULT '{}' NOT NULL,
	"request_id" text
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"clinic_id" uuid NOT NULL,
	"caller" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" smallint NOT NULL,
	"answer" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_pk" PRIMARY KEY("clinic_id","caller","key")
);
--> statement-breakpoint
CREATE TABLE "job_beats" (
	"job" text PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "live_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "live_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"clinic_id" uuid NOT NULL,
	"topic" text NOT NULL,
	"entity_id" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
CREATE TABLE "operatories" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"name" text NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"position" smallint DEFAULT 0 NOT NULL,
	CONSTRAINT "operatories_clinic_uq" UNIQUE("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "providers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"color" text NOT NULL,
	"languages" text[] DEFAULT '{"en"}' NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"position" smallint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "providers_clinic_uq" UNIQUE("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "resources" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"kind" text NOT NULL,
	CONSTRAINT "resources_clinic_uq" UNIQUE("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "schedule_exceptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"provider_id" uuid,
	"kind" text NOT NULL,
	"day_from" date NOT NULL,
	"day_to" date NOT NULL,
	"from_time" text,
	"to_time" text,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "schedule_hours" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"weekday" smallint NOT NULL,
	"from_time" text NOT NULL,
	"to_time" text NOT NULL,
	"valid_from" date,
	"valid_to" date
);
--> statement-breakpoint
CREATE TABLE "service_operatories" (
	"clinic_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"operatory_id" uuid NOT NULL,
	CONSTRAINT "service_operatories_pk" PRIMARY KEY("clinic_id","service_id","operatory_id")
);
--> statement-breakpoint
CREATE TABLE "service_providers" (
	"clinic_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	CONSTRAINT "service_providers_pk" PRIMARY KEY("clinic_id","service_id","provider_id")
);
--> statement-breakpoint
CREATE TABLE "service_segments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"role" text NOT NULL,
	"from_minute" smallint NOT NULL,
	"to_minute" smallint NOT NULL,
	CONSTRAINT "service_segments_position_uq" UNIQUE("clinic_id","service_id","position")
);
--> statement-breakpoint
CREATE TABLE "services" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"name" jsonb NOT NULL,
	"synonyms" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"duration_minutes" smallint NOT NULL,
	"buffer_before_minutes" smallint DEFAULT 0 NOT NULL,
	"buffer_after_minutes" smallint DEFAULT 0 NOT NULL,
	"color" text NOT NULL,
	"value" integer DEFAULT 0 NOT NULL,
	"recall_interval_days" smallint,
	"is_online" boolean DEFAULT true NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"position" smallint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "services_clinic_uq" UNIQUE("clinic_id","id")
);
--> statement-breakpoint
ALTER TABLE "appointment_events" ADD CONSTRAINT "appointment_events_appointment_fk" FOREIGN KEY ("clinic_id","appointment_id") REFERENCES "public"."appointments"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointment_segments" ADD CONSTRAINT "appointment_segments_appointment_fk" FOREIGN KEY ("clinic_id","appointment_id") REFERENCES "public"."appointments"("clinic_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointment_segments" ADD CONSTRAINT "appointment_segments_resource_fk" FOREIGN KEY ("clinic_id","resource_id") REFERENCES "public"."resources"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_patient_fk" FOREIGN KEY ("clinic_id","patient_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_service_fk" FOREIGN KEY ("clinic_id","service_id") REFERENCES "public"."services"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_provider_fk" FOREIGN KEY ("clinic_id","provider_id") REFERENCES "public"."providers"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_operatory_fk" FOREIGN KEY ("clinic_id","operatory_id") REFERENCES "public"."operatories"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "occupancies" ADD CONSTRAINT "occupancies_appointment_fk" FOREIGN KEY ("clinic_id","appointment_id") REFERENCES "public"."appointments"("clinic_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "occupancies" ADD CONSTRAINT "occupancies_resource_fk" FOREIGN KEY ("clinic_id","resource_id") REFERENCES "public"."resources"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knowledge_entries" ADD CONSTRAINT "knowledge_entries_clinic_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "turns" ADD CONSTRAINT "turns_conversation_fk" FOREIGN KEY ("clinic_id","conversation_id") REFERENCES "public"."conversations"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "executor"."queue" ADD CONSTRAINT "queue_run_fk" FOREIGN KEY ("run_id") REFERENCES "executor"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "executor"."waits" ADD CONSTRAINT "waits_run_fk" FOREIGN KEY ("run_id") REFERENCES "executor"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "login_links" ADD CONSTRAINT "login_links_user_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_clinic_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_provider_fk" FOREIGN KEY ("clinic_id","provider_id") REFERENCES "public"."providers"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_credentials" ADD CONSTRAINT "user_credentials_user_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channels" ADD CONSTRAINT "channels_clinic_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_channel_fk" FOREIGN KEY ("clinic_id","channel_id") REFERENCES "public"."channels"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_contact_point_fk" FOREIGN KEY ("clinic_id","contact_point_id") REFERENCES "public"."contact_points"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_assignee_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_conversation_fk" FOREIGN KEY ("clinic_id","conversation_id") REFERENCES "public"."conversations"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_sender_fk" FOREIGN KEY ("sender_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_message_fk" FOREIGN KEY ("clinic_id","message_id") REFERENCES "public"."messages"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_patient_fk" FOREIGN KEY ("clinic_id","patient_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_conversation_fk" FOREIGN KEY ("clinic_id","conversation_id") REFERENCES "public"."conversations"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_done_by_fk" FOREIGN KEY ("done_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_events" ADD CONSTRAINT "webhook_events_clinic_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent_events" ADD CONSTRAINT "consent_events_contact_point_fk" FOREIGN KEY ("clinic_id","contact_point_id") REFERENCES "public"."contact_points"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_contact_point_fk" FOREIGN KEY ("clinic_id","contact_point_id") REFERENCES "public"."contact_points"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_points" ADD CONSTRAINT "contact_points_clinic_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patient_contact_points" ADD CONSTRAINT "patient_contact_points_patient_fk" FOREIGN KEY ("clinic_id","patient_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patient_contact_points" ADD CONSTRAINT "patient_contact_points_contact_point_fk" FOREIGN KEY ("clinic_id","contact_point_id") REFERENCES "public"."contact_points"("clinic_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_clinic_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_clinic_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_clinic_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "live_events" ADD CONSTRAINT "live_events_clinic_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operatories" ADD CONSTRAINT "operatories_resource_fk" FOREIGN KEY ("clinic_id","id") REFERENCES "public"."resources"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "providers" ADD CONSTRAINT "providers_resource_fk" FOREIGN KEY ("clinic_id","id") REFERENCES "public"."resources"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_clinic_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_exceptions" ADD CONSTRAINT "schedule_exceptions_clinic_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_exceptions" ADD CONSTRAINT "schedule_exceptions_provider_fk" FOREIGN KEY ("clinic_id","provider_id") REFERENCES "public"."providers"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_hours" ADD CONSTRAINT "schedule_hours_provider_fk" FOREIGN KEY ("clinic_id","provider_id") REFERENCES "public"."providers"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_operatories" ADD CONSTRAINT "service_operatories_service_fk" FOREIGN KEY ("clinic_id","service_id") REFERENCES "public"."services"("clinic_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_operatories" ADD CONSTRAINT "service_operatories_operatory_fk" FOREIGN KEY ("clinic_id","operatory_id") REFERENCES "public"."operatories"("clinic_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_providers" ADD CONSTRAINT "service_providers_service_fk" FOREIGN KEY ("clinic_id","service_id") REFERENCES "public"."services"("clinic_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_providers" ADD CONSTRAINT "service_providers_provider_fk" FOREIGN KEY ("clinic_id","provider_id") REFERENCES "public"."providers"("clinic_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_segments" ADD CONSTRAINT "service_segments_service_fk" FOREIGN KEY ("clinic_id","service_id") REFERENCES "public"."services"("clinic_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "services" ADD CONSTRAINT "services_clinic_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "appointment_events_appointment_ix" ON "appointment_events" USING btree ("clinic_id","appointment_id","at");--> statement-breakpoint
CREATE INDEX "appointments_day_ix" ON "appointments" USING btree ("clinic_id","starts_at","id");--> statement-breakpoint
CREATE INDEX "appointments_provider_day_ix" ON "appointments" USING btree ("clinic_id","provider_id","starts_at");--> statement-breakpoint
CREATE INDEX "appointments_patient_ix" ON "appointments" USING btree ("clinic_id","patient_id","starts_at");--> statement-breakpoint
CREATE INDEX "appointments_created_ix" ON "appointments" USING btree ("clinic_id","created_at");--> statement-breakpoint
CREATE INDEX "knowledge_entries_locale_ix" ON "knowledge_entries" USING btree ("clinic_id","locale");--> statement-breakpoint
CREATE INDEX "turns_conversation_ix" ON "turns" USING btree ("clinic_id","conversation_id","at");--> statement-breakpoint
CREATE INDEX "events_unrouted" ON "executor"."events" USING btree ("seq") WHERE "executor"."events"."routed_at" is null;--> statement-breakpoint
CREATE INDEX "events_received" ON "executor"."events" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "queue_due" ON "executor"."queue" USING btree ("due_at","id");--> statement-breakpoint
CREATE INDEX "queue_run" ON "executor"."queue" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "queue_leased" ON "executor"."queue" USING btree ("lease_expires_at") WHERE "executor"."queue"."lease_token" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "queue_dedupe" ON "executor"."queue" USING btree ("dedupe_key");--> statement-breakpoint
CREATE INDEX "runs_active" ON "executor"."runs" USING btree ("function_id") WHERE "executor"."runs"."state" = 'ACTIVE';--> statement-breakpoint
CREATE INDEX "runs_finished" ON "executor"."runs" USING btree ("finished_at") WHERE "executor"."runs"."finished_at" is not null;--> statement-breakpoint
CREATE INDEX "waits_event" ON "executor"."waits" USING btree ("event_name");--> statement-breakpoint
CREATE INDEX "memberships_user_ix" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_user_ix" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_one_open_uq" ON "conversations" USING btree ("clinic_id","channel_id","contact_point_id") WHERE status <> 'closed';--> statement-breakpoint
CREATE INDEX "conversations_recent_ix" ON "conversations" USING btree ("clinic_id","last_message_at","id");--> statement-breakpoint
CREATE INDEX "conversations_turn_due_ix" ON "conversations" USING btree ("turn_due_at") WHERE turn_due_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "messages_vendor_id_uq" ON "messages" USING btree ("clinic_id","vendor","vendor_id") WHERE vendor_id is not null;--> statement-breakpoint
CREATE INDEX "messages_thread_ix" ON "messages" USING btree ("clinic_id","conversation_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "messages_unanswered_ix" ON "messages" USING btree ("conversation_id") WHERE direction = 'inbound' and turn_id is null;--> statement-breakpoint
CREATE INDEX "outbox_due_ix" ON "outbox" USING btree ("due_at") WHERE state in ('due', 'sending');--> statement-breakpoint
CREATE UNIQUE INDEX "tasks_open_once_uq" ON "tasks" USING btree ("clinic_id","conversation_id","reason") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "tasks_open_ix" ON "tasks" USING btree ("clinic_id","created_at") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "webhook_events_new_ix" ON "webhook_events" USING btree ("id") WHERE state = 'new';--> statement-breakpoint
CREATE INDEX "consent_events_contact_point_ix" ON "consent_events" USING btree ("clinic_id","contact_point_id","at");--> statement-breakpoint
CREATE INDEX "patient_contact_points_contact_point_ix" ON "patient_contact_points" USING btree ("clinic_id","contact_point_id");--> statement-breakpoint
CREATE INDEX "patients_name_ix" ON "patients" USING btree ("clinic_id","name_key","id");--> statement-breakpoint
CREATE INDEX "audit_log_clinic_ix" ON "audit_log" USING btree ("clinic_id","at");--> statement-breakpoint
CREATE INDEX "audit_log_target_ix" ON "audit_log" USING btree ("clinic_id","target_id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created_ix" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "live_events_feed_ix" ON "live_events" USING btree ("clinic_id","xid","id");--> statement-breakpoint
CREATE INDEX "live_events_at_ix" ON "live_events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "schedule_exceptions_days_ix" ON "schedule_exceptions" USING btree ("clinic_id","day_to","day_from");--> statement-breakpoint
CREATE INDEX "schedule_hours_provider_ix" ON "schedule_hours" USING btree ("clinic_id","provider_id");