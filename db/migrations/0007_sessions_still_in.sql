-- Whose sessions last, and where they are members, for all the open streams of a process at once. As isLive (lib/identity).
CREATE FUNCTION sessions_still_in(hashes text[], idle interval) RETURNS TABLE (token_hash text, clinic_id uuid, role text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT s.token_hash, m.clinic_id, m.role FROM sessions s
    JOIN users u ON u.id = s.user_id
    JOIN memberships m ON m.user_id = u.id
    WHERE s.token_hash = ANY (hashes) AND s.ended_at IS NULL AND u.disabled_at IS NULL AND s.user_epoch = u.epoch
      AND s.expires_at > now() AND s.last_seen_at > now() - idle $$;
