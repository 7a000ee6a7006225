"use client";
import { SendHorizontalIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { KeyboardEvent, Ref } from "react";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";

interface PhoneComposerProps {
  ref: Ref<HTMLTextAreaElement>;
  text: string;
  onText: (text: string) => void;
  onSend: (text: string) => void;
}

export function PhoneComposer({ ref, text, onText, onSend }: PhoneComposerProps) {
  const t = useTranslations("simulator");
  const send = () => {
    if (text.trim()) onSend(text.trim());
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
        aria-label={t("message")}
        placeholder={t("placeholder")}
        value={text}
        maxLength={1600}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKeyDown}
        className="rounded-2xl"
      />
      <Button
        type="submit"
        variant="primary"
        size="icon"
        className="size-9 rounded-full"
        aria-label={t("send")}
        disabled={!text.trim()}
      >
        <SendHorizontalIcon aria-hidden className="mirror-rtl" />
      </Button>
    </form>
  );
}
