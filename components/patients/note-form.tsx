"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { useToastError } from "@/components/shared/error-words";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";
import { useAddNote } from "./queries";

/** A note for staff, written where it will stand. */
export function NoteForm({ patientId }: { patientId: string }) {
  const t = useTranslations("patients.timeline");
  const { slug } = useClinic();
  const [text, setText] = useState("");
  const add = useAddNote(slug, patientId);
  const onError = useToastError();
  const submit = () => {
    if (text.trim() === "") return;
    add.mutate(text, { onSuccess: () => setText(""), onError });
  };
  return (
    <form
      className="flex items-end gap-2 border-b px-4 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Textarea
        aria-label={t("noteLabel")}
        placeholder={t("notePlaceholder")}
        rows={1}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
          event.preventDefault();
          submit();
        }}
      />
      <Button type="submit" className="h-9" disabled={text.trim() === "" || add.isPending}>
        {t("noteSave")}
      </Button>
    </form>
  );
}
