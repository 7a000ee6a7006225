import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/http/client";
import { FeedState, OpenedFeed, type FeedShows } from "@/lib/scheduling/feed/schema";

const at = (slug: string, providerId: string) => `/api/clinic/${slug}/providers/${providerId}/feed`;

export const feedQuery = (slug: string, providerId: string) =>
  queryOptions({
    queryKey: ["clinic", slug, "feeds", providerId] as const,
    queryFn: ({ signal }) => api(FeedState, at(slug, providerId), { signal }),
  });

/** Opens (or opens anew), changes and closes the feed of a provider. The address is in the answer of `open` alone. */
export function useFeed(slug: string, providerId: string) {
  const queries = useQueryClient();
  const path = at(slug, providerId);
  const { queryKey } = feedQuery(slug, providerId);
  const onSettled = () => queries.invalidateQueries({ queryKey });
  return {
    open: useMutation({
      mutationFn: (shows: FeedShows) => api(OpenedFeed, path, { method: "POST", json: { shows } }),
      onSettled,
    }),
    change: useMutation({
      mutationFn: (shows: FeedShows) => api(FeedState, path, { method: "PATCH", json: { shows } }),
      onSettled,
    }),
    close: useMutation({ mutationFn: () => api(FeedState, path, { method: "DELETE" }), onSettled }),
  };
}
