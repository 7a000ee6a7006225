"use client";
import { useQuery } from "@tanstack/react-query";
import { RefreshCwIcon } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { toast } from "sonner";
import { useClinic } from "@/components/shared/clinic-context";
import { useToastError } from "@/components/shared/error-words";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { type Channel, channelSettingsQuery } from "./queries";
import { type Template, useReadApprovals } from "./template-queries";

/** The clinic's channel whose vendor decides on templates and can be asked; undefined where there is none. */
export function useDecidingChannel(): Channel | undefined {
  const { slug } = useClinic();
  const channels = useQuery(channelSettingsQuery(slug));
  return channels.data?.items.find(({ kind, is_active }) => kind === "whatsapp_cloud" && is_active);
}

/** When the states were last compared with WhatsApp's, and the way to do it now. */
export function ApprovalsRead() {
  const t = useTranslations("settings.templates");
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  const { slug } = useClinic();
  const channel = useDecidingChannel();
  const read = useReadApprovals(slug);
  const toastError = useToastError();
  if (!channel) return null;
  const at = channel.templates_read_at;
  const check = () =>
    read.mutate(undefined, {
      onError: toastError,
      onSuccess: ({ changed, problem }) =>
        void (problem ? toast.warning(t(`problems.${problem}`)) : toast.success(t("checkedNow", { count: changed }))),
    });
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm text-muted-foreground">
      <span>{at ? t("readAt", { when: format.relativeTime(new Date(at), now) }) : t("neverRead")}</span>
      <Button variant="outline" disabled={read.isPending} onClick={check}>
        <RefreshCwIcon aria-hidden className={cn(read.isPending && "motion-safe:animate-spin")} />
        {t("checkNow")}
      </Button>
    </div>
  );
}

const REASONS = [
  "INVALID_FORMAT",
  "TAG_CONTENT_MISMATCH",
  "INCORRECT_CATEGORY",
  "PROMOTIONAL",
  "ABUSIVE_CONTENT",
  "SCAM",
  "DUPLICATE",
] as const;

/** Why a template may not go out, in words: what its state means, and the vendor's reason for it. */
export function ApprovalReason({ template, className }: { template: Template; className?: string }) {
  const t = useTranslations("settings.templates");
  const { approval, rejected_reason: code } = template;
  const state =
    approval === "pending" || approval === "paused" || approval === "disabled" ? t(`${approval}Text`) : undefined;
  const known = REASONS.find((one) => one === code);
  const reason = known ? t(`reasons.${known}`) : code ? t("reasons.other", { code }) : undefined;
  if (approval === "approved" || approval === "draft" || !(state ?? reason)) return null;
  return <span className={className}>{[state, reason].filter(Boolean).join(" ")}</span>;
}
