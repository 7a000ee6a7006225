import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { ERROR_STATUS, type ErrorCode } from "@/lib/core/errors";
import { CLINIC_PERMISSIONS, HQ_PERMISSIONS, type ClinicAction, type HqAction } from "@/lib/identity/permissions";
import { descriptionOf, type Description } from "./describe";
import { summaryOf } from "./summaries";

export const DOCUMENTED_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type DocumentedMethod = (typeof DOCUMENTED_METHODS)[number];
/** The exports of route files by the folder that they lie in (`api/clinic/[slug]/patients`). */
export type RouteModules = Record<string, Record<string, unknown>>;

const ABOUT = `Answers are \`{"ok":true,"data":…}\` or \`{"ok":false,"error":"CODE","message":"…","details":…}\`; branch on the code, show the message, which is in the caller's language. Names are snake_case, times ISO 8601 in UTC, phones E.164, ids opaque. A POST in a clinic takes an \`Idempotency-Key\`: the same key and body answers the first answer again for 24 hours.`;

/**
 * The API as one OpenAPI 3.1 document, read off the doors: what they parse is what it says. Handlers without a door
 * (the SDK's own) are not in it.
 */
export function documentOf(modules: RouteModules, origin: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const [folder, exports] of Object.entries(modules).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const path = pathOf(folder);
    for (const method of DOCUMENTED_METHODS) {
      const description = descriptionOf(exports[method]);
      if (!description || path.includes("*")) continue;
      const operation = operationOf(method, path, description);
      paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
    }
  }
  return createDocument({
    openapi: "3.1.1",
    info: { title: "Chairside API", version: "1", description: ABOUT },
    servers: [{ url: origin }],
    tags: [...new Set(Object.keys(paths).map(tagOf))].map((name) => ({ name })),
    paths,
    components: { schemas: { Error: ERROR }, securitySchemes: SECURITY },
  });
}

/** `api/clinic/[slug]/patients/[id]` as `/api/clinic/{slug}/patients/{id}`; a catch-all has no fixed path. */
export const pathOf = (folder: string): string =>
  `/${folder.replace(/\[\.\.\.\w+\]/g, "*").replace(/\[(\w+)\]/g, "{$1}")}`;

const SECURITY = {
  session: { type: "apiKey", in: "cookie", name: "__Host-chairside" },
} as const;

const ERROR = z
  .object({
    ok: z.literal(false),
    error: z.string().meta({ description: "A stable code." }),
    message: z.string().meta({ description: "In the caller's language." }),
    details: z.unknown().optional(),
  })
  .meta({ id: "Error", description: "A refusal. Nothing was changed." });

/** What the path is about: the first word after the clinic. */
function tagOf(path: string): string {
  const words = path.split("/").filter((word) => word !== "" && word !== "api" && !word.startsWith("{"));
  const [first = "api", second] = words;
  return first === "clinic" && second ? second : first;
}

function operationOf(method: DocumentedMethod, path: string, about: Description): ZodOpenApiOperationObject {
  const isKeyed = about.door === "clinic" && method === "POST";
  const { can } = about;
  return {
    operationId: `${method.toLowerCase()}${path.replace(/[^A-Za-z0-9]+(\w)/g, (_, next: string) => next.toUpperCase()).replace(/\W/g, "")}`,
    summary: summaryOf(method, path),
    ...(can ? { description: `Permission \`${can}\`: ${rolesOf(can).join(", ")}.`, "x-permission": can } : {}),
    tags: [tagOf(path)],
    ...(about.door === "public" || about.door === "webhook" ? { security: [] } : { security: [{ session: [] }] }),
    requestParams: {
      path: pathFields(path, about.params),
      query: z.object(fieldsOf(about.query)),
      ...(isKeyed ? { header: IDEMPOTENCY_KEY } : {}),
    },
    ...(about.body ? { requestBody: { required: true, content: { "application/json": { schema: about.body } } } } : {}),
    ...(about.door === "webhook" ? { requestBody: RAW_BODY } : {}),
    responses: responsesOf(method, about),
  };
}

const rolesOf = (can: ClinicAction | HqAction): readonly string[] =>
  can in CLINIC_PERMISSIONS
    ? CLINIC_PERMISSIONS[can as ClinicAction] // the line before has looked
    : HQ_PERMISSIONS[can as HqAction];

const IDEMPOTENCY_KEY = z.object({
  "Idempotency-Key": z.string().min(1).max(200).optional().meta({
    description: "The same key and body answers the first answer again for 24 hours; another body is 422.",
  }),
});
const RAW_BODY = {
  required: true,
  description: "As the vendor sends it; its signature is over these bytes.",
  content: { "application/json": { schema: {} }, "application/x-www-form-urlencoded": { schema: {} } },
} as const;

/** The fields of an object schema as they are on the wire, whatever it is turned into afterwards. */
function fieldsOf(schema: z.ZodType | undefined): Record<string, z.ZodType> {
  if (schema instanceof z.ZodPipe) return fieldsOf(schema.in instanceof z.ZodType ? schema.in : undefined);
  return schema instanceof z.ZodObject ? schema.shape : {};
}

/** What the path itself names, with the shape that the door asks of it. */
function pathFields(path: string, schema: z.ZodType | undefined) {
  const known = fieldsOf(schema);
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  return z.object(Object.fromEntries(names.map((name) => [name, known[name] ?? z.string()])));
}

/** Which codes a door and what lies behind it may answer. */
function codesOf(method: DocumentedMethod, { door, query, body, params }: Description): ErrorCode[] {
  if (door === "webhook") return ["SIGNATURE_INVALID", "PAYLOAD_TOO_LARGE", "INTERNAL", "UNAVAILABLE"];
  const codes: ErrorCode[] = ["RATE_LIMITED", "INTERNAL", "UNAVAILABLE"];
  if (door !== "public") codes.push("UNAUTHENTICATED", "FORBIDDEN");
  if (door === "clinic" || params) codes.push("NOT_FOUND");
  if (query || body) codes.push("VALIDATION_FAILED");
  if (body) codes.push("PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE");
  if (method === "POST" && door === "clinic") codes.push("IDEMPOTENCY_MISMATCH");
  if (method !== "GET" && door === "clinic") codes.push("CONFLICT", "ILLEGAL_TRANSITION", "CLINIC_SUSPENDED");
  return codes;
}

function responsesOf(method: DocumentedMethod, about: Description): ZodOpenApiOperationObject["responses"] {
  const success = z.object({ ok: z.literal(true), data: about.answer ?? z.unknown() });
  const statuses = new Map<number, ErrorCode[]>();
  for (const code of codesOf(method, about))
    statuses.set(ERROR_STATUS[code], [...(statuses.get(ERROR_STATUS[code]) ?? []), code]);
  const refusals = [...statuses].map(([status, codes]) => [
    String(status),
    { description: codes.join(", "), content: { "application/json": { schema: ERROR } } },
  ]);
  return {
    [about.status ?? 200]: { description: "Done.", content: { "application/json": { schema: success } } },
    ...Object.fromEntries(refusals),
  };
}
