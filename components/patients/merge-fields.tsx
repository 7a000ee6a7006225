"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { PersonName } from "@/components/shared/person-name";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import { MERGE_FIELDS, type MergeField, type PatientDetail } from "@/lib/patients/schema";
import { DayText } from "./day-text";
import { LanguageName, PatientTypeBadge } from "./patient-facts";

interface MergeFieldsProps {
  kept: PatientDetail;
  other: PatientDetail;
  take: MergeField[];
  onTake: (take: MergeField[]) => void;
}

/** Each field of both records; where they differ one chooses which value goes on. */
export function MergeFields({ kept, other, take, onTake }: MergeFieldsProps) {
  const t = useTranslations("patients.merge");
  const choose = (field: MergeField, isTaken: boolean) =>
    onTake(MERGE_FIELDS.filter((one) => (one === field ? isTaken : take.includes(one))));
  return (
    <div className="grid gap-3">
      <div className="grid grid-cols-2 gap-3">
        <Head patient={kept} label={t("kept")} />
        <Head patient={other} label={t("other")} />
      </div>
      {MERGE_FIELDS.map((field) => {
        const isSame = kept[field] === other[field];
        if (isSame && kept[field] === null) return null;
        return (
          <FieldRow key={field} label={t(`fields.${field}`)}>
            {([kept, other] as const).map((patient, at) => (
              <Choice
                key={patient.id}
                name={field}
                label={t("keep")}
                isChosen={isSame || take.includes(field) === (at === 1)}
                isFixed={isSame || patient[field] === null}
                onChoose={() => choose(field, at === 1)}
              >
                <Value patient={patient} field={field} />
              </Choice>
            ))}
          </FieldRow>
        );
      })}
      <Addresses kept={kept} other={other} />
    </div>
  );
}

function Head({ patient, label }: { patient: PatientDetail; label: string }) {
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <Avatar name={patient.name} className="max-sm:hidden" />
      <div className="min-w-0">
        <PersonName className="font-medium">{patient.name}</PersonName>
        <p className="flex flex-wrap items-center gap-1.5 text-xs text-muted-foreground">
          <PatientTypeBadge type={patient.patient_type} />
          {label}
        </p>
      </div>
    </div>
  );
}

function FieldRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 text-xs text-muted-foreground">{label}</legend>
      <div className="grid grid-cols-2 gap-3">{children}</div>
    </fieldset>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  isChosen: boolean;
  isFixed: boolean;
  onChoose: () => void;
  children: ReactNode;
}

function Choice({ name, label, isChosen, isFixed, onChoose, children }: ChoiceProps) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className={cn(
        "flex min-h-9 items-center gap-2 rounded-md border px-3 py-1.5 text-sm",
        isChosen ? "border-primary bg-primary-soft" : "text-muted-foreground",
        !isFixed && "cursor-pointer hover:border-ring",
      )}
    >
      <input
        id={id}
        type="radio"
        name={name}
        aria-describedby={`${id}-what`}
        checked={isChosen}
        disabled={isFixed}
        onChange={onChoose}
        className="accent-primary"
      />
      <span className="min-w-0 truncate">{children}</span>
      <span id={`${id}-what`} className="sr-only">
        {label}
      </span>
    </label>
  );
}

function Value({ patient, field }: { patient: PatientDetail; field: MergeField }) {
  const t = useTranslations("patients.merge");
  const value = patient[field];
  if (value === null) return <>{t("empty")}</>;
  if (field === "language") return <LanguageName tag={value} />;
  if (field === "birth_date" || field === "next_follow_up_date") return <DayText day={value} />;
  return <PersonName>{value}</PersonName>;
}

function Addresses({ kept, other }: Pick<MergeFieldsProps, "kept" | "other">) {
  const t = useTranslations("patients.merge");
  return (
    <FieldRow label={t("both")}>
      {[kept, other].map((patient) => (
        <ul key={patient.id} className="grid content-start gap-0.5 rounded-md border px-3 py-1.5 text-sm">
          {patient.contact_points.length === 0 && <li>{t("empty")}</li>}
          {patient.contact_points.map((point) => (
            <li key={point.id}>
              <bdi dir="ltr" className="block truncate text-left rtl:text-right">
                {point.value}
              </bdi>
            </li>
          ))}
        </ul>
      ))}
    </FieldRow>
  );
}
