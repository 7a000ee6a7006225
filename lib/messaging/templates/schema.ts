import { z } from "zod";
import { camelKeys } from "@/lib/core/keys";
import { LOCALES } from "@/lib/core/locales";

export const APPROVALS = ["draft", "pending", "approved", "rejected", "paused", "disabled"] as const;
export const CATEGORIES = ["marketing", "utility", "authentication"] as const;

/** What a template may speak of; each has one meaning and one form wherever it is used. */
export const VARIABLES = [
  "patient_name",
  "clinic_name",
  "clinic_phone",
  "visit_time",
  "earlier_time",
  "service_name",
  "provider_name",
  "link",
  "staff_name",
] as const;
export type Variable = (typeof VARIABLES)[number];

/** The platform's limit of a body. */
const LONGEST_BODY = 1024;
const MOST_VARIABLES = 10;
const Body = z.string().trim().min(1).max(LONGEST_BODY);
/** The platform's alphabet of names. */
const Name = z.string().regex(/^[a-z][a-z0-9_]{0,99}$/);
const Variables = z.array(z.string().regex(/^[a-z][a-z_]{0,39}$/)).max(MOST_VARIABLES);
const TtlSeconds = z.number().int().min(30).max(2_592_000).nullable();

/** `GET …/templates`. `usable`: approved and in use, what a composer may pick. */
export const ListTemplates = z
  .object({
    purpose: z.string().max(40).optional(),
    locale: z.enum(LOCALES).optional(),
    usable: z.enum(["true", "false"]).optional(),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
    limit: z.coerce.number().int().min(1).max(100).default(100),
  })
  .transform(camelKeys);
export type ListTemplates = z.output<typeof ListTemplates>;

/** `POST …/templates`: `body` holds {{1}}, {{2}}, … and `variables` the names behind them, in order. */
export const CreateTemplate = z
  .object({
    name: Name,
    locale: z.enum(LOCALES),
    category: z.enum(CATEGORIES),
    purpose: z.string().max(40).nullable().default(null),
    body: Body,
    variables: Variables.default([]),
    ttl_seconds: TtlSeconds.default(null),
  })
  .transform(camelKeys);
export type CreateTemplate = z.output<typeof CreateTemplate>;

/** `PATCH …/templates/{id}`. Another body or category is another template to the vendor: it is a draft again. */
export const UpdateTemplate = z
  .object({
    category: z.enum(CATEGORIES).optional(),
    body: Body.optional(),
    variables: Variables.optional(),
    ttl_seconds: TtlSeconds.optional(),
    approval: z.enum(APPROVALS).optional(),
    rejected_reason: z.string().trim().max(300).nullable().optional(),
    vendor_ref: z.string().trim().max(100).nullable().optional(),
    is_active: z.boolean().optional(),
  })
  .transform(camelKeys);
export type UpdateTemplate = z.output<typeof UpdateTemplate>;

/** `POST …/templates/{id}/preview`: as this patient would read it; what isn't given is an example. */
export const PreviewTemplate = z
  .object({ patient_id: z.uuid().optional(), values: z.record(z.string().max(40), z.string().max(300)).default({}) })
  .transform(({ patient_id: patientId, values }) => ({ patientId, values }));
export type PreviewTemplate = z.output<typeof PreviewTemplate>;

export const TemplateId = z.object({ id: z.uuid() });
