"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { isolate } from "@/components/i18n/isolate";
import { Alert } from "@/components/shared/alert";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { type PatientChoice, PatientPicker } from "./patient-picker";
import { type Slot, useBook } from "./queries";
import { SlotPicker } from "./slot-picker";
import { FamilyDialog } from "./visit/family-dialog";

/** Where and when someone pointed before the dialog opened. */
export interface VisitWish {
  day: string;
  providerId?: string;
  /** The chair that was pointed at: it is taken, or the booking refused. */
  operatoryId?: string;
  /** Minutes of the clinic's clock: the free start nearest to it is proposed. */
  minutes?: number;
  /** Whose visit it is to be, where that is known. */
  patient?: PatientChoice;
}

interface NewVisitDialogProps {
  wish: VisitWish;
  today: string;
  onClose: () => void;
  onBooked: (day: string) => void;
}

/** Books a visit at a start that is really free. */
export function NewVisitDialog({ wish, today, onClose, onBooked }: NewVisitDialogProps) {
  const t = useTranslations("calendar.new");
  const words = useErrorWords();
  const { slug } = useClinic();
  const book = useBook(slug);
  const [patient, setPatient] = useState<PatientChoice | undefined>(wish.patient);
  const [serviceId, setServiceId] = useState("");
  const [providerId, setProviderId] = useState(wish.providerId ?? "");
  const [day, setDay] = useState(wish.day < today ? today : wish.day);
  const [slot, setSlot] = useState<Slot>();
  const [isFamily, setFamily] = useState(false);
  const isComplete = patient !== undefined && slot !== undefined;

  const submit = () => {
    if (!isComplete) return;
    const operatoryId = wish.operatoryId ?? slot.operatory_id;
    const visit = {
      ...patient.toSend,
      service_id: serviceId,
      provider_id: slot.provider_id,
      starts_at: slot.starts_at,
      ...(operatoryId ? { operatory_id: operatoryId } : {}),
    };
    book.mutate(visit, {
      onSuccess: () => {
        toast.success(t("booked", { name: isolate(patient.name) }));
        onBooked(day);
        onClose();
      },
      onError: () => setSlot(undefined),
    });
  };

  if (isFamily) return <FamilyDialog {...{ patient, serviceId, day, today, onClose, onBooked }} />;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent aria-describedby={undefined} className="top-[6vh] max-h-[88vh]">
        <DialogHeader>
          <DialogTitle>{t("title")}</DialogTitle>
        </DialogHeader>
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          {book.isError && <Alert>{words(book.error)}</Alert>}
          <PatientPicker choice={patient} onChoose={setPatient} />
          <SlotPicker
            {...{ serviceId, providerId, day, slot }}
            near={wish.minutes}
            earliest={today}
            onService={(id) => {
              setServiceId(id);
              setSlot(undefined);
            }}
            onProvider={(id) => {
              setProviderId(id);
              setSlot(undefined);
            }}
            onDay={(next) => {
              setDay(next);
              setSlot(undefined);
            }}
            onSlot={setSlot}
          />
          <DialogFooter>
            <Button variant="link" className="me-auto px-0" onClick={() => setFamily(true)}>
              {t("family")}
            </Button>
            <Button variant="ghost" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" variant="primary" disabled={!isComplete || book.isPending}>
              {t("book")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
