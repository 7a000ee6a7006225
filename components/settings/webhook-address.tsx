"use client";
import { CheckIcon, CopyIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import type { Channel } from "./queries";

const noSubscription = () => () => undefined;
const PATHS: Record<string, (channel: Channel) => string> = {
  twilio_sms: () => "/api/webhooks/sms/inbound",
  twilio_whatsapp: () => "/api/webhooks/whatsapp/twilio",
  whatsapp_cloud: ({ address }) => `/api/webhooks/whatsapp/cloud?number=${address}`,
};

/** Where the vendor is to be pointed, so that what patients write arrives. */
export function WebhookAddress({ channel }: { channel: Channel }) {
  const t = useTranslations("settings.webhook");
  const [isCopied, setCopied] = useState(false);
  const origin = useSyncExternalStore(
    noSubscription,
    () => location.origin,
    () => "",
  );
  const path = PATHS[channel.kind]?.(channel);
  if (!path) return null;
  const address = `${origin}${path}`;
  const copy = () => navigator.clipboard.writeText(address).then(() => setCopied(true));
  return (
    <div className="flex items-center gap-2 border-t px-4 py-3 text-sm">
      <div className="min-w-0 flex-1">
        <p className="text-xs text-muted-foreground">{t("label")}</p>
        <p dir="ltr" className="truncate text-start font-mono text-xs">
          {address}
        </p>
      </div>
      <Button variant="ghost" size="sm" onClick={() => void copy()}>
        {isCopied ? <CheckIcon aria-hidden /> : <CopyIcon aria-hidden />}
        {t(isCopied ? "copied" : "copy")}
      </Button>
    </div>
  );
}
