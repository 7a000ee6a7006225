"use client";
import { useFormatter, useNow, useTranslations } from "next-intl";
import Link from "next/link";
import { useClinic } from "@/components/shared/clinic-context";
import { cn } from "@/components/ui/cn";
import { KIND_ICONS } from "./kinds";
import type { NotificationItem } from "./queries";

/** One happening, with the way to it. Unread ones carry a dot that is also read out. */
export function NotificationRow({ item, onOpen }: { item: NotificationItem; onOpen: () => void }) {
  const t = useTranslations("notifications");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const { slug } = useClinic();
  const Icon = KIND_ICONS[item.kind];
  const isUrgent = item.kind === "emergency";
  return (
    <li>
      <Link
        href={pathOf(slug, item)}
        onClick={onOpen}
        className="flex items-start gap-3 px-4 py-2.5 -outline-offset-2 transition-colors hover:bg-muted"
      >
        <span
          className={cn(
            "mt-0.5 flex size-7 shrink-0 items-center justify-center rounded-md bg-muted text-muted-foreground",
            isUrgent && "bg-danger-soft text-danger",
          )}
        >
          <Icon aria-hidden className="size-4" />
        </span>
        <span className="min-w-0 flex-1">
          <span className={cn("block text-sm", item.read_at === null && "font-medium", isUrgent && "text-danger")}>
            {t(`kinds.${item.kind}`)}
          </span>
          <span className="block truncate text-xs text-muted-foreground">
            {item.patient_name && (
              <>
                <bdi>{item.patient_name}</bdi> ·{" "}
              </>
            )}
            {format.relativeTime(new Date(item.created_at), now)}
          </span>
        </span>
        {item.read_at === null && (
          <span className="mt-2 size-2 shrink-0 rounded-full bg-primary">
            <span className="sr-only">{t("unread")}</span>
          </span>
        )}
      </Link>
    </li>
  );
}

function pathOf(slug: string, { entity_type, entity_id, conversation_id }: NotificationItem): string {
  if (conversation_id) return `/c/${slug}/inbox?id=${conversation_id}`;
  if (entity_type === "appointment") return `/c/${slug}/calendar?visit=${entity_id}`;
  if (entity_type === "provider") return `/c/${slug}/calendar`;
  return entity_type === "channel" ? `/c/${slug}/settings/channels` : `/c/${slug}/inbox`;
}
