"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Alert } from "@/components/shared/alert";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { Field } from "@/components/shared/field";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { RELATIONS, type ContactPointItem } from "@/lib/patients/schema";
import { useContactPoints } from "./queries";
import { pathsOf } from "./refusals";

/** One more number or address. Which of the two it is shows by the @. */
export function AddContactDialog({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const t = useTranslations("patients.contact");
  const record = useTranslations("patients.record");
  const words = useErrorWords();
  const { slug } = useClinic();
  const { add } = useContactPoints(slug, patientId);
  const [value, setValue] = useState("");
  const [relation, setRelation] = useState<ContactPointItem["relation"]>("self");
  const isWrong = pathsOf(add.error).includes("value");
  const submit = () =>
    add.mutate(
      { kind: value.includes("@") ? "email" : "phone", value: value.trim(), relation },
      { onSuccess: onClose },
    );
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent aria-describedby={undefined} className="max-w-sm">
        <DialogHeader>
          <DialogTitle>{t("addTitle")}</DialogTitle>
        </DialogHeader>
        <form
          noValidate
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          {add.isError && !isWrong && <Alert>{words(add.error)}</Alert>}
          <Field label={t("value")} error={isWrong ? t("invalid") : undefined}>
            {(control) => (
              <Input
                {...control}
                autoFocus
                dir="ltr"
                maxLength={254}
                value={value}
                onChange={(e) => setValue(e.target.value)}
              />
            )}
          </Field>
          <Field label={t("relation")}>
            {(control) => (
              <Select
                value={relation}
                onValueChange={(next) => setRelation(RELATIONS.find((one) => one === next) ?? "self")}
              >
                <SelectTrigger {...control} className="h-9">
                  <SelectValue />
                </SelectTrigger>
                <SelectContent>
                  {RELATIONS.map((one) => (
                    <SelectItem key={one} value={one}>
                      {t(`relations.${one}`)}
                    </SelectItem>
                  ))}
                </SelectContent>
              </Select>
            )}
          </Field>
          <DialogFooter>
            <Button variant="ghost" onClick={onClose}>
              {record("cancel")}
            </Button>
            <Button type="submit" variant="primary" disabled={value.trim().length < 3 || add.isPending}>
              {t("add")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
