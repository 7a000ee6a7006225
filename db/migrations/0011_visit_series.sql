-- Visits that belong together: a recall that repeats, a treatment plan, a family that comes at once.
CREATE TABLE "visit_series" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"title" text,
	"gaps" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "visit_series_clinic_uq" UNIQUE("clinic_id","id")
);
--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "series_id" uuid;--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "series_position" smallint;--> statement-breakpoint
ALTER TABLE "visit_series" ADD CONSTRAINT "visit_series_clinic_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_series_fk" FOREIGN KEY ("clinic_id","series_id") REFERENCES "public"."visit_series"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "appointments_series_uq" ON "appointments" USING btree ("clinic_id","series_id","series_position") WHERE series_id is not null;--> statement-breakpoint
ALTER TABLE visit_series ADD CONSTRAINT visit_series_kind_ck CHECK (kind IN ('recall', 'plan', 'family'));--> statement-breakpoint
ALTER TABLE appointments ADD CONSTRAINT appointments_series_ck
  CHECK ((series_id IS NULL) = (series_position IS NULL) AND series_position >= 0);--> statement-breakpoint
ALTER TABLE visit_series ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE visit_series FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY own_clinic ON visit_series USING (clinic_id = (SELECT current_clinic()))
  WITH CHECK (clinic_id = (SELECT current_clinic()));
