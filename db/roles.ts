import type { Client } from "pg";

/** Tables whose rows are evidence: the application may add and read, never change or remove. */
const APPEND_ONLY = ["audit_log", "consent_events", "appointment_events"];

const quote = (name: string) => `"${name.replace(/"/g, '""')}"`;
const literal = (value: string) => `'${value.replace(/'/g, "''")}'`;

/**
 * Creates the application's login role when it is missing. It owns nothing, is no superuser and can't bypass
 * row-level security. `owner` is a connection of the migrating role, which needs CREATEROLE for the first run.
 */
export async function ensureAppRole(owner: Client, name: string, password: string | undefined): Promise<void> {
  const { rowCount } = await owner.query("select 1 from pg_roles where rolname = $1", [name]);
  if (rowCount) return;
  const secret = password ? ` PASSWORD ${literal(password)}` : "";
  await owner
    .query(`CREATE ROLE ${quote(name)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT${secret}`)
    .catch((error: unknown) => {
      // Two databases of one cluster may be migrated at once: the other one made it.
      if (!isDuplicate(error)) throw error;
    });
}

const isDuplicate = (error: unknown) =>
  error instanceof Error && "code" in error && ["42710", "23505"].includes(String(error.code));

/** Grants what the application needs on every table, and takes back what must not be possible. */
export async function grantAppRole(owner: Client, name: string): Promise<void> {
  const role = quote(name);
  for (const schema of ["public", "executor"]) {
    await owner.query(`GRANT USAGE ON SCHEMA ${schema} TO ${role}`);
    await owner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role}`);
    await owner.query(`GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role}`);
  }
  await owner.query(`REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC`);
  await owner.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO ${role}`);
  for (const table of APPEND_ONLY) await owner.query(`REVOKE UPDATE, DELETE, TRUNCATE ON ${table} FROM ${role}`);
  await owner.query(`REVOKE INSERT, UPDATE, DELETE ON clinics FROM ${role}`);
  await owner.query(`GRANT INSERT, UPDATE ON clinics TO ${role}`);
}
