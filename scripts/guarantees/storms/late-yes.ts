import type { Field } from "../field";
import { bookedBy, lastTold, talkToTheQuestion, type Held } from "./held";
import { pause } from "./pause";
import { settled } from "./settle";
import type { Storm } from "./storms";

const LATEST_DESK_MS = 1200;

/**
 * F26. Holds run out while their patients say yes and a front desk wants the same places: each place is one's, and the
 * other is told.
 */
export const lateYes: Storm = {
  hasTalks: false,
  during: async (field) => {
    const { held, yes, problems } = await talkToTheQuestion(field);
    if (problems.length > 0) return problems;
    await field.database.query("update appointments set hold_expires_at = now() where status = 'held'");
    const atTheDesk = held.map(async ({ id, providerId, startsAt }) => {
      await pause(field.random.below(LATEST_DESK_MS));
      return field.desks.book(`late-${id}`, { providerId, startsAt: startsAt.toISOString() });
    });
    const [told] = await Promise.all([Promise.all(atTheDesk), ...yes.map((line) => field.phones.send(line))]);
    if (!(await settled(field))) return ["I17: not quiet after the yes"];
    const judged = held.map((one, at) => judge(field, one, told[at]?.status ?? 0));
    return (await Promise.all(judged)).flat();
  },
};

async function judge(field: Field, held: Held, deskWasTold: number): Promise<string[]> {
  const rows = await field.database.query<{ conversationId: string | null }>(
    `select conversation_id as "conversationId" from appointments
      where provider_id = $1 and starts_at = $2 and status = 'scheduled'`,
    [held.providerId, held.startsAt],
  );
  const isPatients = (await bookedBy(field, held)).length > 0;
  const says = await lastTold(field, held);
  const problems: string[] = [];
  if (rows.length !== 1) problems.push(`I6: ${rows.length} visits where one was kept`);
  if (deskWasTold !== (isPatients ? 409 : 201)) problems.push(`a desk was told ${deskWasTold}`);
  if (isPatients !== says.includes("You're booked")) problems.push(`booked: ${isPatients}, and told: ${says}`);
  return problems;
}
