import { z } from "zod";
import { ApiError } from "@/lib/http/client";

const Issues = z.array(z.object({ path: z.array(z.union([z.string(), z.number()])) }));
const Existing = z.object({ what: z.literal("patient"), id: z.string() });

/** The fields that an answer of VALIDATION_FAILED names, without where they stood in the request. */
export function pathsOf(error: unknown): string[] {
  if (!(error instanceof ApiError) || error.code !== "VALIDATION_FAILED") return [];
  return (Issues.safeParse(error.details).data ?? []).map(({ path }) => String(path.at(-1) ?? ""));
}

/** The id of the record that is there already. */
export function existingIdOf(error: unknown): string | undefined {
  if (!(error instanceof ApiError) || error.code !== "CONFLICT") return undefined;
  return Existing.safeParse(error.details).data?.id;
}
