"use client";
import {
  AlarmClockIcon,
  AlarmClockOffIcon,
  BotIcon,
  CircleSlashIcon,
  HandIcon,
  type LucideIcon,
  RotateCcwIcon,
  StickyNoteIcon,
  UserRoundIcon,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { isolate } from "@/components/i18n/isolate";
import { LocalTime } from "@/components/shared/local-time";
import type { Aside } from "./queries";

const ICONS = {
  take_over: HandIcon,
  hand_back: BotIcon,
  close: CircleSlashIcon,
  reopen: RotateCcwIcon,
  snooze: AlarmClockIcon,
  wake: AlarmClockOffIcon,
  assign: UserRoundIcon,
} as const satisfies Record<Exclude<Aside["kind"], "note">, LucideIcon>;

/** What staff did or told each other: never sent, and never to be taken for something that was. */
export function AsideLine({ aside: { kind, at, by, text } }: { aside: Aside }) {
  const t = useTranslations("inbox.asides");
  if (kind === "note")
    return (
      <li className="my-1 self-stretch rounded-md border border-dashed border-warning/40 bg-warning-soft px-3 py-2">
        <p className="mb-0.5 flex items-center gap-1.5 text-2xs font-medium text-warning">
          <StickyNoteIcon aria-hidden className="size-3" />
          <span>{t("note")}</span>
          <span aria-hidden>·</span>
          <bdi>{by ?? t("someone")}</bdi>
          <span aria-hidden>·</span>
          <LocalTime at={at} />
        </p>
        <p dir="auto" className="text-sm leading-relaxed wrap-anywhere whitespace-pre-wrap">
          {text}
        </p>
      </li>
    );
  const Icon = ICONS[kind];
  return (
    <li className="my-0.5 flex items-center justify-center gap-1.5 text-center text-2xs text-muted-foreground">
      <Icon aria-hidden className="size-3 shrink-0" />
      <span>{by ? t(kind, { name: isolate(by) }) : t(`${kind}_alone`)}</span>
      <span aria-hidden>·</span>
      <LocalTime at={at} />
    </li>
  );
}
