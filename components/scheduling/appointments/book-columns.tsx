"use client";
import { useTranslations } from "next-intl";
import { isolate } from "@/components/i18n/isolate";
import type { ChosenFile } from "@/components/patients/import-file";
import { Alert } from "@/components/shared/alert";
import { useClinic } from "@/components/shared/clinic-context";
import { Field } from "@/components/shared/field";
import { Button } from "@/components/ui/button";
import { DialogFooter } from "@/components/ui/dialog";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { BOOK_COLUMNS, type BookColumn, type Named } from "@/lib/scheduling/import-book/schema";

const ORDERS = ["dmy", "mdy", "ymd"] as const;

export interface BookChoices {
  columns: Partial<Record<BookColumn, string>>;
  date_order: (typeof ORDERS)[number];
  /** What words of the file mean, by the clinic's ids. */
  names: Record<Named, Record<string, string>>;
}

interface BookColumnsProps {
  file: ChosenFile;
  choices: BookChoices;
  isBusy: boolean;
  onChange: (choices: BookChoices) => void;
  onBack: () => void;
  onCheck: () => void;
}

/** Which column of the file is what: guessed from the headers, put right by the person who knows the file. */
export function BookColumns({ file, choices, isBusy, onChange, onBack, onCheck }: BookColumnsProps) {
  const t = useTranslations("appointments.import");
  const shared = useTranslations("patients.import");
  const { timeZone } = useClinic();
  const { columns } = choices;
  const missing = missingOf(columns);
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) onCheck();
      }}
    >
      <p className="text-sm text-muted-foreground">
        {shared("read", { file: isolate(file.name), rows: file.rows })} · {t("zone", { zone: isolate(timeZone) })}
      </p>
      <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2 md:grid-cols-3">
        {BOOK_COLUMNS.map((column) => (
          <Header
            key={column}
            column={column}
            file={file}
            header={columns[column] ?? ""}
            onChange={(header) => onChange({ ...choices, columns: { ...columns, [column]: header } })}
          />
        ))}
        <Field label={shared("dateOrder")}>
          {(control) => (
            <Select
              value={choices.date_order}
              onValueChange={(next) =>
                onChange({ ...choices, date_order: ORDERS.find((one) => one === next) ?? choices.date_order })
              }
            >
              <SelectTrigger {...control}>
                <SelectValue />
              </SelectTrigger>
              <SelectContent>
                {ORDERS.map((order) => (
                  <SelectItem key={order} value={order}>
                    {shared(`orders.${order}`)}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
          )}
        </Field>
      </div>
      {missing && <Alert>{t(missing)}</Alert>}
      <DialogFooter>
        <Button variant="ghost" disabled={isBusy} onClick={onBack}>
          {shared("back")}
        </Button>
        <Button type="submit" variant="primary" disabled={isBusy || missing !== undefined}>
          {isBusy ? shared("checking") : shared("check")}
        </Button>
      </DialogFooter>
    </form>
  );
}

function missingOf(columns: BookChoices["columns"]) {
  if (!columns.date) return "dateNeeded";
  if (!columns.provider || !columns.service) return "whatNeeded";
  return columns.name || columns.phone ? undefined : "whoNeeded";
}

const NONE = "-";

interface HeaderProps {
  column: BookColumn;
  file: ChosenFile;
  header: string;
  onChange: (header: string) => void;
}

function Header({ column, file, header, onChange }: HeaderProps) {
  const t = useTranslations("appointments.import");
  const shared = useTranslations("patients.import");
  const example = file.example[header];
  return (
    <Field
      label={t(`columns.${column}`)}
      hint={example ? shared("example", { value: isolate(example.slice(0, 60)) }) : undefined}
    >
      {(control) => (
        <Select value={header || NONE} onValueChange={(next) => onChange(next === NONE ? "" : next)}>
          <SelectTrigger {...control}>
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            <SelectItem value={NONE}>{shared("ignore")}</SelectItem>
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
