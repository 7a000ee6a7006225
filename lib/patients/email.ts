const EMAIL = /^[^\s@,;<>"()]+@[^\s@,;<>"()]+\.[^\s@,;<>"()]+$/;

/** An e-mail address as it is kept, in lower case; undefined for what is none. */
export const emailOf = (text: string): string | undefined =>
  EMAIL.test(text.trim()) ? text.trim().toLowerCase() : undefined;

/** Enough of an address to tell two apart: its first letter and its domain. */
export const maskEmail = (value: string): string => value.replace(/^(.).*@/, "$1•••@");
