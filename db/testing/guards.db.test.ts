import { sql } from "drizzle-orm";
import { Client } from "pg";
import { expect, test } from "vitest";
import { newId } from "@/db/ids";
import { migrateDatabase } from "@/db/migrate";
import { auditLog } from "@/db/schema/records";
import { patients } from "@/db/schema/patients";
import { audit } from "@/lib/audit/record";
import { err, ok } from "@/lib/core/result";
import { query, transact, unscoped } from "@/lib/core/transact";
import { postgresErrorOf } from "@/lib/core/violations";
import { inClinic, makeBareClinic, makeClinic, makePatient } from "./make";

const rowsOf = <T extends Record<string, unknown>>(text: string) =>
  unscoped(async (tx) => (await tx.execute<T>(sql.raw(text))).rows);
const codeOf = async (work: Promise<unknown>) =>
  work.then(
    () => "no error",
    (error: unknown) => postgresErrorOf(error)?.code,
  );

/** Not clinic-owned, each with a reason. */
const NO_CLINIC: Record<string, string> = {
  clinics: "the tenant itself; its policy compares id",
  users: "a person may belong to several clinics; policies of its own",
  user_credentials: "a person's own",
  sessions: "a person's own",
  login_links: "a person's own",
  rate_limits: "counters by hashed key",
  job_beats: "names of jobs and when they last ran",
};

test("every table has forced row-level security and a clinic, or is on the list of those that need none", async () => {
  const tables = await rowsOf<{ name: string; secured: boolean; has_clinic: boolean }>(`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as secured,
      exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'clinic_id') as has_clinic
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'`);
  expect(tables.filter((table) => !table.has_clinic && !NO_CLINIC[table.name])).toEqual([]);
  expect(tables.filter((table) => !table.secured && !["rate_limits", "job_beats"].includes(table.name))).toEqual([]);
  expect(tables.length).toBeGreaterThan(30);
});

test("the application's role owns nothing, is no superuser, bypasses nothing and is a member of nobody", async () => {
  const [role] = await rowsOf(`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
    (select count(*)::int from pg_class where relowner = r.oid) as owned,
    (select count(*)::int from pg_auth_members where member = r.oid) as memberships from pg_roles r where rolname = current_user`);
  expect(role).toEqual({
    rolsuper: false,
    rolbypassrls: false,
    rolcreaterole: false,
    rolcreatedb: false,
    owned: 0,
    memberships: 0,
  });
});

test("without a clinic there are no rows and no writes, and an empty setting is no clinic", async () => {
  const { ctx } = await makeClinic();
  expect(await unscoped((tx) => tx.select().from(patients))).toEqual([]);
  const write = unscoped((tx) =>
    tx.insert(patients).values({ clinicId: ctx.clinic.id, name: "x", nameKey: "x", createdFrom: "API" }),
  );
  expect(await codeOf(write)).toBe("42501");
  const empty = unscoped(async (tx) => {
    await tx.execute(sql`select set_config('app.clinic_id', '', true)`);
    return tx.select().from(patients);
  });
  expect(await empty).toEqual([]);
});

test("a row can be neither made in another clinic nor moved there", async () => {
  const [here, elsewhere] = [await makeBareClinic(), await makeBareClinic()];
  const patient = await makePatient(here);
  const insert = inClinic(here, (tx) =>
    tx.insert(patients).values({ clinicId: elsewhere.clinic.id, name: "x", nameKey: "x", createdFrom: "API" }),
  );
  expect(await codeOf(insert)).toBe("42501");
  expect(
    await codeOf(
      inClinic(here, (tx) =>
        tx.execute(sql`update patients set clinic_id = ${elsewhere.clinic.id} where id = ${patient.id}`),
      ),
    ),
  ).toBe("42501");
});

/** References to what is no clinic's, or that carry the clinic by being its key. */
const PLAIN_REFERENCES = /_(clinic|user|sender|assignee|author|done_by|created_by)_fk$/;
/** Unique across clinics on purpose: what routes in, tokens, and ids made by us. */
const GLOBAL_UNIQUES = [
  "channels_address_uq",
  "clinics_slug_uq",
  "clinics_short_number_uq",
  "users_email_uq",
  "sessions_token_hash_uq",
  "login_links_token_hash_uq",
  "webhook_events_once_uq",
];

test("foreign keys and unique constraints of clinic-owned tables carry the clinic", async () => {
  const constraints = await rowsOf<{ name: string; kind: string; columns: string[] }>(`
    select con.conname as name, con.contype as kind, array_agg(a.attname::text) as columns
    from pg_constraint con join pg_class c on c.oid = con.conrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = con.conrelid and a.attnum = any(con.conkey)
    where n.nspname = 'public' and con.contype in ('f', 'u')
      and exists (select 1 from pg_attribute x where x.attrelid = c.oid and x.attname = 'clinic_id')
    group by 1, 2`);
  const wrong = constraints.filter(({ name, kind, columns }) => {
    if (columns.includes("clinic_id")) return false;
    return kind === "f" ? !PLAIN_REFERENCES.test(name) : !GLOBAL_UNIQUES.includes(name);
  });
  expect(wrong).toEqual([]);
});

