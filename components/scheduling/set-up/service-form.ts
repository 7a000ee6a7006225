import type { Segment, Service } from "./set-up-queries";

/** A service as its form holds it: words as typed, money in whole units. */
export interface ServiceForm {
  names: { en: string; ar: string; es: string };
  synonyms: { en: string; ar: string; es: string };
  duration: number;
  before: number;
  after: number;
  color: string;
  /** Undefined for whoever may not see revenue figures. */
  value: string | undefined;
  recallDays: string;
  /** Empty: as many as fit. */
  dailyCap: string;
  isOnline: boolean;
  segments: readonly Segment[];
  providerIds: readonly string[];
  operatoryIds: readonly string[];
}

const NEW: ServiceForm = {
  names: { en: "", ar: "", es: "" },
  synonyms: { en: "", ar: "", es: "" },
  duration: 30,
  before: 0,
  after: 0,
  color: "teal",
  value: "",
  recallDays: "",
  dailyCap: "",
  isOnline: true,
  segments: [
    { role: "lead", from_minute: 0, to_minute: 30 },
    { role: "operatory", from_minute: 0, to_minute: 30 },
  ],
  providerIds: [],
  operatoryIds: [],
};

const joined = (words: readonly string[] | undefined) => (words ?? []).join(", ");
const split = (text: string) => [...new Set(text.split(/[,،\n]/).map((word) => word.trim()))].filter(Boolean);

/** Of the currency's smallest unit: dollars have a hundred, yen are their own. */
export const digitsOf = (currency: string): number =>
  new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;

export function formOf(service: Service | undefined, currency: string): ServiceForm {
  if (!service) return NEW;
  const { names, synonyms, value, recall_interval_days: recall } = service;
  return {
    names: { en: names.en, ar: names.ar ?? "", es: names.es ?? "" },
    synonyms: { en: joined(synonyms.en), ar: joined(synonyms.ar), es: joined(synonyms.es) },
    duration: service.duration_minutes,
    before: service.buffer_before_minutes,
    after: service.buffer_after_minutes,
    color: service.color,
    value: value === undefined ? undefined : (value / 10 ** digitsOf(currency)).toString(),
    recallDays: recall === null ? "" : String(recall),
    dailyCap: service.daily_cap === null ? "" : String(service.daily_cap),
    isOnline: service.is_online,
    segments: service.segments,
    providerIds: service.provider_ids,
    operatoryIds: service.operatory_ids,
  };
}

const filled = (texts: ServiceForm["names"]) =>
  Object.fromEntries(Object.entries(texts).flatMap(([tag, text]) => (text.trim() ? [[tag, text.trim()]] : [])));

/** What was typed, null where nothing was. */
export const numberOf = (typed: string): number | null => (typed.trim() === "" ? null : Number(typed));

/** The form as the API takes it. */
export function bodyOf(form: ServiceForm, currency: string): object {
  const { value, recallDays, synonyms } = form;
  return {
    name: filled(form.names),
    synonyms: { en: split(synonyms.en), ar: split(synonyms.ar), es: split(synonyms.es) },
    duration_minutes: form.duration,
    buffer_before_minutes: form.before,
    buffer_after_minutes: form.after,
    color: form.color,
    ...(value === undefined ? {} : { value: Math.round(Number(value || 0) * 10 ** digitsOf(currency)) }),
    recall_interval_days: numberOf(recallDays),
    daily_cap: numberOf(form.dailyCap),
    is_online: form.isOnline,
    segments: form.segments,
    provider_ids: form.providerIds,
    operatory_ids: form.operatoryIds,
  };
}

export const isSoundService = ({ names, duration, segments }: ServiceForm): boolean =>
  names.en.trim() !== "" &&
  duration >= 5 &&
  segments.some(({ role }) => role === "lead") &&
  segments.every(({ from_minute, to_minute }) => from_minute < to_minute && to_minute <= duration);

/** Another length: whoever stayed to the end stays to the new one, nobody longer. */
export const withDuration = (form: ServiceForm, duration: number): ServiceForm => ({
  ...form,
  duration,
  segments: form.segments.map((part) =>
    part.to_minute >= duration || part.to_minute === form.duration ? { ...part, to_minute: duration } : part,
  ),
});
