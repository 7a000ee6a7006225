import type { Blueprint } from "../blueprint";
import { AR } from "../threads/ar";
import { EN } from "../threads/en";
import { ES } from "../threads/es";
import { KNOWLEDGE } from "./knowledge";
import { EXCEPTIONS, OPERATORIES, PROVIDERS } from "./providers";
import { SERVICES } from "./services";

const AREA_CODES = ["212", "646", "718", "917"];

/** 555-0100 to 555-0199 of an area code are kept free for fiction. */
const phone = (index: number): string =>
  `+1${AREA_CODES[Math.floor(index / 100)] ?? "347"}55501${String(index % 100).padStart(2, "0")}`;

/** Today is full, the coming days are well booked, and it thins out from there. */
function weightOf(offset: number): number {
  if (offset === 0) return 36;
  if (offset < 0) return 10;
  return offset <= 7 ? 16 : offset <= 14 ? 11 : offset <= 21 ? 7 : 4;
}

/** A practice in Brooklyn whose patients write in English, Spanish and Arabic. */
export const DEMO_DENTAL: Blueprint = {
  seed: 42,
  clinic: {
    slug: "demo-dental",
    shortNumber: 42,
    name: "Brightwater Dental",
    country: "US",
    timeZone: "America/New_York",
    currency: "USD",
    weekStart: 7,
    weekend: [6, 7],
    defaultLocale: "en",
    locales: ["en", "es", "ar"],
    phone: "+12125550100",
    address: "48 Harbor Street, Brooklyn, NY 11201",
    emergencyNumber: "911",
  },
  smsAddress: "+15550100000",
  mailAddress: "hello@demo-dental.test",
  whatsapp: { numberId: "100000000000042", account: "100000000000001", displayAddress: "+1 555-010-0042" },
  providers: PROVIDERS,
  operatories: OPERATORIES,
  services: SERVICES,
  exceptions: EXCEPTIONS,
  holidays: [
    ["01-01", "New Year's Day"],
    ["06-19", "Juneteenth"],
    ["07-04", "Independence Day"],
    ["12-25", "Christmas Day"],
  ],
  patients: {
    count: 150,
    leads: 18,
    newcomers: 22,
    families: 14,
    emails: 24,
    languages: [
      ["en", 60],
      ["es", 22],
      ["ar", 18],
    ],
    phone: (index) => phone(index + 1),
  },
  visits: {
    count: 600,
    weightOf,
    sources: [
      ["SMS", 42],
      ["MANUAL_ADMIN", 22],
      ["PUBLIC_WEB", 14],
      ["WHATSAPP", 12],
      ["PATIENT_ACCOUNT", 4],
      ["WAITLIST", 3],
      ["IMPORT", 3],
    ],
  },
  knowledge: KNOWLEDGE,
  threads: [...EN, ...ES, ...AR],
};
