/**
 * Every error code that leaves this system, with its HTTP status. The codes are stable: integrations
 * branch on them. Their words live in `messages/<locale>.json` under `errors.<CODE>`; a test compares the two.
 */
export const ERROR_STATUS = {
  VALIDATION_FAILED: 400,
  INVALID_ROLE: 400,
  UNAUTHENTICATED: 401,
  MFA_REQUIRED: 401,
  CODE_INVALID: 401,
  FORBIDDEN: 403,
  SUPPORT_READ_ONLY: 403,
  SUPPORT_FORBIDDEN: 403,
  SIGNATURE_INVALID: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  SLOT_TAKEN: 409,
  OUTSIDE_HOURS: 409,
  HOLD_EXPIRED: 409,
  TOO_SOON: 409,
  CONFLICT: 409,
  LAST_OWNER: 409,
  ILLEGAL_TRANSITION: 409,
  WINDOW_CLOSED: 409,
  OPTED_OUT: 409,
  CLINIC_SUSPENDED: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  IDEMPOTENCY_MISMATCH: 422,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof ERROR_STATUS;
