import { maskEmail } from "./email";
import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js";

/** Longer than any number that is written with spaces and brackets; parsing stays cheap whatever is sent. */
const LONGEST = 40;

const parse = (text: string, country: string) =>
  text.length > LONGEST
    ? undefined
    : parsePhoneNumberFromString(text, isSupportedCountry(country) ? country : undefined);

/** A phone as it is stored, E.164; a national number is read in `country` (ISO 3166). Undefined: no phone number. */
export function toE164(text: string, country: string): string | undefined {
  const phone = parse(today(text), country);
  return phone?.isPossible() ? phone.number : undefined;
}

/**
 * The number as it is dialled today. WhatsApp still writes Mexican mobiles with the 1 that was dropped in 2019, and older
 * Brazilian ones without the 9 that was added until 2016: the same lines as those that SMS knows.
 */
const today = (text: string) =>
  text
    .trim()
    .replace(/^\+521(\d{10})$/, "+52$1")
    .replace(/^\+55(\d{2})([6-9]\d{7})$/, (_, area: string, line: string) => `+55${area}9${line}`);

/** For people: national inside the clinic's own country, international elsewhere. What can't be read stays as it is. */
export function displayPhone(value: string, country: string): string {
  const phone = parse(value, country);
  if (!phone) return value;
  return phone.country === country ? phone.formatNational() : phone.formatInternational();
}

/** Enough to recognise, too little to dial: the country code and the last two digits. */
export function maskPhone(value: string): string {
  if (value.includes("@")) return maskEmail(value);
  const code = parsePhoneNumberFromString(value)?.countryCallingCode;
  return `${code ? `+${code} ` : ""}••• ${value.replace(/\D/g, "").slice(-2)}`;
}

/** The country of a number (ISO 3166), as far as the number tells. */
export const countryOf = (value: string): string | undefined => parsePhoneNumberFromString(value)?.country;
