import type { ClinicContext, ClinicFacts } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { listAvailability } from "./list-availability";
import type { ListAvailability } from "./schema";

export interface PublicDay {
  day: string;
  slots: { startsAt: Date; providerId: string }[];
}
type Anybody = Pick<ClinicContext, "locale" | "requestId" | "now"> & { clinic: ClinicFacts | undefined };

/** The free starts of a month as the world may see them: online services only, and nothing of the chairs. */
export async function listPublicAvailability(
  { clinic, locale, requestId, now }: Anybody,
  input: ListAvailability,
): Promise<Result<{ days: PublicDay[] }>> {
  if (!clinic) return err("NOT_FOUND", { what: "clinic" });
  const actor = { type: "system", id: "public" } as const;
  const found = await listAvailability({ clinic, actor, role: "PATIENT", locale, requestId, now }, input);
  if (!found.ok) return found;
  const days = found.data.days.map(({ day, slots }) => ({
    day,
    slots: slots.map(({ startsAt, providerId }) => ({ startsAt, providerId })),
  }));
  return ok({ days });
}
