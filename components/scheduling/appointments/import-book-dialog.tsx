"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ImportFileStep } from "@/components/patients/import-file-step";
import type { ChosenFile } from "@/components/patients/import-file";
import { Alert } from "@/components/shared/alert";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { Dialog, DialogContent, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import type { BookReport } from "@/lib/scheduling/import-book/schema";
import { BookColumns, type BookChoices } from "./book-columns";
import { BookReportStep } from "./book-report";
import { guessBookColumns } from "./guess-book-columns";
import { useImportBook } from "./queries";

const FIRST: BookChoices = { columns: {}, date_order: "dmy", names: { provider: {}, service: {}, chair: {} } };

/** Takes a former book over: file, columns, check, done. Nothing is written before the last press. */
export function ImportBookDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("appointments.import");
  const words = useErrorWords();
  const { slug, timeZone } = useClinic();
  const [file, setFile] = useState<ChosenFile>();
  const order = timeZone.startsWith("America/") ? "mdy" : "dmy";
  const [choices, setChoices] = useState<BookChoices>({ ...FIRST, date_order: order });
  const [key, setKey] = useState("");
  const [report, setReport] = useState<BookReport>();
  const ask = useImportBook(slug);

  const send = (dry_run: boolean, { names, skip = [] }: { names?: BookChoices["names"]; skip?: number[] } = {}) => {
    if (!file) return;
    const fresh = dry_run ? crypto.randomUUID() : key;
    setKey(fresh);
    const columns = Object.fromEntries(Object.entries(choices.columns).filter(([, header]) => header !== ""));
    ask.mutate(
      { ...choices, names: names ?? choices.names, columns, csv: file.csv, skip_rows: skip, dry_run, key: fresh },
      { onSuccess: setReport },
    );
  };
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && !ask.isPending && onClose()}>
      <DialogContent aria-describedby={undefined} className="top-[5vh] max-h-[90vh] max-w-3xl">
        <DialogHeader>
          <DialogTitle>{t("title")}</DialogTitle>
        </DialogHeader>
        {ask.isError && <Alert>{words(ask.error)}</Alert>}
        {!file && (
          <ImportFileStep
            onFile={(chosen) => {
              setFile(chosen);
              setChoices({ ...choices, columns: guessBookColumns(chosen.headers) });
            }}
          />
        )}
        {file && !report && (
          <BookColumns
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
          <BookReportStep
            report={report}
            fileName={file.name}
            names={choices.names}
            isBusy={ask.isPending}
            onBack={() => {
              setReport(undefined);
              ask.reset();
            }}
            onNames={(names) => {
              setChoices({ ...choices, names });
              send(true, { names });
            }}
            onRun={(skip) => send(false, { skip })}
            onClose={onClose}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}
