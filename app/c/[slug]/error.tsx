"use client";
import { ErrorState } from "@/components/shared/error-state";

export default function BrokenPage({ error, reset }: { error: Error; reset: () => void }) {
  return <ErrorState error={error} retry={reset} className="h-full justify-center" />;
}
