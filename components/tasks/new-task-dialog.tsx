"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { toast } from "sonner";
import { z } from "zod";
import { assigneesQuery } from "@/components/messaging/desk-queries";
import { useMe } from "@/components/messaging/me";
import { addDays, instantAt, isDay, minutesOf, wallOf } from "@/components/scheduling/wall";
import { Alert } from "@/components/shared/alert";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { Field } from "@/components/shared/field";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { api } from "@/lib/http/client";
import { taskKeys, tasksAt } from "./queries";

const NOBODY = "nobody";

/** A task in a member's own words, for a day and a time by the clinic's clock, for somebody or for whoever takes it. */
export function NewTaskDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("tasks");
  const words = useErrorWords();
  const { timeZone } = useClinic();
  const add = useAddTask();
  const [today] = useState(() => wallOf(new Date(), timeZone).day);
  const [note, setNote] = useState("");
  const [day, setDay] = useState(today);
  const [time, setTime] = useState("17:00");
  const [owner, setOwner] = useState(NOBODY);
  const isWhole = note.trim() !== "" && isDay(day) && /^\d{2}:\d{2}/.test(time);

  const submit = () => {
    const due_at = instantAt(day, minutesOf(time), timeZone).toISOString();
    add.mutate(
      { note: note.trim(), due_at, ...(owner === NOBODY ? {} : { assignee_id: owner }) },
      {
        onSuccess: () => {
          toast.success(t("added"));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent aria-describedby={undefined}>
        <DialogHeader>
          <DialogTitle>{t("new")}</DialogTitle>
        </DialogHeader>
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (isWhole) submit();
          }}
        >
          {add.isError && <Alert>{words(add.error)}</Alert>}
          <Field label={t("note")}>
            {(control) => (
              <Textarea
                {...control}
                autoFocus
                rows={2}
                maxLength={1_000}
                placeholder={t("notePlaceholder")}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            )}
          </Field>
          <div className="grid grid-cols-[3fr_2fr] gap-3">
            <Field label={t("dueDay")}>
              {(control) => (
                <Input
                  {...control}
                  type="date"
                  min={today}
                  max={addDays(today, 730)}
                  value={day}
                  onChange={(event) => setDay(event.target.value)}
                />
              )}
            </Field>
            <Field label={t("dueTime")}>
              {(control) => (
                <Input {...control} type="time" value={time} onChange={(event) => setTime(event.target.value)} />
              )}
            </Field>
          </div>
          <Owner owner={owner} onOwner={setOwner} />
          <DialogFooter>
            <Button onClick={onClose}>{t("cancel")}</Button>
            <Button type="submit" variant="primary" disabled={!isWhole || add.isPending}>
              {t("add")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function Owner({ owner, onOwner }: { owner: string; onOwner: (owner: string) => void }): ReactNode {
  const t = useTranslations("tasks");
  const inbox = useTranslations("inbox");
  const id = useId();
  const me = useMe();
  const { slug } = useClinic();
  const colleagues = useQuery(assigneesQuery(slug)).data ?? [];
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {t("owner")}
      </label>
      <Select value={owner} onValueChange={onOwner}>
        <SelectTrigger id={id}>
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          <SelectItem value={NOBODY}>{t("nobody")}</SelectItem>
          {[me, ...colleagues.filter((one) => one.id !== me.id)].map((one) => (
            <SelectItem key={one.id} value={one.id}>
              {one.id === me.id ? inbox("you", { name: one.name }) : one.name}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
    </div>
  );
}

function useAddTask() {
  const { slug } = useClinic();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (json: { note: string; due_at: string; assignee_id?: string }) =>
      api(z.object({ id: z.string() }), tasksAt(slug), { method: "POST", json }),
    onSuccess: () => queries.invalidateQueries({ queryKey: taskKeys.all(slug) }),
  });
}
