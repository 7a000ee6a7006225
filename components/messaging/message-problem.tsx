"use client";
import { CircleHelpIcon, RotateCwIcon, ShieldOffIcon, TriangleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useClinic } from "@/components/shared/clinic-context";
import { useToastError } from "@/components/shared/error-words";
import { may } from "@/lib/identity/permissions";
import type { Message } from "./queries";
import { useSendAgain } from "./replies";

/** Why a message didn't reach the patient, or perhaps didn't, and the way to send it again. */
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
