"use client";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { isolate } from "@/components/i18n/isolate";
import { Alert } from "@/components/shared/alert";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { Field } from "@/components/shared/field";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { existingIdOf, pathsOf } from "./refusals";
import { LanguageSelect } from "./language-select";
import { useCreatePatient } from "./queries";

const PHONE = /^\+?[\d\s().-]{5,}$/;

/** Takes a person down who hasn't written or booked yet. What was searched for is where the form begins. */
export function NewPatientDialog({ name: given, onClose }: { name: string; onClose: () => void }) {
  const t = useTranslations("patients.create");
  const words = useErrorWords();
  const router = useRouter();
  const { slug } = useClinic();
  const create = useCreatePatient(slug);
  const isPhone = PHONE.test(given);
  const [form, setForm] = useState({
    ...{ name: isPhone || given.includes("@") ? "" : given, phone: isPhone ? given : "" },
    ...{ email: given.includes("@") ? given : "", birth_date: "", language: "" },
  });
  const [isAsked, setAsked] = useState(false);
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const hasContact = form.phone.trim() !== "" || form.email.trim() !== "";
  const wrong = pathsOf(create.error);
  const existing = existingIdOf(create.error);

  const submit = () => {
    setAsked(true);
    if (!form.name.trim() || !hasContact) return;
    const filled = Object.fromEntries(Object.entries(form).filter(([, value]) => value.trim() !== ""));
    create.mutate(
      { ...filled, name: form.name.trim() },
      {
        onSuccess: (patient) => {
          toast.success(t("done", { name: isolate(patient.name) }));
          router.push(`/c/${slug}/patients/${patient.id}`);
        },
      },
    );
  };

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent aria-describedby={undefined} className="top-[8vh]">
        <DialogHeader>
          <DialogTitle>{t("title")}</DialogTitle>
        </DialogHeader>
        <form
          noValidate
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          {existing && (
            <Alert>
              {t("exists", { name: isolate(form.name) })}{" "}
              <Link className="font-medium underline" href={`/c/${slug}/patients/${existing}`}>
                {t("openExisting")}
              </Link>
            </Alert>
          )}
          {create.isError && !existing && wrong.length === 0 && <Alert>{words(create.error)}</Alert>}
          <Field
            label={t("name")}
            error={(isAsked && !form.name.trim()) || wrong.includes("name") ? t("badName") : undefined}
          >
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
            <Field
              label={t("phone")}
              hint={t("phoneHint")}
              error={wrong.includes("phone") ? t("badPhone") : isAsked && !hasContact ? t("needContact") : undefined}
            >
              {(control) => (
                <Input
                  {...control}
                  type="tel"
                  dir="ltr"
                  maxLength={40}
                  value={form.phone}
                  onChange={(e) => set({ phone: e.target.value })}
                />
              )}
            </Field>
            <Field label={t("email")} error={wrong.includes("email") ? t("badEmail") : undefined}>
              {(control) => (
                <Input
                  {...control}
                  type="email"
                  dir="ltr"
                  maxLength={254}
                  value={form.email}
                  onChange={(e) => set({ email: e.target.value })}
                />
              )}
            </Field>
            <Field label={t("birthDate")}>
              {(control) => (
                <Input
                  {...control}
                  type="date"
                  value={form.birth_date}
                  onChange={(e) => set({ birth_date: e.target.value })}
                />
              )}
            </Field>
            <LanguageSelect label={t("language")} value={form.language} onChange={(language) => set({ language })} />
          </div>
          <DialogFooter>
            <Button variant="ghost" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" variant="primary" disabled={create.isPending}>
              {t("save")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
