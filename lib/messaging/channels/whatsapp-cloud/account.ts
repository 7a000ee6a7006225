import { z } from "zod";
import { callGraph, type GraphAnswer } from "./graph";

/** What stands between us and an account; words in `settings.templates.problems`. */
export type AccountProblem = "no_credentials" | "credentials" | "account" | "unreachable" | "refused";
export type Asked<T> = { problem: null; data: T } | { problem: AccountProblem; words: string | null };

const Page = z.object({
  data: z.array(z.record(z.string(), z.unknown())),
  paging: z
    .object({ cursors: z.object({ after: z.string().optional() }).optional(), next: z.string().optional() })
    .optional(),
});
const PER_PAGE = 100;
/** Meta lets an account have 6,000 templates. */
const MOST_PAGES = 60;

/**
 * All rows of one of an account's lists. Meta's address of the next page is not followed: its cursor is, at the address
 * that we know.
 */
export async function listOfAccount(
  token: string,
  account: string,
  list: "message_templates" | "phone_numbers",
  fields: string,
): Promise<Asked<Record<string, unknown>[]>> {
  const rows: Record<string, unknown>[] = [];
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = new URLSearchParams({ fields, limit: String(PER_PAGE), ...(after ? { after } : {}) });
    const answer = await ask(token, `${encodeURIComponent(account)}/${list}?${query.toString()}`);
    const read = answer && Page.safeParse(answer.body).data;
    if (!answer || answer.status !== 200 || !read) return refusalOf(answer);
    rows.push(...read.data);
    after = read.paging?.next ? read.paging.cursors?.after : undefined;
    if (!after) break;
  }
  return { problem: null, data: rows };
}

/** Whether the number is one of the account's: an account that somebody only claims is not worked with. */
export async function hasNumber(token: string, account: string, numberId: string): Promise<Asked<true>> {
  const numbers = await listOfAccount(token, account, "phone_numbers", "id");
  if (numbers.problem === "refused") return { problem: "account", words: null };
  if (numbers.problem !== null) return numbers;
  return numbers.data.some(({ id }) => String(id) === numberId)
    ? { problem: null, data: true }
    : { problem: "account", words: null };
}

/** One call; undefined where no answer came. */
export async function ask(token: string, path: string, body?: unknown): Promise<GraphAnswer | undefined> {
  try {
    return await callGraph(token, path, { body });
  } catch {
    return undefined; // no answer is an answer here: the page says so
  }
}

const Words = z.object({ error: z.object({ error_user_msg: z.string().optional(), message: z.string().optional() }) });
const LONGEST_WORDS = 300;

/** Why an answer was no yes, with Meta's own words for people where it has some. */
export function refusalOf(answer: GraphAnswer | undefined): Exclude<Asked<never>, { problem: null }> {
  if (!answer || answer.status >= 500) return { problem: "unreachable", words: null };
  if (answer.errorCode === "190" || answer.status === 401 || answer.status === 403)
    return { problem: "credentials", words: null };
  const said = Words.safeParse(answer.body).data?.error;
  const words = said?.error_user_msg ?? said?.message;
  return { problem: "refused", words: words?.slice(0, LONGEST_WORDS) ?? null };
}
