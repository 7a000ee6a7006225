"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { KeyboardIcon, LogOutIcon, MoonIcon, SunIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useLogout } from "@/components/identity/queries";
import { patientSearchQuery } from "@/components/patients/queries";
import { useClinic } from "@/components/shared/clinic-context";
import { useDebounced } from "@/components/shared/debounced";
import { useErrorWords } from "@/components/shared/error-words";
import { Avatar } from "@/components/ui/avatar";
import { Command, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Dialog, DialogContent, DialogTitle } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { hrefOf, pagesFor, pathOf } from "./navigation";

interface CommandPaletteProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onHelp: () => void;
}

/** Finds patients, pages and actions from anywhere: Ctrl/⌘ K. */
export function CommandPalette({ isOpen, onOpenChange, onHelp }: CommandPaletteProps) {
  const t = useTranslations("nav");
  const opening = useOpenings(isOpen);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.code !== "KeyK" || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      onOpenChange(!isOpen);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [isOpen, onOpenChange]);

  const close = () => onOpenChange(false);
  return (
    <>
      <Dialog open={isOpen} onOpenChange={onOpenChange}>
        <DialogContent bare aria-describedby={undefined} className="block max-w-xl overflow-hidden p-0">
          <DialogTitle className="sr-only">{t("palette")}</DialogTitle>
          <Choices key={opening} onHelp={onHelp} close={close} />
        </DialogContent>
      </Dialog>
    </>
  );
}

/** Counts openings: one that comes while the last is still fading must not take over its selection. */
function useOpenings(isOpen: boolean): number {
  const [seen, setSeen] = useState({ isOpen, openings: 0 });
  if (seen.isOpen !== isOpen) setSeen({ isOpen, openings: seen.openings + (isOpen ? 1 : 0) });
  return seen.openings;
}

interface ChoicesProps {
  onHelp: () => void;
  close: () => void;
}

function Choices({ onHelp, close }: ChoicesProps) {
  const t = useTranslations("nav");
  const { slug, role } = useClinic();
  const [text, setText] = useState("");
  const patients = usePatientsNamed(text);
  const router = useRouter();
  const matches = (label: string) => label.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase());
  const run = (act: () => void) => () => {
    close();
    act();
  };
  const pages = pagesFor(role).filter(({ page }) => matches(t(page)));
  const actions = useActions(onHelp).filter(({ label }) => matches(label));

  return (
    <Command shouldFilter={false} loop label={t("palette")}>
      <CommandInput autoFocus value={text} onValueChange={setText} placeholder={t("palettePlaceholder")} />
      <CommandList>
        {patients.found.length > 0 && (
          <CommandGroup heading={t("patients")}>
            {patients.found.map((patient) => (
              <CommandItem
                key={patient.id}
                value={patient.id}
                onSelect={run(() => router.push(`${pathOf(slug, "patients")}/${patient.id}`))}
              >
                <Avatar name={patient.name} className="size-6 text-2xs" />
                <span className="min-w-0 flex-1 truncate">{patient.name}</span>
                <bdi className="text-xs text-muted-foreground">{patient.phone}</bdi>
              </CommandItem>
            ))}
          </CommandGroup>
        )}
        {pages.length > 0 && (
          <CommandGroup heading={t("pages")}>
            {pages.map(({ page, icon: Icon, key }) => (
              <CommandItem key={page} value={page} onSelect={run(() => router.push(hrefOf(slug, page, role)))}>
                <Icon aria-hidden />
                <span className="flex-1">{t(page)}</span>
                {key && <Kbd>{key.toUpperCase()}</Kbd>}
              </CommandItem>
            ))}
          </CommandGroup>
        )}
        {actions.length > 0 && (
          <CommandGroup heading={t("actions")}>
            {actions.map(({ label, icon: Icon, act }) => (
              <CommandItem key={label} value={label} onSelect={run(act)}>
                <Icon aria-hidden />
                {label}
              </CommandItem>
            ))}
          </CommandGroup>
        )}
        {patients.problem && <p className="px-3 py-4 text-sm text-muted-foreground">{patients.problem}</p>}
        {!patients.problem && patients.found.length + pages.length + actions.length === 0 && (
          <p role="status" className="px-3 py-8 text-center text-sm text-muted-foreground">
            {patients.isAsking ? t("searching") : t("nothingFound", { text })}
          </p>
        )}
      </CommandList>
    </Command>
  );
}

function usePatientsNamed(text: string) {
  const { slug } = useClinic();
  const words = useErrorWords();
  const q = useDebounced(text.trim());
  const patients = useQuery({ ...patientSearchQuery(slug, q), placeholderData: keepPreviousData });
  return {
    found: q.length >= 2 ? (patients.data?.items ?? []) : [],
    isAsking: patients.isFetching || q !== text.trim(),
    problem: patients.isError ? words(patients.error) : undefined,
  };
}

function useActions(onHelp: () => void) {
  const t = useTranslations("nav");
  const { resolvedTheme, setTheme } = useTheme();
  const logout = useLogout();
  const other = resolvedTheme === "dark" ? "light" : "dark";
  return [
    { label: t(`turn.${other}`), icon: other === "dark" ? MoonIcon : SunIcon, act: () => setTheme(other) },
    { label: t("shortcuts"), icon: KeyboardIcon, act: onHelp },
    { label: t("logout"), icon: LogOutIcon, act: () => logout.mutate() },
  ];
}
