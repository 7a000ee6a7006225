"use client";
import { ArrowLeftIcon, BotIcon, CircleSlashIcon, HandIcon, PanelRightIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { Tooltip } from "@/components/ui/tooltip";
import { ConversationStatusBadge } from "./conversation-status";
import type { Conversation, ConversationAct } from "./queries";
import { useWho } from "./who";

interface ThreadHeaderProps {
  conversation: Conversation | undefined;
  isBusy: boolean;
  mayAct: boolean;
  onBack: () => void;
  onAct: (act: ConversationAct) => void;
  onDetails: () => void;
}

export function ThreadHeader({ conversation, isBusy, mayAct, onBack, onAct, onDetails }: ThreadHeaderProps) {
  const t = useTranslations("inbox");
  return (
    <header className="flex min-h-14 items-center gap-2 border-b bg-card px-2 md:px-4">
      <Button variant="ghost" size="icon" className="md:hidden" aria-label={t("back")} onClick={onBack}>
        <ArrowLeftIcon aria-hidden className="mirror-rtl" />
      </Button>
      {conversation ? <Who conversation={conversation} /> : <Skeleton className="h-5 w-40" />}
      <div className="ms-auto flex items-center gap-1">
        {conversation && mayAct && conversation.status !== "closed" && (
          <Acts conversation={conversation} isBusy={isBusy} onAct={onAct} />
        )}
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
      <div className="min-w-0">
        <h2 className="truncate text-sm font-semibold">
          <bdi>{who}</bdi>
        </h2>
        <ConversationStatusBadge conversation={conversation} />
      </div>
    </div>
  );
}

function Acts({
  conversation,
  isBusy,
  onAct,
}: Pick<ThreadHeaderProps, "isBusy" | "onAct"> & { conversation: Conversation }) {
  const t = useTranslations("inbox");
  return (
    <>
      {conversation.holder === "bot" ? (
        <Tooltip label={t("takeOverHint")} keys="T">
          <Button disabled={isBusy} onClick={() => onAct("take-over")}>
            <HandIcon aria-hidden />
            <span className="max-sm:sr-only">{t("takeOver")}</span>
          </Button>
        </Tooltip>
      ) : (
        <Tooltip label={t("handBackHint")} keys="T">
          <Button disabled={isBusy} onClick={() => onAct("hand-back")}>
            <BotIcon aria-hidden />
            <span className="max-sm:sr-only">{t("handBack")}</span>
          </Button>
        </Tooltip>
      )}
      <Tooltip label={t("closeHint")}>
        <Button variant="ghost" size="icon" aria-label={t("close")} disabled={isBusy} onClick={() => onAct("close")}>
          <CircleSlashIcon aria-hidden />
        </Button>
      </Tooltip>
    </>
  );
}
