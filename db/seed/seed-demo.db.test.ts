import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { channels } from "@/db/schema/channels";
import { inClinic, makeBareClinic, makeChannel } from "@/db/testing/make";
import { findClinic, systemContext } from "@/lib/clinics/mint";
import { systemClock } from "@/lib/core/clock";
import { query } from "@/lib/core/transact";
import { logIn } from "@/lib/identity/log-in";
import { findSessionUser } from "@/lib/identity/session";
import { PASSWORD, PEOPLE } from "./people";
import { reportDemo } from "./report";
import { isSeeded, seedDemo } from "./seed-demo";

const NOW = new Date("2026-03-04T15:30:00Z");
let failed: unknown;

beforeAll(async () => {
  // The demo's last clinic can't be written while somebody else has its number: the first attempt breaks off.
  const ctx = await makeBareClinic();
  const channel = await makeChannel(ctx, { address: "+15550100000" });
  failed = await seedDemo(NOW).catch((error: unknown) => error);
  expect([await isSeeded(), await findClinic("north-dental")]).toEqual([false, undefined]);
  await inClinic(ctx, (tx) => tx.update(channels).set({ address: "+12025559999" }).where(eq(channels.id, channel.id)));
  expect(await seedDemo(NOW)).toBe(true);
});

test("a seed that breaks off leaves nothing, and the next one does it all", () => {
  expect(failed).toBeInstanceOf(Error);
});

test("the report counts what was promised", async () => {
  const { clinics, seeded_at } = await reportDemo();
  expect(seeded_at).toBe(NOW.toISOString());
  expect(clinics["demo-dental"]?.counts).toMatchObject({
    providers: 10,
    operatories: 6,
    services: 8,
    patients: 150,
    appointments: 600,
    conversations: 25,
    knowledge_entries: 36,
  });
  expect(clinics["north-dental"]?.counts).toMatchObject({
    providers: 3,
    operatories: 2,
    services: 4,
    patients: 30,
    appointments: 80,
  });
  expect(clinics["north-dental"]?.channels).toContainEqual({ kind: "twilio_sms", address: "+15550100001" });
});

test("a second seed is a no-op", async () => {
  const before = await reportDemo();
  expect(await seedDemo(new Date("2026-04-01T00:00:00Z"))).toBe(false);
  expect(await reportDemo()).toEqual(before);
});

test("active visits occupy exactly what they take, past ones nothing, and no two ever overlapped", async () => {
  for (const slug of ["demo-dental", "north-dental"]) {
    const { rows } = await query(await systemContext(slug, "test"), (tx) =>
      tx.execute<{ overlaps: number; missing: number; left: number }>(sql`
        select
          (select count(*)::int from appointment_segments s join appointment_segments t on t.resource_id = s.resource_id
            and t.appointment_id > s.appointment_id and t.occupied && s.occupied) as overlaps,
          (select count(*)::int from appointment_segments s join appointments a on a.id = s.appointment_id
            left join occupancies o on o.appointment_id = s.appointment_id and o.resource_id = s.resource_id
            where appointment_is_active(a.status) and o.during is distinct from s.occupied) as missing,
          (select count(*)::int from occupancies o join appointments a on a.id = o.appointment_id
            where not appointment_is_active(a.status)) as left`),
    );
    expect(rows[0]).toEqual({ overlaps: 0, missing: 0, left: 0 });
  }
});

test.each(PEOPLE)("$email logs in and sees their clinics", async ({ email, roles, hqRole }) => {
  const opened = await logIn({ email, password: PASSWORD }, email, systemClock);
  const found = opened.ok ? await findSessionUser(opened.data.token, new Date()) : undefined;
  expect(found?.memberships.map(({ slug, role }) => ({ slug, role }))).toEqual(
    roles.map(({ slug, role }) => ({ slug, role })),
  );
  expect(found?.user.hqRole ?? undefined).toBe(hqRole);
});
