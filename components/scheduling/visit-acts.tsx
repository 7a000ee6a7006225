"use client";
import {
  ArmchairIcon,
  ArrowLeftRightIcon,
  BanIcon,
  CalendarClockIcon,
  CalendarPlusIcon,
  CheckCheckIcon,
  CircleCheckIcon,
  ClockAlertIcon,
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
import { Button } from "@/components/ui/button";
import { type ClinicRole, may } from "@/lib/identity/permissions";
import { type Act, type Appointment, useActOnAppointment } from "./queries";
import { CancelForm } from "./visit/cancel-form";
import { CompleteForm } from "./visit/complete-form";
import { LateForm } from "./visit/late-form";
import { MoveForm } from "./visit/move-form";
import { NextForm } from "./visit/next-form";
import { useStep } from "./visit/queries";
import { SwapForm } from "./visit/swap-form";

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

/** What else may be done with it; each asks something first. */
type Step = "move" | "swap" | "next" | "late";
const STEP_ICONS: Record<Step, LucideIcon> = {
  move: CalendarClockIcon,
  swap: ArrowLeftRightIcon,
  next: CalendarPlusIcon,
  late: ClockAlertIcon,
};

function stepsFor({ state, starts_at }: Appointment, now: Date): Step[] {
  const isAhead = Date.parse(starts_at) > now.getTime();
  if (state === "scheduled") return isAhead ? ["move", "swap", "next", "late"] : ["move", "next", "late"];
  return state === "checked_in" || state === "completed" ? ["next"] : [];
}

/** Does it, says so, and offers to undo it. */
function useRun(visit: Appointment, onDone: () => void) {
  const t = useTranslations("calendar.acts");
  const common = useTranslations("common");
  const { slug } = useClinic();
  const act = useActOnAppointment(slug);
  const step = useStep(slug, visit.id);
  const onError = useToastError();
  const run = (what: Act, says: Record<string, unknown> = {}) => {
    const undo = () => act.mutate({ id: visit.id, act: "undo", from: AFTER[what] }, { onError });
    const onSuccess = () => {
      onDone();
      const words = t(`done.${what}`, { name: isolate(visit.patient.name) });
      toast.success(words, AFTER[what] ? { action: { label: common("undo"), onClick: undo } } : {});
    };
    step.mutate({ step: what, ...(what === "undo" ? { from: visit.state } : says) }, { onError, onSuccess });
  };
  return { run, isBusy: step.isPending };
}

export function VisitActs({ visit }: { visit: Appointment }) {
  const t = useTranslations("calendar.acts");
  const steps = useTranslations("calendar.steps");
  const { role } = useClinic();
  const [asking, setAsking] = useState<Step | "cancel" | "complete">();
  const close = () => setAsking(undefined);
  const { run, isBusy } = useRun(visit, close);
  const now = useNow();
  const forms = {
    move: () => <MoveForm visit={visit} onDone={close} />,
    swap: () => <SwapForm visit={visit} onDone={close} />,
    next: () => <NextForm visit={visit} onDone={close} />,
    late: () => <LateForm visit={visit} onDone={close} />,
    cancel: () => (
      <CancelForm {...{ visit, isBusy }} onBack={close} onCancel={(reason, rest) => run("cancel", { reason, rest })} />
    ),
    complete: () => (
      <CompleteForm
        {...{ visit, isBusy }}
        onBack={close}
        onComplete={(day) => run("complete", day ? { next_follow_up_date: day } : {})}
      />
    ),
  };
  if (asking) return forms[asking]();
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap gap-2">
        {actsFor(visit, now, role).map((what, at) => {
          const Icon = ICONS[what];
          return (
            <Button
              key={what}
              variant={at === 0 && what !== "undo" && what !== "cancel" ? "primary" : "outline"}
              disabled={isBusy}
              onClick={() => (what === "cancel" || what === "complete" ? setAsking(what) : run(what))}
            >
              <Icon aria-hidden />
              {t(what)}
            </Button>
          );
        })}
      </div>
      <div className="flex flex-wrap gap-x-1 gap-y-1">
        {stepsFor(visit, now).map((step) => {
          const Icon = STEP_ICONS[step];
          return (
            <Button key={step} variant="ghost" size="sm" disabled={isBusy} onClick={() => setAsking(step)}>
              <Icon aria-hidden />
              {steps(step)}
            </Button>
          );
        })}
      </div>
    </div>
  );
}
