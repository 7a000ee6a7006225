"use client";
import { LayoutTemplateIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/shared/local-time";
import { cn } from "@/components/ui/cn";
import { DeliveryTicks } from "./delivery-ticks";
import { MediaBubble, MessageExtra } from "./message-media";
import { MessageProblem } from "./message-problem";
import type { Message } from "./queries";

const BUBBLES = {
  other: "self-start rounded-es-sm border bg-card",
  own: "self-end rounded-ee-sm bg-primary text-primary-foreground",
  bot: "self-end rounded-ee-sm bg-primary-soft text-foreground",
  botStart: "self-start rounded-es-sm bg-primary-soft text-foreground",
  staff: "self-end rounded-ee-sm bg-primary text-primary-foreground",
  staffStart: "self-start rounded-es-sm border bg-card",
} as const;

interface BubbleProps {
  kind: keyof typeof BUBBLES;
  /** Of a letter, above its words. */
  subject?: string | undefined;
  text: string;
  className?: string;
}

/** The words of one message; each finds its own direction. */
export function Bubble({ kind, subject, text, className }: BubbleProps) {
  return (
    <p
      dir="auto"
      className={cn(
        "max-w-[85%] rounded-xl px-3.5 py-2 text-sm leading-relaxed wrap-anywhere whitespace-pre-wrap sm:max-w-[75%]",
        BUBBLES[kind],
        className,
      )}
    >
      {subject && (
        <strong dir="auto" className="block pb-1 font-semibold">
          {subject}
        </strong>
      )}
      {text}
    </p>
  );
}

interface MessageBubbleProps {
  conversationId: string;
  message: Message;
  side: "clinic" | "patient";
  isFollowing: boolean;
  onExplain?: (turnId: string) => void;
}

export function MessageBubble({ conversationId, message, side, isFollowing, onExplain }: MessageBubbleProps) {
  const t = useTranslations("inbox");
  const isOwn = (message.direction === "outbound") === (side === "clinic");
  const turnId = message.direction === "outbound" ? message.turn_id : null;
  const { text, kind, payload } = message;
  return (
    <li
      className={cn(
        "flex flex-col gap-1 [content-visibility:auto]",
        isOwn ? "items-end" : "items-start",
        !isFollowing && "mt-2",
      )}
    >
      {payload?.template && (
        <span className="flex items-center gap-1 px-1 text-2xs text-muted-foreground">
          <LayoutTemplateIcon aria-hidden className="size-3" />
          {t("templateLabel", { name: payload.template.name })}
        </span>
      )}
      {message.media.map((media, at) => (
        <MediaBubble key={media.id ?? at} media={media} />
      ))}
      {text && kind !== "reaction" && <Bubble kind={kindOf(message, side)} subject={payload?.subject} text={text} />}
      <MessageExtra message={message} />
      <MessageProblem conversationId={conversationId} message={message} />
      <span className="flex items-center gap-1.5 px-1 text-2xs text-muted-foreground">
        <Sender message={message} />
        <LocalTime at={message.at} />
        {isOwn && side === "clinic" && <DeliveryTicks status={message.status} />}
        {turnId && onExplain && (
          <button
            type="button"
            onClick={() => onExplain(turnId)}
            className="rounded-xs font-medium text-primary-text underline-offset-2 hover:underline pointer-coarse:py-2"
          >
            {t("why")}
          </button>
        )}
      </span>
    </li>
  );
}

function kindOf({ sender }: Message, side: "clinic" | "patient"): keyof typeof BUBBLES {
  if (side === "clinic") return sender.type === "patient" ? "other" : sender.type === "staff" ? "staff" : "bot";
  return sender.type === "patient" ? "own" : sender.type === "staff" ? "staffStart" : "botStart";
}

function Sender({ message: { sender, turn_id: turnId } }: { message: Message }) {
  const t = useTranslations("inbox.senders");
  const draft = useTranslations("inbox.draft");
  if (sender.type === "patient") return null;
  return (
    <>
      <span>{sender.type === "staff" ? (sender.name ?? t("staff")) : t(sender.type)}</span>
      {sender.type === "staff" && turnId && <span>{draft("sent")}</span>}
      <span aria-hidden>·</span>
    </>
  );
}
