"use client";
import { MessagesSquareIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useState } from "react";
import { EmptyState } from "@/components/shared/empty-state";
import { cn } from "@/components/ui/cn";
import { Sheet, SheetContent, SheetTitle } from "@/components/ui/sheet";
import { CHANNEL_GROUPS, VIEWS } from "@/lib/messaging/schema";
import { ConversationList } from "./conversation-list";
import { type Me, MeProvider } from "./me";
import { SidePanel } from "./side-panel";
import { Thread } from "./thread";

const PARAMS = {
  id: parseAsString,
  view: parseAsStringLiteral(VIEWS).withDefault("open"),
  channel: parseAsStringLiteral(CHANNEL_GROUPS),
  assignee: parseAsString,
  q: parseAsString.withDefault(""),
};

/** List, thread and what is known: three panes on a wide screen, one at a time on a phone. */
export function Inbox({ me }: { me: Me }) {
  const t = useTranslations("inbox");
  const [{ id, ...filters }, setParams] = useQueryStates(PARAMS);
  const [isSideOpen, setSideOpen] = useState(false);
  const [turnId, setTurnId] = useState<string>();

  const open = (next: string | null) => {
    setTurnId(undefined);
    // From the list a thread is a page of its own; from thread to thread it isn't: back leads to the list.
    void setParams({ id: next }, { history: next && !id ? "push" : "replace" });
  };
  const explain = (turn: string) => {
    setTurnId(turn);
    if (matchMedia("(width < 80rem)").matches) setSideOpen(true);
  };
  const side = (key: string) => id && <SidePanel key={`${key}${id}`} id={id} turnId={turnId} />;

  return (
    <MeProvider me={me}>
      <div className="flex h-full">
        <h1 className="sr-only">{t("title")}</h1>
        <ConversationList
          className={cn("w-full md:w-80 md:border-e 2xl:w-96", id && "max-md:hidden")}
          openId={id}
          filters={filters}
          onOpen={open}
          onFilter={(next) => void setParams(next, { history: "replace" })}
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
    </MeProvider>
  );
}
