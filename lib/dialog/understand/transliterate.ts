/**
 * The consonants of a name in either script, so that سارة finds Sarah and منصوري finds Mansouri. Vowels and doubled letters
 * go, letters that one script lacks fall together.
 */
const ARABIC: Record<string, string> = {
  ب: "b",
  ت: "t",
  ث: "t",
  ج: "j",
  ح: "h",
  خ: "k",
  د: "d",
  ذ: "d",
  ر: "r",
  ز: "z",
  س: "s",
  ش: "x",
  ص: "s",
  ض: "d",
  ط: "t",
  ظ: "z",
  غ: "g",
  ف: "f",
  ق: "k",
  ك: "k",
  ل: "l",
  م: "m",
  ن: "n",
  ه: "h",
  پ: "b",
  چ: "x",
  ڤ: "f",
  گ: "g",
};
const LATIN: readonly (readonly [RegExp, string])[] = [
  [/^(?:al|el)(?=[a-z]{4})/, ""],
  [/sh|ch/g, "x"],
  [/kh|ck|q|c(?![ieh])/g, "k"],
  [/gh/g, "g"],
  [/th/g, "t"],
  [/dh/g, "d"],
  [/ph|v/g, "f"],
  [/c/g, "s"],
  [/p/g, "b"],
  [/h$/g, ""],
  [/[^bcdfghjklmnrstxz]/g, ""],
];

/** Consonants only; empty for a name without any. */
export function consonants(folded: string): string {
  const isArabic = /[\u0600-\u06ff]/.test(folded);
  const letters = isArabic
    ? [...folded.replace(/^ال(?=.{3})/, "").replace(/ه$/, "")].map((letter) => ARABIC[letter] ?? "").join("")
    : LATIN.reduce((text, [from, to]) => text.replace(from, to), folded);
  return letters.replace(/(.)\1+/g, "$1");
}
