import { z } from "zod";
import { camelKeys } from "@/lib/core/keys";

/** ASVS 6.2: 8 to 128 characters of any kind, not truncated. */
export const Password = z.string().min(8).max(128);

export const LogIn = z.object({
  email: z
    .email()
    .max(254)
    .transform((email) => email.toLowerCase()),
  password: z.string().min(1).max(128),
  next: z.string().max(500).optional(),
});
export type LogIn = z.infer<typeof LogIn>;

export const ChooseClinic = z.object({ slug: z.string().min(1).max(63) });

export const UpdateMe = z.object({ locale: z.enum(["en", "ar", "es"]) });

export const AcceptLink = z
  .object({ name: z.string().trim().min(1).max(120).optional(), password: Password })
  .transform(camelKeys);
export type AcceptLink = z.infer<typeof AcceptLink>;