test("functions that run as their owner are on the list, with a fixed search path, and views run as their caller", async () => {
  const functions = await rowsOf<{ name: string; config: string[] | null }>(
    `select proname as name, proconfig as config from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public' and prosecdef order by 1`,
  );
  expect(functions.map(({ name }) => name)).toEqual([
    "clinics_with_due_work",
    "clinics_with_freed_slots",
    "count_stray_events",
    "find_account",
    "find_channel",
    "find_clinic",
    "find_login_link",
    "find_outbox",
    "find_session",
    "find_user_by_email",
    "find_vendor_message",
    "has_superadmin",
    "overdue_work_seconds",
    "search_conversations",
    "search_patients",
    "sessions_still_in",
  ]);
  expect(functions.filter(({ config }) => !config?.some((setting) => setting.startsWith("search_path=")))).toEqual([]);
  expect(
    await rowsOf(
      `select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and relkind in ('v', 'm')`,
    ),
  ).toEqual([]);
});

test.each([
  "update audit_log set action = 'x'",
  "delete from audit_log",
  "truncate audit_log",
  "update consent_events set how = 'x'",
  "delete from appointment_events",
])("evidence can't be changed: %s", async (statement) => {
  const ctx = await makeBareClinic();
  await inClinic(ctx, (tx) => audit(tx, ctx, { action: "test" }));
  expect(await codeOf(inClinic(ctx, (tx) => tx.execute(sql.raw(statement))))).toBe("42501");
  expect(await query(ctx, (tx) => tx.select().from(auditLog))).toHaveLength(1);
});

test("an owner who is no superuser can migrate, and the look-ups see past its own forced policies", async () => {
  const tag = newId().slice(-12);
  const [owner, app, name] = [`owner_${tag}`, `app_${tag}`, `owned_${tag}`];
  const admin = new URL(process.env.DATABASE_MIGRATE_URL ?? "");
  const at = (user: string, database: string) => {
    const url = new URL(admin);
    [url.username, url.password, url.pathname] = [user, "secret", `/${database}`];
    return url.href;
  };
  const run = async (url: string, ...statements: string[]) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      const answers = [];
      for (const statement of statements) answers.push((await client.query<Record<string, unknown>>(statement)).rows);
      return answers.at(-1) ?? [];
    } finally {
      await client.end();
    }
  };
  await run(
    admin.href,
    `create role ${owner} login createrole password 'secret'`,
    `create database ${name} owner ${owner}`,
  );
  try {
    await migrateDatabase({ ownerUrl: at(owner, name), appUrl: at(app, name) });
    const insert = `insert into clinics (id, slug, short_number, name, country, time_zone, currency, phone, address, emergency_number)
      values ('${newId()}', 'found', 1, 'Found', 'US', 'UTC', 'USD', '+12025550100', '1 Street', '911')`;
    await run(at(app, name), "select set_config('app.hq', 'on', false)", insert);
    expect(await run(at(app, name), "select find_clinic('found') is not null as found")).toEqual([{ found: true }]);
    expect(await run(at(app, name), "select count(*)::int as seen from clinics")).toEqual([{ seen: 0 }]);
  } finally {
    await run(admin.href, `drop database ${name} with (force)`, `drop role ${app}`, `drop role ${owner}`);
  }
});

test("a refusal rolls everything back, and a pool connection carries no clinic to the next", async () => {
  const ctx = await makeBareClinic();
  const refused = await transact(ctx, {}, async (tx) => {
    await tx.insert(patients).values({ clinicId: ctx.clinic.id, name: "Ghost", nameKey: "ghost", createdFrom: "API" });
    return err("CONFLICT");
  });
  expect(refused).toEqual({ ok: false, error: "CONFLICT" });
  expect(await query(ctx, (tx) => tx.select().from(patients))).toEqual([]);
  const settings = await Promise.all(
    Array.from({ length: 20 }, () =>
      rowsOf<{ clinic: string | null }>("select current_setting('app.clinic_id', true) as clinic"),
    ),
  );
  expect(settings.flat().filter(({ clinic }) => clinic)).toEqual([]);
});

test("the same key does the work once, even when asked twice at the same moment", async () => {
  const ctx = await makeBareClinic();
  const keyed = (hash: string) => ({
    ...ctx,
    idempotent: {
      caller: "test",
      key: "k-1",
      requestHash: hash,
      answerOf: () => ({ status: 201, answer: '{"first":true}' }),
    } as NonNullable<typeof ctx.idempotent>,
  });
  const work = (one: typeof ctx) =>
    transact(one, {}, async (tx) => {
      await tx
        .insert(patients)
        .values({ id: newId(), clinicId: ctx.clinic.id, name: "Once", nameKey: "once", createdFrom: "API" });
      return ok("done");
    });
  const [first, second] = [keyed("a"), keyed("a")];
  const answers = await Promise.all([work(first), work(second)]);
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect([first, second].filter(({ idempotent }) => idempotent?.replay?.answer === '{"first":true}')).toHaveLength(1);
  expect(await query(ctx, (tx) => tx.select().from(patients))).toHaveLength(1);
  expect(await work(keyed("another body"))).toEqual({ ok: false, error: "IDEMPOTENCY_MISMATCH" });
});
