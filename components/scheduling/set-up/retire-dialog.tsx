"use client";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { z } from "zod";
import { Alert } from "@/components/shared/alert";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { isolate } from "@/components/i18n/isolate";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { ApiError } from "@/lib/http/client";
import { OverlappedVisits } from "./overlapped-visits";
import { OverlappedVisit } from "./queries";
import { type SetUpArea, useSetUp } from "./set-up-queries";

const Ahead = z.object({ total: z.number(), visits: z.array(OverlappedVisit) });

interface RetireDialogProps {
  area: SetUpArea;
  id: string;
  name: string;
  onClose: () => void;
  onDone: () => void;
}

/** Takes something out of use; whoever still has visits ahead is shown with them, and may be retired all the same. */
export function RetireDialog({ area, id, name, onClose, onDone }: RetireDialogProps) {
  const t = useTranslations("setUp.retire");
  const all = useTranslations("setUp");
  const { slug } = useClinic();
  const words = useErrorWords();
  const act = useSetUp(slug, area);
  const refusal = act.error instanceof ApiError && act.error.code === "CONFLICT" ? act.error : undefined;
  const ahead = Ahead.safeParse(refusal?.details).data;
  const again = () => act.mutate({ restore: id });
  const retire = () =>
    act.mutate(
      { retire: id, confirmed: ahead !== undefined },
      {
        onSuccess: () => {
          toast(t("done", { name: isolate(name) }), { action: { label: t("undo"), onClick: again } });
          onDone();
        },
      },
    );
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{t("title", { name: isolate(name) })}</DialogTitle>
          <DialogDescription>{t(`texts.${area}`)}</DialogDescription>
        </DialogHeader>
        {ahead && (
          <OverlappedVisits
            overlapped={{ items: ahead.visits, total: ahead.total }}
            title={t("ahead", { count: ahead.total })}
          />
        )}
        {act.isError && !ahead && <Alert>{words(act.error)}</Alert>}
        <DialogFooter>
          <Button variant="ghost" onClick={onClose}>
            {all("cancel")}
          </Button>
          <Button variant="danger" disabled={act.isPending} onClick={retire}>
            {t(ahead ? "anyway" : "retire")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
