-- Times that providers are taken elsewhere, and how many visits patients may book on a day.
CREATE TABLE "external_busy" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"source" text NOT NULL,
	"external_id" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"is_all_day" boolean DEFAULT false NOT NULL,
	"is_long" boolean GENERATED ALWAYS AS (ends_at - starts_at > interval '1 day') STORED NOT NULL,
	CONSTRAINT "external_busy_event_uq" UNIQUE("clinic_id","provider_id","source","external_id")
);
--> statement-breakpoint
ALTER TABLE "providers" ADD COLUMN "daily_cap" smallint;--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "daily_cap" smallint;--> statement-breakpoint
ALTER TABLE "external_busy" ADD CONSTRAINT "external_busy_provider_fk" FOREIGN KEY ("clinic_id","provider_id") REFERENCES "public"."providers"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "external_busy_start_ix" ON "external_busy" USING btree ("clinic_id","provider_id","starts_at") WHERE not is_long;--> statement-breakpoint
CREATE INDEX "external_busy_long_ix" ON "external_busy" USING btree ("clinic_id","provider_id","ends_at") WHERE is_long;--> statement-breakpoint
ALTER TABLE "external_busy" ADD CONSTRAINT "external_busy_forward_ck" CHECK (ends_at > starts_at);--> statement-breakpoint
ALTER TABLE "providers" ADD CONSTRAINT "providers_daily_cap_ck" CHECK (daily_cap > 0);--> statement-breakpoint
ALTER TABLE "services" ADD CONSTRAINT "services_daily_cap_ck" CHECK (daily_cap > 0);--> statement-breakpoint
ALTER TABLE external_busy ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE external_busy FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY own_clinic ON external_busy USING (clinic_id = (SELECT current_clinic()))
  WITH CHECK (clinic_id = (SELECT current_clinic()));
