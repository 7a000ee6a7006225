-- What the database guards by itself: no double booking, no backward steps, no other clinic's rows.
CREATE EXTENSION IF NOT EXISTS btree_gist;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gin;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint

-- 1. No double booking -------------------------------------------------------------------------------------------
ALTER TABLE occupancies ADD CONSTRAINT occupancies_no_overlap
  EXCLUDE USING gist (resource_id WITH =, during WITH &&);--> statement-breakpoint
ALTER TABLE appointments ADD CONSTRAINT appointments_ends_after_start_ck CHECK (ends_at > starts_at);--> statement-breakpoint
ALTER TABLE appointments ADD CONSTRAINT appointments_hold_ck CHECK ((status = 'held') = (hold_expires_at IS NOT NULL));--> statement-breakpoint
ALTER TABLE appointments ADD CONSTRAINT appointments_status_ck
  CHECK (status IN ('held', 'scheduled', 'checked_in', 'completed', 'cancelled', 'no_show', 'expired'));--> statement-breakpoint

CREATE FUNCTION appointment_is_active(status text) RETURNS boolean LANGUAGE sql IMMUTABLE
  RETURN status IN ('held', 'scheduled', 'checked_in');--> statement-breakpoint

-- At commit: an active visit occupies exactly what its plan says, an inactive one nothing.
CREATE FUNCTION check_occupancy() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  visit_id uuid;
  visit record;
  wrong boolean;
BEGIN
  IF TG_TABLE_NAME = 'appointments' THEN visit_id := NEW.id;
  ELSE visit_id := coalesce(NEW.appointment_id, OLD.appointment_id);
  END IF;
  SELECT id, clinic_id, status INTO visit FROM appointments WHERE id = visit_id;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF appointment_is_active(visit.status) THEN
    SELECT NOT EXISTS (SELECT 1 FROM appointment_segments s
        WHERE s.clinic_id = visit.clinic_id AND s.appointment_id = visit_id)
        OR EXISTS (
          SELECT 1 FROM (SELECT * FROM appointment_segments WHERE clinic_id = visit.clinic_id AND appointment_id = visit_id) s
          FULL JOIN (SELECT * FROM occupancies WHERE clinic_id = visit.clinic_id AND appointment_id = visit_id) o
            ON o.resource_id = s.resource_id AND o.during = s.occupied
          WHERE s.appointment_id IS NULL OR o.appointment_id IS NULL)
      INTO wrong;
  ELSE
    SELECT EXISTS (SELECT 1 FROM occupancies o
        WHERE o.clinic_id = visit.clinic_id AND o.appointment_id = visit_id) INTO wrong;
  END IF;
  IF wrong THEN
    RAISE EXCEPTION 'visit % (%) and what it occupies disagree', visit_id, visit.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'occupancies_match_status';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER occupancies_match_status AFTER INSERT OR UPDATE ON appointments
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_occupancy();--> statement-breakpoint
CREATE CONSTRAINT TRIGGER occupancies_match_plan AFTER INSERT OR UPDATE OR DELETE ON occupancies
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_occupancy();--> statement-breakpoint
CREATE CONSTRAINT TRIGGER segments_match_occupancies AFTER INSERT OR UPDATE OR DELETE ON appointment_segments
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_occupancy();--> statement-breakpoint

-- 2. States only move along their edges ---------------------------------------------------------------------------
CREATE FUNCTION check_appointment_edge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status IS DISTINCT FROM OLD.status AND NOT (OLD.status || '>' || NEW.status) = ANY (ARRAY[
    'held>scheduled', 'held>expired', 'held>cancelled',
    'scheduled>checked_in', 'scheduled>completed', 'scheduled>cancelled', 'scheduled>no_show',
    'checked_in>completed', 'checked_in>scheduled',
    'no_show>checked_in', 'no_show>completed', 'no_show>scheduled',
    'cancelled>scheduled', 'completed>checked_in']) THEN
    RAISE EXCEPTION 'visit % can not go from % to %', NEW.id, OLD.status, NEW.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appointments_edge';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER appointments_edge BEFORE UPDATE OF status ON appointments
  FOR EACH ROW EXECUTE FUNCTION check_appointment_edge();--> statement-breakpoint

-- How far a message has come; a status callback of a lower rank is old news.
CREATE FUNCTION message_status_rank(status text) RETURNS int LANGUAGE sql IMMUTABLE RETURN
  CASE status WHEN 'queued' THEN 0 WHEN 'sending' THEN 1 WHEN 'unknown' THEN 2 WHEN 'sent' THEN 3
    WHEN 'failed' THEN 4 WHEN 'suppressed' THEN 4 WHEN 'delivered' THEN 5 WHEN 'read' THEN 6 WHEN 'received' THEN 9 END;--> statement-breakpoint
