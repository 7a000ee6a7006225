import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { api } from "@/lib/http/client";
import { PatientDetail } from "@/lib/patients/schema";
import { at } from "./queries";

const Assignee = z.object({ id: z.string(), name: z.string() });
const CannedReply = z.object({ id: z.string(), shortcut: z.string(), locale: z.string(), text: z.string() });
export type CannedReply = z.infer<typeof CannedReply>;
const Template = z.object({
  id: z.string(),
  name: z.string(),
  locale: z.string(),
  body: z.string(),
  variables: z.array(z.string()),
  approval: z.string(),
  is_active: z.boolean().default(true),
});
export type Template = z.infer<typeof Template>;

const itemsOf = <T>(item: z.ZodType<T>) => z.object({ items: z.array(item) });

/** They change seldom, and not while someone writes. */
const LONG_MS = 5 * 60_000;

export const assigneesQuery = (slug: string) =>
  queryOptions({
    queryKey: ["clinic", slug, "assignees"] as const,
    queryFn: ({ signal }) => api(itemsOf(Assignee), `${at(slug)}/conversations/assignees`, { signal }),
    select: ({ items }) => items,
    staleTime: LONG_MS,
  });

export const cannedKey = (slug: string) => ["clinic", slug, "canned-replies"] as const;
export const cannedQuery = (slug: string) =>
  queryOptions({
    queryKey: cannedKey(slug),
    queryFn: ({ signal }) => api(itemsOf(CannedReply), `${at(slug)}/canned-replies`, { signal }),
    select: ({ items }) => items,
    staleTime: LONG_MS,
  });

/** Those that may go out when the window for free text is closed. */
export const sendableTemplatesQuery = (slug: string) =>
  queryOptions({
    queryKey: ["clinic", slug, "templates", "sendable"] as const,
    queryFn: ({ signal }) => api(itemsOf(Template), `${at(slug)}/templates?usable=true&limit=100`, { signal }),
    select: ({ items }) => items.filter((one) => one.approval === "approved" && one.is_active),
  });

export const patientCardQuery = (slug: string, id: string) =>
  queryOptions({
    queryKey: ["clinic", slug, "patients", "card", id] as const,
    queryFn: ({ signal }) => api(PatientDetail, `${at(slug)}/patients/${id}`, { signal }),
  });
