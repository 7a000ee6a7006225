"use client";
import { BotIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type Ref, useState } from "react";
import { Button } from "@/components/ui/button";
import { MessageForm } from "./message-form";
import type { Conversation } from "./queries";

interface ComposerProps {
  ref: Ref<HTMLTextAreaElement>;
  conversation: Conversation;
  isBusy: boolean;
  onTakeOver: () => void;
  /** `refused` gives the words back when they could not be sent. */
  onSend: (text: string, refused: () => void) => void;
}

/** Where staff write. While the bot has the thread nobody writes over it: take over first. */
export function Composer({ ref, conversation, isBusy, onTakeOver, onSend }: ComposerProps) {
  const t = useTranslations("inbox.composer");
  const [text, setText] = useState("");

  if (conversation.status === "closed")
    return <p className="border-t bg-card px-4 py-3 text-sm text-muted-foreground">{t("closed")}</p>;
  if (conversation.holder === "bot")
    return (
      <div className="flex items-center gap-3 border-t bg-card px-4 py-3">
        <BotIcon aria-hidden className="size-5 shrink-0 text-primary-text" />
        <p className="min-w-0 flex-1 text-sm text-muted-foreground">
          {t(conversation.status === "handoff" ? "asked" : "bot")}
        </p>
        <Button variant="primary" disabled={isBusy} onClick={onTakeOver}>
          {t("takeOver")}
        </Button>
      </div>
    );

  const send = (words: string) => {
    setText("");
    onSend(words, () => setText((now) => now || words));
  };
  const words = { label: t("label"), placeholder: t("placeholder"), send: t("send") };
  return <MessageForm ref={ref} text={text} words={words} onText={setText} onSend={send} />;
}
