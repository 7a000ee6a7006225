"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { toast } from "sonner";
import { useClinic } from "@/components/shared/clinic-context";
import { useDebounced } from "@/components/shared/debounced";
import { useErrorWords } from "@/components/shared/error-words";
import { ApiError } from "@/lib/http/client";
import { addDays, noonOf } from "../wall";
import { HoursCard } from "./hours-card";
import { useHoursForm } from "./hours-form";
import { previewQuery, type ProviderSchedule, type Schedule, useChangeSchedule } from "./queries";
import { SaveBar } from "./save-bar";
import { NEW_SEASON, SeasonTabs } from "./season-tabs";
import { servicesSetUpQuery } from "./set-up-queries";
import { SlotsPreview } from "./slots-preview";

interface HoursWorkProps {
  schedule: Schedule;
  provider: ProviderSchedule;
  isReadOnly: boolean;
}

/** One provider's week being written, and beside it what it makes bookable. */
export function HoursWork(props: HoursWorkProps) {
  const [chosen, setChosen] = useQueryState("season", parseAsString);
  const isKnown = props.provider.seasons.some(({ valid_from }) => valid_from === chosen);
  const key = isKnown || (chosen === NEW_SEASON && !props.isReadOnly) ? chosen : null;
  return <OneWeek key={key} {...props} chosen={key} onChoose={(next) => void setChosen(next)} />;
}

type OneWeekProps = HoursWorkProps & { chosen: string | null; onChoose: (key: string | null) => void };

function OneWeek({ schedule, provider, isReadOnly, chosen, onChoose }: OneWeekProps) {
  const { today, week_start, weekend, providers } = schedule;
  const form = useHoursForm(provider, chosen, today);
  const { dates, season } = form;
  const shown = useShownWeek(dates?.valid_from || today, dates !== undefined, week_start);
  const draft = useDebounced(JSON.stringify(form.draft));
  const service = useServiceOf(provider.id);
  const save = useSave(form, provider, onChoose);
  const tabs = <SeasonTabs seasons={provider.seasons} chosen={chosen} onChoose={onChoose} isReadOnly={isReadOnly} />;
  const ask = { provider_id: provider.id, service_id: service.id, from: shown.from, draft: parsed(draft) };
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <HoursCard
        tabs={tabs}
        week={form.week}
        onWeek={form.setWeek}
        dates={dates}
        onDates={form.setDates}
        onRemoveSeason={season && save.removeSeason}
        weekStart={week_start}
        weekend={weekend}
        colleagues={providers.filter(({ id, is_active, hours }) => is_active && hours.length > 0 && id !== provider.id)}
        isReadOnly={isReadOnly}
        footer={form.isDirty && !isReadOnly && <Footer ask={ask} form={form} save={save} onDiscard={save.discard} />}
      />
      <SlotsPreview
        providerId={provider.id}
        services={service.all}
        serviceId={service.id}
        onService={service.choose}
        from={shown.from}
        onFrom={shown.show}
        draft={ask.draft}
      />
    </div>
  );
}

/** The named cast: our own JSON back. */
const parsed = (draft: string): object | null => JSON.parse(draft);

interface FooterProps {
  ask: { provider_id: string; service_id: string | null; from: string; draft: object | null };
  form: ReturnType<typeof useHoursForm>;
  save: ReturnType<typeof useSave>;
  onDiscard: () => void;
}

function Footer({ ask, form, save, onDiscard }: FooterProps) {
  const t = useTranslations("setUp.schedule");
  const { slug } = useClinic();
  const words = useErrorWords();
  const preview = useQuery({ ...previewQuery(slug, ask), enabled: form.draft !== null });
  const isClash = preview.error instanceof ApiError && preview.error.code === "CONFLICT";
  const refused = preview.error && (isClash ? t("seasonClash") : words(preview.error));
  const problem = form.isSound ? (refused ?? undefined) : t(form.dates ? "problems.season" : "problems.week");
  return (
    <SaveBar
      overlapped={form.draft ? preview.data?.overlapped : undefined}
      problem={problem}
      isSaving={save.isPending}
      maySave={form.draft !== null && !preview.isError}
      onSave={save.save}
      onDiscard={onDiscard}
    />
  );
}

/** The week shown beside: the next whole one, or a season's first. */
function useShownWeek(from: string, isSeason: boolean, weekStart: number) {
  const weekday = noonOf(from).getUTCDay() || 7;
  const start = addDays(from, -((weekday - weekStart + 7) % 7) + (isSeason ? 0 : 7));
  const [moved, setMoved] = useState<string>();
  return { from: moved ?? start, show: setMoved };
}

/** The services that this provider leads, and the one whose starts are shown. */
function useServiceOf(providerId: string) {
  const { slug } = useClinic();
  const [asked, choose] = useQueryState("service", parseAsString);
  const services = useQuery(servicesSetUpQuery(slug)).data;
  const all = services?.filter(({ is_active, provider_ids }) => is_active && provider_ids.includes(providerId));
  const id = (all?.find((one) => one.id === asked) ?? all?.[0])?.id ?? null;
  return { all, id, choose: (next: string) => void choose(next) };
}

function useSave(
  form: ReturnType<typeof useHoursForm>,
  provider: ProviderSchedule,
  onChoose: (key: string | null) => void,
) {
  const t = useTranslations("setUp.schedule");
  const { slug } = useClinic();
  const words = useErrorWords();
  const change = useChangeSchedule(slug);
  const { draft, season, dates } = form;
  const onError = (error: unknown) => void toast.error(words(error));
  return {
    isPending: change.isPending,
    discard: () => {
      form.reset();
      if (!season) onChoose(null);
    },
    save: () => {
      if (!draft) return;
      const put =
        "week" in draft
          ? ({ put: "hours", json: draft.week } as const)
          : ({ put: "seasons", json: draft.season } as const);
      change.mutate(put, {
        onError,
        onSuccess: ({ overlapped }) => {
          if (overlapped.total > 0) toast.warning(t("savedOverlapping", { count: overlapped.total }));
          else toast.success(t("saved"));
          form.reset();
          onChoose(dates?.valid_from ?? null);
        },
      });
    },
    removeSeason: () => {
      if (!season?.valid_from || !season.valid_to) return;
      const days = { valid_from: season.valid_from, valid_to: season.valid_to };
      const again = { put: "seasons", json: { provider_ids: [provider.id], ...days, hours: season.hours } } as const;
      change.mutate(
        { removeSeason: { provider_id: provider.id, ...days } },
        {
          onError,
          onSuccess: () => {
            onChoose(null);
            toast(t("seasonRemoved"), {
              action: { label: t("undo"), onClick: () => change.mutate(again, { onError }) },
            });
          },
        },
      );
    },
  };
}
