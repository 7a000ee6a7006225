import { z } from "zod";
import { camelKeys } from "@/lib/core/keys";

const Phone = z.string().trim().max(40);

/** Whose talk; without a phone, that of the unknown number. */
export const ReadTalk = z.object({ phone: Phone.optional() }).transform(camelKeys);
export type ReadTalk = z.output<typeof ReadTalk>;

export const Say = z
  .object({
    text: z.string().max(1600),
    phone: Phone.optional(),
    /** Of the patient, as the clinic would know it; decides nothing once they have written. */
    language: z.enum(["en", "ar", "es"]).optional(),
  })
  .transform(camelKeys);
export type Say = z.output<typeof Say>;
