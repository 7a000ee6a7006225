"use client";
import {
  ArmchairIcon,
  BanIcon,
  CheckCheckIcon,
  CircleCheckIcon,
  type LucideIcon,
  Undo2Icon,
  UserXIcon,
} from "lucide-react";
import { useNow, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { isolate } from "@/components/i18n/isolate";
import { useClinic } from "@/components/shared/clinic-context";
import { useToastError } from "@/components/shared/error-words";
import { Field } from "@/components/shared/field";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { type ClinicRole, may } from "@/lib/identity/permissions";
import { type Act, type Appointment, useActOnAppointment } from "./queries";

const ICONS: Record<Act, LucideIcon> = {
  confirm: CircleCheckIcon,
  "check-in": ArmchairIcon,
  complete: CheckCheckIcon,
  "no-show": UserXIcon,
  cancel: BanIcon,
  undo: Undo2Icon,
};

/** What the state allows; the server has the last word. The first is the likely one. */
function actsFor({ state, confirmation, starts_at }: Appointment, now: Date, role: ClinicRole): Act[] {
  switch (state) {
    case "scheduled": {
      const usual: Act[] = confirmation === "confirmed" ? ["check-in"] : ["check-in", "confirm"];
      return Date.parse(starts_at) <= now.getTime()
        ? [...usual, "complete", "no-show", "cancel"]
        : [...usual, "cancel"];
    }
    case "checked_in":
      return ["complete", "undo"];
    case "no_show":
      return ["check-in", "undo"];
    case "cancelled":
      return ["undo"];
    case "completed":
      return may(role, "appointment.reopen") ? ["undo"] : [];
    case "held":
      return ["cancel"];
    case "expired":
      return [];
  }
}

/** The state after an act that can be taken back from its toast. */
const AFTER: Partial<Record<Act, Appointment["state"]>> = {
  "check-in": "checked_in",
  complete: "completed",
  "no-show": "no_show",
  cancel: "cancelled",
};

/** Does it, says so, and offers to undo it. */
function useRun(visit: Appointment, onDone: () => void) {
  const t = useTranslations("calendar.acts");
  const common = useTranslations("common");
  const { slug } = useClinic();
  const act = useActOnAppointment(slug);
  const onError = useToastError();
  const run = (what: Act, reason?: string) => {
    const undo = () => act.mutate({ id: visit.id, act: "undo", from: AFTER[what] }, { onError });
    const onSuccess = () => {
      onDone();
      const words = t(`done.${what}`, { name: isolate(visit.patient.name) });
      toast.success(words, AFTER[what] ? { action: { label: common("undo"), onClick: undo } } : {});
    };
    const from = what === "undo" ? visit.state : undefined;
    act.mutate({ id: visit.id, act: what, reason, from }, { onError, onSuccess });
  };
  return { run, isBusy: act.isPending };
}

export function VisitActs({ visit }: { visit: Appointment }) {
  const t = useTranslations("calendar.acts");
  const { role } = useClinic();
  const [isCancelling, setCancelling] = useState(false);
  const { run, isBusy } = useRun(visit, () => setCancelling(false));
  const now = useNow();

  if (isCancelling)
    return (
      <CancelForm
        name={visit.patient.name}
        isBusy={isBusy}
        onBack={() => setCancelling(false)}
        onCancel={(reason) => run("cancel", reason)}
      />
    );
  return (
    <div className="flex flex-wrap gap-2">
      {actsFor(visit, now, role).map((what, at) => {
        const Icon = ICONS[what];
        return (
          <Button
            key={what}
            variant={at === 0 && what !== "undo" && what !== "cancel" ? "primary" : "outline"}
            disabled={isBusy}
            onClick={() => (what === "cancel" ? setCancelling(true) : run(what))}
          >
            <Icon aria-hidden />
            {t(what)}
          </Button>
        );
      })}
    </div>
  );
}

interface CancelFormProps {
  name: string;
  isBusy: boolean;
  onBack: () => void;
  onCancel: (reason: string) => void;
}

/** Asks with the consequence in words. */
function CancelForm({ name, isBusy, onBack, onCancel }: CancelFormProps) {
  const t = useTranslations("calendar.acts");
  const [reason, setReason] = useState("");
  return (
    <form
      className="grid gap-3 rounded-lg border p-3"
      onSubmit={(event) => {
        event.preventDefault();
        onCancel(reason.trim() || t("byClinic"));
      }}
    >
      <p className="text-sm">{t("cancelText", { name: isolate(name) })}</p>
      <Field label={t("reason")}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={200}
            placeholder={t("byClinic")}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={onBack}>
          {t("keep")}
        </Button>
        <Button type="submit" variant="danger" disabled={isBusy}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
