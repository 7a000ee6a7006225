"use client";
import { FileUpIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Alert } from "@/components/shared/alert";
import { buttonVariants } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { LONGEST_CSV_BYTES } from "@/lib/patients/schema";
import { readChosen, type ChosenFile } from "./import-file";

/** A file chosen or dropped; read here, in the browser, before anything is sent. */
export function ImportFileStep({ onFile }: { onFile: (file: ChosenFile) => void }) {
  const t = useTranslations("patients.import");
  const id = useId();
  const [isOver, setOver] = useState(false);
  const [problem, setProblem] = useState<"tooLarge" | "unreadable">();
  const take = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > LONGEST_CSV_BYTES) return setProblem("tooLarge");
    const chosen = await readChosen(file);
    return chosen ? onFile(chosen) : setProblem("unreadable");
  };
  return (
    <div className="grid gap-3">
      {problem && <Alert>{t(problem)}</Alert>}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer.files[0]);
        }}
        className={cn(
          "grid justify-items-center gap-3 rounded-lg border-2 border-dashed px-6 py-10 text-center transition-colors",
          isOver && "border-primary bg-primary-soft",
        )}
      >
        <FileUpIcon aria-hidden className="size-8 text-muted-foreground" />
        <p className="font-medium">{t("drop")}</p>
        <label
          htmlFor={id}
          className={cn(
            buttonVariants({ variant: "primary" }),
            "cursor-pointer has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-ring",
          )}
        >
          {t("choose")}
          <input
            id={id}
            type="file"
            accept=".csv,text/csv"
            className="sr-only"
            onChange={(event) => void take(event.target.files?.[0])}
          />
        </label>
        <p className="max-w-sm text-xs text-balance text-muted-foreground">{t("limits")}</p>
      </div>
    </div>
  );
}
