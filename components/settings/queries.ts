import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api, pageOf } from "@/lib/http/client";

const Channel = z.object({
  id: z.string(),
  kind: z.string(),
  address: z.string(),
  display_address: z.string().nullable(),
  account: z.string().nullable(),
  bot_mode: z.enum(["off", "drafts", "out_of_hours", "always"]),
  is_active: z.boolean(),
  checked_at: z.string().nullable(),
  check_problem: z.string().nullable(),
  vendor_notice: z.string().nullable(),
  vendor_notice_at: z.string().nullable(),
  templates_read_at: z.string().nullable(),
  paused_until: z.string().nullable(),
  credentials: z.array(z.object({ purpose: z.string(), hint: z.string(), updated_at: z.string() })),
});
export type Channel = z.infer<typeof Channel>;

const Settings = z.object({
  has_automatic_sends: z.boolean(),
  send_window: z.object({ from: z.string(), until: z.string() }).nullable(),
  unanswered_after_minutes: z.number(),
});
export type MessagingSettings = z.infer<typeof Settings>;

export const Check = z.object({ id: z.string(), problem: z.string().nullable(), checked_at: z.string().nullable() });
const at = (slug: string) => `/api/clinic/${slug}`;

export const channelSettingsQuery = (slug: string) =>
  queryOptions({
    queryKey: ["clinic", slug, "channels", "settings"] as const,
    queryFn: ({ signal }) => api(pageOf(Channel), `${at(slug)}/channels`, { signal }),
  });

export const messagingSettingsQuery = (slug: string) =>
  queryOptions({
    queryKey: ["clinic", slug, "channels", "messaging"] as const,
    queryFn: ({ signal }) => api(Settings, `${at(slug)}/settings/messaging`, { signal }),
  });

/** What a manager may ask of a channel. */
export type ChannelAct =
  { act: "add"; json: object } | { act: "change"; id: string; json: object } | { act: "check"; id: string };

export function useChannelAct(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (asked: ChannelAct) => {
      if (asked.act === "add") return api(Check, `${at(slug)}/channels`, { method: "POST", json: asked.json });
      const one = `${at(slug)}/channels/${asked.id}`;
      return asked.act === "check"
        ? api(Check, `${one}/check`, { method: "POST", json: {} })
        : api(Check, one, { method: "PATCH", json: asked.json });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["clinic", slug, "channels"] }),
  });
}

export function useTestSend(slug: string) {
  return useMutation({
    mutationFn: ({ id, to }: { id: string; to: string }) =>
      api(z.object({ message_id: z.string() }), `${at(slug)}/channels/${id}/test-send`, {
        method: "POST",
        json: { to },
      }),
  });
}

export function useSaveMessaging(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (json: Partial<MessagingSettings>) =>
      api(Settings, `${at(slug)}/settings/messaging`, { method: "PATCH", json }),
    onSuccess: (saved) => queries.setQueryData(messagingSettingsQuery(slug).queryKey, saved),
  });
}
