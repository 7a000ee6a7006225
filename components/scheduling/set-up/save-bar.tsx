"use client";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { OverlappedVisits } from "./overlapped-visits";
import type { Overlapped } from "./queries";

interface SaveBarProps {
  overlapped: Overlapped | undefined;
  /** Why it can't be saved as it is. */
  problem: string | undefined;
  isSaving: boolean;
  maySave: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/** Stays in sight while something is not saved, and says what saving would leave outside the hours. */
export function SaveBar({ overlapped, problem, isSaving, maySave, onSave, onDiscard }: SaveBarProps) {
  const t = useTranslations("setUp.schedule");
  const all = useTranslations("setUp");
  return (
    <div className="sticky bottom-0 z-10 grid gap-3 rounded-b-lg border-t bg-card px-4 py-3">
      {overlapped && (
        <OverlappedVisits overlapped={overlapped} title={t("wouldOverlap", { count: overlapped.total })} />
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p role="status" className="me-auto text-sm text-muted-foreground">
          {problem ?? t("unsaved")}
        </p>
        <Button variant="ghost" onClick={onDiscard}>
          {t("discard")}
        </Button>
        <Button variant="primary" disabled={!maySave || isSaving} onClick={onSave}>
          {all("save")}
        </Button>
      </div>
    </div>
  );
}
