import { addDays, dayIn, instantOf } from "@/lib/core/zone";
import type { Field } from "../field";
import { pause } from "./pause";

/** Moves the clinic to a zone in which it is this hour now. POSIX counts these zones the other way round. */
export async function liveWhereItIs({ database }: Pick<Field, "database">, hour: number): Promise<void> {
  const west = (new Date().getUTCHours() - hour + 48) % 24;
  const hours = west > 12 ? west - 24 : west;
  await database.query("update clinics set time_zone = $1", [`Etc/GMT${hours < 0 ? "-" : "+"}${Math.abs(hours)}`]);
}

/** An hour at which anything may go out. */
export const EARLY_AFTERNOON = 13;

/** Longer than a worker that finds nothing to do keeps to the time at which it began to look. */
const HEARD_WITHIN_MS = 400;

/** Sets the send gate's clock so that it is this moment when the call is over; it goes on from there. */
export async function setClock({ database }: Pick<Field, "database">, moment: Date): Promise<void> {
  await database.query(
    "insert into fire.clock (since, ahead) select clock_timestamp(), $1::timestamptz - clock_timestamp()",
    [new Date(moment.getTime() - HEARD_WITHIN_MS).toISOString()],
  );
  await pause(HEARD_WITHIN_MS);
}

/** The next time that it is early afternoon where the clinic is. */
export const setDecentHour = (field: Pick<Field, "database" | "place">): Promise<void> => {
  const { timeZone } = field.place.cast;
  return setClock(field, instantOf(addDays(dayIn(new Date(), timeZone), 1), `${EARLY_AFTERNOON}:00`, timeZone));
};
