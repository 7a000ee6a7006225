"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Alert } from "@/components/shared/alert";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { Button } from "@/components/ui/button";
import { Sheet, SheetContent, SheetTitle } from "@/components/ui/sheet";
import { CheckList } from "./check-list";
import { ColorChoice } from "./color-choice";
import { ColorDot } from "./color-dot";
import { RetireDialog } from "./retire-dialog";
import { SegmentsEditor } from "./segments-editor";
import { ServiceNames } from "./service-names";
import { ServiceNumbers } from "./service-numbers";
import { bodyOf, formOf, isSoundService, type ServiceForm } from "./service-form";
import { operatoriesQuery, providersSetUpQuery, type Service, useSetUp } from "./set-up-queries";

interface ServiceSheetProps {
  /** Absent: a new one. */
  service: Service | undefined;
  isReadOnly: boolean;
  onClose: () => void;
}

/** A service with all that decides when it can be booked. */
export function ServiceSheet({ service, isReadOnly, onClose }: ServiceSheetProps) {
  const t = useTranslations("setUp.services");
  const { slug, currency } = useClinic();
  const words = useErrorWords();
  const act = useSetUp(slug, "services");
  const [form, setForm] = useState(() => formOf(service, currency));
  const [isRetiring, setRetiring] = useState(false);
  const set = (part: Partial<ServiceForm>) => setForm((before) => ({ ...before, ...part }));
  const save = () =>
    act.mutate(
      { save: bodyOf(form, currency), id: service?.id },
      {
        onSuccess: () => {
          toast.success(t("saved"));
          onClose();
        },
      },
    );
  return (
    <Sheet open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <SheetContent className="max-w-xl">
        <SheetTitle>{service?.name ?? t("add")}</SheetTitle>
        <form
          className="flex min-h-0 flex-1 flex-col"
          onSubmit={(event) => {
            event.preventDefault();
            if (isSoundService(form)) save();
          }}
        >
          <fieldset
            disabled={isReadOnly}
            className="scroll-slim grid min-h-0 flex-1 content-start gap-6 overflow-y-auto px-4 pt-1 pb-6"
          >
            <ServiceNames form={form} onChange={set} />
            <ServiceNumbers form={form} onChange={setForm} />
            <SegmentsEditor
              segments={form.segments}
              durationMinutes={form.duration}
              bufferBefore={form.before}
              bufferAfter={form.after}
              onChange={(segments) => set({ segments })}
            />
            <Who form={form} onChange={set} />
            <ColorChoice value={form.color} onChange={(color) => set({ color })} />
          </fieldset>
          {!isReadOnly && (
            <footer className="grid gap-3 border-t px-4 py-3">
              {act.isError && <Alert>{words(act.error)}</Alert>}
              <Footer
                service={service}
                maySave={isSoundService(form) && !act.isPending}
                onRetire={() => setRetiring(true)}
              />
            </footer>
          )}
        </form>
        {isRetiring && service && (
          <RetireDialog
            area="services"
            id={service.id}
            name={service.name}
            onClose={() => setRetiring(false)}
            onDone={onClose}
          />
        )}
      </SheetContent>
    </Sheet>
  );
}

function Footer({
  service,
  maySave,
  onRetire,
}: {
  service: Service | undefined;
  maySave: boolean;
  onRetire: () => void;
}) {
  const t = useTranslations("setUp");
  return (
    <div className="flex items-center justify-end gap-2">
      {service?.is_active && (
        <Button variant="ghost" className="me-auto" onClick={onRetire}>
          {t("retire.retire")}
        </Button>
      )}
      <Button type="submit" variant="primary" disabled={!maySave}>
        {t("save")}
      </Button>
    </div>
  );
}

/** Who may lead it and in which chairs. */
function Who({ form, onChange }: { form: ServiceForm; onChange: (part: Partial<ServiceForm>) => void }) {
  const t = useTranslations("setUp.services");
  const { slug } = useClinic();
  const people = (useQuery(providersSetUpQuery(slug)).data ?? []).filter(({ is_active }) => is_active);
  const chairs = (useQuery(operatoriesQuery(slug)).data ?? []).filter(({ is_active }) => is_active);
  return (
    <>
      <CheckList
        legend={t("providers")}
        hint={t("providersHint")}
        options={people.map(({ id, name, color }) => ({
          id,
          label: (
            <>
              <ColorDot color={color} />
              <span className="truncate">{name}</span>
            </>
          ),
        }))}
        chosen={form.providerIds}
        onChange={(providerIds) => onChange({ providerIds })}
      />
      {form.segments.some(({ role }) => role === "operatory") && chairs.length > 0 && (
        <CheckList
          legend={t("operatories")}
          hint={t("operatoriesHint")}
          options={chairs.map(({ id, name }) => ({ id, label: <span className="truncate">{name}</span> }))}
          chosen={form.operatoryIds}
          onChange={(operatoryIds) => onChange({ operatoryIds })}
        />
      )}
    </>
  );
}
