"use client";
import { TriangleAlertIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { Channel } from "./queries";

const NOTICES = [
  "account_disabled",
  "account_closing",
  "account_restricted",
  "account_violation",
  "account_rejected",
  "account_alert",
  "quality_low",
  "limit_lowered",
] as const;

/** What the vendor told of the account or the number and still stands. */
export function VendorNotice({ channel }: { channel: Channel }) {
  const t = useTranslations("settings.notices");
  const format = useFormatter();
  const notice = NOTICES.find((one) => one === channel.vendor_notice);
  if (!notice || !channel.vendor_notice_at) return null;
  const when = format.dateTime(new Date(channel.vendor_notice_at), { dateStyle: "medium", timeStyle: "short" });
  return (
    <div role="status" className="flex items-start gap-2.5 border-b bg-danger-soft px-4 py-3 text-sm text-danger">
      <TriangleAlertIcon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <p>
        {t(notice)} <span className="whitespace-nowrap">{t("since", { when })}</span>
      </p>
    </div>
  );
}
