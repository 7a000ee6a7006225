/**
 * Watchers in a schema of their own, in test databases alone: they write down what a table by itself forgets, who changed
 * a lease and every step of a message's status. Connections are told apart by their application name.
 */
export const WATCH = `
create schema fire;
create table fire.lease_changes (
  n bigint generated always as identity, work text not null, id uuid not null, writer text not null,
  held uuid, was_live boolean not null, next uuid, state text);
create table fire.stops (
  n bigint generated always as identity, contact_point_id uuid not null, channel_kind text not null, state text not null,
  told_at timestamptz not null, at timestamptz not null);
create table fire.clock (n bigint generated always as identity, since timestamptz not null, ahead interval not null);
create table fire.status_changes (n bigint generated always as identity, id uuid not null, was text not null, became text not null);

create function fire.note_conversation() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.turn_lease_token is distinct from old.turn_lease_token or new.dialog is distinct from old.dialog then
    insert into fire.lease_changes (work, id, writer, held, was_live, next)
    values ('turn', new.id, current_setting('application_name'), old.turn_lease_token,
      coalesce(old.turn_lease_until >= now(), false), new.turn_lease_token);
  end if;
  return null;
end $$;
create trigger fire_note after update on conversations for each row execute function fire.note_conversation();

create function fire.note_turn() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into fire.lease_changes (work, id, writer, held, was_live)
  select 'turn', id, current_setting('application_name'), turn_lease_token, coalesce(turn_lease_until >= now(), false)
  from public.conversations where id = new.conversation_id;
  return null;
end $$;
create trigger fire_note after insert on turns for each row execute function fire.note_turn();

create function fire.note_outbox() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.lease_token is distinct from old.lease_token or new.state is distinct from old.state then
    insert into fire.lease_changes (work, id, writer, held, was_live, next, state)
    values ('send', new.id, current_setting('application_name'), old.lease_token,
      coalesce(old.lease_until >= now(), false), new.lease_token, new.state);
  end if;
  return null;
end $$;
create trigger fire_note after update on outbox for each row execute function fire.note_outbox();

create function fire.note_message() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.status is distinct from old.status then
    insert into fire.status_changes (id, was, became) values (new.id, old.status, new.status);
  end if;
  return null;
end $$;
create trigger fire_note after update on messages for each row execute function fire.note_message();
-- Just before the commit: nothing that it keeps out may begin any more.
create function fire.note_consent() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into fire.stops (contact_point_id, channel_kind, state, told_at, at)
  values (new.contact_point_id, new.channel_kind, new.state, new.at, clock_timestamp());
  return null;
end $$;
create constraint trigger fire_note after insert on consent_events deferrable initially deferred
  for each row when (new.purpose = 'service') execute function fire.note_consent();

-- How far the product's clock was ahead of the carriers' at a moment, by a run's own will.
create function fire.ahead(at timestamptz) returns interval language sql stable security definer set search_path = pg_catalog as $$
  select coalesce((select ahead from fire.clock where since <= at order by n desc limit 1), interval '0')
$$;
grant usage on schema fire to public;
`;
