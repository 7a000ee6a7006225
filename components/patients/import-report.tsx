"use client";
import { CircleAlertIcon, CircleCheckIcon, DownloadIcon, type LucideIcon, SkipForwardIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useClinic } from "@/components/shared/clinic-context";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DialogFooter } from "@/components/ui/dialog";
import type { ImportProblem, ImportReport } from "@/lib/patients/schema";
import { downloadProblems } from "./import-file";

interface ImportReportStepProps {
  report: ImportReport;
  fileName: string;
  isBusy: boolean;
  onBack: () => void;
  onRun: () => void;
  onClose: () => void;
}

/** What a run would do, row by row, or what it did. */
export function ImportReportStep({ report, fileName, isBusy, onBack, onRun, onClose }: ImportReportStepProps) {
  const t = useTranslations("patients.import");
  const { slug } = useClinic();
  const isDone = !report.dry_run;
  return (
    <div className="grid min-w-0 gap-4">
      <dl className="grid grid-cols-3 gap-3">
        <Count
          label={isDone ? t("imported") : t("ready")}
          n={isDone ? report.imported : report.ready}
          icon={CircleCheckIcon}
          tone="text-success"
        />
        <Count label={t("skipped")} n={report.skipped} icon={SkipForwardIcon} tone="text-muted-foreground" />
        <Count label={t("failed")} n={report.failed} icon={CircleAlertIcon} tone="text-danger" />
      </dl>
      <p role="status" className="text-sm">
        {isDone ? t("done", { count: report.imported }) : report.failed > 0 ? t("allOrNothing") : t("clean")}
      </p>
      {report.problems.length > 0 && <Problems problems={report.problems} />}
      {report.problems_capped && (
        <p className="text-xs text-muted-foreground">{t("capped", { count: report.problems.length })}</p>
      )}
      <DialogFooter>
        {report.problems.length > 0 && (
          <Button className="sm:me-auto" onClick={() => downloadProblems(report.problems, fileName)}>
            <DownloadIcon aria-hidden />
            {t("download")}
          </Button>
        )}
        {isDone ? (
          <>
            <Button variant="ghost" onClick={onClose}>
              {t("close")}
            </Button>
            <Button asChild variant="primary">
              <Link href={`/c/${slug}/patients?sort=-created`} onClick={onClose}>
                {t("seeThem")}
              </Link>
            </Button>
          </>
        ) : (
          <>
            <Button variant="ghost" disabled={isBusy} onClick={onBack}>
              {t("back")}
            </Button>
            <Button variant="primary" disabled={isBusy || report.failed > 0 || report.ready === 0} onClick={onRun}>
              {isBusy ? t("running") : t("run", { count: report.ready })}
            </Button>
          </>
        )}
      </DialogFooter>
    </div>
  );
}

function Count({ label, n, icon: Icon, tone }: { label: string; n: number; icon: LucideIcon; tone: string }) {
  return (
    <div className="grid gap-0.5 rounded-md border px-3 py-2">
      <dt className="flex items-center gap-1.5 text-xs text-muted-foreground">
        <Icon aria-hidden className={`size-3.5 ${tone}`} />
        {label}
      </dt>
      <dd className="text-lg font-semibold">{n}</dd>
    </div>
  );
}

const TONES = { error: "danger", skip: "neutral", note: "warning" } as const satisfies Record<
  ImportProblem["kind"],
  Tone
>;
const SHOWN = 200;

function Problems({ problems }: { problems: ImportProblem[] }) {
  const t = useTranslations("patients.import");
  return (
    <div
      role="region"
      aria-label={t("problemsLabel")}
      tabIndex={0}
      className="scroll-slim max-h-72 overflow-auto rounded-md border"
    >
      <table className="w-full text-sm">
        <thead className="sticky top-0 bg-popover">
          <tr className="border-b text-xs text-muted-foreground [&>th]:px-3 [&>th]:py-2 [&>th]:text-start [&>th]:font-medium">
            <th scope="col">{t("row")}</th>
            <th scope="col" className="max-sm:hidden">
              {t("column")}
            </th>
            <th scope="col">{t("problem")}</th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {problems.slice(0, SHOWN).map((problem, at) => (
            <tr key={at} className="align-top [&>td]:px-3 [&>td]:py-2">
              <td>{problem.row}</td>
              <td className="max-sm:hidden">
                <Where problem={problem} />
              </td>
              <td>
                <span className="mb-1 block sm:hidden">
                  <Where problem={problem} />
                </span>
                {problem.message}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Where({ problem }: { problem: ImportProblem }) {
  const t = useTranslations("patients.import");
  return <Badge tone={TONES[problem.kind]}>{problem.column ? t(`columns.${problem.column}`) : t("whole")}</Badge>;
}
