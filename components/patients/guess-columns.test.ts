import { expect, test } from "vitest";
import { IMPORT_COLUMNS } from "@/lib/patients/schema";
import { guessColumns } from "./guess-columns";

test.each([
  [
    ["Full Name", "Mobile", "E-mail", "DOB", "SMS consent", "Notes"],
    { name: "Full Name", phone: "Mobile", email: "E-mail", birth_date: "DOB", sms_marketing: "SMS consent" },
  ],
  [
    ["Nombre", "Teléfono", "Correo electrónico", "Fecha de nacimiento", "Idioma"],
    {
      name: "Nombre",
      phone: "Teléfono",
      email: "Correo electrónico",
      birth_date: "Fecha de nacimiento",
      language: "Idioma",
    },
  ],
  [
    ["الاسم الكامل", "رقم الجوال", "البريد الإلكتروني", "تاريخ الميلاد", "اللغة"],
    {
      name: "الاسم الكامل",
      phone: "رقم الجوال",
      email: "البريد الإلكتروني",
      birth_date: "تاريخ الميلاد",
      language: "اللغة",
    },
  ],
  [["Phone (home)", "Name of patient"], { name: "Name of patient", phone: "Phone (home)" }],
  [["Email marketing", "Email"], { email: "Email", email_marketing: "Email marketing" }],
  [["", "x"], {}],
])("the headers %j are understood", (headers, columns) => expect(guessColumns(headers)).toEqual(columns));

test("the export's own headers are all understood", () => {
  expect(guessColumns(IMPORT_COLUMNS)).toEqual(Object.fromEntries(IMPORT_COLUMNS.map((name) => [name, name])));
});
