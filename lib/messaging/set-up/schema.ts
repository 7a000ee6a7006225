import { z } from "zod";
import { camelKeys } from "@/lib/core/keys";

/** The channels that a clinic can set up by itself; the simulator is always there. */
export const SET_UP_KINDS = ["twilio_sms", "twilio_whatsapp", "whatsapp_cloud", "email"] as const;
export const BOT_MODES = ["off", "drafts", "out_of_hours", "always"] as const;

const secret = z.string().trim().min(8).max(512);
/** Secrets are written and replaced, never read: what is left out stays. */
const Credentials = z.object({
  account: z.string().trim().max(64).optional(),
  auth_token: secret.optional(),
  access_token: secret.optional(),
  app_secret: secret.optional(),
  verify_token: secret.optional(),
  /** A mail server: what it is called, its port (465: TLS from the start, else STARTTLS), and who logs in. */
  smtp_host: z.string().trim().min(1).max(253).optional(),
  smtp_port: z.coerce.number().int().min(1).max(65_535).optional(),
  smtp_user: z.string().trim().min(1).max(254).optional(),
  smtp_password: z.string().min(1).max(512).optional(),
});

export const AddChannel = z
  .object({
    kind: z.enum(SET_UP_KINDS),
    /** A phone number, the phone number id of the Cloud API, or a mailbox. */
    address: z.string().trim().min(3).max(254),
    credentials: Credentials.default({}),
  })
  .transform(({ credentials, ...rest }) => ({ ...camelKeys(rest), credentials }));
export type AddChannel = z.output<typeof AddChannel>;

export const UpdateChannel = z
  .object({
    bot_mode: z.enum(BOT_MODES).optional(),
    is_active: z.boolean().optional(),
    pace_per_second: z.number().min(0.1).max(80).nullable().optional(),
    credentials: Credentials.optional(),
  })
  .transform(({ credentials, ...rest }) => ({ ...camelKeys(rest), credentials }));
export type UpdateChannel = z.output<typeof UpdateChannel>;
export type GivenCredentials = z.output<typeof Credentials>;

export const TestSend = z.object({ to: z.string().trim().min(3).max(254) });
export type TestSend = z.output<typeof TestSend>;

const wall = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** One switch for all automatic messages, and the hours in which proactive ones may go out (only narrower than the law's). */
export const MessagingSettings = z
  .object({
    has_automatic_sends: z.boolean().optional(),
    send_window: z.object({ from: wall, until: wall }).nullable().optional(),
    unanswered_after_minutes: z.number().int().min(1).max(240).optional(),
  })
  .transform(camelKeys);
export type MessagingSettings = z.output<typeof MessagingSettings>;
