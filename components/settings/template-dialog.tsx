"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords, useToastError } from "@/components/shared/error-words";
import { Field } from "@/components/shared/field";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Label } from "@/components/ui/label";
import { Skeleton } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { VARIABLES } from "@/lib/messaging/templates/schema";
import { usePurposeName } from "./purpose-name";
import { ApprovalReason, useDecidingChannel } from "./template-approvals";
import { APPROVAL_TONES } from "./approval-tones";
import { type Template, templatePreviewQuery, useSaveTemplate, useSubmitTemplate } from "./template-queries";

/** One template: its text with its variables, how it reads, and whether it is in use. A changed text is a draft again. */
export function TemplateDialog({ template, onClose }: { template: Template; onClose: () => void }) {
  const t = useTranslations("settings.templates");
  const common = useTranslations("common");
  const { slug } = useClinic();
  const words = useErrorWords();
  const save = useSaveTemplate(slug);
  const [body, setBody] = useState(template.body);
  const nameOf = usePurposeName();
  const meaningOf = useVariableMeaning();
  const { id, locale, approval, variables, is_active } = template;
  const change = (json: object, done?: () => void) =>
    save.mutate({ id, json }, { onSuccess: () => (done ? done() : void toast.success(t("saved"))) });
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent className="max-w-xl">
        <DialogHeader>
          <DialogTitle className="flex flex-wrap items-center gap-2">
            {nameOf(template)}
            <Badge tone={APPROVAL_TONES[approval]}>{t(`approvals.${approval}`)}</Badge>
          </DialogTitle>
          <DialogDescription>{t("editText")}</DialogDescription>
        </DialogHeader>
        <div className="space-y-4">
          <ApprovalReason template={template} className="block rounded-lg bg-warning-soft p-3 text-sm text-warning" />
          <Field
            label={t("body")}
            hint={t("variables", { list: variables.map((name, i) => `{{${i + 1}}} ${meaningOf(name)}`).join(" · ") })}
          >
            {(control) => (
              <Textarea
                {...control}
                lang={locale}
                dir="auto"
                rows={5}
                maxLength={1024}
                value={body}
                onChange={(event) => setBody(event.target.value)}
              />
            )}
          </Field>
          <Preview template={template} />
          <div className="flex items-center gap-3">
            <Switch id="template-active" checked={is_active} onCheckedChange={(isOn) => change({ is_active: isOn })} />
            <Label htmlFor="template-active">{t("inUse")}</Label>
          </div>
          {save.isError && (
            <p role="alert" className="text-sm text-danger">
              {words(save.error)}
            </p>
          )}
        </div>
        <DialogFooter>
          <Button variant="ghost" onClick={onClose}>
            {common("close")}
          </Button>
          {body === template.body && <Approve template={template} onClose={onClose} />}
          <Button
            variant="primary"
            disabled={save.isPending || body.trim() === "" || body === template.body}
            onClick={() => change({ body: body.trim() }, () => void toast.success(t("savedAsDraft")))}
          >
            {t("save")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

/** Where WhatsApp can be asked, it decides; where it can't, whoever asked it elsewhere says what it decided. */
function Approve({ template, onClose }: { template: Template; onClose: () => void }) {
  const t = useTranslations("settings.templates");
  const { slug } = useClinic();
  const channel = useDecidingChannel();
  const save = useSaveTemplate(slug);
  const submit = useSubmitTemplate(slug);
  const toastError = useToastError();
  const { id, approval } = template;
  if (approval === "pending" || approval === "approved") return null;
  if (!channel)
    return (
      <Button
        variant="outline"
        disabled={save.isPending}
        onClick={() =>
          save.mutate(
            { id, json: { approval: "approved" } },
            { onError: toastError, onSuccess: () => void toast.success(t("saved")) },
          )
        }
      >
        {t("markApproved")}
      </Button>
    );
  const handIn = () =>
    submit.mutate(id, {
      onError: toastError,
      onSuccess: ({ problem, words }) => {
        if (!problem) {
          toast.success(t("submitted"));
          onClose();
        } else toast.warning(words ? t("notTaken", { words }) : t(`problems.${problem}`));
      },
    });
  return (
    <Button variant="outline" disabled={submit.isPending} onClick={handIn}>
      {t("submit")}
    </Button>
  );
}

/** What stands for a variable, in the reader's words; one that a clinic named itself is shown by that name. */
function useVariableMeaning(): (name: string) => string {
  const t = useTranslations("settings.templates.names");
  return (name) => {
    const known = VARIABLES.find((variable) => variable === name);
    return known ? t(known) : name;
  };
}

/** As a patient would read the saved text: the clinic's facts are real, what only a message knows is shown by name. */
function Preview({ template }: { template: Template }) {
  const t = useTranslations("settings.templates");
  const { slug } = useClinic();
  const preview = useQuery(templatePreviewQuery(slug, template.id, template.body));
  const meaningOf = useVariableMeaning();
  const named = (text: string) => text.replaceAll(/\{([a-z_]+)\}/g, (_, name: string) => `[${meaningOf(name)}]`);
  return (
    <div className="rounded-lg bg-muted p-3">
      <p className="mb-1.5 text-xs font-medium text-muted-foreground">{t("preview")}</p>
      {preview.isSuccess ? (
        <>
          <p
            lang={template.locale}
            dir="auto"
            className="w-fit max-w-full rounded-lg bg-card px-3 py-2 text-sm whitespace-pre-wrap shadow-raised"
          >
            {named(preview.data.text)}
          </p>
          <p className="mt-2 text-xs text-muted-foreground">
            {t.rich("mailSubject", {
              subject: () => (
                <bdi lang={template.locale} className="text-foreground">
                  {named(preview.data.subject)}
                </bdi>
              ),
            })}
          </p>
        </>
      ) : (
        <Skeleton className="h-14 w-3/4 rounded-lg" />
      )}
    </div>
  );
}
