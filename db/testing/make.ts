import { eq } from "drizzle-orm";
import { newId } from "@/db/ids";
import type { channels } from "@/db/schema/channels";
import { clinics } from "@/db/schema/clinics";
import { memberships, userCredentials, users } from "@/db/schema/identity";
import { contactPoints, patientContactPoints, patients } from "@/db/schema/patients";
import type { operatories, providers } from "@/db/schema/resources";
import type { services } from "@/db/schema/services";
import { systemContext } from "@/lib/clinics/mint";
import { clockAt } from "@/lib/core/clock";
import type { ClinicContext } from "@/lib/core/context";
import { ok, unwrap } from "@/lib/core/result";
import { transact, transactAsHq, transactAsUser } from "@/lib/core/transact";
import { hashPassword } from "@/lib/identity/password";
import type { HqRole, MemberRole } from "@/lib/identity/permissions";
import type { Tx } from "@/db/client";
import { addChannels, addOperatories, addProviders, addServices, makerOf, type HoursOf, type Segment } from "./rows";

/** A Monday, 07:00 in New York: the moment at which tests live unless they say otherwise. */
export const NOW = "2026-03-02T12:00:00Z";

const unique = () => newId().slice(-8);
let phones = Math.floor(Math.random() * 9_000_000);
/** A phone number of nobody: the US range that is kept free for examples, then a counter. */
export const makePhone = (): string => `+1202555${String(phones++ % 10_000).padStart(4, "0")}`;

const hqContext = (now: string) => ({
  actor: { type: "system", id: "test" } as const,
  hqRole: "SYSTEM" as const,
  locale: "en",
  requestId: newId(),
  now: clockAt(now),
});

type ClinicFields = Partial<typeof clinics.$inferInsert>;
type Insert = Omit<typeof clinics.$inferInsert, "slug" | "shortNumber">;

const CLINIC: Insert = {
  name: "Test Dental",
  country: "US",
  timeZone: "America/New_York",
  currency: "USD",
  locales: ["en", "es", "ar"],
  phone: "+12025550100",
  address: "1 Test Street, New York",
  emergencyNumber: "911",
};

let shortNumbers = Math.floor(Math.random() * 1_000_000_000) + 1000;

/** A clinic of its own with an SMS channel, and nothing else. */
export async function makeBareClinic(fields: ClinicFields = {}, now: string = NOW): Promise<ClinicContext> {
  const id = fields.id ?? newId();
  const slug = fields.slug ?? `test-${unique()}`;
  await transactAsHq(hqContext(now), (tx) =>
    tx.insert(clinics).values({ ...CLINIC, shortNumber: shortNumbers++, ...fields, id, slug }),
  );
  return systemContext(id, "test", clockAt(now));
}

/** Runs one write in a clinic's scope; a refusal is a bug of the test. */
export const inClinic = async <T>(ctx: ClinicContext, work: (tx: Tx) => Promise<T>): Promise<T> =>
  unwrap(await transact(ctx, {}, async (tx) => ok(await work(tx))));

export type { HoursOf, Segment };
const DAY = [
  ["09:00", "12:00"],
  ["13:00", "17:00"],
] as const;
const OFFICE: HoursOf = { 1: DAY, 2: DAY, 3: DAY, 4: DAY, 5: DAY };

/** A provider with weekly hours (Monday to Friday 9–12 and 13–17 unless said), in the clinic's zone. */
export const makeProvider = (
  ctx: ClinicContext,
  fields: Partial<typeof providers.$inferInsert> = {},
  hours: HoursOf = OFFICE,
): Promise<typeof providers.$inferSelect> =>
  inClinic(ctx, async (tx) => {
    const values = {
      kind: "dentist",
      name: `Dr. Test ${unique()}`,
      color: "teal",
      ...fields,
      id: fields.id ?? newId(),
    } as const;
    return present((await addProviders(makerOf(tx, ctx.clinic.id), [{ ...values, hours }]))[0]);
  });

export const makeOperatory = (
  ctx: ClinicContext,
  fields: Partial<typeof operatories.$inferInsert> = {},
): Promise<typeof operatories.$inferSelect> =>
  inClinic(ctx, async (tx) => {
    const values = { name: `Chair ${unique()}`, ...fields, id: fields.id ?? newId() };
    return present((await addOperatories(makerOf(tx, ctx.clinic.id), [values]))[0]);
  });

