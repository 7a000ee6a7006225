"use client";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { useSingleKeys } from "@/components/shared/keys";
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { Switch } from "@/components/ui/switch";

const SHORTCUTS = {
  anywhere: [
    ["palette", "Ctrl K"],
    ["search", "/"],
    ["dashboard", "D"],
    ["inbox", "I"],
    ["tasks", "T"],
    ["calendar", "C"],
    ["patients", "P"],
    ["simulator", "S"],
    ["help", "?"],
  ],
  inbox: [
    ["next", "J"],
    ["previous", "K"],
    ["reply", "R"],
    ["note", "N"],
    ["takeOver", "T"],
    ["assignMe", "A"],
    ["snoozeThread", "S"],
    ["closeThread", "E"],
    ["searchList", "/"],
  ],
  tasks: [
    ["nextTask", "J"],
    ["previousTask", "K"],
    ["openTask", "↵"],
    ["doneTask", "E"],
    ["takeTask", "A"],
    ["newTask", "N"],
  ],
  patients: [["newPatient", "N"]],
  calendar: [
    ["today", "T"],
    ["dayBefore", "←"],
    ["dayAfter", "→"],
    ["dayView", "D"],
    ["weekView", "W"],
    ["listView", "L"],
    ["newVisit", "N"],
    ["nextCard", "↑ ↓ ← →"],
    ["openCard", "↵"],
    ["moveCard", "M"],
  ],
} as const;

interface ShortcutsDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

export function ShortcutsDialog({ isOpen, onOpenChange }: ShortcutsDialogProps) {
  const t = useTranslations("nav.keys");
  const [isOn, turn] = useSingleKeys();
  const switchId = useId();
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{t("title")}</DialogTitle>
          <DialogDescription>{t("description")}</DialogDescription>
        </DialogHeader>
        <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
          <div className="grid content-start gap-4">
            <Group group="anywhere" />
            <Group group="calendar" />
            <Group group="patients" />
          </div>
          <div className="grid content-start gap-4">
            <Group group="inbox" />
            <Group group="tasks" />
          </div>
        </div>
        <div className="flex items-center justify-between gap-4 border-t pt-4">
          <label htmlFor={switchId} className="text-sm">
            {t("toggle")}
          </label>
          <Switch id={switchId} checked={isOn} onCheckedChange={turn} />
        </div>
      </DialogContent>
    </Dialog>
  );
}

function Group({ group }: { group: keyof typeof SHORTCUTS }) {
  const t = useTranslations("nav.keys");
  return (
    <section>
      <h3 className="mb-1 text-xs font-medium text-muted-foreground">{t(`groups.${group}`)}</h3>
      <dl>
        {SHORTCUTS[group].map(([name, keys]) => (
          <div key={name} className="flex h-7 items-center justify-between gap-4">
            <dt>{t(name)}</dt>
            <dd>
              <Kbd>{keys}</Kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
