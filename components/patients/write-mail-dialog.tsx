"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { z } from "zod";
import { Alert } from "@/components/shared/alert";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { Field } from "@/components/shared/field";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { api, ApiError } from "@/lib/http/client";

interface WriteMailDialogProps {
  point: { id: string; value: string };
  onClose: () => void;
}

const Started = z.object({ id: z.string() });
const MOST_CHARACTERS = 1600;

/** The first letter of a talk, or one more of it: it goes out by the clinic's mailbox and stands in the inbox. */
export function WriteMailDialog({ point, onClose }: WriteMailDialogProps) {
  const t = useTranslations("patients.mail");
  const inbox = useTranslations("inbox");
  const record = useTranslations("patients.record");
  const { slug, name } = useClinic();
  const router = useRouter();
  const words = useErrorWords();
  const [subject, setSubject] = useState("");
  const [text, setText] = useState("");
  const start = useMutation({
    mutationFn: () => {
      const json = { contact_point_id: point.id, channel: "email", text, subject: subject.trim() || undefined };
      return api(Started, `/api/clinic/${slug}/conversations`, { method: "POST", json });
    },
    onSuccess: ({ id }) => {
      const open = () => router.push(`/c/${slug}/inbox?id=${id}`);
      toast.success(t("sent"), { action: { label: t("open"), onClick: open } });
      onClose();
    },
  });
  const code = start.error instanceof ApiError ? start.error.code : undefined;
  const refusal = code === "NOT_FOUND" ? t("noChannel") : code === "OPTED_OUT" ? t("optedOut") : words(start.error);
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{t("write")}</DialogTitle>
          <DialogDescription>{t.rich("to", { address: () => <bdi dir="ltr">{point.value}</bdi> })}</DialogDescription>
        </DialogHeader>
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim()) start.mutate();
          }}
        >
          {start.isError && <Alert>{refusal}</Alert>}
          <Field label={inbox("subject")}>
            {(control) => (
              <Input
                {...control}
                dir={subject ? "auto" : undefined}
                maxLength={150}
                placeholder={inbox("noSubject", { clinic: name })}
                value={subject}
                onChange={(event) => setSubject(event.target.value)}
              />
            )}
          </Field>
          <Field label={t("text")}>
            {(control) => (
              <Textarea
                {...control}
                autoFocus
                dir={text ? "auto" : undefined}
                rows={7}
                maxLength={MOST_CHARACTERS}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
          <DialogFooter>
            <Button variant="ghost" onClick={onClose}>
              {record("cancel")}
            </Button>
            <Button type="submit" variant="primary" disabled={!text.trim() || start.isPending}>
              {t("send")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
