"use client";
import {
  BellOffIcon,
  BellRingIcon,
  CalendarClockIcon,
  CircleCheckIcon,
  ListTodoIcon,
  StickyNoteIcon,
} from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import { ChannelIcon, ChannelName } from "@/components/messaging/channel-icon";
import { useClinic } from "@/components/shared/clinic-context";
import { Badge } from "@/components/ui/badge";
import { useConsentName, useHow } from "./consent-words";
import { ChangeEntry } from "./timeline-change";
import type { EntryOf, TimelineEntry } from "./timeline-entry-schema";
import { Line } from "./timeline-line";
import { VisitEntry } from "./timeline-visit";

interface EntryProps {
  entry: TimelineEntry;
  patientId: string;
  mayWrite: boolean;
}

/** One thing that happened. */
export function Entry({ entry, patientId, mayWrite }: EntryProps) {
  switch (entry.kind) {
    case "messages":
      return <MessagesEntry entry={entry} />;
    case "visits":
      return <VisitEntry entry={entry} />;
    case "consents":
      return <ConsentEntry entry={entry} />;
    case "tasks":
      return <TaskEntry entry={entry} />;
    case "notes":
      return <NoteEntry entry={entry} />;
    case "changes":
      return <ChangeEntry entry={entry} patientId={patientId} mayWrite={mayWrite} />;
  }
}

const SENDERS = ["patient", "bot", "staff", "system"] as const;

function MessagesEntry({ entry }: { entry: EntryOf<"messages"> }) {
  const t = useTranslations("patients.timeline");
  return (
    <Line
      icon={<ChannelIcon kind={entry.channel_kind} />}
      tone="bg-info-soft text-info"
      at={entry.at}
      title={
        <span className="font-medium">
          {t.rich("messagesRich", { count: entry.count, channel: () => <ChannelName kind={entry.channel_kind} /> })}
        </span>
      }
    >
      <ul className="grid gap-1 rounded-md bg-muted/60 px-3 py-2 text-sm">
        {entry.last.toReversed().map((message, at) => (
          <li key={at} className="flex min-w-0 gap-2">
            <span className="shrink-0 text-xs leading-5 text-muted-foreground">
              {t(`senders.${SENDERS.find((one) => one === message.sender) ?? "system"}`)}
            </span>
            <bdi className="line-clamp-2 min-w-0 break-words">{message.text}</bdi>
          </li>
        ))}
      </ul>
      <ConversationLink id={entry.conversation_id} />
    </Line>
  );
}

function ConversationLink({ id }: { id: string }) {
  const t = useTranslations("patients.timeline");
  const { slug } = useClinic();
  return (
    <Link
      href={`/c/${slug}/inbox?${new URLSearchParams({ id })}`}
      className="w-fit text-xs font-medium text-primary-text hover:underline"
    >
      {t("openConversation")}
    </Link>
  );
}

function ConsentEntry({ entry }: { entry: EntryOf<"consents"> }) {
  const t = useTranslations("patients.timeline");
  const format = useFormatter();
  const nameOf = useConsentName();
  const how = useHow();
  const isIn = entry.state === "in";
  const what = format.list(entry.what.map(nameOf), { type: "conjunction" });
  return (
    <Line
      icon={isIn ? BellRingIcon : BellOffIcon}
      tone={isIn ? "bg-success-soft text-success" : "bg-danger-soft text-danger"}
      at={entry.at}
      title={<span className="font-medium">{isIn ? t("consentIn", { what }) : t("consentOut", { what })}</span>}
      by={entry.actor ? t("by", { name: entry.actor }) : undefined}
    >
      <p className="text-xs text-muted-foreground">
        {how(entry.how)} · <bdi dir="ltr">{entry.contact}</bdi>
      </p>
      {entry.words && (
        <blockquote className="rounded-md border-s-2 bg-muted/60 px-3 py-1.5 text-sm">
          <bdi>{entry.words}</bdi>
        </blockquote>
      )}
      {entry.conversation_id && <ConversationLink id={entry.conversation_id} />}
    </Line>
  );
}

const REASONS = [
  ...(["handoff", "emergency", "visit_or_stop", "phone_after_stop", "question", "as_agreed", "unanswered"] as const),
  ...(["send_unknown", "send_failed", "channel_broken", "other"] as const),
] as const;

function TaskEntry({ entry }: { entry: EntryOf<"tasks"> }) {
  const t = useTranslations("patients.timeline");
  const reason = REASONS.find((known) => known === entry.reason) ?? "other";
  const isDone = entry.done_at !== null;
  return (
    <Line
      icon={ListTodoIcon}
      tone={isDone ? undefined : "bg-warning-soft text-warning"}
      at={entry.at}
      title={<span className="font-medium">{entry.note ? <bdi>{entry.note}</bdi> : t(`tasks.${reason}`)}</span>}
    >
      <p className="flex items-center gap-2 text-xs text-muted-foreground">
        <Badge tone={isDone ? "success" : "warning"}>
          {isDone ? <CircleCheckIcon aria-hidden /> : <CalendarClockIcon aria-hidden />}
          {isDone ? t("taskDone") : t("taskOpen")}
        </Badge>
        {entry.done_by && t("by", { name: entry.done_by })}
      </p>
    </Line>
  );
}

function NoteEntry({ entry }: { entry: EntryOf<"notes"> }) {
  const t = useTranslations("patients.timeline");
  return (
    <Line
      icon={StickyNoteIcon}
      tone="bg-warning-soft text-warning"
      at={entry.at}
      title={<span className="font-medium">{t("note")}</span>}
      by={entry.author ? t("by", { name: entry.author }) : undefined}
    >
      <p dir="auto" className="text-sm break-words whitespace-pre-wrap">
        {entry.text}
      </p>
    </Line>
  );
}
