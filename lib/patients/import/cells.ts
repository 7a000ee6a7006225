import type { DATE_ORDERS } from "../schema";

/** What cells of a clinic's own lists mean, in the three languages of the product. Undefined: not readable. */

const YES = new Set(["yes", "y", "true", "1", "x", "in", "opt-in", "si", "sí", "s", "نعم", "موافق", "✓"]);
const NO = new Set(["no", "n", "false", "0", "out", "opt-out", "لا", "غير موافق"]);

export function yesOrNo(cell: string): "in" | "out" | undefined {
  const word = cell.toLowerCase();
  return YES.has(word) ? "in" : NO.has(word) ? "out" : undefined;
}

const LANGUAGES: Record<string, string> = {
  ...{ english: "en", inglés: "en", ingles: "en", الإنجليزية: "en", إنجليزي: "en", انجليزي: "en" },
  ...{ spanish: "es", español: "es", espanol: "es", castellano: "es", الإسبانية: "es", إسباني: "es" },
  ...{ arabic: "ar", árabe: "ar", arabe: "ar", العربية: "ar", عربي: "ar" },
  ...{ french: "fr", francés: "fr", français: "fr", الفرنسية: "fr", german: "de", portuguese: "pt", portugués: "pt" },
  ...{ hindi: "hi", urdu: "ur", russian: "ru", chinese: "zh", tagalog: "tl", turkish: "tr", hebrew: "he" },
};

export function languageOf(cell: string): string | undefined {
  const word = cell.toLowerCase();
  if (LANGUAGES[word]) return LANGUAGES[word];
  return /^[a-z]{2,3}([-_][a-z0-9]{2,8})?$/.test(word) ? word.split(/[-_]/)[0] : undefined;
}

const TYPES: Record<string, "COLD_LEAD" | "NEW" | "EXISTING"> = {
  ...{ cold_lead: "COLD_LEAD", "cold lead": "COLD_LEAD", lead: "COLD_LEAD", prospect: "COLD_LEAD" },
  ...{ prospecto: "COLD_LEAD", محتمل: "COLD_LEAD", "عميل محتمل": "COLD_LEAD" },
  ...{ new: "NEW", "new patient": "NEW", nuevo: "NEW", nueva: "NEW", جديد: "NEW" },
  ...{ existing: "EXISTING", active: "EXISTING", patient: "EXISTING", regular: "EXISTING", paciente: "EXISTING" },
  ...{ existente: "EXISTING", activo: "EXISTING", activa: "EXISTING", حالي: "EXISTING", مريض: "EXISTING" },
};

export const typeOf = (cell: string) => TYPES[cell.toLowerCase()];

export type DateOrder = (typeof DATE_ORDERS)[number];

/** A day as `YYYY-MM-DD`; 2026-04-03 is always read so, 3/4/2026 by `order`. Two-digit years are not guessed. */
export function dayOf(cell: string, order: DateOrder): string | undefined {
  const text = cell.replace(/[٠-٩]/g, (digit) => String("٠١٢٣٤٥٦٧٨٩".indexOf(digit))).split(/[T ]/)[0] ?? "";
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (iso) return exists(iso[1], iso[2], iso[3]);
  const other = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text);
  if (!other) return undefined;
  return order === "mdy" ? exists(other[3], other[1], other[2]) : exists(other[3], other[2], other[1]);
}

function exists(year = "", month = "", day = ""): string | undefined {
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${text}T00:00:00Z`);
  const isReal = !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
  return isReal && year >= "1850" && year < "2200" ? text : undefined;
}
