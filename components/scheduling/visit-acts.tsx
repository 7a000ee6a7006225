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
import { useClinic } from "@/components/shared/clinic-context";
import { useToastError } from "@/components/shared/error-words";
import { Field } from "@/components/shared/field";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
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
function actsFor({ status, confirmation, starts_at }: Appointment, now: Date): Act[] {
  switch (status) {
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
      return ["undo"];
    case "held":
      return ["cancel"];
    case "expired":
      return [];
  }
}

export function VisitActs({ visit }: { visit: Appointment }) {
  const t = useTranslations("calendar.acts");
  const common = useTranslations("common");
  const { slug } = useClinic();
  const act = useActOnAppointment(slug);
  const toastError = useToastError();
  const [isCancelling, setCancelling] = useState(false);
  const now = useNow();

  const run = (what: Act, reason?: string) =>
    act.mutate(
      { id: visit.id, act: what, reason },
      {
        onError: toastError,
        onSuccess: () => {
          setCancelling(false);
          const undo = {
            label: common("undo"),
            onClick: () => act.mutate({ id: visit.id, act: "undo" }, { onError: toastError }),
          };
          toast.success(
            t(`done.${what}`, { name: visit.patient.name }),
            what === "undo" || what === "confirm" ? {} : { action: undo },
          );
        },
      },
    );

  if (isCancelling)
    return (
      <CancelForm
        name={visit.patient.name}
        isBusy={act.isPending}
        onBack={() => setCancelling(false)}
        onCancel={(reason) => run("cancel", reason)}
      />
    );
  return (
    <div className="flex flex-wrap gap-2">
      {actsFor(visit, now).map((what, at) => {
        const Icon = ICONS[what];
        return (
          <Button
            key={what}
            variant={at === 0 && what !== "undo" && what !== "cancel" ? "primary" : "outline"}
            disabled={act.isPending}
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
      <p className="text-sm">{t("cancelText", { name })}</p>
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
