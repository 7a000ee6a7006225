"use client";
import { CircleHelpIcon, HourglassIcon, RotateCwIcon, ShieldOffIcon, TriangleAlertIcon } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useClinic } from "@/components/shared/clinic-context";
import { useToastError } from "@/components/shared/error-words";
import { may } from "@/lib/identity/permissions";
import type { Message } from "./queries";
import { useSendAgain } from "./replies";

/** Why a message waits, didn't reach the patient or perhaps didn't, and the way to send it again. */
export function MessageProblem({ conversationId, message }: { conversationId: string; message: Message }) {
  const t = useTranslations("inbox");
  const line = "flex max-w-[85%] items-start gap-1.5 text-xs [&_svg]:mt-px [&_svg]:size-3.5 [&_svg]:shrink-0";
  if (message.status === "suppressed") {
    const reason = `suppressed.${message.suppressed_reason ?? "other"}`;
    return (
      <span className={`${line} text-warning`}>
        <ShieldOffIcon aria-hidden />
        {isKnown(t, reason) ? t(reason) : t("suppressed.other")}
      </span>
    );
  }
  if (message.waiting) return <Wait waiting={message.waiting} className={`${line} text-muted-foreground`} />;
  if (message.status !== "failed" && message.status !== "unknown") return null;
  const isUnknown = message.status === "unknown";
  return (
    <span className={`${line} ${isUnknown ? "text-muted-foreground" : "text-danger"}`}>
      {isUnknown ? <CircleHelpIcon aria-hidden /> : <TriangleAlertIcon aria-hidden />}
      {isUnknown ? t("unknownSend") : message.failure?.words || t("failed")}
      {message.stuck_outbox_id && <SendAgain conversationId={conversationId} outboxId={message.stuck_outbox_id} />}
    </span>
  );
}

const DAY_MS = 86_400_000;

/** Until when, by the clinic's clock: the hour alone where that is today's or the next. */
function Wait({ waiting, className }: { waiting: NonNullable<Message["waiting"]>; className: string }) {
  const t = useTranslations("inbox.waiting");
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  const until = new Date(waiting.until);
  if (until <= now) return null;
  const isFar = until.getTime() - now.getTime() > DAY_MS / 2;
  const day = isFar ? ({ weekday: "short", day: "numeric", month: "short" } as const) : {};
  const when = format.dateTime(until, { ...day, hour: "numeric", minute: "2-digit" });
  const reason = WAITING.find((one) => one === waiting.reason) ?? "turn";
  return (
    <span className={className}>
      <HourglassIcon aria-hidden />
      {t("until", { why: t(reason), when })}
    </span>
  );
}

const WAITING = ["planned", "quiet_hours", "paced", "cap", "down", "retry", "turn"] as const;

type Words = ReturnType<typeof useTranslations<"inbox">>;
/** A reason of the gate that has words; a new one is told in general. */
const isKnown = (t: Words, key: string): key is "suppressed.other" => t.has(key as "suppressed.other"); // the named cast: keys are checked by `has`

function SendAgain({ conversationId, outboxId }: { conversationId: string; outboxId: string }) {
  const t = useTranslations("inbox");
  const { role } = useClinic();
  const again = useSendAgain(conversationId);
  const toastError = useToastError();
  if (!may(role, "conversation.reply")) return null;
  return (
    <button
      type="button"
      disabled={again.isPending}
      onClick={() => again.mutate(outboxId, { onError: toastError })}
      className="flex shrink-0 items-center gap-1 rounded-xs font-medium text-primary-text underline-offset-2 hover:underline disabled:opacity-50 pointer-coarse:py-2"
    >
      <RotateCwIcon aria-hidden />
      {t("sendAgain")}
    </button>
  );
}
