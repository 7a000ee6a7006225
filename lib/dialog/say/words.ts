import { createTranslator } from "use-intl/core";
import { messagesOf } from "@/lib/core/catalogue";
import type { Language } from "../schema";

interface Texts {
  readonly [key: string]: string | Texts;
}

/** A part of the catalogue's `dialog`, as a translator that takes keys made at run time. */
export interface Words {
  /** Whether there is a text of this key. */
  has: (key: string) => boolean;
  /** The text of a key; of several wordings (`0`, `1`, …) the one for this time of saying it. */
  of: (key: string, values?: Record<string, string>, variant?: number) => string;
}

const made = new Map<string, Words>();

export function wordsFor(language: Language, part: "say" | "parts" | "trace" | "summary"): Words {
  const known = made.get(`${language}.${part}`);
  if (known) return known;
  const texts = flat(messagesOf(language).dialog[part]);
  const t = createTranslator({ locale: language, messages: texts });
  const wordingsOf = (key: string) =>
    Object.keys(texts).filter((one) => /^\d+$/.test(one.slice(key.length + 1)) && one.startsWith(`${key}/`));
  const wordings = new Map(
    [...new Set(Object.keys(texts).map((key) => key.replace(/\/\d+$/, "")))].map((key) => [key, wordingsOf(key)]),
  );
  const words: Words = {
    has: (key) => wordings.has(key.replaceAll(".", "/")),
    of: (key, values = {}, variant = 0) => {
      const name = key.replaceAll(".", "/");
      const several = wordings.get(name) ?? [];
      return t(several[variant % several.length] ?? name, values);
    },
  };
  made.set(`${language}.${part}`, words);
  return words;
}

/** One level of keys, `remind/service/0`: a dot would be read as nesting. */
function flat(texts: Texts, path = ""): Record<string, string> {
  const entries = Object.entries(texts).map(([key, value]): Record<string, string> =>
    typeof value === "string" ? { [`${path}${key}`]: value } : flat(value, `${path}${key}/`),
  );
  return entries.reduce((all, one) => ({ ...all, ...one }), {});
}
