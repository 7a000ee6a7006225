"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { ConversationCard } from "./conversation-card";
import { Trace } from "./trace";

/** What is known beside a thread: the person, and why the bot did what it did. */
export function SidePanel({ id, turnId }: { id: string; turnId?: string }) {
  const t = useTranslations("inbox.side");
  const [chosen, setChosen] = useState({ tab: turnId ? "trace" : "patient", turnId });
  // A question "why?" in the thread turns the panel to its answer.
  const tab = turnId !== chosen.turnId ? "trace" : chosen.tab;
  return (
    <Tabs
      value={tab}
      onValueChange={(next) => setChosen({ tab: next, turnId })}
      className="flex min-h-0 w-full flex-1 flex-col"
    >
      <div className="flex min-h-14 items-center border-b px-4">
        <TabsList>
          <TabsTrigger value="patient">{t("patient")}</TabsTrigger>
          <TabsTrigger value="trace">{t("trace")}</TabsTrigger>
        </TabsList>
      </div>
      <TabsContent value="patient" className="scroll-slim overflow-y-auto">
        <ConversationCard id={id} />
      </TabsContent>
      <TabsContent value="trace" className="scroll-slim overflow-y-auto">
        <Trace conversationId={id} turnId={turnId} />
      </TabsContent>
    </Tabs>
  );
}
