"use client";
import { useQuery } from "@tanstack/react-query";
import { SettingsIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Kbd } from "@/components/ui/kbd";
import { localeOf } from "@/lib/core/locales";
import { fillCanned, matchCanned, replaceShortcut, shortcutAt } from "./canned-text";
import { type CannedReply, cannedQuery } from "./desk-queries";
import { useMe } from "./me";
import type { Conversation } from "./queries";

const CannedDialog = dynamic(() => import("./canned-dialog").then((module) => module.CannedDialog));

export interface CannedMenuHandle {
  /** Whether the list took the key. */
  onKeyDown: (event: KeyboardEvent) => boolean;
}

interface CannedMenuProps {
  ref: Ref<CannedMenuHandle>;
  conversation: Conversation;
  text: string;
  onText: (text: string) => void;
  onOpenChange: (isOpen: boolean) => void;
}

const MOST_SHOWN = 8;

/** The clinic's saved answers, while a slash and a short name are being typed. */
export function CannedMenu({ ref, conversation, text, onText, onOpenChange }: CannedMenuProps) {
  const t = useTranslations("inbox.canned");
  const [isEditing, setEditing] = useState(false);
  const [dismissed, setDismissed] = useState<string>();
  const [chosenAt, setChosenAt] = useState(0);
  const typed = shortcutAt(text);
  const isOpen = typed !== undefined && dismissed !== text;
  const found = useFound(conversation, isOpen ? typed : undefined);
  const at = Math.min(chosenAt, Math.max(0, found.length - 1));
  const fill = useFill(conversation);
  useEffect(() => onOpenChange(isOpen), [isOpen, onOpenChange]);

  const insert = (one: CannedReply) => {
    onText(replaceShortcut(text, fill(one.text)));
    setChosenAt(0);
  };
  useImperativeHandle(ref, () => ({
    onKeyDown: (event) => {
      if (!isOpen) return false;
      const chosen = found[at];
      if (event.key === "Escape") setDismissed(text);
      else if (event.key === "ArrowDown") setChosenAt((at + 1) % Math.max(1, found.length));
      else if (event.key === "ArrowUp") setChosenAt((at + found.length - 1) % Math.max(1, found.length));
      else if ((event.key === "Enter" || event.key === "Tab") && chosen) insert(chosen);
      else return false;
      event.preventDefault();
      return true;
    },
  }));

  return (
    <>
      {isOpen && (
        <div className="absolute inset-x-3 bottom-full z-20 mb-1 overflow-hidden rounded-lg border bg-popover shadow-float">
          <ul
            id="canned-replies"
            role="listbox"
            aria-label={t("title")}
            className="scroll-slim max-h-72 overflow-y-auto p-1"
          >
            {found.map((one, index) => (
              <li
                key={one.id}
                role="option"
                aria-selected={index === at}
                onPointerDown={(event) => {
                  event.preventDefault(); // the field keeps the focus
                  insert(one);
                }}
                className={cn(
                  "cursor-default rounded-md px-2.5 py-1.5 pointer-coarse:py-3",
                  index === at && "bg-accent",
                )}
              >
                <span className="flex items-baseline gap-2">
                  <Kbd>/{one.shortcut}</Kbd>
                  <span dir="auto" className="min-w-0 flex-1 truncate text-start text-sm text-muted-foreground">
                    {fill(one.text)}
                  </span>
                </span>
              </li>
            ))}
            {found.length === 0 && <li className="px-2.5 py-2 text-sm text-muted-foreground">{t("none")}</li>}
          </ul>
          <div className="flex items-center justify-between border-t px-2 py-1">
            <span className="px-1 text-2xs text-muted-foreground max-md:hidden">{t("hint")}</span>
            <Button variant="ghost" size="sm" className="ms-auto" onClick={() => setEditing(true)}>
              <SettingsIcon aria-hidden />
              {t("edit")}
            </Button>
          </div>
        </div>
      )}
      {isEditing && <CannedDialog onClose={() => setEditing(false)} />}
    </>
  );
}

function useFound({ language }: Conversation, typed: string | undefined): CannedReply[] {
  const { slug } = useClinic();
  const locale = localeOf(useLocale()) ?? "en";
  const all = useQuery({ ...cannedQuery(slug), enabled: typed !== undefined }).data ?? [];
  if (typed === undefined) return [];
  return matchCanned(all, typed, [localeOf(language ?? undefined) ?? locale, locale]).slice(0, MOST_SHOWN);
}

function useFill({ patients }: Conversation): (text: string) => string {
  const { name: clinic } = useClinic();
  const me = useMe();
  const patient = patients.length === 1 ? (patients[0]?.name.split(" ")[0] ?? "") : "";
  return (text) => fillCanned(text, { patient, clinic, me: me.name });
}
