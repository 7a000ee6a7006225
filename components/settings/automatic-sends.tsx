"use client";
import { useQuery } from "@tanstack/react-query";
import { OctagonPauseIcon, SendIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { useClinic } from "@/components/shared/clinic-context";
import { ErrorState } from "@/components/shared/error-state";
import { useToastError } from "@/components/shared/error-words";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { messagingSettingsQuery, useSaveMessaging } from "./queries";

/** The one switch that stops everything which no person has written. Turning it back is the undo. */
export function AutomaticSends() {
  const t = useTranslations("settings.automatic");
  const common = useTranslations("common");
  const { slug } = useClinic();
  const settings = useQuery(messagingSettingsQuery(slug));
  const save = useSaveMessaging(slug);
  const toastError = useToastError();
  if (settings.isPending) return <Skeleton className="h-20 w-full rounded-lg" />;
  if (settings.isError) return <ErrorState error={settings.error} retry={() => void settings.refetch()} />;
  const isOn = save.isPending ? (save.variables.has_automatic_sends ?? true) : settings.data.has_automatic_sends;
  const turn = (has_automatic_sends: boolean) =>
    save.mutate(
      { has_automatic_sends },
      {
        onError: toastError,
        onSuccess: () =>
          void toast(t(has_automatic_sends ? "turnedOn" : "turnedOff"), {
            action: { label: common("undo"), onClick: () => turn(!has_automatic_sends) },
          }),
      },
    );
  const Icon = isOn ? SendIcon : OctagonPauseIcon;
  return (
    <Card className={cn("flex flex-row items-center gap-4 p-4", !isOn && "border-danger bg-danger-soft")}>
      <Icon aria-hidden className={cn("size-5 shrink-0", isOn ? "text-primary-text" : "text-danger")} />
      <div className="min-w-0 flex-1">
        <p id="automatic-sends" className="font-medium">
          {t(isOn ? "on" : "off")}
        </p>
        <p className="text-sm text-muted-foreground">{t(isOn ? "onText" : "offText")}</p>
      </div>
      <Switch aria-labelledby="automatic-sends" checked={isOn} onCheckedChange={turn} />
    </Card>
  );
}
