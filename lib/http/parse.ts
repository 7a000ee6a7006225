import { z } from "zod";
import { ERROR_STATUS, type ErrorCode } from "@/lib/core/errors";
import { err, ok, type Result } from "@/lib/core/result";
import { readJson } from "./body";

/** What a route takes: zod schemas for path, query and body. Without one, nothing of that part is read. */
export interface Shape<P, Q, B> {
  params?: z.ZodType<P>;
  query?: z.ZodType<Q>;
  body?: z.ZodType<B>;
  /** Of a JSON body, in bytes. */
  maxBytes?: number;
}
export interface Parsed<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  raw: Buffer;
}

const MAX_JSON_BYTES = 256_000;

/** Postgres stores no NUL, and nobody types one. In JSON it is an escape that is not itself escaped. */
const NUL_IN_JSON = /(?<!\\)(?:\\\\)*\\u0000/;
const NOT_TEXT: z.core.$ZodIssue = {
  code: "custom",
  path: [],
  message: "A NUL character is not text.",
  input: undefined,
};

/** Parses all parts at once, so that a caller hears of every problem in one answer. A bad path is NOT_FOUND. */
export async function parse<P, Q, B>(
  shape: Shape<P, Q, B>,
  request: Request,
  params: Record<string, unknown>,
): Promise<Result<Parsed<P, Q, B>>> {
  const path = z.safeParse(shape.params ?? z.custom<P>(), shape.params ? params : undefined);
  if (!path.success) return err("NOT_FOUND", { what: "path" });
  const json = shape.body ? await readJson(request, shape.maxBytes ?? MAX_JSON_BYTES) : ok(undefined);
  if (!json.ok) return json;
  const body = z.safeParse(shape.body ?? z.custom<B>(), json.data?.value);
  const search = Object.fromEntries(new URL(request.url).searchParams);
  const hasNul =
    Object.entries(search).flat().join("").includes("\0") || NUL_IN_JSON.test(String(json.data?.raw ?? ""));
  if (hasNul) return refusalOf([NOT_TEXT]);
  const query = z.safeParse(shape.query ?? z.custom<Q>(), shape.query ? search : undefined);
  if (body.success && query.success)
    return ok({ params: path.data, query: query.data, body: body.data, raw: json.data?.raw ?? Buffer.alloc(0) });
  return refusalOf([...(body.error?.issues ?? []), ...(query.error?.issues ?? [])]);
}

const isCode = (value: unknown): value is ErrorCode => typeof value === "string" && value in ERROR_STATUS;

/** A schema may give an issue a code of its own (`params: { code }`), which then is the answer's. */
function refusalOf(issues: z.core.$ZodIssue[]) {
  const own = issues.map((issue) => ("params" in issue ? issue.params?.code : undefined)).find(isCode);
  return err(
    own ?? "VALIDATION_FAILED",
    issues.map(({ code, path, message }) => ({ code, path, message })),
  );
}
