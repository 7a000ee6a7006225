import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { conversationKeys } from "@/components/messaging/queries";
import { api } from "@/lib/http/client";

const Persona = z.object({
  patient_id: z.string().nullish(),
  name: z.string().nullish(),
  phone: z.string(),
  language: z.string().nullish(),
});
export type Persona = z.infer<typeof Persona>;

const Simulator = z.object({ conversation_id: z.string().nullable(), personas: z.array(Persona) });

export const simulatorKeys = {
  all: (slug: string) => ["clinic", slug, "simulator"] as const,
  talk: (slug: string, phone: string) => [...simulatorKeys.all(slug), phone] as const,
};

const at = (slug: string) => `/api/clinic/${slug}/simulator`;

/** The talk of a number with the bot, and who one may pretend to be. */
export const simulatorQuery = (slug: string, phone: string) =>
  queryOptions({
    queryKey: simulatorKeys.talk(slug, phone),
    queryFn: ({ signal }) =>
      api(Simulator, phone ? `${at(slug)}?${new URLSearchParams({ phone })}` : at(slug), { signal }),
  });

export interface Said {
  text: string;
  /** Without one, the unknown number. */
  phone?: string;
  language?: string;
}

export function useSay(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (json: Said) =>
      api(z.object({ message_id: z.string().nullish(), conversation_id: z.string().nullish() }), at(slug), {
        method: "POST",
        json,
      }),
    onSuccess: ({ conversation_id: id }) =>
      Promise.all([
        queries.invalidateQueries({ queryKey: simulatorKeys.all(slug) }),
        ...(id ? [queries.invalidateQueries({ queryKey: conversationKeys.messages(slug, id) })] : []),
      ]),
  });
}

/** Ends the talk and takes back what it booked. */
export function useReset(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (phone: string) =>
      api(z.unknown(), `${at(slug)}?${new URLSearchParams({ phone })}`, { method: "DELETE" }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ["clinic", slug] }),
  });
}
