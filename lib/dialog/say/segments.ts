/**
 * What a text message costs. GSM 03.38 letters pack 160 into one message and 153 into each part of a longer one
 * (letters of its extension table take two places); anything else makes it UCS-2: 70, and 67 a part.
 */
const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENDED = "^{}\\[~]|€\f";
const isBasic = new Set(BASIC);
const isExtended = new Set(EXTENDED);

export interface Segments {
  readonly encoding: "gsm" | "unicode";
  readonly count: number;
}

export function segmentsOf(text: string): Segments {
  let places = 0;
  for (const letter of text) {
    if (isBasic.has(letter)) places += 1;
    else if (isExtended.has(letter)) places += 2;
    else return { encoding: "unicode", count: text.length <= 70 ? 1 : Math.ceil(text.length / 67) };
  }
  return { encoding: "gsm", count: places <= 160 ? 1 : Math.ceil(places / 153) };
}

/** One reply is at most this long on SMS (dialog.md). */
const MOST = { gsm: 3, unicode: 5 } as const;

export const fitsSms = (text: string): boolean => {
  const { encoding, count } = segmentsOf(text);
  return count <= MOST[encoding];
};

const TYPEWRITTEN: Record<string, string> = { "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..." };

/** Typographic marks as a typewriter has them: one of them would turn a whole text message into Unicode. */
export const plainMarks = (text: string): string => text.replace(/[’‘“”–—…]/g, (mark) => TYPEWRITTEN[mark] ?? mark);
