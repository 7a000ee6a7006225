"use client";
import { useQuery } from "@tanstack/react-query";
import { ArrowLeftRightIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { isolate } from "@/components/i18n/isolate";
import { Alert } from "@/components/shared/alert";
import { useClinic } from "@/components/shared/clinic-context";
import { ErrorState } from "@/components/shared/error-state";
import { useErrorWords, useToastError } from "@/components/shared/error-words";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { MERGE_FIELDS, type MergeField, type PatientDetail } from "@/lib/patients/schema";
import { MergeFields } from "./merge-fields";
import { MergeSearch } from "./merge-search";
import { patientQuery, useMerge, useUndoMerge } from "./queries";

interface MergeDialogProps {
  patient: PatientDetail;
  otherId: string | undefined;
  onClose: () => void;
  onMerged: (keptId: string) => void;
}

/** Two records side by side: which one goes on, which values stay, and what that means, before it is done. */
export function MergeDialog({ patient, otherId: given, onClose, onMerged }: MergeDialogProps) {
  const t = useTranslations("patients.merge");
  const { slug } = useClinic();
  const [otherId, setOtherId] = useState(given);
  const other = useQuery({ ...patientQuery(slug, otherId ?? ""), enabled: otherId !== undefined });
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent aria-describedby={undefined} className="top-[6vh] max-h-[88vh] max-w-2xl">
        <DialogHeader>
          <DialogTitle>{t("title")}</DialogTitle>
        </DialogHeader>
        {otherId === undefined && <MergeSearch patient={patient} onChoose={setOtherId} />}
        {otherId !== undefined && other.isPending && <Skeleton className="h-64" />}
        {otherId !== undefined && other.isError && <ErrorState error={other.error} />}
        {otherId !== undefined && other.data && (
          <Comparison
            pair={[patient, other.data]}
            onBack={() => setOtherId(undefined)}
            onDone={(keptId) => {
              onClose();
              onMerged(keptId);
            }}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}

interface ComparisonProps {
  pair: [PatientDetail, PatientDetail];
  onBack: () => void;
  onDone: (keptId: string) => void;
}

/** What stays where nobody chooses: the kept record's value, or the other's where it has none. */
const defaultTake = (kept: PatientDetail, other: PatientDetail): MergeField[] =>
  MERGE_FIELDS.filter((field) => kept[field] === null && other[field] !== null);

function Comparison({ pair, onBack, onDone }: ComparisonProps) {
  const t = useTranslations("patients.merge");
  const words = useErrorWords();
  const [[kept, other], setPair] = useState(pair);
  const [take, setTake] = useState(defaultTake(kept, other));
  const { merge, undoable } = useMergeWithUndo(kept, other);
  const turn = () => {
    setPair([other, kept]);
    setTake(defaultTake(other, kept));
  };
  const { visits, notes, tasks } = other.counts;
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        merge.mutate(
          { id: kept.id, other_id: other.id, take },
          {
            onSuccess: ({ merge_id }) => {
              undoable(merge_id);
              onDone(kept.id);
            },
          },
        );
      }}
    >
      {merge.isError && <Alert>{words(merge.error)}</Alert>}
      <MergeFields kept={kept} other={other} take={take} onTake={setTake} />
      <p className="rounded-md bg-muted px-3 py-2.5 text-sm">
        {t("consequence", { visits, notes, tasks, other: isolate(other.name), kept: isolate(kept.name) })}
      </p>
      <DialogFooter>
        <Button variant="ghost" className="sm:me-auto" onClick={turn}>
          <ArrowLeftRightIcon aria-hidden />
          {t("swap")}
        </Button>
        <Button variant="ghost" onClick={onBack}>
          {t("back")}
        </Button>
        <Button type="submit" variant="primary" disabled={merge.isPending}>
          {t("submit")}
        </Button>
      </DialogFooter>
    </form>
  );
}

function useMergeWithUndo(kept: PatientDetail, other: PatientDetail) {
  const t = useTranslations("patients.merge");
  const common = useTranslations("common");
  const { slug } = useClinic();
  const merge = useMerge(slug);
  const undo = useUndoMerge(slug);
  const onError = useToastError();
  // The dialog has gone by then, and with it what a mutation calls back: the promise stays.
  const takeBack = (merge_id: string) =>
    undo.mutateAsync({ id: kept.id, merge_id }).then(() => void toast.success(t("undone")), onError);
  const undoable = (merge_id: string) =>
    void toast.success(t("done", { other: isolate(other.name), kept: isolate(kept.name) }), {
      duration: 12_000,
      action: { label: common("undo"), onClick: () => void takeBack(merge_id) },
    });
  return { merge, undoable };
}
