import fc from "fast-check";
import { expect, test } from "vitest";
import { searchTermsOf } from "./search-terms";

test("a search is for every word, each by its beginning, in any script", () => {
  expect(searchTermsOf("Root canal")).toEqual({ words: "root canal", query: "'root':* & 'canal':*" });
  expect(searchTermsOf("أحمد").query).toBe("'أحمد':*");
  expect(searchTermsOf("+1 (202) 555-0100").words).toBe("+1 (202) 555-0100");
});

test("no operator of LIKE or of text search passes", () => {
  expect(searchTermsOf("100%_\\").words).toBe("100");
  expect(searchTermsOf("a' | !b <-> (c) & d:*").query).toBe("'a' & 'b' & 'c' & 'd'");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (q) => {
      expect(searchTermsOf(q).query).toMatch(/^('[\p{L}\p{M}\p{N}]+'(:\*)?( & |$))*$/u);
    }),
  );
});
