"use client";
import { SendHorizontalIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import { MessageList } from "@/components/messaging/message-list";
import { useClinic } from "@/components/shared/clinic-context";
import { useToastError } from "@/components/shared/error-words";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";
import { type Persona, useSay } from "./queries";
import { Suggestions } from "./suggestions";
import { Typing } from "./typing";

interface PhoneProps {
  persona: Persona | undefined;
  conversationId: string | undefined;
  onExplain: (turnId: string) => void;
}

/** The patient's side of the talk, as on their phone. */
export function Phone({ persona, conversationId, onExplain }: PhoneProps) {
  const t = useTranslations("simulator");
  const { slug, name } = useClinic();
  const say = useSay(slug);
  const toastError = useToastError();
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);

  const send = (words: string) => {
    const said = words.trim();
    if (!said || !persona || say.isPending) return;
    setText("");
    say.mutate(
      { text: said, phone: persona.phone },
      {
        onError: (error) => {
          setText((now) => now || said);
          toastError(error);
        },
        onSettled: () => field.current?.focus(),
      },
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send(text);
  };
  const isEmpty = !conversationId && !say.isPending;

  return (
    <div className="mx-auto flex min-h-0 w-full max-w-md flex-1 flex-col overflow-hidden bg-background sm:my-6 sm:rounded-2xl sm:border sm:shadow-float">
      <div className="flex items-center gap-3 border-b bg-card px-4 py-3">
        <Avatar name={name} />
        <div className="min-w-0">
          <p className="truncate text-sm font-semibold">{name}</p>
          <p className="text-xs text-muted-foreground">{t("assistant")}</p>
        </div>
      </div>
      {conversationId ? (
        <MessageList
          conversationId={conversationId}
          side="patient"
          sending={say.isPending ? say.variables.text : undefined}
          onExplain={onExplain}
          after={<Typing conversationId={conversationId} isSending={say.isPending} />}
        />
      ) : (
        <Suggestions isIdle={isEmpty} language={persona?.language ?? undefined} onChoose={send} />
      )}
      <form
        className="flex items-end gap-2 border-t bg-card p-3"
        onSubmit={(event) => {
          event.preventDefault();
          send(text);
        }}
      >
        <Textarea
          ref={field}
          dir="auto"
          rows={1}
          aria-label={t("message")}
          placeholder={t("placeholder")}
          value={text}
          maxLength={1600}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          className="rounded-2xl"
        />
        <Button
          type="submit"
          variant="primary"
          size="icon"
          className="size-9 rounded-full"
          aria-label={t("send")}
          disabled={!text.trim() || !persona || say.isPending}
        >
          <SendHorizontalIcon aria-hidden className="mirror-rtl" />
        </Button>
      </form>
    </div>
  );
}
