import { IMPORT_COLUMNS, type ImportColumn } from "@/lib/patients/schema";

/** Headers of clinics' own lists, folded, in the three languages; a header that begins so counts too. */
const HEADERS: Record<ImportColumn, readonly string[]> = {
  name: [
    "name",
    "full name",
    "patient name",
    "patient",
    "nombre",
    "nombre completo",
    "paciente",
    "الاسم",
    "اسم المريض",
    "الاسم الكامل",
    "المريض",
  ],
  phone: [
    "phone",
    "phone number",
    "mobile",
    "cell",
    "tel",
    "telefono",
    "movil",
    "celular",
    "الهاتف",
    "رقم الهاتف",
    "الجوال",
    "رقم الجوال",
    "الموبايل",
    "هاتف",
  ],
  email: ["email", "e mail", "mail", "correo", "correo electronico", "البريد", "البريد الالكتروني", "الايميل", "بريد"],
  birth_date: [
    "birth date",
    "birthdate",
    "birthday",
    "date of birth",
    "dob",
    "fecha de nacimiento",
    "nacimiento",
    "تاريخ الميلاد",
    "الميلاد",
  ],
  language: ["language", "lang", "idioma", "lengua", "اللغه", "لغه"],
  type: ["type", "patient type", "tipo", "tipo de paciente", "النوع", "نوع المريض"],
  next_follow_up_date: [
    "next follow up date",
    "follow up date",
    "follow up",
    "next follow up",
    "recall",
    "recall date",
    "seguimiento",
    "fecha de seguimiento",
    "proxima revision",
    "المتابعه",
    "تاريخ المتابعه",
  ],
  sms_marketing: [
    "sms marketing",
    "marketing sms",
    "sms consent",
    "sms opt in",
    "publicidad sms",
    "sms",
    "تسويق sms",
    "الرسائل القصيره",
  ],
  whatsapp_marketing: [
    "whatsapp marketing",
    "marketing whatsapp",
    "whatsapp consent",
    "whatsapp opt in",
    "publicidad whatsapp",
    "whatsapp",
    "واتساب",
    "تسويق واتساب",
  ],
  email_marketing: [
    "email marketing",
    "marketing email",
    "email consent",
    "email opt in",
    "newsletter",
    "publicidad correo",
    "publicidad por correo",
    "تسويق البريد",
  ],
  consent_source: [
    "consent source",
    "source of consent",
    "consent how",
    "fuente",
    "fuente del consentimiento",
    "origen del consentimiento",
    "مصدر الموافقه",
    "المصدر",
  ],
  consent_date: [
    "consent date",
    "date of consent",
    "consent given",
    "fecha del consentimiento",
    "fecha de consentimiento",
    "تاريخ الموافقه",
  ],
};

const fold = (header: string): string =>
  header
    .normalize("NFKD")
    .replace(/[\p{M}\u0640\ufeff]/gu, "")
    .toLowerCase()
    .replace(/ة/g, "ه")
    .replace(/[أإآٱ]/g, "ا")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** Which header is which column, as far as the words tell: exact ones first, then those that begin alike. */
export function guessBy<C extends string>(
  columns: readonly C[],
  words: Record<C, readonly string[]>,
  headers: readonly string[],
): Partial<Record<C, string>> {
  const guessed: Partial<Record<C, string>> = {};
  const free = new Set(headers.filter((header) => fold(header) !== ""));
  const take = (matches: (header: string, word: string) => boolean) => {
    for (const column of columns) {
      if (guessed[column]) continue;
      const found = [...free].find((header) => words[column].some((word) => matches(fold(header), fold(word))));
      if (!found) continue;
      guessed[column] = found;
      free.delete(found);
    }
  };
  take((header, word) => header === word);
  take((header, word) => header.startsWith(`${word} `));
  return guessed;
}

export const guessColumns = (headers: readonly string[]): Partial<Record<ImportColumn, string>> =>
  guessBy(IMPORT_COLUMNS, HEADERS, headers);
