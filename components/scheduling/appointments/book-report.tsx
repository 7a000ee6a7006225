"use client";
import {
  CalendarCheckIcon,
  CircleAlertIcon,
  DownloadIcon,
  InfoIcon,
  type LucideIcon,
  SkipForwardIcon,
  Undo2Icon,
  UserPlusIcon,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { isolate } from "@/components/i18n/isolate";
import { downloadProblems } from "@/components/patients/import-file";
import { useClinic } from "@/components/shared/clinic-context";
import { useToastError } from "@/components/shared/error-words";
import { Field } from "@/components/shared/field";
import { Button } from "@/components/ui/button";
import { DialogFooter } from "@/components/ui/dialog";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import type { BookReport } from "@/lib/scheduling/import-book/schema";
import type { BookChoices } from "./book-columns";
import { BookProblems } from "./book-problems";
import { useUndoImport } from "./queries";

interface BookReportStepProps {
  report: BookReport;
  fileName: string;
  names: BookChoices["names"];
  isBusy: boolean;
  onBack: () => void;
  onNames: (names: BookChoices["names"]) => void;
  onRun: (skipRows: number[]) => void;
  onClose: () => void;
}

/** What a run would do, row by row, with the words that need a choice; or what it did. */
export function BookReportStep(props: BookReportStepProps) {
  const { report, fileName } = props;
  const t = useTranslations("appointments.import");
  const shared = useTranslations("patients.import");
  const counts = [
    { label: t(report.dry_run ? "ready" : "imported"), n: report.ready, icon: CalendarCheckIcon, tone: "text-success" },
    { label: t("newPatients"), n: report.new_patients, icon: UserPlusIcon, tone: "text-info" },
    { label: shared("skipped"), n: report.skipped, icon: SkipForwardIcon, tone: "text-muted-foreground" },
    { label: t("noted"), n: report.noted, icon: InfoIcon, tone: "text-warning" },
    { label: shared("failed"), n: report.failed, icon: CircleAlertIcon, tone: "text-danger" },
  ];
  return (
    <div className="grid min-w-0 gap-4">
      <dl className="grid grid-cols-2 gap-2 sm:grid-cols-5">
        {counts.map((count) => (
          <Count key={count.label} {...count} />
        ))}
      </dl>
      <p role="status" className="text-sm">
        {report.dry_run
          ? t(report.failed > 0 ? "allOrNothing" : "clean", { upcoming: report.upcoming })
          : t("done", { count: report.imported })}
      </p>
      {report.dry_run && report.unknown.length > 0 && <Unknown {...props} />}
      {report.problems.length > 0 && <BookProblems problems={report.problems} />}
      {report.problems_capped && (
        <p className="text-xs text-muted-foreground">{shared("capped", { count: report.problems.length })}</p>
      )}
      <DialogFooter>
        {report.problems.length > 0 && (
          <Button className="sm:me-auto" onClick={() => downloadProblems(report.problems, fileName)}>
            <DownloadIcon aria-hidden />
            {shared("download")}
          </Button>
        )}
        {report.dry_run ? <RunButtons {...props} /> : <DoneButtons {...props} />}
      </DialogFooter>
    </div>
  );
}

function Count({ label, n, icon: Icon, tone }: { label: string; n: number; icon: LucideIcon; tone: string }) {
  return (
    <div className="grid gap-0.5 rounded-md border px-3 py-2">
      <dt className="flex items-center gap-1.5 text-xs text-muted-foreground">
        <Icon aria-hidden className={`size-3.5 shrink-0 ${tone}`} />
        {label}
      </dt>
      <dd className="text-lg font-semibold tabular">{n}</dd>
    </div>
  );
}

/** Words that are no name of the clinic's: whoever knows the old book says what they mean. */
function Unknown({ report, names, isBusy, onNames }: BookReportStepProps) {
  const t = useTranslations("appointments.import");
  const [chosen, setChosen] = useState(names);
  const hasChosen = report.unknown.some(({ column, value }) => chosen[column][value]);
  return (
    <section className="grid gap-3 rounded-md border p-3">
      <h3 className="text-sm font-medium">{t("unknown")}</h3>
      <div className="scroll-slim grid max-h-52 gap-x-4 gap-y-3 overflow-y-auto sm:grid-cols-2">
        {report.unknown.map(({ column, value, rows }) => (
          <Field
            key={`${column} ${value}`}
            label={t("means", { column: t(`columns.${column}`), value: isolate(value) })}
            hint={t("inRows", { count: rows })}
          >
            {(control) => (
              <Select
                value={chosen[column][value] ?? ""}
                onValueChange={(id) => setChosen({ ...chosen, [column]: { ...chosen[column], [value]: id } })}
              >
                <SelectTrigger {...control}>
                  <SelectValue placeholder={t("choose")} />
                </SelectTrigger>
                <SelectContent>
                  {report.choices[column].map(({ id, name }) => (
                    <SelectItem key={id} value={id}>
                      {name}
                    </SelectItem>
                  ))}
                </SelectContent>
              </Select>
            )}
          </Field>
        ))}
      </div>
      <Button className="justify-self-start" disabled={isBusy || !hasChosen} onClick={() => onNames(chosen)}>
        {t("checkAgain")}
      </Button>
    </section>
  );
}

function RunButtons({ report, isBusy, onBack, onRun }: BookReportStepProps) {
  const t = useTranslations("appointments.import");
  const shared = useTranslations("patients.import");
  const isWholeKnown = report.failed_rows.length === report.failed;
  return (
    <>
      <Button variant="ghost" disabled={isBusy} onClick={onBack}>
        {shared("back")}
      </Button>
      {report.failed > 0 && report.ready > 0 && isWholeKnown && (
        <Button disabled={isBusy} onClick={() => onRun(report.failed_rows)}>
          {t("runWithout", { count: report.ready, left: report.failed })}
        </Button>
      )}
      <Button variant="primary" disabled={isBusy || report.failed > 0 || report.ready === 0} onClick={() => onRun([])}>
        {isBusy ? shared("running") : t("run", { count: report.ready })}
      </Button>
    </>
  );
}

function DoneButtons({ report, onClose }: BookReportStepProps) {
  const t = useTranslations("appointments.import");
  const shared = useTranslations("patients.import");
  const { slug } = useClinic();
  const undo = useUndoImport(slug);
  const onError = useToastError();
  const id = report.import_id;
  const takeBack = () =>
    id &&
    undo.mutate(id, {
      onError,
      onSuccess: ({ cancelled, kept }) => {
        toast.success(t("undone", { cancelled, kept }));
        onClose();
      },
    });
  return (
    <>
      {id && (
        <Button variant="ghost" disabled={undo.isPending} onClick={takeBack}>
          <Undo2Icon aria-hidden />
          {t("undo")}
        </Button>
      )}
      <Button variant="primary" onClick={onClose}>
        {shared("close")}
      </Button>
    </>
  );
}