CREATE FUNCTION check_message_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF message_status_rank(NEW.status) < message_status_rank(OLD.status) THEN
    RAISE EXCEPTION 'message % can not go back from % to %', NEW.id, OLD.status, NEW.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'messages_status_forward';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER messages_status_forward BEFORE UPDATE OF status ON messages
  FOR EACH ROW EXECUTE FUNCTION check_message_status();--> statement-breakpoint
ALTER TABLE messages ADD CONSTRAINT messages_status_known_ck CHECK (message_status_rank(status) IS NOT NULL);--> statement-breakpoint

-- 3. Search: trigrams of the folded name and of the address, inside one clinic -------------------------------------
CREATE INDEX patients_name_trgm_ix ON patients USING gin (clinic_id, name_key gin_trgm_ops);--> statement-breakpoint
CREATE INDEX contact_points_value_trgm_ix ON contact_points USING gin (clinic_id, value gin_trgm_ops);--> statement-breakpoint

-- 4. Tenancy: row-level security, forced, on every table with a clinic ---------------------------------------------
CREATE FUNCTION current_clinic() RETURNS uuid LANGUAGE sql STABLE
  RETURN nullif(current_setting('app.clinic_id', true), '')::uuid;--> statement-breakpoint
CREATE FUNCTION current_app_user() RETURNS uuid LANGUAGE sql STABLE
  RETURN nullif(current_setting('app.user_id', true), '')::uuid;--> statement-breakpoint
