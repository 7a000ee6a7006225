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
import { VendorNotice } from "./vendor-notice";
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
    <Card role="group" aria-labelledby={`${id}-name`} className="gap-0 p-0">
      <div className="flex flex-wrap items-center gap-3 border-b p-4">
        <ChannelIcon kind={channel.kind} className="size-5 text-muted-foreground" />
        <div className="min-w-0 flex-1">
          <h3 id={`${id}-name`} className="font-medium">
            <ChannelName kind={channel.kind} />
          </h3>
          <p className="text-sm text-muted-foreground tabular-nums">
            <bdi>{channel.display_address ?? channel.address}</bdi>
          </p>
        </div>
        {!isSimulator && <State channel={channel} />}
      </div>
      <VendorNotice channel={channel} />
      <div className="grid items-end gap-4 p-4 sm:grid-cols-2">
        {channel.kind === "email" ? (
          <MailNote channel={channel} />
        ) : (
          <BotMode id={`${id}-mode`} mode={channel.bot_mode} onMode={(bot_mode) => change({ bot_mode })} />
        )}
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
          <TestSend channel={channel} />
        </div>
      )}
      {isEditing && <ChannelDialog channel={channel} onClose={() => setEditing(false)} />}
    </Card>
  );
}

interface BotModeProps {
  id: string;
  mode: Channel["bot_mode"];
  onMode: (mode: string) => void;
}

function BotMode({ id, mode, onMode }: BotModeProps) {
  const t = useTranslations("settings");
  return (
    <div className="grid gap-1.5">
      <Label htmlFor={id}>{t("botMode")}</Label>
      <Select value={mode} onValueChange={onMode}>
        <SelectTrigger id={id}>
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          {MODES.map((one) => (
            <SelectItem key={one} value={one}>
              {t(`modes.${one}`)}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
    </div>
  );
}

/** Nothing comes in by e-mail, so the bot has nothing to answer: what matters is through whom the letters go. */
function MailNote({ channel }: { channel: Channel }) {
  const t = useTranslations("settings");
  const server = channel.credentials.find(({ purpose }) => purpose === "smtp_url")?.hint;
  return (
    <div className="grid gap-1 self-start text-sm">
      <p>{server ? t.rich("ownServer", { server: () => <bdi dir="ltr">{server}</bdi> }) : t("sharedServer")}</p>
      <p className="text-muted-foreground">{t("outgoingOnly")}</p>
    </div>
  );
}

const PROBLEMS = [
  "no_credentials",
  "credentials",
  "account",
  "account_closed",
  "address",
  "unreachable",
  "server_place",
  "no_tls",
] as const;

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
