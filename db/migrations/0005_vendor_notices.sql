ALTER TABLE "channels" ADD COLUMN "vendor_notice" text;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "vendor_notice_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "templates_read_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "clinics" ADD COLUMN "day_mail_due_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE INDEX "channels_account_ix" ON "channels" USING btree ("kind","account");--> statement-breakpoint

-- Whose a vendor's account is: the channels that claim it, but for claims that the vendor did not bear out.
CREATE FUNCTION find_account(channel_kind text, vendor_account text) RETURNS TABLE (clinic_id uuid, channel_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT c.clinic_id, c.id FROM channels c WHERE c.kind = channel_kind AND c.account = vendor_account AND c.is_active
    AND (c.check_problem IS NULL OR c.check_problem NOT IN ('account', 'unreachable')) ORDER BY c.id LIMIT 100 $$;--> statement-breakpoint

-- As before, and clinics whose templates or whose providers' day are to be looked at.
CREATE OR REPLACE FUNCTION clinics_with_due_work(work text, most int) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
BEGIN
  CASE work
    WHEN 'turn' THEN RETURN QUERY SELECT DISTINCT c.clinic_id FROM conversations c
      WHERE c.turn_due_at <= now() AND (c.turn_lease_until IS NULL OR c.turn_lease_until < now()) LIMIT most;
    WHEN 'outbox' THEN RETURN QUERY SELECT DISTINCT o.clinic_id FROM outbox o
      WHERE (o.state = 'due' AND o.due_at <= now()) OR (o.state = 'sending' AND o.lease_until < now()) LIMIT most;
    WHEN 'hold' THEN RETURN QUERY SELECT DISTINCT a.clinic_id FROM appointments a
      WHERE a.status = 'held' AND a.hold_expires_at <= now() LIMIT most;
    WHEN 'live_events' THEN RETURN QUERY SELECT DISTINCT e.clinic_id FROM live_events e
      WHERE e.at < now() - interval '1 day' LIMIT most;
    WHEN 'idempotency_keys' THEN RETURN QUERY SELECT DISTINCT k.clinic_id FROM idempotency_keys k
      WHERE k.created_at < now() - interval '1 day' LIMIT most;
    WHEN 'media' THEN RETURN QUERY SELECT DISTINCT m.clinic_id FROM media m
      WHERE m.state = 'pending' AND m.due_at <= now() LIMIT most;
    WHEN 'notification' THEN RETURN QUERY SELECT DISTINCT d.clinic_id FROM notification_deliveries d
      WHERE (d.state = 'due' AND d.due_at <= now()) OR (d.state = 'sending' AND d.lease_until < now()) LIMIT most;
    WHEN 'visit_news' THEN RETURN QUERY SELECT DISTINCT v.clinic_id FROM appointment_events v
      WHERE v.actor_type = 'patient' AND v.at > now() - interval '15 minutes' LIMIT most;
    WHEN 'snooze' THEN RETURN QUERY SELECT DISTINCT c.clinic_id FROM conversations c
      WHERE c.snoozed_until <= now() LIMIT most;
    WHEN 'unanswered' THEN RETURN QUERY SELECT DISTINCT c.clinic_id FROM conversations c
      WHERE c.last_inbound_at >= c.last_message_at AND c.status <> 'closed'
        AND (c.unanswered_alert_at IS NULL OR c.unanswered_alert_at < c.last_inbound_at)
        AND c.last_inbound_at <= now() - interval '1 minute' LIMIT most;
    WHEN 'reconcile' THEN RETURN QUERY SELECT DISTINCT c.clinic_id FROM channels c
      WHERE c.is_active AND c.kind IN ('twilio_sms', 'twilio_whatsapp')
        AND (c.reconciled_until IS NULL OR c.reconciled_until < now() - interval '10 minutes') LIMIT most;
    WHEN 'templates' THEN RETURN QUERY SELECT DISTINCT c.clinic_id FROM channels c
      WHERE c.is_active AND c.kind = 'whatsapp_cloud' AND c.account IS NOT NULL
        AND (c.templates_read_at IS NULL OR c.templates_read_at < now() - interval '1 hour') LIMIT most;
    WHEN 'day_mail' THEN RETURN QUERY SELECT c.id FROM clinics c
      WHERE c.status = 'active' AND c.day_mail_due_at <= now() ORDER BY c.day_mail_due_at LIMIT most;
  END CASE;
END $$;
