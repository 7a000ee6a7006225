"use client";
import { BanIcon, CircleCheckIcon, DownloadIcon, UserXIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useClinic } from "@/components/shared/clinic-context";
import { useToastError } from "@/components/shared/error-words";
import { Field } from "@/components/shared/field";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { may } from "@/lib/identity/permissions";
import { useActOnMany, type Act } from "./queries";

interface BulkBarProps {
  ids: string[];
  onClear: () => void;
  /** Why some were left as they were, by id. */
  onRefused: (refused: ReadonlyMap<string, string>) => void;
}

const BACK = {
  confirm: { act: "unconfirm" },
  cancel: { act: "undo", from: "cancelled" },
  no_show: { act: "undo", from: "no_show" },
} as const;
type Doing = keyof typeof BACK;

/** What may be done with the marked visits, and the way back from it. */
function useBulk({ ids, onClear, onRefused }: BulkBarProps) {
  const t = useTranslations("appointments.bulk");
  const common = useTranslations("common");
  const { slug } = useClinic();
  const many = useActOnMany(slug);
  const onError = useToastError();
  const send = (json: Act, onDone: (done: string[]) => void) =>
    many.mutate(json, {
      onError,
      onSuccess: ({ items }) => {
        onRefused(new Map(items.flatMap(({ id, error }) => (error ? [[id, error] as const] : []))));
        onDone(items.filter((item) => item.ok).map(({ id }) => id));
      },
    });
  const run = (act: Doing, reason?: string) =>
    send({ act, ids, ...(reason ? { reason } : {}) }, (done) => {
      onClear();
      const undo = () =>
        send({ ...BACK[act], ids: done }, (back) => toast.success(t("undone", { count: back.length })));
      const words = t(`done.${act}`, { count: done.length, left: ids.length - done.length });
      if (done.length === 0) toast.error(words);
      else toast.success(words, { action: { label: common("undo"), onClick: undo } });
    });
  return { run, isBusy: many.isPending };
}

export function BulkBar(props: BulkBarProps) {
  const { ids, onClear } = props;
  const t = useTranslations("appointments.bulk");
  const { slug, role } = useClinic();
  const [isCancelling, setCancelling] = useState(false);
  const { run, isBusy } = useBulk(props);
  return (
    <div
      role="toolbar"
      aria-label={t("label")}
      className="sticky bottom-20 z-20 mx-auto flex max-w-full flex-wrap items-center gap-2 rounded-lg border bg-popover p-2 shadow-float md:bottom-4"
    >
      <span role="status" className="px-2 text-sm font-medium">
        {t("marked", { count: ids.length })}
      </span>
      <Button disabled={isBusy} onClick={() => run("confirm")}>
        <CircleCheckIcon aria-hidden />
        {t("confirm")}
      </Button>
      <Button disabled={isBusy} onClick={() => run("no_show")}>
        <UserXIcon aria-hidden />
        {t("noShow")}
      </Button>
      <Button disabled={isBusy} onClick={() => setCancelling(true)}>
        <BanIcon aria-hidden />
        {t("cancel")}
      </Button>
      {may(role, "appointment.export") && (
        <Button asChild>
          <a href={`/api/clinic/${slug}/appointments/export?ids=${ids.join(",")}`} download>
            <DownloadIcon aria-hidden />
            {t("export")}
          </a>
        </Button>
      )}
      <Button variant="ghost" size="icon" aria-label={t("clear")} onClick={onClear}>
        <XIcon aria-hidden />
      </Button>
      {isCancelling && (
        <CancelDialog
          count={ids.length}
          onClose={() => setCancelling(false)}
          onCancel={(reason) => {
            setCancelling(false);
            run("cancel", reason);
          }}
        />
      )}
    </div>
  );
}

interface CancelDialogProps {
  count: number;
  onClose: () => void;
  onCancel: (reason: string) => void;
}

/** Asks with the consequence in words. */
function CancelDialog({ count, onClose, onCancel }: CancelDialogProps) {
  const t = useTranslations("appointments.bulk");
  const acts = useTranslations("calendar.acts");
  const [reason, setReason] = useState("");
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent aria-describedby={undefined}>
        <DialogHeader>
          <DialogTitle>{t("cancelTitle", { count })}</DialogTitle>
        </DialogHeader>
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            onCancel(reason.trim() || acts("byClinic"));
          }}
        >
          <p className="text-sm text-muted-foreground">{t("cancelText", { count })}</p>
          <Field label={acts("reason")}>
            {(control) => (
              <Input
                {...control}
                autoFocus
                maxLength={500}
                placeholder={acts("byClinic")}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
          <DialogFooter>
            <Button variant="ghost" onClick={onClose}>
              {t("keep")}
            </Button>
            <Button type="submit" variant="danger">
              {t("cancelAll", { count })}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
