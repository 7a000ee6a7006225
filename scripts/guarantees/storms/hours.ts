import { addDays, dayIn, instantOf } from "@/lib/core/zone";
import type { Field } from "../field";

/** Moves the clinic to a zone in which it is this hour now. POSIX counts these zones the other way round. */
export async function liveWhereItIs({ database }: Pick<Field, "database">, hour: number): Promise<void> {
  const west = (new Date().getUTCHours() - hour + 48) % 24;
  const hours = west > 12 ? west - 24 : west;
  await database.query("update clinics set time_zone = $1", [`Etc/GMT${hours < 0 ? "-" : "+"}${Math.abs(hours)}`]);
}

/** An hour at which anything may go out. */
export const EARLY_AFTERNOON = 13;

/** Sets the send gate's clock to this moment; it goes on from there. */
export async function setClock({ database }: Pick<Field, "database">, moment: Date): Promise<void> {
  await database.query(
    "insert into fire.clock (since, ahead) select clock_timestamp(), $1::timestamptz - clock_timestamp()",
    [moment.toISOString()],
  );
}

/** The next time that it is early afternoon where the clinic is. */
export const setDecentHour = (field: Pick<Field, "database" | "place">): Promise<void> => {
  const { timeZone } = field.place.cast;
  return setClock(field, instantOf(addDays(dayIn(new Date(), timeZone), 1), `${EARLY_AFTERNOON}:00`, timeZone));
};
