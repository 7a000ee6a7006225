"use client";
import { MessagesSquareIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useState } from "react";
import { EmptyState } from "@/components/shared/empty-state";
import { cn } from "@/components/ui/cn";
import { Sheet, SheetContent, SheetTitle } from "@/components/ui/sheet";
import { ConversationList } from "./conversation-list";
import { FILTERS } from "./queries";
import { SidePanel } from "./side-panel";
import { Thread } from "./thread";

const PARAMS = {
  id: parseAsString,
  status: parseAsStringLiteral(FILTERS).withDefault("all"),
  q: parseAsString.withDefault(""),
};

/** List, thread and what is known: three panes on a wide screen, one at a time on a phone. */
export function Inbox() {
  const t = useTranslations("inbox");
  const [{ id, status, q }, setParams] = useQueryStates(PARAMS);
  const [isSideOpen, setSideOpen] = useState(false);
  const [turnId, setTurnId] = useState<string>();

  const open = (next: string | null) => {
    setTurnId(undefined);
    void setParams({ id: next }, { history: next ? "push" : "replace" });
  };
  const explain = (turn: string) => {
    setTurnId(turn);
    if (matchMedia("(width < 80rem)").matches) setSideOpen(true);
  };
  const side = (key: string) => id && <SidePanel key={`${key}${id}`} id={id} turnId={turnId} />;

  return (
    <div className="flex h-full">
      <h1 className="sr-only">{t("title")}</h1>
      <ConversationList
        className={cn("w-full md:w-80 md:border-e", id && "max-md:hidden")}
        openId={id}
        filter={status}
        q={q}
        onOpen={open}
        onFilter={(next) => void setParams({ status: next })}
        onSearch={(next) => void setParams({ q: next }, { history: "replace" })}
      />
      {id ? (
        <Thread
          key={id}
          id={id}
          className="min-w-0 flex-1"
          onBack={() => open(null)}
          onExplain={explain}
          onDetails={() => setSideOpen(true)}
        />
      ) : (
        <EmptyState
          icon={MessagesSquareIcon}
          title={t("noneChosen")}
          text={t("noneChosenText")}
          className="flex-1 max-md:hidden"
        />
      )}
      {id && <aside className="hidden w-80 shrink-0 border-s bg-card xl:flex 2xl:w-96">{side("pane")}</aside>}
      <Sheet open={isSideOpen} onOpenChange={setSideOpen}>
        <SheetContent className="xl:hidden">
          <SheetTitle>{t("details")}</SheetTitle>
          {side("sheet")}
        </SheetContent>
      </Sheet>
    </div>
  );
}
