export const MEMBER_ROLES = ["OWNER", "ADMIN", "STAFF", "VIEWER"] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];
export const CLINIC_ROLES = [...MEMBER_ROLES, "SUPPORT"] as const;
export type ClinicRole = (typeof CLINIC_ROLES)[number];
export const HQ_ROLES = ["OPS", "SUPERADMIN"] as const;
export type HqRole = (typeof HQ_ROLES)[number];

const EVERYONE = ["OWNER", "ADMIN", "STAFF", "VIEWER", "SUPPORT"] as const;
const DESK = ["OWNER", "ADMIN", "STAFF"] as const;
const MANAGERS = ["OWNER", "ADMIN"] as const;

/** Who may do what inside a clinic (domain.md, Permissions). The only place where a role name decides anything. */
export const CLINIC_PERMISSIONS = {
  "appointment.export": MANAGERS,
  "appointment.import": MANAGERS,
  "appointment.read": EVERYONE,
  "appointment.write": DESK,
  "appointment.reopen": MANAGERS,
  "availability.read": EVERYONE,
  "channel.read": EVERYONE,
  "channel.write": MANAGERS,
  "conversation.read": EVERYONE,
  "conversation.reply": DESK,
  "conversation.replyFromTemplate": [...DESK, "SUPPORT"],
  "dashboard.read": EVERYONE,
  "events.read": EVERYONE,
  "feed.write": MANAGERS,
  "notification.read": MEMBER_ROLES,
  "patient.export": MANAGERS,
  "patient.import": MANAGERS,
  "patient.read": EVERYONE,
  "patient.write": DESK,
  "phone.reveal": DESK,
  "phone.revealWithReason": EVERYONE,
  "provider.read": EVERYONE,
  "provider.write": MANAGERS,
  "revenue.read": MANAGERS,
  "schedule.read": EVERYONE,
  "schedule.write": MANAGERS,
  "service.read": EVERYONE,
  "service.write": MANAGERS,
  "simulator.use": DESK,
  "task.read": EVERYONE,
  "task.write": DESK,
  "template.read": EVERYONE,
  "template.write": MANAGERS,
  "waitlist.read": EVERYONE,
  "waitlist.write": DESK,
} as const satisfies Record<string, readonly ClinicRole[]>;

export type ClinicAction = keyof typeof CLINIC_PERMISSIONS;

export const may = (role: ClinicRole, action: ClinicAction): boolean =>
  (CLINIC_PERMISSIONS[action] as readonly ClinicRole[]).includes(role);

/** Who may do what at HQ. */
export const HQ_PERMISSIONS = {
  "clinic.list": ["OPS", "SUPERADMIN"],
} as const satisfies Record<string, readonly HqRole[]>;

export type HqAction = keyof typeof HQ_PERMISSIONS;

export const mayAtHq = (role: HqRole, action: HqAction): boolean =>
  (HQ_PERMISSIONS[action] as readonly HqRole[]).includes(role);
