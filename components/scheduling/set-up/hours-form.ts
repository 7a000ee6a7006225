import { useState } from "react";
import { addDays } from "../wall";
import type { ProviderSchedule, Season } from "./queries";
import { NEW_SEASON, seasonKey } from "./season-tabs";
import { isSameWeek, isSound, rowsOf, type Week, weekOf } from "./week";

export interface Dates {
  valid_from: string;
  valid_to: string;
}

interface HoursForm {
  week: Week;
  setWeek: (week: Week) => void;
  /** Of a season; the usual week has none. */
  dates: Dates | undefined;
  setDates: (dates: Dates) => void;
  season: Season | undefined;
  isDirty: boolean;
  isSound: boolean;
  /** The change as the API takes it, when there is one that can be saved. */
  draft: { week: object } | { season: object } | null;
  reset: () => void;
}

/** What is being written about one provider's usual week or one of their seasons. */
export function useHoursForm(provider: ProviderSchedule, chosen: string | null, today: string): HoursForm {
  const season = provider.seasons.find((one) => seasonKey(one) === chosen);
  const isNew = chosen === NEW_SEASON;
  const saved = weekOf((season ?? provider).hours);
  const savedDates = datesOf(season, isNew, today);
  const [edited, setWeek] = useState<Week>();
  const [editedDates, setDates] = useState<Dates>();
  const week = edited ?? saved;
  const dates = savedDates && (editedDates ?? savedDates);
  const hours = rowsOf(week);
  const isMoved = dates?.valid_from !== savedDates?.valid_from || dates?.valid_to !== savedDates?.valid_to;
  const isDirty = isNew || isMoved || !isSameWeek(week, saved);
  const areDatesSound = !dates || (dates.valid_from !== "" && dates.valid_from <= dates.valid_to);
  const sound = isSound(week) && areDatesSound && (!dates || hours.length > 0);
  const provider_ids = [provider.id];
  const replaces = season && savedDates && isMoved ? { replaces: savedDates } : {};
  const change = dates ? { season: { provider_ids, ...dates, hours, ...replaces } } : { week: { provider_ids, hours } };
  return {
    ...{ week, setWeek, dates, setDates, season, isDirty, isSound: sound },
    draft: isDirty && sound ? change : null,
    reset: () => {
      setWeek(undefined);
      setDates(undefined);
    },
  };
}

/** A new season is proposed for the four weeks from the next one on. */
function datesOf(season: Season | undefined, isNew: boolean, today: string): Dates | undefined {
  if (isNew) return { valid_from: addDays(today, 7), valid_to: addDays(today, 34) };
  return season && { valid_from: season.valid_from ?? "", valid_to: season.valid_to ?? "" };
}
