"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { toast } from "sonner";
import { z } from "zod";
import { PatientPicker, type PatientChoice } from "@/components/scheduling/patient-picker";
import { providersQuery, servicesQuery, upcomingOfPatientQuery } from "@/components/scheduling/queries";
import { useWallWords } from "@/components/scheduling/set-up/words";
import { wallOf } from "@/components/scheduling/wall";
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
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { api, ApiError } from "@/lib/http/client";
import { URGENCIES, waitlistAt, waitlistKeys } from "./queries";

const NONE = "none";
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const Waiting = z.object({ what: z.literal("waiting") });

/** Puts a patient on the waitlist: for which service, whom they would see, and when it suits. */
export function AddDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("waitlist.new");
  const list = useTranslations("waitlist");
  const words = useErrorWords();
  const wall = useWallWords();
  const format = useFormatter();
  const { slug, timeZone } = useClinic();
  const [today] = useState(() => wallOf(new Date(), timeZone).day);
  const [patient, setPatient] = useState<PatientChoice>();
  const [serviceId, setServiceId] = useState("");
  const [providerId, setProviderId] = useState(NONE);
  const [visitId, setVisitId] = useState(NONE);
  const [weekdays, setWeekdays] = useState<number[]>([]);
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [urgency, setUrgency] = useState<(typeof URGENCIES)[number]>("normal");
  const [note, setNote] = useState("");
  const patientId = patient && "patient_id" in patient.toSend ? patient.toSend.patient_id : "";
  const services = useQuery(servicesQuery(slug)).data ?? [];
  const providers = useQuery(providersQuery(slug, today)).data ?? [];
  const ahead = useQuery({ ...upcomingOfPatientQuery(slug, patientId, today), enabled: patientId !== "" });
  const visits = (patientId ? (ahead.data ?? []) : []).filter((visit) => visit.service.id === serviceId);
  const add = useAdd(slug);
  const isWhole = patientId !== "" && serviceId !== "" && (!from || !to || from < to);
  const submit = () =>
    add.mutate(
      {
        ...{ patient_id: patientId, service_id: serviceId, urgency, weekdays },
        ...(providerId !== NONE && { provider_ids: [providerId] }),
        ...(visits.some(({ id }) => id === visitId) && { appointment_id: visitId }),
        ...{ not_before: from || null, not_after: to || null, note: note.trim() || null },
      },
      {
        onSuccess: () => {
          toast.success(t("added", { name: patient?.name ?? "" }));
          onClose();
        },
      },
    );
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent className="max-h-[92dvh] overflow-y-auto">
        <DialogHeader>
          <DialogTitle>{t("title")}</DialogTitle>
          <DialogDescription>{t("text")}</DialogDescription>
        </DialogHeader>
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (isWhole) submit();
          }}
        >
          {add.isError && <Alert>{isWaiting(add.error) ? t("already") : words(add.error)}</Alert>}
          <PatientPicker choice={patient} onChoose={setPatient} />
          <div className="grid gap-4 sm:grid-cols-2">
            <Pick label={t("service")} value={serviceId} onChange={setServiceId} options={services} />
            <Pick
              label={t("provider")}
              value={providerId}
              onChange={setProviderId}
              options={[{ id: NONE, name: list("list.anyProvider") }, ...providers]}
            />
          </div>
          {visits.length > 0 && (
            <Pick
              label={t("visit")}
              value={visitId}
              onChange={setVisitId}
              options={[
                { id: NONE, name: t("noVisit") },
                ...visits.map((visit) => ({
                  id: visit.id,
                  name: format.dateTime(new Date(visit.starts_at), { dateStyle: "medium", timeStyle: "short" }),
                })),
              ]}
            />
          )}
          <fieldset className="grid gap-1.5">
            <legend className="mb-1.5 text-sm font-medium">{t("days")}</legend>
            <div className="flex flex-wrap gap-1">
              {WEEKDAYS.map((day) => (
                <button
                  key={day}
                  type="button"
                  aria-pressed={weekdays.includes(day)}
                  onClick={() => setWeekdays((now) => toggled(now, day))}
                  className="h-9 min-w-11 rounded-md border px-2.5 text-sm transition-colors hover:bg-accent aria-pressed:border-primary aria-pressed:bg-primary-soft aria-pressed:text-primary-text"
                >
                  {wall.weekday(day, "short")}
                </button>
              ))}
            </div>
            <p className="text-xs text-muted-foreground">{t("daysHint")}</p>
          </fieldset>
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
            <Time label={t("from")} value={from} onChange={setFrom} />
            <Time label={t("to")} value={to} onChange={setTo} />
            <Pick
              label={t("urgency")}
              value={urgency}
              onChange={(value) => setUrgency(URGENCIES.find((one) => one === value) ?? "normal")}
              options={URGENCIES.map((id) => ({ id, name: list(`urgency.${id}`) }))}
            />
          </div>
          <Field label={t("note")} hint={t("consent")}>
            {(control) => (
              <Input {...control} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
            )}
          </Field>
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

const toggled = (days: number[], day: number) =>
  days.includes(day) ? days.filter((one) => one !== day) : [...days, day].sort((a, b) => a - b);

const isWaiting = (error: unknown) => error instanceof ApiError && Waiting.safeParse(error.details).success;

interface PickProps {
  label: string;
  value: string;
  options: readonly { id: string; name: string }[];
  onChange: (value: string) => void;
}

function Pick({ label, value, options, onChange }: PickProps): ReactNode {
  const id = useId();
  return (
    <div className="grid min-w-0 gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <Select value={value} onValueChange={onChange}>
        <SelectTrigger id={id} className="min-w-0">
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          {options.map((option) => (
            <SelectItem key={option.id} value={option.id}>
              {option.name}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
    </div>
  );
}

function Time({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <Field label={label}>
      {(control) => <Input {...control} type="time" value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

function useAdd(slug: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (json: Record<string, unknown>) => api(z.unknown(), waitlistAt(slug), { method: "POST", json }),
    onSuccess: () => queries.invalidateQueries({ queryKey: waitlistKeys.all(slug) }),
  });
}
