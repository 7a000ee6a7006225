import { findClinic } from "@/lib/clinics/mint";
import { systemClock } from "@/lib/core/clock";
import type { ClinicContext, HqContext, UserContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { may, mayAtHq, type ClinicAction, type HqAction } from "@/lib/identity/permissions";
import { findSessionUser } from "@/lib/identity/session";
import { addressOf } from "./address";
import { chosenClinic } from "./chosen-clinic";
import { countRequest } from "./limits";
import { localeOf, ownLocale } from "./locale";
import { isSameOrigin } from "./origin";
import { readToken } from "./session-cookie";

const READS = new Set(["GET", "HEAD", "OPTIONS"]);

/** The signed-in person behind a request: same origin for changes, a live session, within their rate. */
export async function enterUser(request: Request, requestId: string): Promise<Result<UserContext>> {
  const token = await readToken(request);
  if (!token) {
    const counted = await countRequest("address", addressOf(request));
    return counted.ok ? err("UNAUTHENTICATED") : counted;
  }
  if (!READS.has(request.method) && !isSameOrigin(request)) return err("FORBIDDEN", { why: "cross_site" });
  const session = await findSessionUser(token, systemClock());
  if (!session) return err("UNAUTHENTICATED");
  const counted = await countRequest("credential", session.sessionId);
  if (!counted.ok) return counted;
  const locale = ownLocale(session.user.locale, localeOf(request));
  return ok({ ...session, locale, requestId, now: systemClock });
}

/**
 * Mints the context of a member in their clinic. A clinic that does not exist and one that is another's are the
 * same answer: NOT_FOUND. What the role may not do: FORBIDDEN. A path without a slug means the clinic that the person
 * chose, or the only one that they have; UNAUTHENTICATED where there is neither.
 */
export async function enterClinic(
  request: Request,
  slug: string | undefined,
  action: ClinicAction,
  requestId: string,
): Promise<Result<ClinicContext>> {
  const user = await enterUser(request, requestId);
  if (!user.ok) return user;
  const named = slug ?? chosenClinic(request) ?? onlyClinic(user.data);
  if (named === undefined) return err("UNAUTHENTICATED", { why: "no_clinic" });
  const entered = await clinicOf(user.data, named, action);
  if (!entered.ok) return entered;
  const counted = await countRequest("clinic", entered.data.clinic.id);
  return counted.ok ? entered : counted;
}

const onlyClinic = ({ memberships: [only, ...others] }: UserContext) => (others.length === 0 ? only?.slug : undefined);

/** The same for a person who has been let in already (pages). */
export async function clinicOf(user: UserContext, slug: string, action: ClinicAction): Promise<Result<ClinicContext>> {
  const member = user.memberships.find((membership) => membership.slug === slug);
  const clinic = member && (await findClinic(member.clinicId));
  if (!member || !clinic) return err("NOT_FOUND", { what: "clinic" });
  if (!may(member.role, action)) return err("FORBIDDEN");
  const { locale, requestId, now } = user;
  const actor = { type: "user", id: user.user.id, name: user.user.name } as const;
  return ok({ clinic, actor, role: member.role, locale, requestId, now });
}

/** HQ's door; whoever is not of HQ is told FORBIDDEN. */
export async function enterHq(request: Request, action: HqAction, requestId: string): Promise<Result<HqContext>> {
  const user = await enterUser(request, requestId);
  return user.ok ? hqOf(user.data, action) : user;
}

export function hqOf(user: UserContext, action: HqAction): Result<HqContext> {
  const { hqRole, id, name } = user.user;
  if (!hqRole || !mayAtHq(hqRole, action)) return err("FORBIDDEN");
  const { locale, requestId, now } = user;
  return ok({ actor: { type: "user", id, name }, hqRole, locale, requestId, now });
}
