import type { Field } from "../field";
import { roundsOf, type Line } from "../patients";
import { settled } from "./settle";

/** A slot that is kept for a patient who has not yet said yes. */
export interface Held {
  id: string;
  conversationId: string;
  phone: string;
  providerId: string;
  startsAt: Date;
  endsAt: Date;
}

/** Lets every patient talk up to the question whether to book; what is kept for them then, and their yes. */
export async function talkToTheQuestion(field: Field): Promise<{ held: Held[]; yes: Line[]; problems: string[] }> {
  const [yes = [], ...before] = roundsOf(field.random).reverse();
  for (const round of before.reverse()) {
    await Promise.all(round.map((line) => field.phones.send(line)));
    if (!(await settled(field))) return { held: [], yes, problems: ["I17: not quiet before the question"] };
  }
  const held = await field.database.query<Held>(
    `select a.id, a.conversation_id as "conversationId", p.value as phone, a.provider_id as "providerId",
        a.starts_at as "startsAt", a.ends_at as "endsAt"
      from appointments a join conversations c on c.id = a.conversation_id join contact_points p on p.id = c.contact_point_id
      where a.status = 'held' order by p.value`,
  );
  return { held, yes, problems: held.length === 0 ? ["nothing is kept for anybody"] : [] };
}

/** The booked visits of a patient's thread. */
export const bookedBy = ({ database }: Field, { conversationId }: Held) =>
  database.query<{ id: string }>("select id from appointments where conversation_id = $1 and status = 'scheduled'", [
    conversationId,
  ]);

/** What a patient was told last. */
export async function lastTold({ database }: Field, { conversationId }: Held): Promise<string> {
  const [row] = await database.query<{ text: string }>(
    `select coalesce(text, '') as text from messages where conversation_id = $1 and direction = 'outbound'
      order by created_at desc, id desc limit 1`,
    [conversationId],
  );
  return row?.text ?? "";
}
