import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { consentEvents, consents } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { instantOf } from "@/lib/core/zone";
import type { ImportedPerson, Problem } from "./read-row";
import type { PointIds } from "./write-people";

type Row = typeof consents.$inferInsert;
const keyOf = ({ contactPointId, channelKind }: Pick<Row, "contactPointId" | "channelKind">) =>
  `${contactPointId} ${channelKind}`;

/**
 * Writes what the file says of marketing, as what holds now and as history with its evidence. Who has ended messages
 * stays out: a list never speaks louder than the person. Answers the rows whose yes was not taken for that.
 */
export async function writeConsentsIn(
  tx: Tx,
  ctx: ClinicContext,
  people: readonly ImportedPerson[],
  points: PointIds,
): Promise<Problem[]> {
  const asked = people.flatMap((person) => rowsOf(ctx, person, points));
  if (asked.length === 0) return [];
  const out = await outIn(tx, ctx, [...new Set(asked.map(({ row }) => row.contactPointId))]);
  const kept: Problem[] = [];
  const holds = new Map<string, Row>();
  const events: Row[] = [];
  for (const { from, column, row } of asked) {
    if (row.state === "in" && out.has(keyOf(row))) {
      kept.push({ row: from, column, code: "CONSENT_STAYS_OUT" });
      continue;
    }
    if (row.state === "out") out.add(keyOf(row));
    holds.set(keyOf(row), row);
    events.push(row);
  }
  if (events.length === 0) return kept;
  await tx.insert(consentEvents).values(events);
  await tx
    .insert(consents)
    .values([...holds.values()])
    .onConflictDoUpdate({
      target: [consents.clinicId, consents.contactPointId, consents.channelKind, consents.purpose],
      set: { state: sql`excluded.state`, how: sql`excluded.how`, words: sql`excluded.words`, at: sql`excluded.at` },
      setWhere: sql`${consents.at} <= excluded.at and (${consents.state} = 'in' or excluded.state = 'out')`,
    });
  return kept;
}

const COLUMN_OF = { sms: "sms_marketing", whatsapp: "whatsapp_marketing", email: "email_marketing" } as const;

function rowsOf(ctx: ClinicContext, person: ImportedPerson, points: PointIds) {
  return person.consents.flatMap(({ channelKind, state, words, day }) => {
    const contactPointId = points.get(channelKind === "email" ? `email ${person.email}` : `phone ${person.phone}`);
    if (!contactPointId) return [];
    const at = day ? instantOf(day, "00:00", ctx.clinic.timeZone) : ctx.now();
    const actorId = ctx.actor.type === "user" ? ctx.actor.id : null;
    const row: Row = {
      ...{ clinicId: ctx.clinic.id, contactPointId, channelKind, purpose: "marketing", state, at, words, actorId },
      how: "import",
    };
    return [{ from: person.row, column: COLUMN_OF[channelKind], row }];
  });
}

/** Addresses and channels at which somebody has ended messages, of either purpose. */
async function outIn(tx: Tx, ctx: ClinicContext, contactPointIds: string[]): Promise<Set<string>> {
  const rows = await tx
    .select({ contactPointId: consents.contactPointId, channelKind: consents.channelKind })
    .from(consents)
    .where(
      and(
        eq(consents.clinicId, ctx.clinic.id),
        inArray(consents.contactPointId, contactPointIds),
        eq(consents.state, "out"),
      ),
    );
  return new Set(rows.map(keyOf));
}
