"use client";
import { useQuery } from "@tanstack/react-query";
import { CalendarSyncIcon, CopyIcon, LinkIcon, PowerOffIcon, RotateCwIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { toast } from "sonner";
import { isolate } from "@/components/i18n/isolate";
import { useClinic } from "@/components/shared/clinic-context";
import { ErrorState } from "@/components/shared/error-state";
import { useToastError } from "@/components/shared/error-words";
import { Field } from "@/components/shared/field";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { may } from "@/lib/identity/permissions";
import { FEED_SHOWS, type FeedState } from "@/lib/scheduling/feed/schema";
import { feedQuery, useFeed } from "./queries";

interface FeedPanelProps {
  provider: { id: string; name: string };
}

/** A provider's calendar at a secret address: made, shown once, changed, switched off. Shown to managers. */
export function FeedPanel({ provider }: FeedPanelProps) {
  const t = useTranslations("appointments.feed");
  const { slug, role } = useClinic();
  const feed = useQuery({ ...feedQuery(slug, provider.id), enabled: may(role, "feed.write") });
  if (!may(role, "feed.write")) return null;
  return (
    <Card className="grid gap-4 p-4">
      <header className="flex gap-3">
        <CalendarSyncIcon aria-hidden className="mt-0.5 size-5 shrink-0 text-muted-foreground" />
        <div>
          <h2 className="font-semibold">{t("title")}</h2>
          <p className="text-sm text-muted-foreground">{t("text", { name: isolate(provider.name) })}</p>
        </div>
      </header>
      {feed.isPending && <Skeleton className="h-20" />}
      {feed.isError && <ErrorState error={feed.error} retry={() => void feed.refetch()} />}
      {feed.data && <Settings providerId={provider.id} feed={feed.data} />}
    </Card>
  );
}

function Settings({ providerId, feed }: { providerId: string; feed: FeedState }) {
  const t = useTranslations("appointments.feed");
  const { slug } = useClinic();
  const { open, change, close } = useFeed(slug, providerId);
  const onError = useToastError();
  const isBusy = open.isPending || change.isPending || close.isPending;
  const address = feed.is_open ? open.data?.url : undefined;
  return (
    <div className="grid gap-4">
      {address && <Address url={address} />}
      {feed.is_open ? <Facts feed={feed} /> : <p className="text-sm text-muted-foreground">{t("none")}</p>}
      {feed.is_open && (
        <Field label={t("shows")}>
          {(control) => (
            <Select
              value={feed.shows}
              onValueChange={(next) => {
                const shows = FEED_SHOWS.find((one) => one === next);
                if (shows) change.mutate(shows, { onError, onSuccess: () => toast.success(t("changed")) });
              }}
            >
              <SelectTrigger {...control} disabled={isBusy} className="max-w-sm">
                <SelectValue />
              </SelectTrigger>
              <SelectContent>
                {FEED_SHOWS.map((shows) => (
                  <SelectItem key={shows} value={shows}>
                    {t(`showsOptions.${shows}`)}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
          )}
        </Field>
      )}
      <div className="grid gap-2">
        <div className="flex flex-wrap gap-2">
          <Button disabled={isBusy} onClick={() => open.mutate(feed.shows, { onError })}>
            {feed.is_open ? <RotateCwIcon aria-hidden /> : <LinkIcon aria-hidden />}
            {feed.is_open ? t("rotate") : t("open")}
          </Button>
          {feed.is_open && (
            <Button
              variant="ghost"
              disabled={isBusy}
              onClick={() => close.mutate(undefined, { onError, onSuccess: () => toast.success(t("closed")) })}
            >
              <PowerOffIcon aria-hidden />
              {t("close")}
            </Button>
          )}
        </div>
        {feed.is_open && <p className="text-xs text-muted-foreground">{t("rotateText")}</p>}
      </div>
    </div>
  );
}

function Facts({ feed }: { feed: FeedState }) {
  const t = useTranslations("appointments.feed");
  const format = useFormatter();
  const at = (instant: string) => format.dateTime(new Date(instant), { dateStyle: "medium", timeStyle: "short" });
  return (
    <p className="text-sm text-muted-foreground">
      {feed.created_at && t("since", { date: at(feed.created_at) })} ·{" "}
      {feed.last_read_at ? t("lastRead", { date: at(feed.last_read_at) }) : t("neverRead")}
    </p>
  );
}

function Address({ url }: { url: string }) {
  const t = useTranslations("appointments.feed");
  const copy = () => navigator.clipboard.writeText(url).then(() => toast.success(t("copied")));
  return (
    <div className="grid gap-2 rounded-md bg-primary-soft p-3" role="status">
      <p className="text-sm font-medium">{t("opened")}</p>
      <div className="flex gap-2">
        <Input
          readOnly
          dir="ltr"
          aria-label={t("address")}
          value={url}
          onFocus={(event) => event.target.select()}
          className="min-w-0 flex-1 bg-card"
        />
        <Button className="h-9" onClick={() => void copy()}>
          <CopyIcon aria-hidden />
          {t("copy")}
        </Button>
      </div>
    </div>
  );
}
