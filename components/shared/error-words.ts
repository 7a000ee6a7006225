"use client";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { ApiError } from "@/lib/http/client";

/** What a person is told of a failure: the words of its code. */
export function useErrorWords(): (error: unknown) => string {
  const t = useTranslations("errors");
  return (error) => t(error instanceof ApiError ? error.code : "INTERNAL");
}

/** For mutations: says in a toast why it didn't happen. */
export function useToastError(): (error: unknown) => void {
  const words = useErrorWords();
  return (error) => void toast.error(words(error));
}
