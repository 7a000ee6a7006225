"use client";
import { useQuery } from "@tanstack/react-query";
import { CheckIcon, UserRoundPlusIcon, UserRoundXIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
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
import type { Act } from "./acts";
import { assigneesQuery } from "./desk-queries";
import { useMe } from "./me";
import type { Conversation } from "./queries";

/** Who looks after a thread. The one who reads stands first. */
export function AssignMenu({ conversation, onAct }: { conversation: Conversation; onAct: (act: Act) => void }) {
  const t = useTranslations("inbox");
  const me = useMe();
  const { slug } = useClinic();
  const [isOpen, setOpen] = useState(false);
  const { assignee } = conversation;
  const colleagues = useQuery({ ...assigneesQuery(slug), enabled: isOpen }).data ?? [];
  const people = [me, ...colleagues.filter((one) => one.id !== me.id)];
  const give = (to: { id: string; name: string } | null) =>
    onAct({ act: "assign", to, expectedId: assignee?.id ?? null });
  const label = assignee ? t("assignedTo", { name: assignee.name ?? t("formerMember") }) : t("assign");
  return (
    <DropdownMenu open={isOpen} onOpenChange={setOpen}>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={label} title={label}>
          {assignee ? (
            <Avatar name={assignee.name ?? "?"} className="size-6 text-2xs" />
          ) : (
            <UserRoundPlusIcon aria-hidden />
          )}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>{t("assign")}</DropdownMenuLabel>
        {people.map((one) => (
          <DropdownMenuItem key={one.id} onSelect={() => give(one)}>
            <Avatar name={one.name} className="size-5 text-2xs" />
            <bdi>{one.id === me.id ? t("you", { name: one.name }) : one.name}</bdi>
            {assignee?.id === one.id && <CheckIcon aria-hidden className="ms-auto" />}
          </DropdownMenuItem>
        ))}
        {assignee && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem onSelect={() => give(null)}>
              <UserRoundXIcon aria-hidden />
              {t("unassign")}
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
