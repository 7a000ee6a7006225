/**
 * Who gets in where, written by hand from domain.md's table and not read from the code that decides it. Both the
 * matrix over the handlers and the strangers at the running server's wire go by these rows.
 */

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];

export const ALL_ROLES = "OWNER ADMIN STAFF VIEWER";
export const MANAGER_ROLES = "OWNER ADMIN";
export const DESK_ROLES = "OWNER ADMIN STAFF";

/** A step in a visit's life answers POST and PATCH alike. */
const STEP = { POST: DESK_ROLES, PATCH: DESK_ROLES };

/** Clinic routes: the roles that may, by method. */
export const CLINIC_ROWS: Record<string, Partial<Record<Method, string>>> = {
  "api/clinic/[slug]/calendar": { GET: ALL_ROLES },
  "api/clinic/[slug]/appointments": { GET: ALL_ROLES, POST: DESK_ROLES },
  "api/clinic/[slug]/appointments/[id]": { GET: ALL_ROLES, PATCH: DESK_ROLES, DELETE: DESK_ROLES },
  "api/clinic/[slug]/appointments/[id]/cancel": STEP,
  "api/clinic/[slug]/appointments/[id]/check-in": STEP,
  "api/clinic/[slug]/appointments/[id]/complete": STEP,
  "api/clinic/[slug]/appointments/[id]/confirm": STEP,
  "api/clinic/[slug]/appointments/[id]/no-show": STEP,
  "api/clinic/[slug]/appointments/[id]/reschedule": STEP,
  "api/clinic/[slug]/appointments/[id]/running-late": STEP,
  "api/clinic/[slug]/appointments/[id]/swap": STEP,
  "api/clinic/[slug]/appointments/[id]/events": { GET: ALL_ROLES },
  "api/clinic/[slug]/appointments/series": { POST: DESK_ROLES },
  "api/clinic/[slug]/appointments/series/preview": { POST: DESK_ROLES },
  "api/clinic/[slug]/appointments/series/[id]": { GET: ALL_ROLES },
  "api/clinic/[slug]/appointments/[id]/undo": STEP,
  "api/clinic/[slug]/appointments/bulk": { POST: DESK_ROLES },
  "api/clinic/[slug]/appointments/export": { GET: MANAGER_ROLES },
  "api/clinic/[slug]/appointments/import": { POST: MANAGER_ROLES },
  "api/clinic/[slug]/appointments/imports/[id]/undo": { POST: MANAGER_ROLES },
  "api/clinic/[slug]/appointments/family": { POST: DESK_ROLES },
  "api/clinic/[slug]/availability": { GET: ALL_ROLES },
  "api/clinic/[slug]/availability/family": { GET: ALL_ROLES },
  "api/clinic/[slug]/canned-replies": { GET: ALL_ROLES, POST: DESK_ROLES },
  "api/clinic/[slug]/canned-replies/[id]": { PUT: DESK_ROLES, DELETE: DESK_ROLES },
  "api/clinic/[slug]/channels": { GET: ALL_ROLES, POST: MANAGER_ROLES },
  "api/clinic/[slug]/channels/[id]": { PATCH: MANAGER_ROLES },
  "api/clinic/[slug]/channels/[id]/check": { POST: MANAGER_ROLES },
  "api/clinic/[slug]/channels/[id]/test-send": { POST: MANAGER_ROLES },
  "api/clinic/[slug]/contact-points/[id]/reveal": { POST: ALL_ROLES },
  "api/clinic/[slug]/conversations": { GET: ALL_ROLES, POST: DESK_ROLES },
  "api/clinic/[slug]/conversations/assignees": { GET: ALL_ROLES },
  "api/clinic/[slug]/conversations/[id]": { GET: ALL_ROLES },
  "api/clinic/[slug]/conversations/[id]/assign": { POST: DESK_ROLES },
  "api/clinic/[slug]/conversations/[id]/close": { POST: DESK_ROLES },
  "api/clinic/[slug]/conversations/[id]/draft": { DELETE: DESK_ROLES },
  "api/clinic/[slug]/conversations/[id]/hand-back": { POST: DESK_ROLES },
  "api/clinic/[slug]/conversations/[id]/notes": { GET: ALL_ROLES, POST: DESK_ROLES },
  "api/clinic/[slug]/conversations/[id]/read": { POST: DESK_ROLES },
  "api/clinic/[slug]/conversations/[id]/reopen": { POST: DESK_ROLES },
  "api/clinic/[slug]/conversations/[id]/reply": { POST: DESK_ROLES },
  "api/clinic/[slug]/conversations/[id]/snooze": { POST: DESK_ROLES },
  "api/clinic/[slug]/conversations/[id]/take-over": { POST: DESK_ROLES },
  "api/clinic/[slug]/conversations/[id]/turns": { GET: ALL_ROLES },
  "api/clinic/[slug]/conversations/[id]/viewers": { GET: ALL_ROLES, POST: ALL_ROLES },
  "api/clinic/[slug]/dashboard": { GET: ALL_ROLES },
  "api/clinic/[slug]/events": { GET: ALL_ROLES },
  "api/clinic/[slug]/media/[id]": { GET: ALL_ROLES },
  "api/clinic/[slug]/messages": { GET: ALL_ROLES },
  "api/clinic/[slug]/notifications": { GET: ALL_ROLES },
  "api/clinic/[slug]/notifications/preferences": { GET: ALL_ROLES, PUT: ALL_ROLES },
  "api/clinic/[slug]/notifications/read": { POST: ALL_ROLES },
  "api/clinic/[slug]/patients": { GET: ALL_ROLES, POST: DESK_ROLES },
  "api/clinic/[slug]/patients/[id]": { GET: ALL_ROLES, PATCH: DESK_ROLES },
  "api/clinic/[slug]/patients/[id]/contact-points": { POST: DESK_ROLES },
  "api/clinic/[slug]/patients/[id]/contact-points/[point_id]": { PATCH: DESK_ROLES, DELETE: DESK_ROLES },
  "api/clinic/[slug]/patients/[id]/merge": { POST: DESK_ROLES },
  "api/clinic/[slug]/patients/[id]/merge/undo": { POST: DESK_ROLES },
  "api/clinic/[slug]/patients/[id]/notes": { POST: DESK_ROLES },
  "api/clinic/[slug]/patients/[id]/timeline": { GET: ALL_ROLES },
  "api/clinic/[slug]/patients/export": { GET: "OWNER ADMIN" },
  "api/clinic/[slug]/patients/import": { POST: "OWNER ADMIN" },
  "api/clinic/[slug]/operatories": { GET: ALL_ROLES, POST: MANAGER_ROLES },
  "api/clinic/[slug]/operatories/[id]": { PATCH: MANAGER_ROLES },
  "api/clinic/[slug]/operatories/[id]/restore": { POST: MANAGER_ROLES },
  "api/clinic/[slug]/operatories/[id]/retire": { POST: MANAGER_ROLES },
  "api/clinic/[slug]/operatories/order": { PUT: MANAGER_ROLES },
  "api/clinic/[slug]/providers": { GET: ALL_ROLES, POST: MANAGER_ROLES },
  "api/clinic/[slug]/providers/[id]": { GET: ALL_ROLES, PATCH: MANAGER_ROLES },
  "api/clinic/[slug]/providers/[id]/restore": { POST: MANAGER_ROLES },
  "api/clinic/[slug]/providers/[id]/retire": { POST: MANAGER_ROLES },
  "api/clinic/[slug]/providers/members": { GET: MANAGER_ROLES },
  "api/clinic/[slug]/providers/order": { PUT: MANAGER_ROLES },
  "api/clinic/[slug]/providers/[id]/feed": {
    GET: MANAGER_ROLES,
    POST: MANAGER_ROLES,
    PATCH: MANAGER_ROLES,
    DELETE: MANAGER_ROLES,
  },
  "api/clinic/[slug]/providers/[id]/slots": { GET: ALL_ROLES },
  "api/clinic/[slug]/schedule": { GET: ALL_ROLES },
  "api/clinic/[slug]/schedule/exceptions": { POST: MANAGER_ROLES },
  "api/clinic/[slug]/schedule/exceptions/[id]": { PUT: MANAGER_ROLES, DELETE: MANAGER_ROLES },
  "api/clinic/[slug]/schedule/hours": { PUT: MANAGER_ROLES },
  "api/clinic/[slug]/schedule/overlapped": { GET: ALL_ROLES },
  "api/clinic/[slug]/schedule/preview": { POST: ALL_ROLES },
  "api/clinic/[slug]/schedule/seasons": { PUT: MANAGER_ROLES, DELETE: MANAGER_ROLES },
  "api/clinic/[slug]/services": { GET: ALL_ROLES, POST: MANAGER_ROLES },
  "api/clinic/[slug]/services/[id]": { GET: ALL_ROLES, PATCH: MANAGER_ROLES },
  "api/clinic/[slug]/services/[id]/restore": { POST: MANAGER_ROLES },
  "api/clinic/[slug]/services/[id]/retire": { POST: MANAGER_ROLES },
  "api/clinic/[slug]/services/order": { PUT: MANAGER_ROLES },
  "api/clinic/[slug]/settings/messaging": { GET: ALL_ROLES, PATCH: MANAGER_ROLES },
  "api/clinic/[slug]/simulator": { GET: DESK_ROLES, POST: DESK_ROLES, DELETE: DESK_ROLES },
  "api/clinic/[slug]/tasks": { GET: ALL_ROLES, POST: DESK_ROLES },
  "api/clinic/[slug]/tasks/counts": { GET: ALL_ROLES },
  "api/clinic/[slug]/tasks/[id]": { PATCH: DESK_ROLES },
  "api/clinic/[slug]/tasks/[id]/done": { POST: DESK_ROLES },
  "api/clinic/[slug]/tasks/[id]/reopen": { POST: DESK_ROLES },
  "api/clinic/[slug]/outbox": { GET: ALL_ROLES },
  "api/clinic/[slug]/outbox/[id]/retry": { POST: DESK_ROLES },
  "api/clinic/[slug]/strays": { GET: MANAGER_ROLES },
  "api/clinic/[slug]/strays/[id]/retry": { POST: MANAGER_ROLES },
  "api/clinic/[slug]/templates": { GET: ALL_ROLES, POST: MANAGER_ROLES },
  "api/clinic/[slug]/templates/[id]": { PATCH: MANAGER_ROLES },
  "api/clinic/[slug]/templates/[id]/preview": { POST: ALL_ROLES },
  "api/clinic/[slug]/templates/[id]/submit": { POST: MANAGER_ROLES },
  "api/clinic/[slug]/templates/check": { POST: MANAGER_ROLES },
  "api/clinic/[slug]/patients/[id]/consents": { GET: ALL_ROLES, POST: DESK_ROLES },
};

