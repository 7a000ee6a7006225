/** How the library's messages say that a word ends them, in each language; nobody reads such a word in a mailbox. */
const BY_A_WORD = [/\s*Reply STOP\b[^.]*\./, /\s*Responda ALTO\b[^.]*\./, /\s*أرسل «توقف»[^.]*\./];

/** A letter's words without the way out by a word: its link takes that one's place. */
export const withoutWordToSend = (text: string): string =>
  BY_A_WORD.reduce((left, told) => left.replace(told, ""), text);
