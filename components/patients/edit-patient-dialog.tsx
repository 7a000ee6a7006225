"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Alert } from "@/components/shared/alert";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { Field } from "@/components/shared/field";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import type { PatientDetail } from "@/lib/patients/schema";
import { LanguageSelect } from "./language-select";
import { useUpdatePatient } from "./queries";
import { pathsOf } from "./refusals";

/** Name, birth date, language and zone. The type is not among them: it follows from bookings and visits. */
export function EditPatientDialog({ patient, onClose }: { patient: PatientDetail; onClose: () => void }) {
  const t = useTranslations("patients.record");
  const fields = useTranslations("patients.create");
  const words = useErrorWords();
  const { slug } = useClinic();
  const update = useUpdatePatient(slug, patient.id);
  const [form, setForm] = useState({
    ...{ name: patient.name, birth_date: patient.birth_date ?? "" },
    ...{ language: patient.language ?? "", time_zone: patient.time_zone ?? "" },
  });
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const wrong = pathsOf(update.error);

  const submit = () => {
    const { name, birth_date, language, time_zone } = form;
    update.mutate(
      {
        name: name.trim(),
        birth_date: birth_date || null,
        language: language || null,
        time_zone: time_zone.trim() || null,
      },
      {
        onSuccess: () => {
          toast.success(t("saved"));
          onClose();
        },
      },
    );
  };

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent aria-describedby={undefined}>
        <DialogHeader>
          <DialogTitle>{t("edit")}</DialogTitle>
        </DialogHeader>
        <form
          noValidate
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          {update.isError && wrong.length === 0 && <Alert>{words(update.error)}</Alert>}
          <Field label={fields("name")} error={wrong.includes("name") ? fields("badName") : undefined}>
            {(control) => (
              <Input
                {...control}
                autoFocus
                maxLength={120}
                value={form.name}
                onChange={(e) => set({ name: e.target.value })}
              />
            )}
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={fields("birthDate")}>
              {(control) => (
                <Input
                  {...control}
                  type="date"
                  value={form.birth_date}
                  onChange={(e) => set({ birth_date: e.target.value })}
                />
              )}
            </Field>
            <LanguageSelect
              label={fields("language")}
              value={form.language}
              onChange={(language) => set({ language })}
            />
          </div>
          <Field
            label={t("timeZone")}
            hint={t("timeZoneHint")}
            error={wrong.includes("time_zone") ? t("badZone") : undefined}
          >
            {(control) => (
              <Input
                {...control}
                dir="ltr"
                maxLength={64}
                value={form.time_zone}
                onChange={(e) => set({ time_zone: e.target.value })}
              />
            )}
          </Field>
          <DialogFooter>
            <Button variant="ghost" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" variant="primary" disabled={update.isPending || form.name.trim() === ""}>
              {t("save")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
