CREATE INDEX "appointment_events_by_patient_ix" ON "appointment_events" USING btree ("at") WHERE actor_type = 'patient';--> statement-breakpoint
CREATE POLICY owner_look_up ON appointment_events FOR SELECT TO CURRENT_USER USING (true);--> statement-breakpoint
-- As before, and what patients did to their visits in the last quarter of an hour.
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
  END CASE;
END $$;
