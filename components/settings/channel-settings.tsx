"use client";
import { useQuery } from "@tanstack/react-query";
import { PlusIcon, UnplugIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { ErrorState } from "@/components/shared/error-state";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { AutomaticSends } from "./automatic-sends";
import { ChannelCard } from "./channel-card";
import { ChannelDialog } from "./channel-dialog";
import { channelSettingsQuery } from "./queries";
import { Strays } from "./strays";
import { StuckMessages } from "./stuck-messages";

/** How the clinic is reached: its channels, what the bot may do on each, and one switch for all automatic messages. */
export function ChannelSettings() {
  const t = useTranslations("settings");
  const { slug } = useClinic();
  const channels = useQuery(channelSettingsQuery(slug));
  const [isAdding, setAdding] = useState(false);
  return (
    <div className="space-y-4">
      <AutomaticSends />
      <div className="flex items-center justify-between gap-4">
        <h2 className="font-semibold">{t("tabs.channels")}</h2>
        <Button onClick={() => setAdding(true)}>
          <PlusIcon aria-hidden />
          {t("addChannel")}
        </Button>
      </div>
      {channels.isPending ? (
        <>
          <Skeleton className="h-40 w-full rounded-lg" />
          <Skeleton className="h-40 w-full rounded-lg" />
        </>
      ) : channels.isError ? (
        <ErrorState error={channels.error} retry={() => void channels.refetch()} />
      ) : channels.data.items.length === 0 ? (
        <EmptyState icon={UnplugIcon} title={t("noChannels")} text={t("noChannelsText")} />
      ) : (
        channels.data.items.map((channel) => <ChannelCard key={channel.id} channel={channel} />)
      )}
      <StuckMessages status="dead" />
      <StuckMessages status="unknown" />
      <Strays />
      {isAdding && <ChannelDialog onClose={() => setAdding(false)} />}
    </div>
  );
}
