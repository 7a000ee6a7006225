"use client";
import { ArrowLeftIcon, BotIcon, CircleSlashIcon, HandIcon, PanelRightIcon, RotateCcwIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { Tooltip } from "@/components/ui/tooltip";
import type { Act } from "./acts";
import { AssignMenu } from "./assign-menu";
import { ConversationStatusBadge } from "./conversation-status";
import type { Conversation } from "./queries";
import { SnoozeMenu } from "./snooze-menu";
import { type Viewer, ViewerFaces } from "./viewers";
import { useWho } from "./who";

interface ThreadHeaderProps {
  conversation: Conversation | undefined;
  viewers: readonly Viewer[];
  mayAct: boolean;
  isSnoozing: boolean;
  onSnoozing: (isOpen: boolean) => void;
  onBack: () => void;
  onAct: (act: Act) => void;
  onDetails: () => void;
}

export function ThreadHeader({ conversation, viewers, mayAct, onBack, onDetails, ...acts }: ThreadHeaderProps) {
  const t = useTranslations("inbox");
  return (
    <header className="@container flex min-h-14 items-center gap-1.5 border-b bg-card px-2 md:px-4">
      <Button variant="ghost" size="icon" className="md:hidden" aria-label={t("back")} onClick={onBack}>
        <ArrowLeftIcon aria-hidden className="mirror-rtl" />
      </Button>
      {conversation ? <Who conversation={conversation} /> : <Skeleton className="h-5 w-40" />}
      <div className="ms-auto flex shrink-0 items-center gap-1">
        <ViewerFaces viewers={viewers} />
        {conversation && mayAct && <Acts conversation={conversation} {...acts} />}
        <Button variant="ghost" size="icon" className="xl:hidden" aria-label={t("details")} onClick={onDetails}>
          <PanelRightIcon aria-hidden className="mirror-rtl" />
        </Button>
      </div>
    </header>
  );
}

function Who({ conversation }: { conversation: Conversation }) {
  const who = useWho()(conversation);
  return (
    <div className="flex min-w-0 items-center gap-3 py-2">
      <Avatar name={who} className="max-sm:hidden" />
      <div className="min-w-0 overflow-hidden">
        <h2 className="truncate text-sm font-semibold">
          <bdi>{who}</bdi>
        </h2>
        <ConversationStatusBadge conversation={conversation} />
      </div>
    </div>
  );
}

type ActsProps = Pick<ThreadHeaderProps, "onAct" | "isSnoozing" | "onSnoozing"> & { conversation: Conversation };

function Acts({ conversation, onAct, isSnoozing, onSnoozing }: ActsProps) {
  const t = useTranslations("inbox");
  if (conversation.status === "closed")
    return (
      <Button onClick={() => onAct({ act: "reopen", holder: "staff" })}>
        <RotateCcwIcon aria-hidden />
        {t("reopen")}
      </Button>
    );
  const isBots = conversation.holder === "bot";
  const Icon = isBots ? HandIcon : BotIcon;
  return (
    <>
      {/* On a phone the composer offers to take over; the room here goes to the name. */}
      <Tooltip label={t(isBots ? "takeOverHint" : "handBackHint")} keys="T">
        <Button
          onClick={() => onAct({ act: isBots ? "take-over" : "hand-back" })}
          className={cn("@max-xl:px-2", isBots && "max-sm:hidden")}
        >
          <Icon aria-hidden />
          <span className="@max-xl:sr-only">{t(isBots ? "takeOver" : "handBack")}</span>
        </Button>
      </Tooltip>
      <AssignMenu conversation={conversation} onAct={onAct} />
      <SnoozeMenu conversation={conversation} isOpen={isSnoozing} onOpenChange={onSnoozing} onAct={onAct} />
      <Tooltip label={t("closeHint")} keys="E">
        <Button variant="ghost" size="icon" aria-label={t("close")} onClick={() => onAct({ act: "close" })}>
          <CircleSlashIcon aria-hidden />
        </Button>
      </Tooltip>
    </>
  );
}
