-- Former books that were taken over, and the secret addresses at which providers read their calendars.
CREATE TABLE "calendar_feeds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"shows" text DEFAULT 'service' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	"last_read_at" timestamp with time zone,
	CONSTRAINT "calendar_feeds_token_uq" UNIQUE("clinic_id","token_hash")
);
--> statement-breakpoint
CREATE TABLE "imported_visits" (
	"clinic_id" uuid NOT NULL,
	"appointment_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"external_id" text,
	CONSTRAINT "imported_visits_pk" PRIMARY KEY("clinic_id","appointment_id"),
	CONSTRAINT "imported_visits_external_uq" UNIQUE("clinic_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "visit_imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_id" text NOT NULL,
	"visits" integer NOT NULL,
	"undone_at" timestamp with time zone,
	CONSTRAINT "visit_imports_clinic_uq" UNIQUE("clinic_id","id")
);
--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_provider_fk" FOREIGN KEY ("clinic_id","provider_id") REFERENCES "public"."providers"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imported_visits" ADD CONSTRAINT "imported_visits_appointment_fk" FOREIGN KEY ("clinic_id","appointment_id") REFERENCES "public"."appointments"("clinic_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imported_visits" ADD CONSTRAINT "imported_visits_import_fk" FOREIGN KEY ("clinic_id","import_id") REFERENCES "public"."visit_imports"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_imports" ADD CONSTRAINT "visit_imports_clinic_fk" FOREIGN KEY ("clinic_id") REFERENCES "public"."clinics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feeds_live_uq" ON "calendar_feeds" USING btree ("clinic_id","provider_id") WHERE revoked_at is null;--> statement-breakpoint
CREATE INDEX "imported_visits_import_ix" ON "imported_visits" USING btree ("clinic_id","import_id");--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['visit_imports', 'imported_visits', 'calendar_feeds'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_clinic ON %I USING (clinic_id = (SELECT current_clinic()))
      WITH CHECK (clinic_id = (SELECT current_clinic()))', t);
  END LOOP;
END $$;
