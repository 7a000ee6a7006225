ALTER TABLE "audit_log" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "dedupe_key" text;--> statement-breakpoint
CREATE UNIQUE INDEX "audit_log_dedupe_uq" ON "audit_log" USING btree ("clinic_id","dedupe_key") WHERE dedupe_key is not null;