-- Who wants an earlier visit, the time that visits give back, and to whom it was offered.
CREATE TABLE "freed_slots" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"appointment_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"cause" text NOT NULL,
	"freed_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"ended_because" text,
	"ended_at" timestamp with time zone,
	"cascade_depth" smallint DEFAULT 0 NOT NULL,
	"batches" smallint DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone,
	CONSTRAINT "freed_slots_clinic_uq" UNIQUE("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "waitlist_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"appointment_id" uuid,
	"conversation_id" uuid,
	"urgency" text DEFAULT 'normal' NOT NULL,
	"weekdays" smallint[] DEFAULT '{}' NOT NULL,
	"not_before" text,
	"not_after" text,
	"first_day" date,
	"last_day" date,
	"source" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"note" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "waitlist_entries_clinic_uq" UNIQUE("clinic_id","id")
);
--> statement-breakpoint
CREATE TABLE "waitlist_entry_providers" (
	"clinic_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	CONSTRAINT "waitlist_entry_providers_pk" PRIMARY KEY("clinic_id","entry_id","provider_id")
);
--> statement-breakpoint
CREATE TABLE "waitlist_offers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clinic_id" uuid NOT NULL,
	"slot_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"batch" smallint NOT NULL,
	"made_by" text NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"conversation_id" uuid,
	"message_id" uuid,
	"offered_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"counted_day" date,
	"answered_at" timestamp with time zone,
	"answered_by" text,
	"appointment_id" uuid,
	"told_at" timestamp with time zone,
	CONSTRAINT "waitlist_offers_clinic_uq" UNIQUE("clinic_id","id")
);
--> statement-breakpoint
ALTER TABLE "freed_slots" ADD CONSTRAINT "freed_slots_appointment_fk" FOREIGN KEY ("clinic_id","appointment_id") REFERENCES "public"."appointments"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "freed_slots" ADD CONSTRAINT "freed_slots_provider_fk" FOREIGN KEY ("clinic_id","provider_id") REFERENCES "public"."resources"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_patient_fk" FOREIGN KEY ("clinic_id","patient_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_service_fk" FOREIGN KEY ("clinic_id","service_id") REFERENCES "public"."services"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_appointment_fk" FOREIGN KEY ("clinic_id","appointment_id") REFERENCES "public"."appointments"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_conversation_fk" FOREIGN KEY ("clinic_id","conversation_id") REFERENCES "public"."conversations"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entry_providers" ADD CONSTRAINT "waitlist_entry_providers_entry_fk" FOREIGN KEY ("clinic_id","entry_id") REFERENCES "public"."waitlist_entries"("clinic_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entry_providers" ADD CONSTRAINT "waitlist_entry_providers_provider_fk" FOREIGN KEY ("clinic_id","provider_id") REFERENCES "public"."providers"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_offers" ADD CONSTRAINT "waitlist_offers_slot_fk" FOREIGN KEY ("clinic_id","slot_id") REFERENCES "public"."freed_slots"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_offers" ADD CONSTRAINT "waitlist_offers_entry_fk" FOREIGN KEY ("clinic_id","entry_id") REFERENCES "public"."waitlist_entries"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_offers" ADD CONSTRAINT "waitlist_offers_patient_fk" FOREIGN KEY ("clinic_id","patient_id") REFERENCES "public"."patients"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_offers" ADD CONSTRAINT "waitlist_offers_provider_fk" FOREIGN KEY ("clinic_id","provider_id") REFERENCES "public"."resources"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_offers" ADD CONSTRAINT "waitlist_offers_appointment_fk" FOREIGN KEY ("clinic_id","appointment_id") REFERENCES "public"."appointments"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_offers" ADD CONSTRAINT "waitlist_offers_conversation_fk" FOREIGN KEY ("clinic_id","conversation_id") REFERENCES "public"."conversations"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_offers" ADD CONSTRAINT "waitlist_offers_message_fk" FOREIGN KEY ("clinic_id","message_id") REFERENCES "public"."messages"("clinic_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "freed_slots_one_open_uq" ON "freed_slots" USING btree ("clinic_id","provider_id","starts_at") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "freed_slots_due_ix" ON "freed_slots" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "freed_slots_recent_ix" ON "freed_slots" USING btree ("clinic_id","freed_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "waitlist_entries_one_waiting_uq" ON "waitlist_entries" USING btree ("clinic_id","patient_id","service_id") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "waitlist_entries_waiting_ix" ON "waitlist_entries" USING btree ("clinic_id","status","asked_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "waitlist_offers_one_claim_uq" ON "waitlist_offers" USING btree ("clinic_id","slot_id") WHERE status = 'claimed';--> statement-breakpoint
CREATE UNIQUE INDEX "waitlist_offers_one_open_uq" ON "waitlist_offers" USING btree ("clinic_id","slot_id","entry_id") WHERE status in ('queued', 'sent');--> statement-breakpoint
CREATE UNIQUE INDEX "waitlist_offers_one_a_day_uq" ON "waitlist_offers" USING btree ("clinic_id","patient_id","counted_day") WHERE made_by = 'sweep' and counted_day is not null;--> statement-breakpoint
CREATE INDEX "waitlist_offers_patient_ix" ON "waitlist_offers" USING btree ("clinic_id","patient_id","offered_at");--> statement-breakpoint
CREATE INDEX "waitlist_offers_conversation_ix" ON "waitlist_offers" USING btree ("clinic_id","conversation_id","offered_at");--> statement-breakpoint
CREATE INDEX "waitlist_offers_entry_ix" ON "waitlist_offers" USING btree ("clinic_id","entry_id");--> statement-breakpoint
CREATE INDEX "waitlist_offers_to_tell_ix" ON "waitlist_offers" USING btree ("clinic_id","slot_id") WHERE status = 'lost' and told_at is null;--> statement-breakpoint
-- Tenancy of the waitlist's tables, freed time written down by the database itself, and which clinics have slots to look at.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['waitlist_entries', 'waitlist_entry_providers', 'freed_slots', 'waitlist_offers'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_clinic ON %I USING (clinic_id = (SELECT current_clinic()))
      WITH CHECK (clinic_id = (SELECT current_clinic()))', t);
  END LOOP;
END $$;--> statement-breakpoint
CREATE POLICY owner_look_up ON freed_slots FOR SELECT TO CURRENT_USER USING (true);--> statement-breakpoint

ALTER TABLE freed_slots ADD CONSTRAINT freed_slots_ended_ck CHECK ((status = 'open') = (ended_because IS NULL));--> statement-breakpoint
ALTER TABLE waitlist_offers ADD CONSTRAINT waitlist_offers_claimed_ck CHECK ((status = 'claimed') = (appointment_id IS NOT NULL));--> statement-breakpoint

-- Time that a booked visit gives back before it begins, by a cancel or a move, whoever does it and by whatever road. The
-- simulator's own visits free nothing for real people. `updated_at` is the product's clock at the change.
CREATE FUNCTION note_freed_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO freed_slots (id, clinic_id, appointment_id, provider_id, starts_at, ends_at, cause, freed_at, due_at)
  VALUES (uuidv7(), OLD.clinic_id, OLD.id, OLD.provider_id, OLD.starts_at, OLD.ends_at,
    CASE WHEN NEW.status = 'cancelled' THEN 'cancelled' ELSE 'moved' END, NEW.updated_at, now())
  ON CONFLICT (clinic_id, provider_id, starts_at) WHERE status = 'open' DO NOTHING;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER appointments_freed_time AFTER UPDATE OF status, starts_at, provider_id ON appointments FOR EACH ROW
  WHEN (OLD.status = 'scheduled' AND OLD.created_from <> 'SIMULATOR' AND OLD.starts_at > NEW.updated_at
    AND (NEW.status = 'cancelled'
      OR (NEW.status = 'scheduled' AND (NEW.starts_at <> OLD.starts_at OR NEW.provider_id <> OLD.provider_id))))
  EXECUTE FUNCTION note_freed_time();--> statement-breakpoint

CREATE FUNCTION clinics_with_freed_slots(most int) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT DISTINCT s.clinic_id FROM freed_slots s WHERE s.due_at <= now() LIMIT most $$;
