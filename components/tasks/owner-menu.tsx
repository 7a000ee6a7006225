"use client";
import { useQuery } from "@tanstack/react-query";
import { CheckIcon, UserRoundXIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { assigneesQuery } from "@/components/messaging/desk-queries";
import { useMe } from "@/components/messaging/me";
import { useClinic } from "@/components/shared/clinic-context";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { TaskItem } from "@/lib/messaging/tasks/schema";
import type { Act } from "./acts";

interface OwnerMenuProps {
  task: TaskItem;
  mayAct: boolean;
  onAct: (act: Act) => void;
}

/** Whose a task is: nobody's is taken by one press, anybody's is given on. */
export function OwnerMenu({ task, mayAct, onAct }: OwnerMenuProps) {
  const t = useTranslations("tasks");
  const inbox = useTranslations("inbox");
  const me = useMe();
  const { slug } = useClinic();
  const [isOpen, setOpen] = useState(false);
  const colleagues = useQuery({ ...assigneesQuery(slug), enabled: isOpen }).data ?? [];
  const name = task.assignee_name ?? inbox("formerMember");
  if (!mayAct)
    return (
      task.assignee_id && (
        <span className="flex items-center gap-1.5 px-2 text-xs text-muted-foreground">
          <Avatar name={name} className="size-5 text-2xs" />
          <bdi className="max-w-24 truncate">{name}</bdi>
        </span>
      )
    );
  if (!task.assignee_id)
    return (
      <Button size="sm" aria-keyshortcuts="A" onClick={() => onAct({ act: "assign", to: me })}>
        {t("take")}
      </Button>
    );
  const people = [me, ...colleagues.filter((one) => one.id !== me.id)];
  return (
    <DropdownMenu open={isOpen} onOpenChange={setOpen}>
      <DropdownMenuTrigger asChild>
        <Button
          variant="ghost"
          size="sm"
          aria-label={inbox("assignedTo", { name })}
          title={inbox("assignedTo", { name })}
        >
          <Avatar name={name} className="size-5 text-2xs" />
          <bdi className="max-w-24 truncate">{task.assignee_id === me.id ? t("me") : name}</bdi>
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>{inbox("assign")}</DropdownMenuLabel>
        {people.map((one) => (
          <DropdownMenuItem key={one.id} onSelect={() => onAct({ act: "assign", to: one })}>
            <Avatar name={one.name} className="size-5 text-2xs" />
            <bdi>{one.id === me.id ? inbox("you", { name: one.name }) : one.name}</bdi>
            {task.assignee_id === one.id && <CheckIcon aria-hidden className="ms-auto" />}
          </DropdownMenuItem>
        ))}
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => onAct({ act: "assign", to: null })}>
          <UserRoundXIcon aria-hidden />
          {inbox("unassign")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
