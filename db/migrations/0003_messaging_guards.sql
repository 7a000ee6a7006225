-- Tenancy of the tables that messaging brings, the search over threads, and which clinics have work of the new kinds.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['channel_credentials', 'channel_breakers', 'reply_drafts', 'notes', 'conversation_viewers',
    'canned_replies', 'templates', 'media', 'notifications', 'notification_preferences', 'notification_deliveries',
    'patient_merges'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_clinic ON %I USING (clinic_id = (SELECT current_clinic()))
      WITH CHECK (clinic_id = (SELECT current_clinic()))', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['media', 'notification_deliveries', 'webhook_events'] LOOP
    EXECUTE format('CREATE POLICY owner_look_up ON %I FOR SELECT TO CURRENT_USER USING (true)', t);
  END LOOP;
END $$;--> statement-breakpoint

-- Nobody is merged into themselves.
ALTER TABLE patients ADD CONSTRAINT patients_merged_into_other_ck CHECK (merged_into_id <> id);--> statement-breakpoint

-- Words of messages, inside one clinic. No language's stemming: patients of one clinic write in several.
CREATE INDEX messages_words_ix ON messages USING gin (clinic_id, to_tsvector('simple', text));--> statement-breakpoint

-- The newest threads in which a word was written, or whose patient or address matches. Text search operators are not
-- leakproof, so it runs here, bound to the caller's own clinic, and answers ids only. `words`: for people's names and
-- addresses; `query`: the same as a text search query, split into words as the messages are. At most 5,000 matching messages are looked at.
CREATE FUNCTION search_conversations(words text, query text, most int) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
  SELECT c.id FROM conversations c
    WHERE c.clinic_id = current_clinic() AND c.id IN (
      SELECT m.conversation_id FROM (
        SELECT conversation_id FROM messages
          WHERE clinic_id = current_clinic() AND to_tsvector('simple', text) @@ to_tsquery('simple', query) LIMIT 5000) m
      UNION
      SELECT t.id FROM patient_contact_points l
        JOIN conversations t ON t.clinic_id = l.clinic_id AND t.contact_point_id = l.contact_point_id
        WHERE l.clinic_id = current_clinic() AND l.patient_id IN (SELECT search_patients(words, 500))
      UNION
      SELECT t.id FROM contact_points k
        JOIN conversations t ON t.clinic_id = k.clinic_id AND t.contact_point_id = k.id
        WHERE k.clinic_id = current_clinic() AND words ~ '^[+0-9 ().-]{3,}$'
          AND k.value LIKE '%' || regexp_replace(words, '[^0-9]', '', 'g') || '%')
    ORDER BY c.last_message_at DESC NULLS LAST, c.id DESC LIMIT most $$;--> statement-breakpoint

-- As before, without those who were merged into somebody.
CREATE OR REPLACE FUNCTION search_patients(words text, most int) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
  SELECT id FROM (
    SELECT p.id, p.name_key FROM patients p
      WHERE p.clinic_id = current_clinic() AND p.name_key LIKE '%' || words || '%' AND p.merged_into_id IS NULL
    UNION
    SELECT p.id, p.name_key FROM contact_points k
      JOIN patient_contact_points l ON l.clinic_id = k.clinic_id AND l.contact_point_id = k.id
      JOIN patients p ON p.clinic_id = l.clinic_id AND p.id = l.patient_id
      WHERE k.clinic_id = current_clinic() AND p.merged_into_id IS NULL
        AND k.value LIKE '%' || (CASE WHEN words ~ '^[+0-9 ().-]{3,}$' THEN regexp_replace(words, '[^0-9]', '', 'g') ELSE words END) || '%'
  ) found ORDER BY name_key, id LIMIT most $$;--> statement-breakpoint

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
      WHERE d.state IN ('due', 'sending') AND d.due_at <= now() LIMIT most;
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
END $$;--> statement-breakpoint

-- Events that no clinic has, or that nobody could read, since an instant; counted for HQ, who sees no contents.
CREATE FUNCTION count_stray_events(since timestamptz) RETURNS TABLE (state text, n bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT e.state, count(*) FROM webhook_events e WHERE e.state IN ('unrouted', 'quarantined') AND e.received_at >= since GROUP BY e.state $$;
