"use client";
import { TriangleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/shared/local-time";
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
  const notice = NOTICES.find((one) => one === channel.vendor_notice);
  if (!notice || !channel.vendor_notice_at) return null;
  const at = channel.vendor_notice_at;
  return (
    <div role="status" className="flex items-start gap-2.5 border-b bg-danger-soft px-4 py-3 text-sm text-danger">
      <TriangleAlertIcon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <p>
        {t(notice)}{" "}
        <span className="whitespace-nowrap">
          {t.rich("since", { when: () => <LocalTime at={at} show="dayTime" /> })}
        </span>
      </p>
    </div>
  );
}
