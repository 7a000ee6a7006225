import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import type { Facts, Plan } from "../availability";
import { calendarDays, wallStarts } from "../open-hours";
import { factsOf, readBook, type Book } from "../read-book";
import { bookableFrom } from "../rules";
import { instantAt } from "../spans";
import type { FamilyStart, FindFamilyStarts } from "./schema";
import { seatFamily } from "./seat-family";

const MOST_STARTS = 60;

/**
 * The starts of a day at which a whole family fits: one after the other, or all at once. Starts are the clinic's steps
 * on the wall. NOT_FOUND: a service, or nobody of those named does it. Nothing is taken.
 */
export const findFamilyStarts = (
  ctx: ClinicContext,
  input: FindFamilyStarts,
): Promise<Result<{ items: FamilyStart[] }>> =>
  query(ctx, async (tx) => {
    const members: Member[] = [];
    for (const [index, serviceId] of input.serviceIds.entries()) {
      const member = await readMember(tx, ctx, { serviceId, day: input.day, providerId: input.providerIds[index] });
      if (!member.ok) return member;
      members.push(member.data);
    }
    const [first] = members;
    if (!first) return ok({ items: [] });
    const { timeZone } = ctx.clinic;
    const days = calendarDays(input.day, input.day, timeZone);
    const range = [bookableFrom(ctx, first.service.rules), Infinity] as const;
    const starts = wallStarts(days, first.service.rules.slotStepMinutes, range, timeZone);
    const facts = members.map((member) => member.facts);
    const items: FamilyStart[] = [];
    for (const { startsAt } of starts) {
      const plans = items.length < MOST_STARTS ? seatFamily(facts, startsAt, input.arrangement) : undefined;
      if (plans) items.push(startOf(plans, input.serviceIds));
    }
    return ok({ items });
  });

interface Member {
  service: NonNullable<Book["service"]>;
  facts: Facts;
}

async function readMember(
  tx: Tx,
  ctx: ClinicContext,
  { serviceId, day, providerId }: { serviceId: string; day: string; providerId: string | undefined },
): Promise<Result<Member>> {
  const [date] = calendarDays(day, day, ctx.clinic.timeZone);
  const range = [date?.from ?? 0, date?.to ?? 0] as const;
  const book = await readBook(tx, ctx, serviceId, { range, providerIds: providerId ? [providerId] : undefined });
  if (!book.service?.isActive) return err("NOT_FOUND", { what: "service" });
  const facts = factsOf(ctx, book.service.plan, book);
  if (!facts.providers.some(({ mayLead }) => mayLead)) return err("NOT_FOUND", { what: "provider" });
  return ok({ service: book.service, facts });
}

function startOf(plans: readonly Plan[], serviceIds: readonly string[]): FamilyStart {
  const visits = plans.map(({ providerId, operatoryId, startsAt, endsAt }, index) => ({
    serviceId: serviceIds[index] ?? "",
    providerId,
    operatoryId,
    startsAt: instantAt(startsAt),
    endsAt: instantAt(endsAt),
  }));
  return {
    startsAt: instantAt(Math.min(...plans.map(({ startsAt }) => startsAt))),
    endsAt: instantAt(Math.max(...plans.map(({ endsAt }) => endsAt))),
    visits,
  };
}
