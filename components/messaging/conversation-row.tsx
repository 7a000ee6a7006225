"use client";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import { ChannelIcon } from "./channel-icon";
import { ConversationStatusBadge } from "./conversation-status";
import type { Conversation } from "./queries";
import { useWho } from "./who";

interface ConversationRowProps {
  conversation: Conversation;
  isOpen: boolean;
  onOpen: () => void;
}

const DAY_MS = 86_400_000;

export function ConversationRow({ conversation, isOpen, onOpen }: ConversationRowProps) {
  const t = useTranslations("inbox");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const { last_message: last, unread } = conversation;
  const who = useWho()(conversation);
  const at = last && new Date(last.at);
  const when =
    at &&
    (now.getTime() - at.getTime() < DAY_MS
      ? format.dateTime(at, { hour: "numeric", minute: "2-digit" })
      : format.dateTime(at, { day: "numeric", month: "short" }));

  return (
    <li>
      <button
        type="button"
        aria-current={isOpen ? "true" : undefined}
        onClick={onOpen}
        className={cn(
          "flex w-full gap-3 px-3 py-2.5 text-start -outline-offset-2 transition-colors hover:bg-muted",
          isOpen && "bg-primary-soft/60 hover:bg-primary-soft/60",
        )}
      >
        <span className="relative mt-0.5 self-start">
          <Avatar name={who} className="size-9" />
          <ChannelIcon
            kind={conversation.channel.kind}
            className="absolute -end-1 -bottom-1 size-4 rounded-full bg-card p-0.5 text-muted-foreground ring-1 ring-border"
          />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span className={cn("min-w-0 flex-1 truncate", unread > 0 ? "font-semibold" : "font-medium")}>
              <bdi>{who}</bdi>
            </span>
            <time dateTime={last?.at} className="shrink-0 text-xs text-muted-foreground">
              {when}
            </time>
          </span>
          <span className="flex items-center gap-2">
            <span
              dir="auto"
              className={cn(
                "min-w-0 flex-1 truncate text-start text-sm",
                unread > 0 ? "text-foreground" : "text-muted-foreground",
              )}
            >
              {last?.text}
            </span>
            {unread > 0 && (
              <span className="flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-primary px-1 text-2xs font-semibold text-primary-foreground">
                <span className="sr-only">{t("unread", { count: unread })}</span>
                <span aria-hidden>{format.number(unread)}</span>
              </span>
            )}
          </span>
          {(conversation.status !== "open" || conversation.holder === "staff") && (
            <span className="mt-1 flex">
              <ConversationStatusBadge conversation={conversation} />
            </span>
          )}
        </span>
      </button>
    </li>
  );
}
