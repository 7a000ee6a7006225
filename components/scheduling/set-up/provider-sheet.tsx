"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Alert } from "@/components/shared/alert";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { Field } from "@/components/shared/field";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Sheet, SheetContent, SheetTitle } from "@/components/ui/sheet";
import { LOCALE_NAMES, LOCALES } from "@/lib/core/locales";
import { ApiError } from "@/lib/http/client";
import { PROVIDER_KINDS } from "@/lib/scheduling/set-up/schema";
import { FeedPanel } from "../feed/feed-panel";
import { CheckList } from "./check-list";
import { ColorChoice } from "./color-choice";
import { ColorDot } from "./color-dot";
import { LinkedMember } from "./linked-member";
import { RetireDialog } from "./retire-dialog";
import { numberOf } from "./service-form";
import { type Provider, servicesSetUpQuery, useSetUp } from "./set-up-queries";

interface Form {
  name: string;
  kind: Provider["kind"];
  color: string;
  languages: readonly string[];
  service_ids: readonly string[];
  daily_cap: number | null;
  user_id: string | null;
}
const NEW: Form = {
  name: "",
  kind: "dentist",
  color: "teal",
  languages: ["en"],
  service_ids: [],
  daily_cap: null,
  user_id: null,
};

const formOf = ({ name, kind, color, languages, service_ids, daily_cap, user }: Provider): Form => ({
  ...{ name, kind, color, languages, service_ids, daily_cap },
  user_id: user?.id ?? null,
});

interface ProviderSheetProps {
  /** Absent: a new one. */
  provider: Provider | undefined;
  isReadOnly: boolean;
  onClose: () => void;
}

/** Who a provider is, what they lead, and whose log-in is theirs. */
export function ProviderSheet({ provider, isReadOnly, onClose }: ProviderSheetProps) {
  const t = useTranslations("setUp.providers");
  const all = useTranslations("setUp");
  const { slug } = useClinic();
  const words = useErrorWords();
  const act = useSetUp(slug, "providers");
  const [form, setForm] = useState(provider ? formOf(provider) : NEW);
  const [isRetiring, setRetiring] = useState(false);
  const set = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));
  const isSound = form.name.trim() !== "" && form.languages.length > 0;
  const isLinked = act.error instanceof ApiError && act.error.code === "CONFLICT";
  const save = () =>
    act.mutate(
      { save: { ...form, name: form.name.trim() }, id: provider?.id },
      {
        onSuccess: () => {
          toast.success(t("saved"));
          onClose();
        },
      },
    );
  return (
    <Sheet open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <SheetContent className="max-w-lg">
        <SheetTitle>{provider?.name ?? t("add")}</SheetTitle>
        <form
          className="flex min-h-0 flex-1 flex-col"
          onSubmit={(event) => {
            event.preventDefault();
            if (isSound) save();
          }}
        >
          <div className="scroll-slim grid min-h-0 flex-1 content-start gap-6 overflow-y-auto px-4 pt-1 pb-6">
            <fieldset disabled={isReadOnly} className="grid gap-6">
              <Person form={form} onChange={set} isReadOnly={isReadOnly} />
            </fieldset>
            {provider && <FeedPanel provider={provider} />}
          </div>
          {!isReadOnly && (
            <footer className="grid gap-3 border-t px-4 py-3">
              {act.isError && <Alert>{isLinked ? t("userLinked") : words(act.error)}</Alert>}
              <div className="flex items-center justify-end gap-2">
                {provider?.is_active && (
                  <Button variant="ghost" className="me-auto" onClick={() => setRetiring(true)}>
                    {all("retire.retire")}
                  </Button>
                )}
                <Button type="submit" variant="primary" disabled={!isSound || act.isPending}>
                  {all("save")}
                </Button>
              </div>
            </footer>
          )}
        </form>
        {isRetiring && provider && (
          <RetireDialog
            area="providers"
            id={provider.id}
            name={provider.name}
            onClose={() => setRetiring(false)}
            onDone={onClose}
          />
        )}
      </SheetContent>
    </Sheet>
  );
}

interface PersonProps {
  form: Form;
  onChange: (part: Partial<Form>) => void;
  isReadOnly: boolean;
}

function Person({ form, onChange, isReadOnly }: PersonProps) {
  const t = useTranslations("setUp.providers");
  const { slug } = useClinic();
  const services = (useQuery(servicesSetUpQuery(slug)).data ?? []).filter(({ is_active }) => is_active);
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("name")}>
          {(control) => (
            <Input
              {...control}
              required
              dir="auto"
              maxLength={120}
              value={form.name}
              onChange={(event) => onChange({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("kind")}>
          {(control) => (
            <Select
              value={form.kind}
              disabled={isReadOnly}
              onValueChange={(value) => onChange({ kind: PROVIDER_KINDS.find((one) => one === value) ?? form.kind })}
            >
              <SelectTrigger {...control} className="h-9">
                <SelectValue />
              </SelectTrigger>
              <SelectContent>
                {PROVIDER_KINDS.map((kind) => (
                  <SelectItem key={kind} value={kind}>
                    {t(`kinds.${kind}`)}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
          )}
        </Field>
      </div>
      <CheckList
        legend={t("languages")}
        options={LOCALES.map((tag) => ({ id: tag, label: LOCALE_NAMES[tag] }))}
        chosen={form.languages}
        onChange={(languages) => onChange({ languages })}
      />
      <CheckList
        legend={t("services")}
        hint={t("servicesHint")}
        options={services.map(({ id, name, color }) => ({
          id,
          label: (
            <>
              <ColorDot color={color} />
              <span className="truncate">{name}</span>
            </>
          ),
        }))}
        chosen={form.service_ids}
        onChange={(service_ids) => onChange({ service_ids })}
      />
      <ColorChoice value={form.color} onChange={(color) => onChange({ color })} />
      <Field label={t("dailyCap")} hint={t("dailyCapHint")}>
        {(control) => (
          <Input
            {...control}
            type="number"
            inputMode="numeric"
            min={1}
            max={500}
            className="w-28 tabular-nums"
            value={form.daily_cap ?? ""}
            onChange={(event) => onChange({ daily_cap: numberOf(event.target.value) })}
          />
        )}
      </Field>
      {!isReadOnly && <LinkedMember userId={form.user_id} onChange={(user_id) => onChange({ user_id })} />}
    </>
  );
}
