import type { MemberRole } from "@/lib/identity/permissions";
import { KINDS, mayTurnOff, type Kind } from "./schema";

/** By which ways a member hears of a kind. */
export interface Ways {
  inPortal: boolean;
  byEmail: boolean;
  bySms: boolean;
}

/** Who can do something about it; viewers look and are told nothing. */
const TOLD: Record<Kind, readonly MemberRole[]> = {
  emergency: ["OWNER", "ADMIN", "STAFF"],
  handoff: ["OWNER", "ADMIN", "STAFF"],
  unanswered: ["OWNER", "ADMIN", "STAFF"],
  booked: ["OWNER", "ADMIN", "STAFF"],
  moved: ["OWNER", "ADMIN", "STAFF"],
  cancelled: ["OWNER", "ADMIN", "STAFF"],
  channel_broken: ["OWNER", "ADMIN"],
  send_failed: ["OWNER", "ADMIN", "STAFF"],
  day_ahead: ["OWNER", "ADMIN", "STAFF"],
};

const PORTAL_ONLY: Ways = { inPortal: true, byEmail: false, bySms: false };
const WITH_EMAIL: Ways = { inPortal: true, byEmail: true, bySms: false };

/** What holds until a member chooses: what can't wait for a look at the screen also goes out of it. */
const DEFAULTS: Record<Kind, Ways> = {
  emergency: { inPortal: true, byEmail: true, bySms: true },
  handoff: PORTAL_ONLY,
  unanswered: PORTAL_ONLY,
  booked: PORTAL_ONLY,
  moved: PORTAL_ONLY,
  cancelled: PORTAL_ONLY,
  channel_broken: WITH_EMAIL,
  send_failed: PORTAL_ONLY,
  day_ahead: { inPortal: false, byEmail: true, bySms: false },
};

export const isTold = (role: MemberRole, kind: Kind): boolean => TOLD[kind].includes(role);

/** The kinds that a role can hear of, in the order in which they are shown. */
export const kindsFor = (role: MemberRole): Kind[] => KINDS.filter((kind) => isTold(role, kind));

/** The ways that hold for a member: their choice, else the default. An emergency is shown in the portal whatever they chose. */
export function waysFor(kind: Kind, chosen: Ways | undefined): Ways {
  const ways = chosen ?? DEFAULTS[kind];
  return mayTurnOff(kind) ? ways : { ...ways, inPortal: true };
}
