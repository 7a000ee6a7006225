import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api, pageOf } from "@/lib/http/client";

const Template = z.object({
  id: z.string(),
  name: z.string(),
  locale: z.string(),
  category: z.enum(["marketing", "utility", "authentication"]),
  purpose: z.string().nullable(),
  body: z.string(),
  variables: z.array(z.string()),
  approval: z.enum(["draft", "pending", "approved", "rejected", "paused", "disabled"]),
  rejected_reason: z.string().nullable(),
  vendor_ref: z.string().nullable(),
  is_active: z.boolean(),
});
export type Template = z.infer<typeof Template>;

export const TEMPLATE_PROBLEMS = [
  "no_channel",
  "no_credentials",
  "credentials",
  "account",
  "unreachable",
  "refused",
] as const;
const Problem = z.enum(TEMPLATE_PROBLEMS).nullable();
const Submitted = z.object({ template: Template, problem: Problem, words: z.string().nullable() });
const Read = z.object({ changed: z.number(), problem: Problem });

const Preview = z.object({ text: z.string(), subject: z.string(), missing: z.array(z.string()) });
const at = (slug: string) => `/api/clinic/${slug}/templates`;

export const templateLibraryQuery = (slug: string) =>
  queryOptions({
    queryKey: ["clinic", slug, "templates", "library"] as const,
    queryFn: ({ signal }) => api(pageOf(Template), `${at(slug)}?limit=100`, { signal }),
  });

export const templatePreviewQuery = (slug: string, id: string, savedBody: string) =>
  queryOptions({
    queryKey: ["clinic", slug, "templates", "preview", id, savedBody] as const,
    queryFn: ({ signal }) => api(Preview, `${at(slug)}/${id}/preview`, { method: "POST", json: {}, signal }),
  });

export function useSaveTemplate(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, json }: { id: string; json: object }) =>
      api(Template, `${at(slug)}/${id}`, { method: "PATCH", json }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["clinic", slug, "templates"] }),
  });
}

/** Hands a template in at WhatsApp. */
export function useSubmitTemplate(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api(Submitted, `${at(slug)}/${id}/submit`, { method: "POST", json: {} }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["clinic", slug, "templates"] }),
  });
}

/** Asks WhatsApp now what it decided. */
export function useReadApprovals(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api(Read, `${at(slug)}/check`, { method: "POST", json: {} }),
    onSettled: () =>
      Promise.all(
        ["templates", "channels"].map((area) => queries.invalidateQueries({ queryKey: ["clinic", slug, area] })),
      ),
  });
}
