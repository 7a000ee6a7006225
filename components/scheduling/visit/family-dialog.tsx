"use client";
import { useQuery } from "@tanstack/react-query";
import { PlusIcon, XIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Alert } from "@/components/shared/alert";
import { useClinic } from "@/components/shared/clinic-context";
import { ErrorState } from "@/components/shared/error-state";
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
import { Skeleton } from "@/components/ui/skeleton";
import { isolate } from "@/components/i18n/isolate";
import { type PatientChoice, PatientPicker } from "../patient-picker";
import { providersQuery, servicesQuery } from "../queries";
import { isDay } from "../wall";
import { type Arrangement, type FamilyStart, familyStartsQuery, useBookFamily } from "./queries";
import { Chips } from "./step-card";

interface Member {
  key: number;
  patient: PatientChoice | undefined;
  serviceId: string;
}
interface FamilyDialogProps {
  patient: PatientChoice | undefined;
  serviceId?: string;
  day: string;
  today: string;
  onClose: () => void;
  onBooked: (day: string) => void;
}

const MOST_MEMBERS = 6;
const TIME = { hour: "numeric", minute: "2-digit" } as const;

/** Several people who come together: one after the other, or at once; all are booked or nobody is. */
export function FamilyDialog({ patient, serviceId = "", day: given, today, onClose, onBooked }: FamilyDialogProps) {
  const t = useTranslations("calendar.family");
  const words = useErrorWords();
  const { slug } = useClinic();
  const book = useBookFamily(slug);
  const [members, setMembers] = useState<Member[]>([
    { key: 0, patient, serviceId },
    { key: 1, patient: undefined, serviceId },
  ]);
  const [arrangement, setArrangement] = useState<Arrangement>("back_to_back");
  const [day, setDay] = useState(given < today ? today : given);
  const [start, setStart] = useState<FamilyStart>();
  const change = (key: number, part: Partial<Member>) => {
    setMembers((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
    if (part.serviceId !== undefined) setStart(undefined);
  };
  const isComplete = start !== undefined && members.every((one) => one.patient && one.serviceId);
  const submit = () => {
    const wire = members.flatMap(({ patient: who }, at) => {
      const visit = start?.visits[at];
      return who && visit
        ? [{ ...who.toSend, service_id: visit.service_id, provider_id: visit.provider_id, starts_at: visit.starts_at }]
        : [];
    });
    book.mutate(wire, {
      onSuccess: () => {
        toast.success(t("booked", { count: wire.length }));
        onBooked(day);
        onClose();
      },
      onError: () => setStart(undefined),
    });
  };
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent className="top-[4vh] max-h-[92vh]">
        <DialogHeader>
          <DialogTitle>{t("title")}</DialogTitle>
          <DialogDescription>{t("text")}</DialogDescription>
        </DialogHeader>
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (isComplete) submit();
          }}
        >
          {book.isError && <Alert>{words(book.error)}</Alert>}
          {members.map((member, at) => (
            <MemberFields
              key={member.key}
              {...{ member, at }}
              onChange={(part) => change(member.key, part)}
              onRemove={
                members.length > 2
                  ? () => {
                      setMembers((all) => all.filter((one) => one.key !== member.key));
                      setStart(undefined);
                    }
                  : undefined
              }
            />
          ))}
          {members.length < MOST_MEMBERS && (
            <Button
              variant="outline"
              size="sm"
              className="justify-self-start"
              onClick={() => {
                const key = Math.max(...members.map((one) => one.key)) + 1;
                setMembers([...members, { key, patient: undefined, serviceId: members[0]?.serviceId ?? "" }]);
                setStart(undefined);
              }}
            >
              <PlusIcon aria-hidden />
              {t("add")}
            </Button>
          )}
          <Chips
            label={t("how")}
            options={[
              { value: "back_to_back", label: t("inTurn") },
              { value: "parallel", label: t("atOnce") },
            ]}
            chosen={arrangement}
            onChoose={(next) => {
              setArrangement(next);
              setStart(undefined);
            }}
          />
          <Field label={t("day")}>
            {(control) => (
              <Input
                {...control}
                type="date"
                min={today}
                value={day}
                onChange={(event) => {
                  if (!isDay(event.target.value)) return;
                  setDay(event.target.value);
                  setStart(undefined);
                }}
              />
            )}
          </Field>
          <FamilyStarts {...{ members, arrangement, day, start }} onStart={setStart} />
          <DialogFooter>
            <Button variant="ghost" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" variant="primary" disabled={!isComplete || book.isPending}>
              {t("book", { count: members.length })}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

interface MemberFieldsProps {
  member: Member;
  at: number;
  onChange: (part: Partial<Member>) => void;
  onRemove: (() => void) | undefined;
}

function MemberFields({ member, at, onChange, onRemove }: MemberFieldsProps) {
  const t = useTranslations("calendar.family");
  const words = useTranslations("calendar.new");
  const { slug } = useClinic();
  const services = useQuery(servicesQuery(slug));
  return (
    <fieldset className="grid gap-3 rounded-lg border p-3">
      <legend className="px-1 text-sm font-medium">{t("member", { number: at + 1 })}</legend>
      <PatientPicker choice={member.patient} onChoose={(patient) => onChange({ patient })} />
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field label={words("service")}>
            {(control) => (
              <Select value={member.serviceId} onValueChange={(serviceId) => onChange({ serviceId })}>
                <SelectTrigger {...control} className="h-9">
                  <SelectValue placeholder={words("chooseService")} />
                </SelectTrigger>
                <SelectContent>
                  {services.data?.map((service) => (
                    <SelectItem key={service.id} value={service.id}>
                      {words("serviceOption", { name: isolate(service.name), minutes: service.duration_minutes })}
                    </SelectItem>
                  ))}
                </SelectContent>
              </Select>
            )}
          </Field>
        </div>
        {onRemove && (
          <Button variant="ghost" size="icon" aria-label={t("remove", { number: at + 1 })} onClick={onRemove}>
            <XIcon aria-hidden />
          </Button>
        )}
      </div>
    </fieldset>
  );
}

interface FamilyStartsProps {
  members: readonly Member[];
  arrangement: Arrangement;
  day: string;
  start: FamilyStart | undefined;
  onStart: (start: FamilyStart) => void;
}

/** The starts at which all of them fit, with who sees whom when. */
function FamilyStarts({ members, arrangement, day, start, onStart }: FamilyStartsProps) {
  const t = useTranslations("calendar.family");
  const format = useFormatter();
  const { slug } = useClinic();
  const serviceIds = members.map((member) => member.serviceId);
  const free = useQuery(familyStartsQuery(slug, day, serviceIds, arrangement));
  const providers = useQuery(providersQuery(slug, day));
  if (!serviceIds.every(Boolean)) return <p className="text-sm text-muted-foreground">{t("chooseServices")}</p>;
  const time = (at: string) => format.dateTime(new Date(at), TIME);
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t("start")}</legend>
      {free.isPending && <Skeleton className="h-20" />}
      {free.isError && <ErrorState error={free.error} retry={() => void free.refetch()} />}
      {free.data?.length === 0 && <p className="text-sm text-muted-foreground">{t("none")}</p>}
      <div className="scroll-slim grid max-h-40 grid-cols-4 gap-1.5 overflow-y-auto p-0.5">
        {free.data?.map((one) => (
          <button
            key={one.starts_at}
            type="button"
            aria-pressed={one.starts_at === start?.starts_at}
            onClick={() => onStart(one)}
            className="h-8 rounded-md border text-sm font-medium transition-colors hover:border-ring hover:bg-accent aria-pressed:border-primary aria-pressed:bg-primary aria-pressed:text-primary-foreground pointer-coarse:h-11"
          >
            {time(one.starts_at)}
          </button>
        ))}
      </div>
      {start && (
        <ol aria-label={t("who")} className="grid gap-1 rounded-md bg-muted px-3 py-2 text-sm">
          {start.visits.map((visit, at) => (
            <li key={visit.starts_at + visit.provider_id}>
              {t("line", {
                time: time(visit.starts_at),
                name: isolate(members[at]?.patient?.name ?? t("member", { number: at + 1 })),
                provider: isolate(providers.data?.find(({ id }) => id === visit.provider_id)?.name ?? "–"),
              })}
            </li>
          ))}
        </ol>
      )}
    </fieldset>
  );
}
