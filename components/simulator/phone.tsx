"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { Locale } from "@/lib/core/locales";
import { Bubble } from "@/components/messaging/message-bubble";
import { MessageForm } from "@/components/messaging/message-form";
import { MessageList } from "@/components/messaging/message-list";
import { type Message, messagesQuery } from "@/components/messaging/queries";
import { useClinic } from "@/components/shared/clinic-context";
import { useToastError } from "@/components/shared/error-words";
import { Avatar } from "@/components/ui/avatar";
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
  const messages = useInfiniteQuery({
    ...messagesQuery(slug, conversationId ?? ""),
    enabled: conversationId !== undefined,
  }).data;
  const { underway, send } = useTalk(persona, messages ?? []);
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);

  const submit = (words: string, language?: Locale) => {
    setText("");
    send(words, language, () => setText((now) => now || words));
    field.current?.focus();
  };
  const labels = { label: t("message"), placeholder: t("placeholder"), send: t("send") };
  const typing = <Typing last={messages?.at(-1)} isUnderway={underway.length > 0} />;

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
        <MessageList {...{ conversationId, onExplain }} side="patient" sending={underway} after={typing} />
      ) : underway.length > 0 ? (
        <ol className="flex flex-1 flex-col gap-2 overflow-y-auto px-4 py-4 md:px-6">
          {underway.map((words, at) => (
            <li key={at} className="flex flex-col">
              <Bubble kind="own" text={words} className="opacity-60" />
            </li>
          ))}
          {typing}
        </ol>
      ) : (
        <Suggestions language={persona?.language ?? undefined} onChoose={submit} />
      )}
      <MessageForm isRound ref={field} text={text} words={labels} onText={setText} onSend={submit} />
    </div>
  );
}

/**
 * Sends, and keeps what is on its way in sight: the words go the road of every vendor's message and are in the thread
 * only a moment after the server has taken them.
 */
function useTalk(persona: Persona | undefined, messages: readonly Message[]) {
  const { slug } = useClinic();
  const say = useSay(slug);
  const toastError = useToastError();
  const [sent, setSent] = useState<{ words: string[]; after: string | undefined }>({ words: [], after: undefined });
  const since = messages.slice(messages.findIndex((message) => message.id === sent.after) + 1);
  const landed = since.filter((message) => message.direction === "inbound").length;

  const send = (words: string, language: Locale | undefined, refused: () => void) => {
    const isFirst = sent.words.length === 0;
    setSent({ words: [...sent.words, words], after: isFirst ? messages.at(-1)?.id : sent.after });
    const onError = (error: unknown) => {
      setSent((now) => ({ ...now, words: now.words.filter((_, at) => at !== now.words.lastIndexOf(words)) }));
      refused();
      toastError(error);
    };
    say.mutate({ text: words, phone: persona?.phone, language }, { onError });
  };
  return { underway: sent.words.slice(landed), send };
}
