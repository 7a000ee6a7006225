import {
  CircleHelpIcon,
  HandIcon,
  HandshakeIcon,
  HourglassIcon,
  type LucideIcon,
  MailQuestionIcon,
  MailXIcon,
  PhoneIcon,
  SirenIcon,
  SquareCheckIcon,
  UnplugIcon,
} from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { TaskKind } from "@/lib/messaging/tasks/schema";

const ICONS: Record<TaskKind, LucideIcon> = {
  emergency: SirenIcon,
  handoff: HandIcon,
  question: CircleHelpIcon,
  visit_or_stop: PhoneIcon,
  phone_after_stop: PhoneIcon,
  as_agreed: HandshakeIcon,
  unanswered: HourglassIcon,
  send_unknown: MailQuestionIcon,
  send_failed: MailXIcon,
  channel_broken: UnplugIcon,
  other: SquareCheckIcon,
};

const isKnown = (kind: string): kind is TaskKind => Object.hasOwn(ICONS, kind);

/** The mark of a kind of task; an emergency looks like one. */
export function TaskKindIcon({ kind, className }: { kind: string; className?: string }) {
  const Icon = isKnown(kind) ? ICONS[kind] : SquareCheckIcon;
  return (
    <span
      className={cn(
        "flex size-7 shrink-0 items-center justify-center rounded-md bg-muted text-muted-foreground",
        kind === "emergency" && "bg-danger-soft text-danger",
        className,
      )}
    >
      <Icon aria-hidden className="size-4" />
    </span>
  );
}
