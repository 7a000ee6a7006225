import { type DateTimeFormatOptions, useFormatter } from "next-intl";

/**
 * Says a range of days with plain spaces: the server's engine and a browser's set other ones around the dash, and the two
 * must agree on every letter.
 */
export function useDayRange(): (first: Date, last: Date, options: DateTimeFormatOptions) => string {
  const format = useFormatter();
  return (first, last, options) => format.dateTimeRange(first, last, options).replaceAll(/\s/gu, " ");
}
