import type { z } from "zod";
import type { ClinicAction, HqAction } from "@/lib/identity/permissions";

/** What a door says of the handler behind it; the same schemas that parse its requests. */
export interface Description {
  door: "clinic" | "user" | "hq" | "public" | "webhook";
  can?: ClinicAction | HqAction | undefined;
  status?: number | undefined;
  params?: z.ZodType | undefined;
  query?: z.ZodType | undefined;
  body?: z.ZodType | undefined;
  /** What a success's `data` holds. */
  answer?: z.ZodType | undefined;
  maxBytes?: number | undefined;
}

const DESCRIBED = "described";

/** A handler that can be asked what it takes, so that the API's document is read off the doors themselves. */
export const described = <H extends (...args: never[]) => Promise<Response>>(description: Description, handler: H): H =>
  Object.assign(handler, { [DESCRIBED]: description });

export function descriptionOf(handler: unknown): Description | undefined {
  if (typeof handler !== "function" || !(DESCRIBED in handler)) return undefined;
  return handler[DESCRIBED] as Description; // only `described` writes it
}
