"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Alert } from "@/components/shared/alert";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { cn } from "@/components/ui/cn";
import { Dialog, DialogContent, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import type { ImportColumn } from "@/lib/patients/schema";
import { guessColumns } from "./guess-columns";
import { type ChosenFile } from "./import-file";
import { ImportFileStep } from "./import-file-step";
import { ImportColumns, type ImportChoices } from "./import-columns";
import { ImportReportStep } from "./import-report";
import { useImport } from "./queries";

const STEPS = ["file", "columns", "check", "done"] as const;
const FIRST: ImportChoices = { columns: {}, date_order: "dmy", default_type: "EXISTING" };

/** Takes a list over in four steps: file, columns, check, done. Nothing is written before the last press. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("patients.import");
  const words = useErrorWords();
  const { slug, timeZone } = useClinic();
  const [file, setFile] = useState<ChosenFile>();
  const [choices, setChoices] = useState<ImportChoices>({
    ...FIRST,
    date_order: timeZone.startsWith("America/") ? "mdy" : "dmy",
  });
  const [key, setKey] = useState("");
  const ask = useImport(slug);
  const report = ask.data;
  const step = !file ? "file" : !report ? "columns" : report.dry_run ? "check" : "done";

  const choose = (chosen: ChosenFile) => {
    setFile(chosen);
    setChoices({ ...choices, columns: guessColumns(chosen.headers) });
  };
  const send = (dry_run: boolean) => {
    if (!file) return;
    const fresh = dry_run ? crypto.randomUUID() : key;
    setKey(fresh);
    ask.mutate({ ...choices, columns: filled(choices.columns), csv: file.csv, dry_run, key: fresh });
  };

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && !ask.isPending && onClose()}>
      <DialogContent aria-describedby={undefined} className="top-[5vh] max-h-[90vh] max-w-2xl">
        <DialogHeader>
          <DialogTitle>{t("title")}</DialogTitle>
        </DialogHeader>
        <Steps now={step} />
        {ask.isError && <Alert>{words(ask.error)}</Alert>}
        {step === "file" && <ImportFileStep onFile={choose} />}
        {file && step === "columns" && (
          <ImportColumns
            file={file}
            choices={choices}
            isBusy={ask.isPending}
            onChange={setChoices}
            onBack={() => {
              setFile(undefined);
              ask.reset();
            }}
            onCheck={() => send(true)}
          />
        )}
        {file && report && (
          <ImportReportStep
            report={report}
            fileName={file.name}
            isBusy={ask.isPending}
            onBack={() => ask.reset()}
            onRun={() => send(false)}
            onClose={onClose}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}

const filled = (columns: Partial<Record<ImportColumn, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(columns).filter(([, header]) => header !== ""));

function Steps({ now }: { now: (typeof STEPS)[number] }) {
  const t = useTranslations("patients.import.steps");
  const at = STEPS.indexOf(now);
  return (
    <ol className="flex gap-2">
      {STEPS.map((step, index) => (
        <li
          key={step}
          aria-current={step === now ? "step" : undefined}
          className={cn(
            "flex-1 border-t-2 pt-1.5 text-xs",
            index <= at ? "border-primary font-medium" : "text-muted-foreground",
          )}
        >
          {t(step)}
        </li>
      ))}
    </ol>
  );
}
