"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNow, useTranslations } from "next-intl";
import { messagesQuery } from "@/components/messaging/queries";
import { useClinic } from "@/components/shared/clinic-context";

const DOTS = ["", "[animation-delay:150ms]", "[animation-delay:300ms]"];
/** Past this nothing is coming: staff hold the thread, or the bot is off. */
const PATIENCE_MS = 20_000;

/** Shown while the last word is the patient's and the bot may still answer. */
export function Typing({ conversationId, isSending }: { conversationId: string; isSending: boolean }) {
  const t = useTranslations("simulator");
  const { slug } = useClinic();
  const last = useInfiniteQuery(messagesQuery(slug, conversationId)).data?.at(-1);
  const now = useNow({ updateInterval: 1_000 });
  const isAwaited = last?.direction === "inbound" && now.getTime() - Date.parse(last.at) < PATIENCE_MS;
  if (!isAwaited && !isSending) return null;
  return (
    <li
      role="status"
      className="mt-2 flex w-fit items-center gap-1 self-start rounded-xl rounded-es-sm bg-primary-soft px-4 py-3"
    >
      <span className="sr-only">{t("typing")}</span>
      {DOTS.map((delay) => (
        <span key={delay} aria-hidden className={`size-1.5 animate-pulse rounded-full bg-primary-text ${delay}`} />
      ))}
    </li>
  );
}
