"use client";
import { useQuery } from "@tanstack/react-query";
import { UserPlusIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { patientSearchQuery } from "@/components/patients/queries";
import { useClinic } from "@/components/shared/clinic-context";
import { useDebounced } from "@/components/shared/debounced";
import { Field } from "@/components/shared/field";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Command, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Input } from "@/components/ui/input";

export interface PatientChoice {
  name: string;
  toSend: { patient_id: string } | { patient: { name: string; phone: string } };
}

interface PatientPickerProps {
  choice: PatientChoice | undefined;
  onChoose: (choice: PatientChoice | undefined) => void;
}

/** Finds a patient by name or phone, or takes a new one down. */
export function PatientPicker({ choice, onChoose }: PatientPickerProps) {
  const t = useTranslations("calendar.new");
  const [newName, setNewName] = useState<string>();
  if (newName !== undefined)
    return (
      <NewPatient
        name={newName}
        onChange={onChoose}
        onBack={() => {
          setNewName(undefined);
          onChoose(undefined);
        }}
      />
    );
  if (!choice) return <PatientSearch onChoose={onChoose} onNew={setNewName} />;
  return (
    <div className="grid gap-1.5">
      <span className="text-sm font-medium">{t("patient")}</span>
      <div className="flex h-11 items-center gap-3 rounded-md border ps-3 pe-1">
        <Avatar name={choice.name} className="size-6 text-2xs" />
        <span className="min-w-0 flex-1 truncate font-medium">{choice.name}</span>
        <Button variant="ghost" size="icon" aria-label={t("otherPatient")} onClick={() => onChoose(undefined)}>
          <XIcon aria-hidden />
        </Button>
      </div>
    </div>
  );
}

interface PatientSearchProps {
  onChoose: (choice: PatientChoice) => void;
  onNew: (name: string) => void;
}

function PatientSearch({ onChoose, onNew }: PatientSearchProps) {
  const t = useTranslations("calendar.new");
  const { slug } = useClinic();
  const id = useId();
  const [text, setText] = useState("");
  const q = useDebounced(text.trim());
  const found = useQuery(patientSearchQuery(slug, q));
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {t("patient")}
      </label>
      <Command shouldFilter={false} label={t("patient")} className="rounded-md border">
        <CommandInput id={id} autoFocus value={text} onValueChange={setText} placeholder={t("patientPlaceholder")} />
        <CommandList className="max-h-44">
          <CommandGroup>
            {(q.length >= 2 ? (found.data?.items ?? []) : []).map((patient) => (
              <CommandItem
                key={patient.id}
                value={patient.id}
                onSelect={() => onChoose({ name: patient.name, toSend: { patient_id: patient.id } })}
              >
                <Avatar name={patient.name} className="size-6 text-2xs" />
                <span className="min-w-0 flex-1 truncate">{patient.name}</span>
                <bdi dir="ltr" className="text-xs text-muted-foreground">
                  {patient.phone}
                </bdi>
              </CommandItem>
            ))}
            <CommandItem value="new" onSelect={() => onNew(text.trim())}>
              <UserPlusIcon aria-hidden />
              {t("newPatient")}
            </CommandItem>
          </CommandGroup>
        </CommandList>
      </Command>
    </div>
  );
}

const PHONE = /^\+?[\d\s().-]{7,}$/;

interface NewPatientProps {
  name: string;
  onChange: (choice: PatientChoice | undefined) => void;
  onBack: () => void;
}

function NewPatient({ name: given, onChange, onBack }: NewPatientProps) {
  const t = useTranslations("calendar.new");
  const isPhone = PHONE.test(given);
  const [name, setName] = useState(isPhone ? "" : given);
  const [phone, setPhone] = useState(isPhone ? given : "");
  const tell = (nextName: string, nextPhone: string) => {
    const patient = { name: nextName.trim(), phone: nextPhone.trim() };
    onChange(patient.name && PHONE.test(patient.phone) ? { name: patient.name, toSend: { patient } } : undefined);
  };
  return (
    <fieldset className="grid gap-3 rounded-md border p-3 sm:grid-cols-2">
      <legend className="px-1 text-sm font-medium">{t("newPatient")}</legend>
      <Field label={t("name")}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={120}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
              tell(event.target.value, phone);
            }}
          />
        )}
      </Field>
      <Field label={t("phone")}>
        {(control) => (
          <Input
            {...control}
            type="tel"
            dir="ltr"
            value={phone}
            onChange={(event) => {
              setPhone(event.target.value);
              tell(name, event.target.value);
            }}
          />
        )}
      </Field>
      <Button variant="link" size="sm" className="justify-self-start px-0" onClick={onBack}>
        {t("searchInstead")}
      </Button>
    </fieldset>
  );
}
