"use client";
import { BotIcon, SendHorizontalIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type Ref, useState } from "react";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";
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

  const send = () => {
    const words = text.trim();
    if (!words) return;
    setText("");
    onSend(words, () => setText((now) => now || words));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className="flex items-end gap-2 border-t bg-card p-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        ref={ref}
        dir={text ? "auto" : undefined}
        rows={1}
        aria-label={t("label")}
        placeholder={t("placeholder")}
        value={text}
        maxLength={1600}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Button
        type="submit"
        variant="primary"
        size="icon"
        className="size-9"
        aria-label={t("send")}
        disabled={!text.trim()}
      >
        <SendHorizontalIcon aria-hidden className="mirror-rtl" />
      </Button>
    </form>
  );
}
