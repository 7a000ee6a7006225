"use client";
import { queryOptions, useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { z } from "zod";
import { type Locale, LOCALE_COOKIE } from "@/lib/core/locales";
import { leaveTo } from "@/components/shared/leave";
import { useToastError } from "@/components/shared/error-words";
import { api } from "@/lib/http/client";

const ClinicOfMine = z.object({ slug: z.string(), name: z.string(), role: z.string() });
export type ClinicOfMine = z.infer<typeof ClinicOfMine>;

const Session = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string(), hq_role: z.string().nullish() }),
  clinics: z.array(ClinicOfMine),
  next: z.string().optional(),
});

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => api(Session, "/api/session/me", { signal }),
  staleTime: 300_000,
});

/** Only a path of ours: a log-in link must not send people elsewhere. */
export const safePath = (path: string | null | undefined): string | undefined =>
  path && /^\/(?![/\\])/.test(path) ? path : undefined;

export const useLogin = () =>
  useMutation({
    mutationFn: (json: { email: string; password: string; next?: string }) =>
      api(Session, "/api/session/login", { method: "POST", json }),
  });

export const useLogout = () =>
  useMutation({
    mutationFn: () => api(z.unknown(), "/api/session/logout", { method: "POST", json: {} }),
    onSuccess: () => leaveTo("/login"),
  });

/** Remembers the clinic for the next log-in and goes there. */
export function useEnterClinic() {
  return useMutation({
    mutationFn: (slug: string) =>
      api(z.object({ slug: z.string() }), "/api/session/clinic", { method: "POST", json: { slug } }),
    onSuccess: ({ slug }) => leaveTo(`/c/${slug}/dashboard`),
  });
}

/** Whom a one-time link is for, while it is good. */
export const inviteQuery = (token: string) =>
  queryOptions({
    queryKey: ["invite", token],
    queryFn: ({ signal }) =>
      api(z.object({ email: z.string() }), `/api/public/invites/${encodeURIComponent(token)}`, { signal }),
    staleTime: Infinity,
  });

export const useAcceptInvite = (token: string) =>
  useMutation({
    mutationFn: (json: { name?: string; password: string }) =>
      api(z.unknown(), `/api/public/invites/${encodeURIComponent(token)}`, { method: "POST", json }),
  });

/** Changes the language at once by the cookie; for who is signed in it also becomes their setting. */
export function useChangeLocale(isSignedIn: boolean) {
  const router = useRouter();
  return useMutation({
    mutationFn: async (locale: Locale) => {
      document.cookie = `${LOCALE_COOKIE}=${locale}; path=/; max-age=31536000; samesite=lax`;
      if (isSignedIn) await api(z.unknown(), "/api/session/me", { method: "PATCH", json: { locale } });
    },
    onSettled: () => router.refresh(),
    onError: useToastError(),
  });
}
