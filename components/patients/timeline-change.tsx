"use client";
import { MergeIcon, PencilLineIcon, Undo2Icon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { toast } from "sonner";
import { isolate } from "@/components/i18n/isolate";
import { useClinic } from "@/components/shared/clinic-context";
import { useToastError } from "@/components/shared/error-words";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { may } from "@/lib/identity/permissions";
import { useUndoMerge } from "./queries";
import { Line } from "./timeline-line";
import type { EntryOf } from "./timeline-entry-schema";
import { useActor } from "./use-actor";

const ACTIONS = {
  "patient.create": "patient_create",
  "contact_point.add": "contact_point_add",
  "contact_point.remove": "contact_point_remove",
  "contact_point.change": "contact_point_change",
  "patient.unmerge": "patient_unmerge",
} as const;
const FIELDS = ["name", "birth_date", "language", "time_zone", "next_follow_up_date", "patient_type"] as const;

const isKnown = (action: string): action is keyof typeof ACTIONS => Object.hasOwn(ACTIONS, action);

interface ChangeEntryProps {
  entry: EntryOf<"changes">;
  patientId: string;
  mayWrite: boolean;
}

/** A change of the record: which fields, never what they were. */
export function ChangeEntry({ entry, patientId, mayWrite }: ChangeEntryProps) {
  const title = useTitle(entry);
  const by = useActor(entry);
  const icon = entry.merge ? MergeIcon : PencilLineIcon;
  return (
    <Line icon={icon} at={entry.at} title={<span className="font-medium">{title}</span>} by={by}>
      {entry.merge && <UndoMerge merge={entry.merge} isHere={mayWrite && entry.merge.kept_id === patientId} />}
    </Line>
  );
}

function useTitle({ action, changed, merge }: EntryOf<"changes">): string {
  const t = useTranslations("patients.timeline");
  const format = useFormatter();
  if (merge) return t("changes.patient_merge", { name: isolate(merge.name) });
  if (action === "patient.update") {
    const fields = changed.map((name) => t(`fields.${FIELDS.find((known) => known === name) ?? "other"}`));
    return t("changes.patient_update", { fields: format.list(fields, { type: "conjunction" }) });
  }
  return t(`changes.${isKnown(action) ? ACTIONS[action] : "other"}`);
}

function UndoMerge({ merge, isHere }: { merge: NonNullable<EntryOf<"changes">["merge"]>; isHere: boolean }) {
  const t = useTranslations("patients");
  const { slug, role } = useClinic();
  const undo = useUndoMerge(slug);
  const onError = useToastError();
  if (merge.undone_at)
    return (
      <Badge className="w-fit">
        <Undo2Icon aria-hidden className="mirror-rtl" />
        {t("timeline.undone")}
      </Badge>
    );
  if (!isHere || !may(role, "patient.write")) return null;
  return (
    <Button
      size="sm"
      className="w-fit"
      disabled={undo.isPending}
      onClick={() =>
        undo.mutate(
          { id: merge.kept_id, merge_id: merge.id },
          { onError, onSuccess: () => void toast.success(t("merge.undone")) },
        )
      }
    >
      <Undo2Icon aria-hidden className="mirror-rtl" />
      {t("timeline.undoMerge")}
    </Button>
  );
}
