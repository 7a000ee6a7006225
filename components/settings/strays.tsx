"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RotateCwIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { z } from "zod";
import { useClinic } from "@/components/shared/clinic-context";
import { ErrorState } from "@/components/shared/error-state";
import { useToastError } from "@/components/shared/error-words";
import { LocalTime } from "@/components/shared/local-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { api, pageOf } from "@/lib/http/client";

const Stray = z.object({
  id: z.string(),
  vendor: z.string(),
  event: z.string(),
  reason: z.enum(["not_understood", "another_sender", "broke"]),
  attempts: z.number(),
  received_at: z.string(),
  outline: z.string(),
});
type Stray = z.infer<typeof Stray>;

const keyOf = (slug: string) => ["clinic", slug, "channels", "strays"] as const;

/** What vendors brought and nobody could read: why, in words, what it looked like, and the way to try it again. */
export function Strays() {
  const t = useTranslations("settings.strays");
  const { slug } = useClinic();
  const list = useQuery({
    queryKey: keyOf(slug),
    queryFn: ({ signal }) => api(pageOf(Stray), `/api/clinic/${slug}/strays?limit=50`, { signal }),
  });
  if (list.isPending) return null;
  if (list.isError) return <ErrorState error={list.error} retry={() => void list.refetch()} />;
  if (list.data.items.length === 0) return null;
  return (
    <Card className="gap-0 p-0">
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <Badge tone="warning">{list.data.total}</Badge>
      </CardHeader>
      <p className="px-4 py-3 text-sm text-muted-foreground">{t("text")}</p>
      <ul className="divide-y border-t">
        {list.data.items.map((item) => (
          <StrayRow key={item.id} item={item} />
        ))}
      </ul>
    </Card>
  );
}

const VENDORS: Record<string, string> = { twilio: "Twilio", whatsapp: "WhatsApp" };

function StrayRow({ item }: { item: Stray }) {
  const t = useTranslations("settings.strays");
  const { slug } = useClinic();
  const queries = useQueryClient();
  const toastError = useToastError();
  const retry = useMutation({
    mutationFn: () => api(z.unknown(), `/api/clinic/${slug}/strays/${item.id}/retry`, { method: "POST", json: {} }),
    onError: toastError,
    onSuccess: () => void toast.success(t("tried")),
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(slug) }),
  });
  const { vendor, event, reason, attempts } = item;
  return (
    <li className="flex flex-wrap items-start gap-3 px-4 py-3">
      <div className="min-w-0 flex-1 space-y-1">
        <p className="text-sm">{reason === "broke" ? t("broke", { count: attempts }) : t(reason)}</p>
        <p className="text-xs text-muted-foreground">
          {VENDORS[vendor] ?? vendor} · <bdi className="font-mono">{event}</bdi> ·{" "}
          <LocalTime at={item.received_at} show="dayTime" />
        </p>
        <details className="text-xs">
          <summary className="w-fit cursor-pointer rounded-xs py-1 font-medium text-primary-text pointer-coarse:py-3">
            {t("show")}
          </summary>
          <pre dir="ltr" className="mt-1 max-h-64 overflow-auto rounded-md bg-muted p-2 text-start whitespace-pre-wrap">
            {item.outline}
          </pre>
        </details>
      </div>
      <Button variant="outline" disabled={retry.isPending} onClick={() => retry.mutate()}>
        <RotateCwIcon aria-hidden />
        {t("again")}
      </Button>
    </li>
  );
}
