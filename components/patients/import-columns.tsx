"use client";
import { useTranslations } from "next-intl";
import { isolate } from "@/components/i18n/isolate";
import { Alert } from "@/components/shared/alert";
import { Field } from "@/components/shared/field";
import { Button } from "@/components/ui/button";
import { DialogFooter } from "@/components/ui/dialog";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { DATE_ORDERS, IMPORT_COLUMNS, PATIENT_TYPES, type ImportColumn } from "@/lib/patients/schema";
import type { ChosenFile } from "./import-file";

export interface ImportChoices {
  columns: Partial<Record<ImportColumn, string>>;
  date_order: (typeof DATE_ORDERS)[number];
  default_type: (typeof PATIENT_TYPES)[number];
}

interface ImportColumnsProps {
  file: ChosenFile;
  choices: ImportChoices;
  isBusy: boolean;
  onChange: (choices: ImportChoices) => void;
  onBack: () => void;
  onCheck: () => void;
}

/** Which column of the file is what: guessed from the headers, put right by the person who knows the file. */
export function ImportColumns({ file, choices, isBusy, onChange, onBack, onCheck }: ImportColumnsProps) {
  const t = useTranslations("patients.import");
  const types = useTranslations("common.patient.types");
  const { columns } = choices;
  const missing = !columns.name ? "nameNeeded" : !columns.phone && !columns.email ? "contactNeeded" : undefined;
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) onCheck();
      }}
    >
      <p className="text-sm text-muted-foreground">
        {t("read", { file: isolate(file.name), rows: file.rows })} · {t("match")}
      </p>
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
        {IMPORT_COLUMNS.map((column) => (
          <Header
            key={column}
            column={column}
            file={file}
            header={columns[column] ?? ""}
            onChange={(header) => onChange({ ...choices, columns: { ...columns, [column]: header } })}
          />
        ))}
      </div>
      <div className="grid gap-x-4 gap-y-3 border-t pt-4 sm:grid-cols-2">
        <Choice
          label={t("dateOrder")}
          value={choices.date_order}
          options={DATE_ORDERS}
          nameOf={(order) => t(`orders.${order}`)}
          onChange={(date_order) => onChange({ ...choices, date_order })}
        />
        <Choice
          label={t("defaultType")}
          value={choices.default_type}
          options={PATIENT_TYPES}
          nameOf={(type) => types(type)}
          onChange={(default_type) => onChange({ ...choices, default_type })}
        />
      </div>
      {missing && <Alert>{t(missing)}</Alert>}
      <DialogFooter>
        <Button variant="ghost" disabled={isBusy} onClick={onBack}>
          {t("back")}
        </Button>
        <Button type="submit" variant="primary" disabled={isBusy || missing !== undefined}>
          {isBusy ? t("checking") : t("check")}
        </Button>
      </DialogFooter>
    </form>
  );
}

const NONE = "-";

interface HeaderProps {
  column: ImportColumn;
  file: ChosenFile;
  header: string;
  onChange: (header: string) => void;
}

function Header({ column, file, header, onChange }: HeaderProps) {
  const t = useTranslations("patients.import");
  const example = file.example[header];
  return (
    <Field
      label={t(`columns.${column}`)}
      hint={example ? t("example", { value: isolate(example.slice(0, 60)) }) : undefined}
    >
      {(control) => (
        <Select value={header || NONE} onValueChange={(next) => onChange(next === NONE ? "" : next)}>
          <SelectTrigger {...control}>
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            <SelectItem value={NONE}>{t("ignore")}</SelectItem>
            {file.headers.map((one) => (
              <SelectItem key={one} value={one}>
                {one}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      )}
    </Field>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: readonly T[];
  nameOf: (option: T) => string;
  onChange: (option: T) => void;
}

function Choice<T extends string>({ label, value, options, nameOf, onChange }: ChoiceProps<T>) {
  return (
    <Field label={label}>
      {(control) => (
        <Select value={value} onValueChange={(next) => onChange(options.find((one) => one === next) ?? value)}>
          <SelectTrigger {...control}>
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            {options.map((option) => (
              <SelectItem key={option} value={option}>
                {nameOf(option)}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      )}
    </Field>
  );
}
