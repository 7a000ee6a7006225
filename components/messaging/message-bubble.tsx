"use client";
import { PaperclipIcon, ShieldOffIcon, TriangleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/shared/local-time";
import { cn } from "@/components/ui/cn";
import { DeliveryTicks } from "./delivery-ticks";
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
  text: string;
  className?: string;
}

/** The words of one message; each finds its own direction. */
export function Bubble({ kind, text, className }: BubbleProps) {
  return (
    <p
      dir="auto"
      className={cn(
        "max-w-[85%] rounded-xl px-3.5 py-2 text-sm leading-relaxed wrap-anywhere whitespace-pre-wrap sm:max-w-[75%]",
        BUBBLES[kind],
        className,
      )}
    >
      {text}
    </p>
  );
}

interface MessageBubbleProps {
  message: Message;
  side: "clinic" | "patient";
  isFollowing: boolean;
  onExplain?: (turnId: string) => void;
}

export function MessageBubble({ message, side, isFollowing, onExplain }: MessageBubbleProps) {
  const t = useTranslations("inbox");
  const isOwn = (message.direction === "outbound") === (side === "clinic");
  const turnId = message.direction === "outbound" ? message.turn_id : null;
  return (
    <li className={cn("flex flex-col gap-1", isOwn ? "items-end" : "items-start", !isFollowing && "mt-2")}>
      {message.text && <Bubble kind={kindOf(message, side)} text={message.text} />}
      {message.media.length > 0 && (
        <span className="flex items-center gap-1.5 rounded-lg border bg-card px-2.5 py-1.5 text-xs">
          <PaperclipIcon aria-hidden className="size-3.5" />
          {t("attachments", { count: message.media.length })}
        </span>
      )}
      <Problem message={message} />
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

function Sender({ message: { sender } }: { message: Message }) {
  const t = useTranslations("inbox.senders");
  if (sender.type === "patient") return null;
  return (
    <>
      <span>{sender.type === "staff" ? (sender.name ?? t("staff")) : t(sender.type)}</span>
      <span aria-hidden>·</span>
    </>
  );
}

const SUPPRESSIONS = [
  "opted_out",
  "no_consent",
  "staff_hold",
  "bot_off",
  "channel_off",
  "sends_stopped",
  "clinic_suspended",
  "unreachable",
] as const;

/** Why a message didn't reach the patient. */
function Problem({ message }: { message: Message }) {
  const t = useTranslations("inbox");
  if (message.status === "suppressed") {
    const reason = SUPPRESSIONS.find((name) => name === message.suppressed_reason);
    return (
      <span className="flex items-center gap-1.5 text-xs text-warning">
        <ShieldOffIcon aria-hidden className="size-3.5" />
        {reason ? t(`suppressed.${reason}`) : t("suppressed.other")}
      </span>
    );
  }
  if (message.status !== "failed") return null;
  return (
    <span className="flex items-center gap-1.5 text-xs text-danger">
      <TriangleAlertIcon aria-hidden className="size-3.5" />
      {message.failure?.words || t("failed")}
    </span>
  );
}
