import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api } from "@/lib/http/client";
import { KINDS } from "@/lib/notifications/schema";

const Item = z.object({
  id: z.string(),
  kind: z.enum(KINDS),
  entity_type: z.string(),
  entity_id: z.string(),
  patient_name: z.string().nullable(),
  conversation_id: z.string().nullable(),
  starts_at: z.string().nullable(),
  read_at: z.string().nullable(),
  created_at: z.string(),
});
export type NotificationItem = z.infer<typeof Item>;

const List = z.object({ items: z.array(Item), next_cursor: z.string().nullable(), unread_count: z.number() });
export type NotificationList = z.infer<typeof List>;

const Preference = z.object({
  kind: z.enum(KINDS),
  in_portal: z.boolean(),
  by_email: z.boolean(),
  by_sms: z.boolean(),
  may_turn_off: z.boolean(),
});
export type Preference = z.infer<typeof Preference>;
const Preferences = z.object({ preferences: z.array(Preference), phone: z.string().nullable() });
export type Preferences = z.infer<typeof Preferences>;

const keys = {
  list: (slug: string) => ["clinic", slug, "notifications", "list"] as const,
  preferences: (slug: string) => ["clinic", slug, "notification-preferences"] as const,
};

export const notificationsQuery = (slug: string) =>
  queryOptions({
    queryKey: keys.list(slug),
    queryFn: ({ signal }) => api(List, `/api/clinic/${slug}/notifications?limit=30`, { signal }),
  });

export const preferencesQuery = (slug: string) =>
  queryOptions({
    queryKey: keys.preferences(slug),
    queryFn: ({ signal }) => api(Preferences, `/api/clinic/${slug}/notifications/preferences`, { signal }),
  });

/** Marks read at once on the screen; a refusal asks the server again. */
export function useMarkRead(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (ids?: string[]) =>
      api(z.object({ read: z.number() }), `/api/clinic/${slug}/notifications/read`, { method: "POST", json: { ids } }),
    onMutate: async (ids) => {
      await queries.cancelQueries({ queryKey: keys.list(slug) });
      const now = new Date().toISOString();
      const isMeant = ({ id, read_at }: NotificationItem) => read_at === null && (ids?.includes(id) ?? true);
      queries.setQueryData<NotificationList>(keys.list(slug), (list) =>
        list
          ? {
              ...list,
              items: list.items.map((item) => (isMeant(item) ? { ...item, read_at: now } : item)),
              unread_count: ids ? list.unread_count - list.items.filter(isMeant).length : 0,
            }
          : list,
      );
    },
    onSettled: () => queries.invalidateQueries({ queryKey: keys.list(slug) }),
  });
}

export function useSavePreferences(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (json: { preferences: Omit<Preference, "may_turn_off">[]; phone?: string | null }) =>
      api(Preferences, `/api/clinic/${slug}/notifications/preferences`, { method: "PUT", json }),
    onSuccess: (saved) => queries.setQueryData(keys.preferences(slug), saved),
  });
}
