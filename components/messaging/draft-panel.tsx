"use client";
import { PencilLineIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useToastError } from "@/components/shared/error-words";
import { Button } from "@/components/ui/button";
import type { Conversation } from "./queries";
import { useDiscardDraft } from "./replies";

interface DraftPanelProps {
  conversation: Conversation;
  onSend: (draft: NonNullable<Conversation["draft"]>) => void;
  onEdit: (draft: NonNullable<Conversation["draft"]>) => void;
}

/** What the bot would answer, where its channel leaves the sending to staff. */
export function DraftPanel({ conversation, onSend, onEdit }: DraftPanelProps) {
  const t = useTranslations("inbox.draft");
  const discard = useDiscardDraft(conversation.id);
  const toastError = useToastError();
  const { draft } = conversation;
  if (!draft) return null;
  return (
    <section aria-label={t("title")} className="m-3 mb-0 rounded-lg border border-violet/30 bg-violet-soft p-3">
      <h3 className="mb-1 flex items-center gap-1.5 text-xs font-medium text-violet">
        <PencilLineIcon aria-hidden className="size-3.5" />
        {t("title")}
      </h3>
      <p dir="auto" className="max-h-40 overflow-y-auto text-sm wrap-anywhere whitespace-pre-wrap">
        {draft.text}
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button variant="primary" size="sm" onClick={() => onSend(draft)}>
          {t("send")}
        </Button>
        <Button size="sm" onClick={() => onEdit(draft)}>
          {t("edit")}
        </Button>
        <Button
          variant="ghost"
          size="sm"
          disabled={discard.isPending}
          onClick={() => discard.mutate(undefined, { onError: toastError })}
        >
          {t("discard")}
        </Button>
      </div>
    </section>
  );
}
