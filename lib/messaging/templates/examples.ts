import { VARIABLES, type Variable } from "./schema";

type Examples = Record<Variable, string>;

/** Nobody's name and nobody's number: what stands in a template's place of a variable for who reviews it. */
const EN: Examples = {
  ...{ patient_name: "Alex", clinic_name: "Harbor Dental", clinic_phone: "+1 212 555 0100" },
  ...{ visit_time: "Tuesday 3 March, 4:00 pm", earlier_time: "Monday 2 March, 10:00 am", service_name: "Cleaning" },
  ...{ provider_name: "Dr. Rivera", link: "https://example.com/a/1", staff_name: "Sam" },
};
const ES: Examples = {
  ...EN,
  ...{ visit_time: "martes 3 de marzo, 16:00", earlier_time: "lunes 2 de marzo, 10:00" },
  ...{ service_name: "Limpieza", provider_name: "Dra. Rivera" },
};
const AR: Examples = {
  ...EN,
  ...{ patient_name: "نور", clinic_name: "عيادة الميناء لطب الأسنان", staff_name: "سلمى" },
  ...{ visit_time: "الثلاثاء 3 مارس، الساعة 4:00 مساءً", earlier_time: "الاثنين 2 مارس، الساعة 10:00 صباحًا" },
  ...{ service_name: "تنظيف الأسنان", provider_name: "د. ريم" },
};
const BY_LOCALE: Record<string, Examples> = { en: EN, es: ES, ar: AR };

/** How a variable may read, in the template's language. */
export function exampleOf(variable: string, locale: string): string {
  const known = VARIABLES.find((one) => one === variable);
  return known ? (BY_LOCALE[locale] ?? EN)[known] : variable;
}
