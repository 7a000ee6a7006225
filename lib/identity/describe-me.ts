import type { UserContext } from "@/lib/core/context";

/** What a signed-in person may know of themselves; the shape of log-in's answer too. */
export const describeMe = ({ user, memberships }: Pick<UserContext, "user" | "memberships">) => ({
  user: { id: user.id, name: user.name, email: user.email, locale: user.locale, hqRole: user.hqRole },
  clinics: memberships.map(({ slug, name, role }) => ({ slug, name, role })),
});

/** Where a person starts: HQ's people at HQ, members of one clinic in it, the others choose. */
export function startPageOf({ user, memberships }: Pick<UserContext, "user" | "memberships">): string {
  const [first, second] = memberships;
  if (first && !second) return `/c/${first.slug}/dashboard`;
  return first || !user.hqRole ? "/select-clinic" : "/hq/clinics";
}
