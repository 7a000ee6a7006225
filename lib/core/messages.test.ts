import { createTranslator, IntlErrorCode } from "use-intl/core";
import { expect, test } from "vitest";
import ar from "@/messages/ar.json";
import en from "@/messages/en.json";
import es from "@/messages/es.json";
import { ERROR_STATUS } from "./errors";

const LANGUAGES = { en, ar, es };

/** Every text with its path: `nav.roles.OWNER` → "Owner". */
function textsOf(node: unknown, path = ""): [string, string][] {
  if (typeof node === "string") return [[path, node]];
  if (typeof node !== "object" || node === null) throw new Error(`not a text: ${path}`);
  return Object.entries(node).flatMap(([key, value]) => textsOf(value, path ? `${path}.${key}` : key));
}

/** The names of the values that a text takes; what stands in the branch of a plural is a text, not a name. */
const VALUE = /(?<!(?:zero|one|two|few|many|other|=\d+)\s*)\{\s*(\w+)\s*[,}]/g;
const valuesOf = (text: string) => [...new Set([...text.matchAll(VALUE)].map((match) => match[1]))].sort();

const english = textsOf(en);

test.each(["ar", "es"] as const)("%s says everything that English says, with the same values", (locale) => {
  const others = new Map(textsOf(LANGUAGES[locale]));
  expect([...others.keys()].sort()).toEqual(english.map(([path]) => path).sort());
  for (const [path, text] of english) expect(valuesOf(others.get(path) ?? ""), path).toEqual(valuesOf(text));
});

test("every error code has its words, and no words are left of codes that went", () => {
  expect(Object.keys(en.errors).sort()).toEqual(Object.keys(ERROR_STATUS).sort());
});

test.each(["en", "ar", "es"] as const)("every text of %s is well-formed and not empty", (locale) => {
  const broken: string[] = [];
  for (const [path, text] of textsOf(LANGUAGES[locale])) {
    if (text.trim() === "") broken.push(path);
    const onError = (error: { code: string }) => error.code === IntlErrorCode.INVALID_MESSAGE && broken.push(path);
    createTranslator({ locale, messages: { text }, onError })("text");
  }
  expect(broken).toEqual([]);
});

test("digits in Arabic texts are Latin: the clinic's setting decides only about formatted numbers", () => {
  expect(textsOf(ar).filter(([, text]) => /[٠-٩]/.test(text))).toEqual([]);
});
