import { foldName } from "@/lib/patients/fold";
import { dayOf, type DateOrder } from "@/lib/patients/import/cells";
import type { Confirmation, Status } from "../schema";

/** What cells of former books mean, in the three languages of the product. Undefined: not readable. */

const latin = (cell: string) =>
  cell
    .replace(/[٠-٩]/g, (digit) => String("٠١٢٣٤٥٦٧٨٩".indexOf(digit)))
    .replace(/[۰-۹]/g, (digit) => String("۰۱۲۳۴۵۶۷۸۹".indexOf(digit)))
    .replace(/[\u00a0\u202f\u200e\u200f]/g, " ")
    .trim();

const TIME =
  /^(\d{1,2})(?:[:.h٫](\d{2}))?(?:[:.]00(?:[.,]0+)?)?\s*h?\s*(a\.?\s?m\.?|p\.?\s?m\.?|ص|صباحا|صباحًا|م|مساء|مساءً)?$/i;
const isAfternoon = (mark: string) => /^(p|م(?!ن)|مساء)/i.test(mark);

/** A time of day as `HH:MM`: 9:00, 09.30, 2pm, 14h30, ٩:٠٠ ص. Seconds must be none. */
export function timeOf(cell: string): string | undefined {
  const found = TIME.exec(latin(cell));
  if (!found) return undefined;
  const [, hourText = "", minuteText, mark] = found;
  if (minuteText === undefined && !mark) return undefined; // a bare 9 may be anything
  let hour = Number(hourText);
  const minute = Number(minuteText ?? 0);
  if (mark) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (isAfternoon(mark) ? 12 : 0);
  }
  if (hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** What a cell of date and, perhaps, time says: a wall day, with a time or without, or an instant where it names one. */
export interface When {
  day: string;
  time: string | undefined;
  instant?: Date;
}

const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

export function whenOf(cell: string, order: DateOrder): When | undefined {
  const text = latin(cell);
  if (WITH_OFFSET.test(text)) {
    const instant = new Date(text);
    return Number.isNaN(instant.getTime()) ? undefined : { day: "", time: undefined, instant };
  }
  const [date = "", ...rest] = text.split(/[T ]+|,\s*/);
  const day = dayOf(date, order);
  if (!day) return undefined;
  const time = rest.length > 0 ? timeOf(rest.join(" ")) : undefined;
  return rest.length > 0 && !time ? undefined : { day, time };
}

/** A length in minutes: 30, 30 min, 1:30, 1h 15. */
export function minutesOf(cell: string): number | undefined {
  const text = latin(cell).toLowerCase();
  const plain = /^(\d{1,3})\s*(m|min|mins|minutes?|minutos?|د|دقيقة|دقائق)?\.?$/.exec(text);
  if (plain) return Number(plain[1]);
  const long = /^(\d{1,2})\s*(?::|h|hr|hrs|hours?|horas?|س|ساعة)\s*(\d{2})?\s*(m|min|mins)?$/.exec(text);
  return long ? Number(long[1]) * 60 + Number(long[2] ?? 0) : undefined;
}

export interface SaidStatus {
  status: Extract<Status, "scheduled" | "completed" | "cancelled" | "no_show" | "checked_in">;
  confirmation: Confirmation;
}

const STATUS_WORDS: Record<SaidStatus["status"], string> = {
  scheduled: `scheduled|booked|pending|unconfirmed|tentative|new|active|open|programada|agendada|reservada|pendiente|
    sin confirmar|مجدول|محجوز|محجوزة|قيد الانتظار|غير مؤكد|غير مؤكدة|نشط`,
  checked_in: "checked in|checkedin|arrived|in chair|here|seated|llego|en sala|en consulta|وصل|وصلت|في العيادة",
  completed: `completed|complete|done|seen|finished|attended|closed|checked out|kept|completada|realizada|atendida|
    atendido|finalizada|hecha|asistio|مكتمل|مكتملة|منجز|تم|تمت|حضر|منتهي|منتهية`,
  cancelled: `cancelled|canceled|cancel|deleted|late cancel|cancelada|cancelado|anulada|anulado|ملغى|ملغي|ملغاة|الغيت|تم الالغاء|ألغي`,
  no_show: `no show|noshow|missed|failed|absent|dna|did not attend|broken|no asistio|no se presento|ausente|falta|
    لم يحضر|لم تحضر|غائب|تغيب`,
};
const CONFIRMED = "confirmed|accepted|confirmada|confirmado|aceptada|مؤكد|مؤكدة|تم التأكيد";

const wordsIn = (text: string) => text.split("|").map((word) => foldName(word));
const KNOWN = new Map<string, SaidStatus>();
for (const word of wordsIn(CONFIRMED)) KNOWN.set(word, { status: "scheduled", confirmation: "confirmed" });
for (const status of ["scheduled", "checked_in", "completed", "cancelled", "no_show"] as const)
  for (const word of wordsIn(STATUS_WORDS[status])) KNOWN.set(word, { status, confirmation: "unasked" });

export const statusOf = (cell: string): SaidStatus | undefined => KNOWN.get(foldName(cell));
