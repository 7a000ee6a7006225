"use client";
import {
  CalendarCheckIcon,
  CircleHelpIcon,
  HandIcon,
  type LucideIcon,
  PartyPopperIcon,
  PhoneIcon,
  SirenIcon,
  SquareCheckIcon,
} from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import Link from "next/link";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import type { Dashboard, Task } from "./queries";

const REASONS = {
  emergency: SirenIcon,
  handoff: HandIcon,
  question: CircleHelpIcon,
  as_agreed: CalendarCheckIcon,
  visit_or_stop: PhoneIcon,
  phone_after_stop: PhoneIcon,
} as const satisfies Record<string, LucideIcon>;

const isKnown = (reason: string): reason is keyof typeof REASONS => Object.hasOwn(REASONS, reason);

/** What staff must do, the oldest first. */
export function Tasks({ tasks }: Pick<Dashboard, "tasks">) {
  const t = useTranslations("dashboard.tasks");
  const { slug } = useClinic();
  return (
    <Card aria-labelledby="tasks">
      <CardHeader>
        <CardTitle id="tasks">{t("title")}</CardTitle>
        {tasks.open > 0 && <Badge tone="danger">{t("open", { count: tasks.open })}</Badge>}
        <Link
          href={`/c/${slug}/tasks`}
          className="ms-auto text-xs font-medium text-primary-text underline-offset-4 hover:underline"
        >
          {t("all")}
        </Link>
      </CardHeader>
      {tasks.items.length === 0 ? (
        <EmptyState icon={PartyPopperIcon} title={t("empty")} text={t("emptyText")} />
      ) : (
        <ul className="divide-y">
          {tasks.items.map((task) => (
            <TaskRow key={task.id} task={task} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function TaskRow({ task }: { task: Task }) {
  const t = useTranslations("dashboard.tasks");
  const format = useFormatter();
  const now = useNow();
  const { slug } = useClinic();
  const Icon = isKnown(task.reason) ? REASONS[task.reason] : SquareCheckIcon;
  const isEmergency = task.reason === "emergency";
  const content = (
    <>
      <span
        className={cn(
          "flex size-7 shrink-0 items-center justify-center rounded-md bg-muted text-muted-foreground",
          isEmergency && "bg-danger-soft text-danger",
        )}
      >
        <Icon aria-hidden className="size-4" />
      </span>
      <span className="min-w-0 flex-1">
        <span className={cn("block truncate font-medium", isEmergency && "text-danger")}>
          {isKnown(task.reason) ? t(`reasons.${task.reason}`) : t("other")}
        </span>
        <span className="block truncate text-xs text-muted-foreground">
          <bdi>{task.patient?.name ?? t("someone")}</bdi> · {format.relativeTime(new Date(task.created_at), now)}
        </span>
      </span>
    </>
  );
  const row = "flex items-center gap-3 px-4 py-2.5";
  return (
    <li>
      {task.conversation_id ? (
        <Link
          href={`/c/${slug}/inbox?id=${task.conversation_id}`}
          className={cn(row, "-outline-offset-2 transition-colors hover:bg-muted")}
        >
          {content}
        </Link>
      ) : (
        <div className={row}>{content}</div>
      )}
    </li>
  );
}
