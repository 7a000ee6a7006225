"use client";
import type { UseMutationResult } from "@tanstack/react-query";
import { BotIcon } from "lucide-react";
import { useNow, useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { type Ref, useState } from "react";
import { toast } from "sonner";
import { z } from "zod";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { Button } from "@/components/ui/button";
import { ApiError } from "@/lib/http/client";
import type { Act } from "./acts";
import { DraftPanel } from "./draft-panel";
import type { Conversation } from "./queries";
import { type Outgoing, useAddNote } from "./replies";
import { ReplyForm } from "./reply-form";
import { keepUnsent, unsentOf } from "./unsent";
import { isWindowClosed } from "./window-note";

// Few threads need it, and none before it is looked at.
const TemplatePicker = dynamic(() => import("./template-picker").then((module) => module.TemplatePicker));

export type Mode = "reply" | "note";

interface ComposerProps {
  ref: Ref<HTMLTextAreaElement>;
  conversation: Conversation;
  newestId: string | undefined;
  reply: UseMutationResult<unknown, Error, Outgoing>;
  mode: Mode;
  onMode: (mode: Mode) => void;
  onAct: (act: Act) => void;
  onTyping: (isTyping: boolean) => void;
}

/** Where staff write: to the patient, by template when the window for free text is closed, or to each other. */
export function Composer({ ref, conversation, newestId, reply, mode, onMode, onAct, onTyping }: ComposerProps) {
  const now = useNow({ updateInterval: 30_000 });
  const { text, setText, discard } = useUnsent(conversation.id, mode);
  const [edited, setEdited] = useState<Draft>();
  const note = useAddNote(conversation.id);
  const words = useErrorWords();
  const send = useSend({ reply, newestId, onMode });

  const submit = (said: string, as: Mode = mode, subject?: string) => {
    discard();
    onTyping(false);
    const refused = () => setText(said);
    if (as === "reply")
      return send({ text: said, preview: said, ...(subject && { subject }), ...asDraft(edited) }, refused, () =>
        setEdited(undefined),
      );
    note.mutate(said, {
      onError: (error) => {
        refused();
        toast.error(words(error));
      },
    });
  };
  const isClosed = conversation.status === "closed";
  const isWindowShut = isWindowClosed(conversation, now);
  const isMail = conversation.channel.kind === "email"; // nothing comes in there, so the bot has no part in it
  const hasDraft = conversation.draft && conversation.draft.at !== edited?.at && !isClosed && !isWindowShut;
  return (
    <div className="border-t bg-card">
      {!isClosed && !isMail && conversation.holder === "bot" && !hasDraft && !isWindowShut && mode === "reply" && (
        <BotNote isAsked={conversation.status === "handoff"} onTakeOver={() => onAct({ act: "take-over" })} />
      )}
      {hasDraft && (
        <DraftPanel
          conversation={conversation}
          onSend={(draft) => send({ text: draft.text, preview: draft.text, ...asDraft(draft) })}
          onEdit={(draft) => {
            onMode("reply");
            setEdited(draft);
            setText(draft.text, "reply");
          }}
        />
      )}
      {isClosed && mode === "reply" ? (
        <Closed onReopen={() => onAct({ act: "reopen", holder: "staff" })} onNote={() => onMode("note")} />
      ) : isWindowShut && mode === "reply" ? (
        <TemplatePicker
          conversation={conversation}
          isBusy={reply.isPending}
          onSend={send}
          onNote={() => onMode("note")}
        />
      ) : (
        <ReplyForm
          ref={ref}
          conversation={conversation}
          mode={mode}
          text={text}
          onMode={onMode}
          onText={(next) => {
            setText(next);
            onTyping(next !== "");
          }}
          onSubmit={submit}
        />
      )}
    </div>
  );
}

type Draft = NonNullable<Conversation["draft"]>;

/** What began as the bot's draft stays one, however it was corrected. */
const asDraft = (draft: Draft | undefined): Pick<Outgoing, "isDraft" | "draftId"> =>
  draft ? { isDraft: true, ...(draft.id && { draftId: draft.id }) } : {};

/** Each thread and mode keeps what was begun in it, also while another thread is open. */
function useUnsent(id: string, mode: Mode) {
  const { slug } = useClinic();
  const [, redraw] = useState(0);
  const setText = (text: string, as: Mode = mode) => {
    keepUnsent(slug, id, as, text);
    redraw((count) => count + 1);
  };
  return { text: unsentOf(slug, id, mode), setText, discard: () => setText("") };
}

const Answered = z.object({ what: z.literal("answered") });
const Replaced = z.object({ what: z.literal("draft") });

/** Sends; when a colleague has answered meanwhile, asks first. */
function useSend({ reply, newestId, onMode }: Pick<ComposerProps, "reply" | "newestId" | "onMode">) {
  const t = useTranslations("inbox.composer");
  const words = useErrorWords();
  return (out: Outgoing, refused?: () => void, done?: () => void) => {
    const dispatch = (seenId: string | undefined) =>
      reply.mutate(
        { ...out, seenId },
        {
          onSuccess: done,
          onError: (error) => {
            refused?.();
            onMode("reply");
            if (error instanceof ApiError && error.code === "CONFLICT" && Answered.safeParse(error.details).success)
              toast.warning(t("answered"), { action: { label: t("sendAnyway"), onClick: () => dispatch(undefined) } });
            else if (error instanceof ApiError && Replaced.safeParse(error.details).success)
              toast.warning(t("draftReplaced"));
            else toast.error(words(error));
          },
        },
      );
    dispatch(newestId);
  };
}

function BotNote({ isAsked, onTakeOver }: { isAsked: boolean; onTakeOver: () => void }) {
  const t = useTranslations("inbox.composer");
  return (
    <div className="flex items-center gap-2.5 px-3 pt-2.5">
      <BotIcon aria-hidden className="size-4 shrink-0 text-primary-text" />
      <p className="min-w-0 flex-1 text-xs text-muted-foreground">{t(isAsked ? "asked" : "bot")}</p>
      <Button size="sm" variant={isAsked ? "primary" : "outline"} onClick={onTakeOver}>
        {t("takeOver")}
      </Button>
    </div>
  );
}

function Closed({ onReopen, onNote }: { onReopen: () => void; onNote: () => void }) {
  const t = useTranslations("inbox.composer");
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 py-3">
      <p className="min-w-0 flex-1 text-sm text-muted-foreground">{t("closed")}</p>
      <Button variant="ghost" onClick={onNote}>
        {t("note")}
      </Button>
      <Button onClick={onReopen}>{t("reopen")}</Button>
    </div>
  );
}