CREATE FUNCTION is_hq() RETURNS boolean LANGUAGE sql STABLE
  RETURN coalesce(current_setting('app.hq', true), '') = 'on';--> statement-breakpoint

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['resources', 'providers', 'operatories', 'schedule_hours', 'schedule_exceptions', 'services',
    'service_segments', 'service_providers', 'service_operatories', 'patients', 'contact_points',
    'patient_contact_points', 'consents', 'consent_events', 'appointments', 'appointment_segments', 'occupancies',
    'appointment_events', 'channels', 'conversations', 'messages', 'outbox', 'tasks', 'turns', 'knowledge_entries',
    'live_events', 'idempotency_keys'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_clinic ON %I USING (clinic_id = (SELECT current_clinic()))
      WITH CHECK (clinic_id = (SELECT current_clinic()))', t);
  END LOOP;
  -- The owner of the look-up functions may read what they look up; the policies above bind owners too.
  FOREACH t IN ARRAY ARRAY['clinics', 'users', 'memberships', 'sessions', 'login_links', 'channels', 'conversations',
    'messages', 'outbox', 'appointments', 'patients', 'contact_points', 'patient_contact_points', 'idempotency_keys', 'live_events'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_look_up ON %I FOR SELECT TO CURRENT_USER USING (true)', t);
  END LOOP;
END $$;--> statement-breakpoint

CREATE POLICY own_clinic ON clinics FOR SELECT USING (
  id = (SELECT current_clinic()) OR (SELECT is_hq())
  OR EXISTS (SELECT 1 FROM memberships m WHERE m.clinic_id = clinics.id AND m.user_id = (SELECT current_app_user())));--> statement-breakpoint
CREATE POLICY own_clinic_update ON clinics FOR UPDATE USING (id = (SELECT current_clinic())) WITH CHECK (id = (SELECT current_clinic()));--> statement-breakpoint
CREATE POLICY hq_insert ON clinics FOR INSERT WITH CHECK ((SELECT is_hq()));--> statement-breakpoint

CREATE POLICY own_clinic ON memberships USING (clinic_id = (SELECT current_clinic())) WITH CHECK (clinic_id = (SELECT current_clinic()));--> statement-breakpoint
CREATE POLICY own_user ON memberships FOR SELECT USING (user_id = (SELECT current_app_user()));--> statement-breakpoint

CREATE POLICY self ON users USING (id = (SELECT current_app_user())) WITH CHECK (id = (SELECT current_app_user()));--> statement-breakpoint
CREATE POLICY hq ON users USING ((SELECT is_hq())) WITH CHECK ((SELECT is_hq()));--> statement-breakpoint
CREATE POLICY colleagues ON users FOR SELECT USING (EXISTS (
  SELECT 1 FROM memberships m WHERE m.user_id = users.id AND m.clinic_id = (SELECT current_clinic())));--> statement-breakpoint

ALTER TABLE user_credentials ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE user_credentials FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY self ON user_credentials USING (user_id = (SELECT current_app_user())) WITH CHECK (user_id = (SELECT current_app_user()));--> statement-breakpoint
CREATE POLICY self ON sessions USING (user_id = (SELECT current_app_user())) WITH CHECK (user_id = (SELECT current_app_user()));--> statement-breakpoint
CREATE POLICY self ON login_links USING (user_id = (SELECT current_app_user())) WITH CHECK (user_id = (SELECT current_app_user()));--> statement-breakpoint

-- A raw event has no clinic until it is routed; once it has one, only that clinic sees it.
ALTER TABLE webhook_events ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE webhook_events FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY unrouted_or_own ON webhook_events
  USING (clinic_id IS NULL OR clinic_id = (SELECT current_clinic()))
  WITH CHECK (clinic_id IS NULL OR clinic_id = (SELECT current_clinic()));--> statement-breakpoint

ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE audit_log FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY own_clinic ON audit_log USING (clinic_id = (SELECT current_clinic())) WITH CHECK (clinic_id = (SELECT current_clinic()));--> statement-breakpoint
CREATE POLICY hq_write ON audit_log FOR INSERT WITH CHECK (clinic_id IS NULL AND scope = 'HQ');--> statement-breakpoint
CREATE POLICY hq_read ON audit_log FOR SELECT USING (clinic_id IS NULL AND (SELECT is_hq()));--> statement-breakpoint

-- 5. Look-ups before a clinic is known. They answer ids only; all else runs inside the clinic. ----------------------
CREATE FUNCTION find_clinic(ref text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT id FROM clinics WHERE slug = ref OR id::text = ref OR short_number::text = ref LIMIT 1 $$;--> statement-breakpoint
CREATE FUNCTION find_user_by_email(address text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT id FROM users WHERE email = lower(address) $$;--> statement-breakpoint
CREATE FUNCTION find_session(hash text) RETURNS TABLE (session_id uuid, user_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT s.id, s.user_id FROM sessions s WHERE s.token_hash = hash $$;--> statement-breakpoint
CREATE FUNCTION find_login_link(hash text) RETURNS TABLE (link_id uuid, user_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT l.id, l.user_id FROM login_links l WHERE l.token_hash = hash $$;--> statement-breakpoint
CREATE FUNCTION has_superadmin() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT EXISTS (SELECT 1 FROM users WHERE hq_role = 'SUPERADMIN') $$;--> statement-breakpoint
CREATE FUNCTION find_channel(channel_kind text, channel_address text) RETURNS TABLE (clinic_id uuid, channel_id uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT c.clinic_id, c.id FROM channels c WHERE c.kind = channel_kind AND c.address = channel_address AND c.is_active $$;--> statement-breakpoint
CREATE FUNCTION find_outbox(outbox_id uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT o.clinic_id FROM outbox o WHERE o.id = outbox_id $$;--> statement-breakpoint
CREATE FUNCTION find_vendor_message(message_vendor text, message_vendor_id text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT m.clinic_id FROM messages m WHERE m.vendor = message_vendor AND m.vendor_id = message_vendor_id LIMIT 1 $$;--> statement-breakpoint
CREATE FUNCTION clinics_with_due_work(work text, most int) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
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
  END CASE;
END $$;--> statement-breakpoint

-- How late the work is that waits for a background function, in seconds; 0 when nothing is late. For health only.
CREATE FUNCTION overdue_work_seconds() RETURNS double precision LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT coalesce(extract(epoch FROM now() - least(
      (SELECT min(turn_due_at) FROM conversations WHERE turn_due_at <= now()),
      (SELECT min(due_at) FROM outbox WHERE state = 'due' AND due_at <= now()),
      (SELECT min(received_at) FROM webhook_events WHERE state = 'new'))), 0) $$;--> statement-breakpoint

-- Trigram operators are not leakproof, so row-level security keeps them from their index: the search runs here,
-- bound to the caller's own clinic, and answers ids only.
CREATE FUNCTION search_patients(words text, most int) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
  SELECT id FROM (
    SELECT p.id, p.name_key FROM patients p
      WHERE p.clinic_id = current_clinic() AND p.name_key LIKE '%' || words || '%'
    UNION
    SELECT p.id, p.name_key FROM contact_points k
      JOIN patient_contact_points l ON l.clinic_id = k.clinic_id AND l.contact_point_id = k.id
      JOIN patients p ON p.clinic_id = l.clinic_id AND p.id = l.patient_id
      WHERE k.clinic_id = current_clinic()
        AND k.value LIKE '%' || (CASE WHEN words ~ '^[+0-9 ().-]{3,}$' THEN regexp_replace(words, '[^0-9]', '', 'g') ELSE words END) || '%'
  ) found ORDER BY name_key, id LIMIT most $$;--> statement-breakpoint
CREATE INDEX appointments_hold_ix ON appointments (hold_expires_at) WHERE status = 'held';