/** A service of the given providers; without segments, its lead is there from start to end and needs no chair. */
export const makeService = (
  ctx: ClinicContext,
  {
    providerIds,
    segments,
    ...fields
  }: Partial<typeof services.$inferInsert> & { providerIds: string[]; segments?: Segment[] },
): Promise<typeof services.$inferSelect> =>
  inClinic(ctx, async (tx) => {
    const durationMinutes = fields.durationMinutes ?? 30;
    const row = {
      name: { en: "Cleaning" },
      color: "teal",
      ...fields,
      id: fields.id ?? newId(),
      durationMinutes,
      providerIds,
      segments: segments ?? [{ role: "lead" as const, fromMinute: 0, toMinute: durationMinutes }],
    };
    return present((await addServices(makerOf(tx, ctx.clinic.id), [row]))[0]);
  });

/** A patient reached by a phone number of their own, or by one given. */
export const makePatient = (
  ctx: ClinicContext,
  {
    phone = makePhone(),
    relation = "self",
    ...fields
  }: Partial<typeof patients.$inferInsert> & { phone?: string; relation?: "self" | "guardian" | "family" } = {},
): Promise<typeof patients.$inferSelect & { phone: string; contactPointId: string }> =>
  inClinic(ctx, async (tx) => {
    const clinicId = ctx.clinic.id;
    const name = fields.name ?? `Pat Test ${unique()}`;
    const values = {
      createdFrom: "MANUAL_ADMIN",
      ...fields,
      name,
      nameKey: fields.nameKey ?? name.toLowerCase(),
      clinicId,
    };
    const patient = present((await tx.insert(patients).values(values).returning())[0]);
    await tx.insert(contactPoints).values({ clinicId, kind: "phone", value: phone }).onConflictDoNothing();
    const [point] = await tx.select().from(contactPoints).where(eq(contactPoints.value, phone));
    const contactPointId = present(point).id;
    await tx.insert(patientContactPoints).values({ clinicId, patientId: patient.id, contactPointId, relation });
    return { ...patient, phone, contactPointId };
  });

export const makeChannel = (
  ctx: ClinicContext,
  fields: Partial<typeof channels.$inferInsert> = {},
): Promise<typeof channels.$inferSelect> =>
  inClinic(ctx, async (tx) => {
    const values = { kind: "twilio_sms", address: makePhone(), ...fields } as const;
    return present((await addChannels(makerOf(tx, ctx.clinic.id), [values]))[0]);
  });

export const PASSWORD = "a long enough password";

/** A person who can log in, with roles in clinics and, or, at HQ. */
export async function makeUser(
  roles: { ctx: ClinicContext; role: MemberRole; providerId?: string }[],
  fields: Partial<typeof users.$inferInsert> & { hqRole?: HqRole; password?: string } = {},
): Promise<typeof users.$inferSelect> {
  const { password = PASSWORD, ...columns } = fields;
  const id = fields.id ?? newId();
  const values = { email: `${unique()}@example.test`, name: `Test ${unique()}`, ...columns, id };
  const [user] = await transactAsHq(hqContext(NOW), (tx) => tx.insert(users).values(values).returning());
  const passwordHash = await hashPassword(password);
  await transactAsUser(id, (tx) => tx.insert(userCredentials).values({ userId: id, passwordHash }));
  for (const { ctx, role, providerId } of roles)
    await inClinic(ctx, (tx) =>
      tx.insert(memberships).values({ clinicId: ctx.clinic.id, userId: id, role, providerId }),
    );
  return present(user);
}

/** A clinic at work: two dentists, a hygienist, two chairs, a 30-minute cleaning, a patient, an SMS channel. */
export async function makeClinic(fields: ClinicFields = {}, now: string = NOW) {
  const ctx = await makeBareClinic(fields, now);
  const provider = await makeProvider(ctx, { name: "Dr. Ada Moreno" });
  const other = await makeProvider(ctx, { name: "Dr. Samir Haddad" });
  const hygienist = await makeProvider(ctx, { name: "Nora Blum", kind: "hygienist" });
  const [chair, secondChair] = [
    await makeOperatory(ctx, { name: "Chair 1" }),
    await makeOperatory(ctx, { name: "Chair 2" }),
  ];
  const cleaning = await makeService(ctx, { providerIds: [provider.id, other.id] });
  const patient = await makePatient(ctx);
  const channel = await makeChannel(ctx);
  return { ctx, provider, other, hygienist, chair, secondChair, cleaning, patient, channel };
}

function present<T>(row: T | undefined): T {
  if (row === undefined) throw new Error("the row was not written");
  return row;
}
