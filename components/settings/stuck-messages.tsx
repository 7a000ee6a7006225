"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RotateCwIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import { toast } from "sonner";
import { z } from "zod";
import { useClinic } from "@/components/shared/clinic-context";
import { ErrorState } from "@/components/shared/error-state";
import { useToastError } from "@/components/shared/error-words";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { api, pageOf } from "@/lib/http/client";

const Stuck = z.object({
  id: z.string(),
  conversation_id: z.string(),
  to: z.string(),
  patient: z.object({ id: z.string(), name: z.string() }).nullable(),
  text: z.string(),
  failure: z.object({ code: z.string(), words: z.string() }),
  at: z.string(),
});
type Stuck = z.infer<typeof Stuck>;

const keyOf = (slug: string, status: string) => ["clinic", slug, "messages", "stuck", status] as const;

/** Messages that did not get out, or of which nobody knows, with the reason and the way to send them again. */
export function StuckMessages({ status }: { status: "dead" | "unknown" }) {
  const t = useTranslations("settings.stuck");
  const { slug } = useClinic();
  const list = useQuery({
    queryKey: keyOf(slug, status),
    queryFn: ({ signal }) => api(pageOf(Stuck), `/api/clinic/${slug}/outbox?status=${status}&limit=50`, { signal }),
  });
  if (list.isPending) return null;
  if (list.isError) return <ErrorState error={list.error} retry={() => void list.refetch()} />;
  if (list.data.items.length === 0) return null;
  return (
    <Card className="gap-0 p-0">
      <CardHeader>
        <CardTitle>{t(status)}</CardTitle>
        <Badge tone="danger">{list.data.total}</Badge>
      </CardHeader>
      <ul className="divide-y border-t">
        {list.data.items.map((item) => (
          <StuckRow key={item.id} item={item} status={status} />
        ))}
      </ul>
    </Card>
  );
}

function StuckRow({ item, status }: { item: Stuck; status: string }) {
  const t = useTranslations("settings.stuck");
  const format = useFormatter();
  const { slug } = useClinic();
  const queries = useQueryClient();
  const toastError = useToastError();
  const retry = useMutation({
    mutationFn: () => api(z.unknown(), `/api/clinic/${slug}/outbox/${item.id}/retry`, { method: "POST", json: {} }),
    onError: toastError,
    onSuccess: () => void toast.success(t("again")),
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(slug, status) }),
  });
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <div className="min-w-0 flex-1 text-sm">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <Link href={`/c/${slug}/inbox?id=${item.conversation_id}`} className="font-medium hover:underline">
            <bdi>{item.patient?.name ?? item.to}</bdi>
          </Link>
          <span className="text-xs text-muted-foreground">
            {format.dateTime(new Date(item.at), { dateStyle: "medium", timeStyle: "short" })}
          </span>
        </p>
        <p dir="auto" className="line-clamp-2 text-muted-foreground">
          {item.text}
        </p>
        <p className="mt-0.5 text-danger">{item.failure.words}</p>
      </div>
      <Button variant="outline" size="sm" disabled={retry.isPending} onClick={() => retry.mutate()}>
        <RotateCwIcon aria-hidden />
        {t("retry")}
      </Button>
    </li>
  );
}
