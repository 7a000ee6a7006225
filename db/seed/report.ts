import { sql } from "drizzle-orm";
import { memberships } from "@/db/schema/identity";
import { systemContext } from "@/lib/clinics/mint";
import { query } from "@/lib/core/transact";
import { DEMO_DENTAL } from "./demo-dental/clinic";
import { NORTH_DENTAL } from "./north-dental/clinic";
import { PASSWORD, PEOPLE, roleOf } from "./people";

const TABLES = {
  providers: sql`providers`,
  operatories: sql`operatories`,
  services: sql`services`,
  schedule_exceptions: sql`schedule_exceptions`,
  members: sql`memberships`,
  patients: sql`patients`,
  contact_points: sql`contact_points`,
  consents: sql`consents`,
  appointments: sql`appointments`,
  conversations: sql`conversations`,
  messages: sql`messages`,
  turns: sql`turns`,
  tasks: sql`tasks`,
  knowledge_entries: sql`knowledge_entries`,
} as const;

export interface SeedReport {
  seeded_at: string;
  password: string;
  logins: { email: string; password: string; name: string; role: string }[];
  clinics: Record<string, ClinicReport>;
}
interface ClinicReport {
  name: string;
  time_zone: string;
  channels: { kind: string; address: string }[];
  counts: Record<string, number>;
  appointments_by_status: Record<string, number>;
}

/** What the demo holds, counted in the database. */
export async function reportDemo(): Promise<SeedReport> {
  const clinics: SeedReport["clinics"] = {};
  for (const { clinic } of [DEMO_DENTAL, NORTH_DENTAL]) clinics[clinic.slug] = await reportClinic(clinic.slug);
  const logins = PEOPLE.map((person) => ({
    email: person.email,
    password: PASSWORD,
    name: person.name,
    role: roleOf(person),
  }));
  return { seeded_at: await seededAt(), password: PASSWORD, logins, clinics };
}

/** The moment around which the demo was made. */
async function seededAt(): Promise<string> {
  const ctx = await systemContext(DEMO_DENTAL.clinic.slug, "seed");
  const [first] = await query(ctx, (tx) =>
    tx.select({ at: memberships.createdAt }).from(memberships).orderBy(memberships.createdAt).limit(1),
  );
  return (first?.at ?? ctx.now()).toISOString();
}

async function reportClinic(slug: string): Promise<ClinicReport> {
  const { clinic, ...rest } = await systemContext(slug, "seed");
  return query({ clinic, ...rest }, async (tx) => {
    const counts = Object.entries(TABLES).map(
      ([name, table]) => sql`select ${name} as name, count(*)::int as count from ${table} where clinic_id = ${clinic.id}`,
    );
    const { rows } = await tx.execute<{ name: string; count: number }>(sql.join(counts, sql` union all `));
    const statuses = await tx.execute<{ name: string; count: number }>(
      sql`select status as name, count(*)::int as count from appointments where clinic_id = ${clinic.id} group by 1 order by 1`,
    );
    const channels = await tx.execute<{ kind: string; address: string }>(
      sql`select kind, address from channels where clinic_id = ${clinic.id} order by kind desc`,
    );
    const asObject = (list: { name: string; count: number }[]) =>
      Object.fromEntries(list.map(({ name, count }) => [name, count]));
    return {
      name: clinic.name,
      time_zone: clinic.timeZone,
      channels: channels.rows,
      counts: asObject(rows),
      appointments_by_status: asObject(statuses.rows),
    };
  });
}