const UNSIGNED = { POST: { stranger: 403, member: 403 } };

/** Routes without a clinic's door: what a stranger and a signed-in member of no HQ are answered. */
export const OTHER_ROWS: Record<string, Partial<Record<Method, { stranger: number; member: number }>>> = {
  "api/[...unknown]": {
    GET: { stranger: 404, member: 404 },
    POST: { stranger: 404, member: 404 },
    PUT: { stranger: 404, member: 404 },
    PATCH: { stranger: 404, member: 404 },
    DELETE: { stranger: 404, member: 404 },
  },
  "api/health": { GET: { stranger: 200, member: 200 } },
  "api/hq/clinics": { GET: { stranger: 401, member: 403 } },
  "api/public/[slug]/availability": { GET: { stranger: 400, member: 400 } },
  "api/public/[slug]/feed/[token]": { GET: { stranger: 404, member: 404 } },
  "api/public/invites/[token]": { GET: { stranger: 404, member: 404 }, POST: { stranger: 400, member: 400 } },
  "api/public/unsubscribe/[token]": { POST: { stranger: 404, member: 404 } },
  "api/session/clinic": { POST: { stranger: 401, member: 400 } },
  "api/session/login": { POST: { stranger: 400, member: 400 } },
  "api/session/logout": { POST: { stranger: 200, member: 200 } },
  "api/session/me": { GET: { stranger: 401, member: 200 }, PATCH: { stranger: 401, member: 400 } },
  "api/v1/time/now": { GET: { stranger: 200, member: 200 } },
  "api/v1/twilio/webhook": UNSIGNED,
  "api/webhooks/sms/inbound": UNSIGNED,
  "api/webhooks/sms/status": UNSIGNED,
  "api/webhooks/whatsapp/cloud": { ...UNSIGNED, GET: { stranger: 403, member: 403 } },
  "api/webhooks/whatsapp/twilio": UNSIGNED,
  "webhooks/sms/inbound": UNSIGNED,
  "webhooks/sms/status": UNSIGNED,
};

/** Served by the SDK, which checks signatures itself (inngest/local tests). */
export const NOT_OURS = ["api/inngest"];

/** Pages inside a clinic: the roles that may. */
export const PAGE_ROWS: Record<string, string> = {
  "c/[slug]/calendar": ALL_ROLES,
  "c/[slug]/dashboard": ALL_ROLES,
  "c/[slug]/inbox": ALL_ROLES,
  "c/[slug]/patients": ALL_ROLES,
  "c/[slug]/patients/[id]": ALL_ROLES,
  "c/[slug]/schedule": ALL_ROLES,
  "c/[slug]/settings/channels": MANAGER_ROLES,
  "c/[slug]/settings/notifications": ALL_ROLES,
  "c/[slug]/settings/templates": MANAGER_ROLES,
  "c/[slug]/simulator": DESK_ROLES,
  "c/[slug]/tasks": ALL_ROLES,
};

/** Pages outside every clinic: what a stranger is answered. */
export const OTHER_PAGES: Record<string, number> = {
  "(public)/demo/mail": 200,
  "(public)/invite/[token]": 200,
  "(public)/unsubscribe/[token]": 200,
  admin: 307,
  "hq/clinics": 307,
  login: 200,
  "": 307,
  "select-clinic": 307,
};
