/** The alphabet of a plain SMS (GSM 03.38), and its second table, whose letters count twice. */
const PLAIN = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const DOUBLE = new Set("^{}\\[~]|€\f");

export interface Segments {
  /** Letters as the carrier counts them. */
  units: number;
  /** How many fit in as many messages as it takes. */
  room: number;
  segments: number;
}

/** How many messages an SMS is: 160 letters, 70 when one of them is outside the plain alphabet; fewer when it is split. */
export function segmentsOf(text: string): Segments {
  const letters = [...text];
  const isPlain = letters.every((letter) => PLAIN.has(letter) || DOUBLE.has(letter));
  const units = isPlain ? letters.reduce((sum, letter) => sum + (DOUBLE.has(letter) ? 2 : 1), 0) : text.length;
  const [alone, joined] = isPlain ? [160, 153] : [70, 67];
  const segments = units <= alone ? 1 : Math.ceil(units / joined);
  return { units, segments, room: segments === 1 ? alone : segments * joined };
}
