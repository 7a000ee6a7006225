import type { Locale } from "./blueprint";
import type { Random } from "./random";

interface Names {
  first: readonly string[];
  last: readonly string[];
}

const en: Names = {
  first: (
    "Olivia Liam Emma Noah Ava Ethan Charlotte Mason Amelia Lucas Harper Henry Evelyn Jack Abigail Owen Ella Caleb " +
    "Scarlett Nathan Chloe Isaac Zoe Julian Nora Wyatt Hazel Leo Violet Miles Ruby Theo Naomi Desmond Imani Kofi Mei " +
    "Kenji Anjali Ravi Svetlana Piotr Fiona Declan Thandiwe Elijah Maya Simon"
  ).split(" "),
  last: (
    "Bennett Carter Whitfield Brooks Hayes Sullivan Foster Morgan Price Ellis Hughes Coleman Barnes Webb Chapman " +
    "Lawson Greene Walsh Porter Harmon Adeyemi Mensah Chen Nakamura Patel Iyer Kowalski Novak O'Brien Delaney Dlamini " +
    "Fischer Larsen Rossi Dubois Kaplan Marlowe Prescott Sterling Vaughn"
  ).split(" "),
};

const es: Names = {
  first: (
    "María José Lucía Carlos Sofía Miguel Valentina Javier Camila Andrés Isabel Diego Gabriela Fernando Paula Mateo " +
    "Daniela Santiago Elena Alejandro Rosa Manuel Carmen Raúl Beatriz Tomás Ximena Joaquín"
  ).split(" "),
  last: (
    "García Hernández Rodríguez Martínez López Torres Ramírez Flores Vargas Castillo Mendoza Rojas Delgado Peña " +
    "Navarro Salazar Guzmán Ibáñez Cabrera Núñez"
  ).split(" "),
};

const ar: Names = {
  first: (
    "محمد فاطمة أحمد نورة خالد سارة عمر ليلى يوسف مريم إبراهيم هند حسن ريم علي دانة سلطان منى فيصل أمل طارق " +
    "رنا ماجد هدى زياد سلمى بدر جواهر ناصر لمى"
  ).split(" "),
  last: (
    "العتيبي القحطاني الحربي الشمري الدوسري الغامدي الزهراني المطيري السبيعي العنزي الشهري البقمي حداد منصور " +
    "الخطيب النجار درويش الصباغ العمري الفارس"
  ).split(" "),
};

const NAMES = { en, es, ar } as const satisfies Record<Locale, Names>;

export const lastNameIn = (locale: Locale, random: Random): string => random.pick(NAMES[locale].last);
export const firstNameIn = (locale: Locale, random: Random): string => random.pick(NAMES[locale].first);
/** As a receptionist would write it: in Spanish with both family names. */
export const fullName = (locale: Locale, first: string, last: string, second: string): string =>
  locale === "es" && second !== last ? `${first} ${last} ${second}` : `${first} ${last}`;
