/** A name inside a sentence of the other direction keeps to itself: first-strong isolate … pop. */
export const isolate = (text: string): string => `\u2068${text}\u2069`;
