/** Clinic-owned tables, or columns of them, that change without an audit row, and why that is right. */
const UNAUDITED: readonly { table: string; columns?: readonly string[]; because: string }[] = [
  { table: "audit_log", because: "it is the audit" },
  { table: "audit_chain", because: "it links what was audited" },
  { table: "live_events", because: "it tells screens of a change and changes nothing" },
  { table: "idempotency_keys", because: "it keeps an answer, whose work was audited" },
  { table: "webhook_events", because: "it is raw and nobody's until it is routed; what is made of it is audited" },
  { table: "freed_slots", columns: ["due_at"], because: "when the sweep looks again is no news of the slot" },
  {
    ...{ table: "conversations", columns: ["turn_lease_token", "turn_lease_until", "turn_due_at", "turn_failures"] },
    because: "who works on a turn, and when it is tried again, is no news of the talk",
  },
];

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const ROWS = UNAUDITED.map(
  ({ table, columns, because }) =>
    `(${quoted(table)}, ${columns ? `array[${columns.map(quoted).join(", ")}]` : "null"}, ${quoted(because)})`,
).join(", ");

/** What the refusal of a commit begins with. */
export const UNAUDITED_COMMIT = "I12: a commit without an audit row";

/**
 * In test databases alone: at the end of each of the workers' transactions a change of a clinic-owned table asks for an
 * audit row of the same transaction, and without one the commit is refused. One that was rolled back to a savepoint is none.
 */
export const AUDITED = `
create table fire.unaudited (name text primary key, columns text[], because text not null);
insert into fire.unaudited (name, columns, because) values ${ROWS};

create function fire.note_audit() returns trigger language plpgsql as $$
begin
  perform set_config('fire.audited', pg_current_xact_id()::text, true);
  return null;
end $$;
create trigger fire_note after insert on audit_log for each row execute function fire.note_audit();

create function fire.ask_for_audit() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
  free text[];
begin
  if current_setting('fire.audited', true) is not distinct from pg_current_xact_id()::text
    or current_setting('application_name') !~ '^(web|jobs)[0-9]*[.]' then
    return null;
  end if;
  select u.columns into free from fire.unaudited u where u.name = tg_table_name;
  if tg_op = 'UPDATE' and to_jsonb(new) - coalesce(free, '{}') = to_jsonb(old) - coalesce(free, '{}') then
    return null;
  end if;
  raise exception '${UNAUDITED_COMMIT}: % of %', lower(tg_op), tg_table_name;
end $$;

do $$
declare owned text;
begin
  for owned in select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'clinic_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and not exists (select from fire.unaudited u where u.name = c.relname and u.columns is null)
  loop
    execute format('create constraint trigger fire_audited after insert or update or delete on %I
      deferrable initially deferred for each row execute function fire.ask_for_audit()', owned);
  end loop;
end $$;
`;
