"use client";
import { CircleAlertIcon, CircleCheckIcon, CircleDashedIcon, CirclePauseIcon, KeyRoundIcon } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { toast } from "sonner";
import { ChannelIcon, ChannelName } from "@/components/messaging/channel-icon";
import { useClinic } from "@/components/shared/clinic-context";
import { useToastError } from "@/components/shared/error-words";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Label } from "@/components/ui/label";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { ChannelDialog } from "./channel-dialog";
import { type Channel, useChannelAct } from "./queries";
import { TestSend } from "./test-send";
import { WebhookAddress } from "./webhook-address";

const MODES = ["always", "out_of_hours", "drafts", "off"] as const;

/** One channel: whether it works, what the bot does on it, its secrets, and a test. */
export function ChannelCard({ channel }: { channel: Channel }) {
  const t = useTranslations("settings");
  const id = useId();
  const { slug } = useClinic();
  const act = useChannelAct(slug);
  const toastError = useToastError();
  const [isEditing, setEditing] = useState(false);
  const isSimulator = channel.kind === "simulator";
  const change = (json: object) => act.mutate({ act: "change", id: channel.id, json }, { onError: toastError });
  return (
    <Card className="gap-0 p-0">
      <div className="flex flex-wrap items-center gap-3 border-b p-4">
        <ChannelIcon kind={channel.kind} className="size-5 text-muted-foreground" />
        <div className="min-w-0 flex-1">
          <h3 className="font-medium">
            <ChannelName kind={channel.kind} />
          </h3>
          <p className="text-sm text-muted-foreground tabular-nums">
            <bdi>{channel.display_address ?? channel.address}</bdi>
          </p>
        </div>
        {!isSimulator && <State channel={channel} />}
      </div>
      <div className="grid items-end gap-4 p-4 sm:grid-cols-2">
        <div className="grid gap-1.5">
          <Label htmlFor={`${id}-mode`}>{t("botMode")}</Label>
          <Select value={channel.bot_mode} onValueChange={(bot_mode) => change({ bot_mode })}>
            <SelectTrigger id={`${id}-mode`}>
              <SelectValue />
            </SelectTrigger>
            <SelectContent>
              {MODES.map((mode) => (
                <SelectItem key={mode} value={mode}>
                  {t(`modes.${mode}`)}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        </div>
        <div className="flex h-8 items-center gap-3 pointer-coarse:h-11">
          <Switch
            id={`${id}-active`}
            checked={channel.is_active}
            onCheckedChange={(is_active) => change({ is_active })}
          />
          <Label htmlFor={`${id}-active`}>{t("inUse")}</Label>
        </div>
      </div>
      <WebhookAddress channel={channel} />
      {!isSimulator && (
        <div className="flex flex-wrap items-center gap-2 border-t p-4">
          <Button variant="outline" onClick={() => setEditing(true)}>
            <KeyRoundIcon aria-hidden />
            {t("secrets")}
          </Button>
          <Button
            variant="outline"
            disabled={act.isPending}
            onClick={() =>
              act.mutate(
                { act: "check", id: channel.id },
                {
                  onError: toastError,
                  onSuccess: ({ problem }) => void (problem ? undefined : toast.success(t("works"))),
                },
              )
            }
          >
            {t("check")}
          </Button>
          <TestSend channelId={channel.id} />
        </div>
      )}
      {isEditing && <ChannelDialog channel={channel} onClose={() => setEditing(false)} />}
    </Card>
  );
}

const PROBLEMS = ["no_credentials", "credentials", "account_closed", "address", "unreachable"] as const;

function State({ channel }: { channel: Channel }) {
  const t = useTranslations("settings");
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  const problem = PROBLEMS.find((one) => one === channel.check_problem);
  if (channel.paused_until && new Date(channel.paused_until) > now)
    return (
      <Badge tone="danger">
        <CirclePauseIcon aria-hidden />
        {t("paused")}
      </Badge>
    );
  if (problem)
    return (
      <Badge tone="danger">
        <CircleAlertIcon aria-hidden />
        {t(`problems.${problem}`)}
      </Badge>
    );
  if (!channel.checked_at)
    return (
      <Badge tone="neutral">
        <CircleDashedIcon aria-hidden />
        {t("notChecked")}
      </Badge>
    );
  return (
    <Badge tone="success">
      <CircleCheckIcon aria-hidden />
      {t("checked", { when: format.relativeTime(new Date(channel.checked_at), now) })}
    </Badge>
  );
}
