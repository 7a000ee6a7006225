"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { z } from "zod";
import { isolate } from "@/components/i18n/isolate";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { api } from "@/lib/http/client";
import { type Appointment, appointmentKeys } from "../queries";

/** Asks before two visits change places: both patients will hear of it. */
export function SwapDialog({ pair: [one, other], onClose }: { pair: [Appointment, Appointment]; onClose: () => void }) {
  const t = useTranslations("calendar.swap");
  const words = useErrorWords();
  const { slug } = useClinic();
  const queries = useQueryClient();
  const names = { one: isolate(one.patient.name), other: isolate(other.patient.name) };
  const swap = useMutation({
    mutationFn: () =>
      api(z.unknown(), `/api/clinic/${slug}/appointments/${one.id}/swap`, { method: "POST", json: { with: other.id } }),
    onSuccess: () => void toast.success(t("done", names)),
    onError: (error) => void toast.error(words(error)),
    onSettled: () => {
      onClose();
      return queries.invalidateQueries({ queryKey: appointmentKeys.all(slug) });
    },
  });
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent className="max-w-md">
        <DialogHeader>
          <DialogTitle>{t("title")}</DialogTitle>
          <DialogDescription>{t("text", names)}</DialogDescription>
        </DialogHeader>
        <DialogFooter>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant="primary" disabled={swap.isPending} onClick={() => swap.mutate()}>
            {t("swap")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
