import type { documentOf } from "./openapi";

/** An operation as people read it: a flat extract of the document, so that page and document can't differ. */
export interface ReadableOperation {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  parameters: { name: string; place: string; type: string; isRequired: boolean }[];
  body: string | undefined;
  statuses: { status: string; words: string }[];
}

type Json = { [key: string]: unknown };
const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const at = (value: unknown, ...steps: string[]): unknown =>
  steps.reduce<unknown>((now, step) => (isJson(now) ? now[step] : undefined), value);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** The document's operations by their tag. */
export function readableOf(document: ReturnType<typeof documentOf>): Map<string, ReadableOperation[]> {
  const groups = new Map<string, ReadableOperation[]>();
  for (const [path, item] of Object.entries(document.paths ?? {}))
    for (const [method, operation] of Object.entries(item)) {
      const tags = at(operation, "tags");
      const tag = Array.isArray(tags) ? text(tags[0]) : "";
      groups.set(tag, [...(groups.get(tag) ?? []), operationOf(method, path, operation)]);
    }
  return groups;
}

function operationOf(method: string, path: string, operation: unknown): ReadableOperation {
  const parameters = at(operation, "parameters");
  const body = at(operation, "requestBody", "content", "application/json", "schema");
  const responses = at(operation, "responses");
  return {
    id: text(at(operation, "operationId")),
    method: method.toUpperCase(),
    path,
    summary: text(at(operation, "summary")),
    description: text(at(operation, "description")),
    parameters: (Array.isArray(parameters) ? parameters : []).map((one) => ({
      name: text(at(one, "name")),
      place: text(at(one, "in")),
      type: typeOf(at(one, "schema")),
      isRequired: at(one, "required") === true,
    })),
    body: isJson(body) && Object.keys(body).length > 0 ? JSON.stringify(withoutPatterns(body), null, 2) : undefined,
    statuses: Object.entries(isJson(responses) ? responses : {}).map(([status, response]) => ({
      status,
      words: text(at(response, "description")),
    })),
  };
}

function typeOf(schema: unknown): string {
  const choices = at(schema, "enum");
  if (Array.isArray(choices)) return choices.map(String).join(" | ");
  const format = text(at(schema, "format"));
  const type = at(schema, "type");
  return format || (Array.isArray(type) ? type.join(" | ") : text(type)) || "any";
}

/** Formats say the same in a word; their patterns fill a screen. */
function withoutPatterns(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPatterns);
  if (!isJson(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !(key === "pattern" && "format" in value))
      .map(([key, own]) => [key, withoutPatterns(own)]),
  );
}
