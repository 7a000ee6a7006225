import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/lib/http/client";
import { leaveTo } from "./leave";

/** Who is no longer signed in goes to the log-in and comes back to the same place. */
function leaveWhenSignedOut(error: Error) {
  if (!(error instanceof ApiError) || error.code !== "UNAUTHENTICATED" || location.pathname === "/login") return;
  leaveTo(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
}

/** Only what may mend itself is tried again: a refusal stays a refusal. */
const mayMend = (error: Error) => error instanceof ApiError && error.code === "UNAVAILABLE";

export const makeQueryClient = () =>
  new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      queries: { staleTime: 15_000, retry: (count, error) => mayMend(error) && count < 3 },
      mutations: { retry: false },
    },
  });
