"use client";
import { useNow, useTranslations } from "next-intl";
import type { Message } from "@/components/messaging/queries";

const DOTS = ["", "[animation-delay:150ms]", "[animation-delay:300ms]"];
/** Past this nothing is coming: staff hold the thread, or the bot is off. */
const PATIENCE_MS = 20_000;

/** Shown while the last word is the patient's and the bot may still answer. */
export function Typing({ last, isUnderway }: { last: Message | undefined; isUnderway: boolean }) {
  const t = useTranslations("simulator");
  const now = useNow({ updateInterval: 1_000 });
  const isAwaited = last?.direction === "inbound" && now.getTime() - Date.parse(last.at) < PATIENCE_MS;
  if (!isAwaited && !isUnderway) return null;
  return (
    <li className="mt-2 flex w-fit items-center gap-1 self-start rounded-xl rounded-es-sm bg-primary-soft px-4 py-3">
      <span role="status" className="sr-only">
        {t("typing")}
      </span>
      {DOTS.map((delay) => (
        <span key={delay} aria-hidden className={`size-1.5 animate-pulse rounded-full bg-primary-text ${delay}`} />
      ))}
    </li>
  );
}
