import { memberships, userCredentials, users } from "@/db/schema/identity";
import type { Tx } from "@/db/client";
import { hashPassword } from "@/lib/identity/password";
import type { HqRole, MemberRole } from "@/lib/identity/permissions";

export const PASSWORD = "chairside-demo";

interface Person {
  email: string;
  name: string;
  locale: "en" | "ar" | "es";
  hqRole?: HqRole;
  roles: { slug: string; role: MemberRole; provider?: string }[];
}

const DEMO = "demo-dental";
const NORTH = "north-dental";

/** Who can log in to the demo. The dentist's name is their provider's. */
export const PEOPLE: readonly Person[] = [
  { email: "owner@demo-dental.test", name: "Rachel Stein", locale: "en", roles: [{ slug: DEMO, role: "OWNER" }] },
  { email: "admin@demo-dental.test", name: "Victor Almeida", locale: "en", roles: [{ slug: DEMO, role: "ADMIN" }] },
  { email: "staff@demo-dental.test", name: "Tamika Jones", locale: "en", roles: [{ slug: DEMO, role: "STAFF" }] },
  { email: "viewer@demo-dental.test", name: "Ben Wallace", locale: "en", roles: [{ slug: DEMO, role: "VIEWER" }] },
  {
    email: "dentist@demo-dental.test",
    name: "Dr. Marcus Okafor",
    locale: "en",
    roles: [{ slug: DEMO, role: "STAFF", provider: "okafor" }],
  },
  { email: "owner@north-dental.test", name: "عبدالله السالم", locale: "ar", roles: [{ slug: NORTH, role: "OWNER" }] },
  {
    email: "group@chairside.test",
    name: "Layla Nasser",
    locale: "en",
    roles: [
      { slug: DEMO, role: "ADMIN" },
      { slug: NORTH, role: "ADMIN" },
    ],
  },
  { email: "ops@chairside.test", name: "Oscar Lund", locale: "en", hqRole: "OPS", roles: [] },
  { email: "super@chairside.test", name: "Sunita Rao", locale: "en", hqRole: "SUPERADMIN", roles: [] },
];

/** How a log-in is introduced in the report and at the start: its HQ role, or its role in each clinic. */
export const roleOf = ({ hqRole, roles }: Person): string =>
  hqRole ? `HQ ${hqRole}` : roles.map(({ slug, role, provider }) => `${provider ? "dentist, " : ""}${role} of ${slug}`).join("; ");

/** All accounts, in HQ's scope. They share one password and so one hash, which takes long to make. */
export async function addPeople(
  tx: Tx,
  { id, asUser, now }: { id: () => string; asUser: (userId: string) => Promise<void>; now: Date },
): Promise<Map<string, string>> {
  const passwordHash = await hashPassword(PASSWORD);
  const rows = PEOPLE.map(({ roles: _, ...person }) => ({ ...person, id: id(), createdAt: now }));
  await tx.insert(users).values(rows);
  for (const { id: userId } of rows) {
    await asUser(userId);
    await tx.insert(userCredentials).values({ userId, passwordHash, changedAt: now });
  }
  return new Map(rows.map((row) => [row.email, row.id]));
}

/** The members of one clinic, in that clinic's scope. */
export async function addMembers(
  tx: Tx,
  { slug, clinicId, userIds, idOf, now }: {
    slug: string;
    clinicId: string;
    userIds: ReadonlyMap<string, string>;
    idOf: (key: string) => string;
    now: Date;
  },
): Promise<void> {
  const rows = PEOPLE.flatMap(({ email, roles }) =>
    roles
      .filter((role) => role.slug === slug)
      .map(({ role, provider }) => ({
        clinicId,
        userId: userIds.get(email) ?? "",
        role,
        providerId: provider ? idOf(provider) : null,
        createdAt: now,
      })),
  );
  await tx.insert(memberships).values(rows);
}
