"use client";
import { AlarmClockIcon, HourglassIcon, PencilLineIcon, UserRoundIcon } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { memo } from "react";
import { PersonName } from "@/components/shared/person-name";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import { ChannelIcon } from "./channel-icon";
import { ConversationStatusBadge } from "./conversation-status";
import { DeliveryTicks } from "./delivery-ticks";
import { useMe } from "./me";
import { useSummary } from "./message-summary";
import type { Conversation } from "./queries";
import { useWho } from "./who";

interface ConversationRowProps {
  conversation: Conversation;
  isOpen: boolean;
  onOpen: (id: string) => void;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** The window for free text is worth a word in its last hours. */
const HINT_HOURS = 6;

export const ConversationRow = memo(function ConversationRow({ conversation, isOpen, onOpen }: ConversationRowProps) {
  const t = useTranslations("inbox");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const summary = useSummary();
  const { last_message: last, unread } = conversation;
  const who = useWho()(conversation);
  const at = last && new Date(last.at);
  const when =
    at &&
    (now.getTime() - at.getTime() < DAY_MS
      ? format.dateTime(at, { hour: "numeric", minute: "2-digit" })
      : format.dateTime(at, { day: "numeric", month: "short" }));

  return (
    <button
      type="button"
      aria-current={isOpen ? "true" : undefined}
      onClick={() => onOpen(conversation.id)}
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
          <PersonName className={cn("flex-1", unread > 0 ? "font-semibold" : "font-medium")}>{who}</PersonName>
          <time dateTime={last?.at} className="shrink-0 text-xs text-muted-foreground">
            {when}
          </time>
        </span>
        <span className="flex items-center gap-1.5">
          {last?.direction === "outbound" && (
            <span className="flex text-muted-foreground">
              <DeliveryTicks status={last.status} />
            </span>
          )}
          <span
            dir="auto"
            className={cn(
              "min-w-0 flex-1 truncate text-start text-sm",
              unread > 0 ? "text-foreground" : "text-muted-foreground",
            )}
          >
            {last && summary(last)}
          </span>
          {unread > 0 && (
            <span className="flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-primary px-1 text-2xs font-semibold text-primary-foreground">
              <span className="sr-only">{t("unread", { count: unread })}</span>
              <span aria-hidden>{format.number(unread)}</span>
            </span>
          )}
        </span>
        <Marks conversation={conversation} now={now} />
      </span>
    </button>
  );
});

/** Where the thread stands, in as few signs as say it: nothing for one that the bot answers. */
function Marks({ conversation, now }: { conversation: Conversation; now: Date }) {
  const t = useTranslations("inbox");
  const format = useFormatter();
  const me = useMe();
  const { status, holder, assignee, snoozed_until: until, draft, window } = conversation;
  const isAsleep = until !== null && Date.parse(until) > now.getTime();
  const left = window?.closes_at ? (Date.parse(window.closes_at) - now.getTime()) / HOUR_MS : undefined;
  const hasStanding = status !== "open" || holder === "staff";
  const isClosing = status !== "closed" && left !== undefined && left > 0 && left < HINT_HOURS;
  if (!hasStanding && !assignee && !isAsleep && !draft && !isClosing) return null;
  const mark = "flex min-w-0 items-center gap-1 truncate [&_svg]:size-3 [&_svg]:shrink-0";
  return (
    <span className="mt-1 flex items-center gap-2 overflow-hidden text-2xs text-muted-foreground">
      {hasStanding && <ConversationStatusBadge conversation={conversation} />}
      {isAsleep && (
        <span className={mark}>
          <AlarmClockIcon aria-hidden />
          {format.dateTime(new Date(until), { weekday: "short", hour: "numeric", minute: "2-digit" })}
        </span>
      )}
      {draft && (
        <span className={cn(mark, "text-violet")}>
          <PencilLineIcon aria-hidden />
          {t("draft.mark")}
        </span>
      )}
      {isClosing && (
        <span className={cn(mark, "text-warning")}>
          <HourglassIcon aria-hidden />
          {t("window.hint", { hours: Math.max(1, Math.round(left)) })}
        </span>
      )}
      {assignee && (
        <span className={mark}>
          <UserRoundIcon aria-hidden />
          <bdi className="truncate">{assignee.id === me.id ? t("me") : (assignee.name ?? t("formerMember"))}</bdi>
        </span>
      )}
    </span>
  );
}
