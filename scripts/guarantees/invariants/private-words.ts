import type pg from "pg";

/** Long enough to be nobody's by accident. */
const SHORTEST_TEXT = 16;
const QUOTED = 24;

const PRIVATE = `
select right(regexp_replace(value, '\\D', '', 'g'), 10) as word from contact_points where kind <> 'email'
union select value from contact_points where kind = 'email'
union select name from patients where length(name) > 5 and name !~ '^[+0-9 ]+$'
union select left(text, ${QUOTED}) from messages where length(text) >= ${SHORTEST_TEXT}`;

/**
 * I13: where anything that only a clinic may know (numbers, addresses, names, texts) stands in what left it: log lines
 * and the payloads of doorbells. What was private is read from the tables, to whose owner no row is hidden.
 */
export async function leaks(sql: pg.Client, said: Record<string, string>): Promise<string[]> {
  const { rows } = await sql.query<{ word: string }>(PRIVATE);
  if (Object.values(said).every((text) => text.trim() === ""))
    return ["I13: nothing left that could be looked through"];
  const words = rows.map(({ word }) => word).filter((word) => word.trim().length > 5);
  return Object.entries(said).flatMap(([where, text]) => {
    const found = text.split("\n").filter((line) => words.some((word) => line.includes(word)));
    return found.length > 0 ? [`I13: ${found.length} lines of ${where} tell of a person: ${kindOf(found[0])}`] : [];
  });
}

/** Enough to find the line by, and nothing of what it leaks. */
const kindOf = (line = ""): string => /"msg":"([^"]{0,60})"/.exec(line)?.[1] ?? "no log line";
