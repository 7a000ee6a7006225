import { expect, test } from "vitest";
import { wholeReads } from "@/db/testing/plans";
import { bookQueries, runQuery } from "@/scripts/bench/book-queries";
import { fillBook, makeBook } from "@/scripts/bench/busy-book";

const NOW = "2026-03-02T12:00:00Z";
const VISITS = 60_000;
/** Patients are a tenth of the visits, and their search has a test of its own (search-plan). */
const SMALL = 7_000;

/** Reads of whole months are asked at a million visits by `npm run bench -- --only 7`. */
test("no read of the book goes through a large table from end to end", { timeout: 90_000 }, async () => {
  const ownerUrl = process.env.DATABASE_MIGRATE_URL ?? "";
  const book = await makeBook(NOW);
  await fillBook(book, 0, VISITS, ownerUrl);
  const queries = await bookQueries(book);
  expect(queries).toHaveLength(25);
  const reads = await wholeReads(async () => {
    for (const query of queries) if (!query.isWide) await runQuery(query);
  }, SMALL);
  expect(reads.map(({ table, statement }) => `${table}: ${statement.slice(0, 300)}`)).toEqual([]);
});
