import type { ExceptionPlan, ProviderPlan } from "../blueprint";

const day = [
  ["08:00", "12:00"],
  ["13:00", "17:00"],
] as const;
const office = [
  ["09:00", "13:00"],
  ["14:00", "18:00"],
] as const;
const late = [
  ["10:00", "14:00"],
  ["15:00", "19:00"],
] as const;
const early = [["08:00", "14:00"]] as const;
const evening = [["12:00", "20:00"]] as const;

/** Seven dentists and three hygienists; evenings from Monday to Thursday, and one dentist on Saturdays. */
export const PROVIDERS: readonly ProviderPlan[] = [
  {
    key: "marsh",
    name: "Dr. Elena Marsh",
    kind: "dentist",
    color: "teal",
    languages: ["en", "es"],
    hours: { 1: day, 2: day, 3: day, 4: day },
  },
  {
    key: "okafor",
    name: "Dr. Marcus Okafor",
    kind: "dentist",
    color: "indigo",
    languages: ["en"],
    hours: { 1: office, 2: office, 3: office, 4: office, 5: office },
  },
  {
    key: "reyes",
    name: "Dr. Sofía Reyes",
    kind: "dentist",
    color: "rose",
    languages: ["es", "en"],
    hours: { 2: late, 3: late, 4: late, 5: day },
  },
  {
    key: "haddad",
    name: "Dr. Yusuf Haddad",
    kind: "dentist",
    color: "amber",
    languages: ["ar", "en"],
    hours: { 1: evening, 2: evening, 3: evening, 5: [["09:00", "15:00"]] },
  },
  {
    key: "kim",
    name: "Dr. Grace Kim",
    kind: "dentist",
    color: "sky",
    languages: ["en"],
    hours: { 1: early, 2: early, 4: early, 5: early },
  },
  {
    key: "weiss",
    name: "Dr. Daniel Weiss",
    kind: "dentist",
    color: "emerald",
    languages: ["en"],
    hours: { 3: office, 4: [["12:00", "16:00"], ["16:30", "20:00"]], 5: office, 6: [["09:00", "14:00"]] },
  },
  {
    key: "natarajan",
    name: "Dr. Priya Natarajan",
    kind: "dentist",
    color: "violet",
    languages: ["en"],
    hours: { 2: office, 3: [["13:00", "18:00"]], 4: office, 5: [["09:00", "13:00"]] },
  },
  {
    key: "lindqvist",
    name: "Hannah Lindqvist",
    kind: "hygienist",
    color: "cyan",
    languages: ["en"],
    hours: { 1: day, 2: day, 3: day, 4: day, 5: day },
  },
  {
    key: "ortega",
    name: "Luis Ortega",
    kind: "hygienist",
    color: "orange",
    languages: ["es", "en"],
    hours: { 1: late, 2: late, 3: late, 4: late, 6: [["09:00", "14:00"]] },
  },
  {
    key: "saleh",
    name: "Amira Saleh",
    kind: "hygienist",
    color: "fuchsia",
    languages: ["ar", "en"],
    hours: { 2: office, 3: office, 4: office, 5: office },
  },
];

export const OPERATORIES = [
  { key: "c1", name: "Chair 1" },
  { key: "c2", name: "Chair 2" },
  { key: "c3", name: "Chair 3" },
  { key: "c4", name: "Chair 4" },
  { key: "h1", name: "Hygiene 1" },
  { key: "h2", name: "Hygiene 2" },
] as const;

export const EXCEPTIONS: readonly ExceptionPlan[] = [
  { kind: "closed", fromDay: 16, weekday: 5, reason: "Team training day" },
  { provider: "reyes", kind: "closed", fromDay: 9, toDay: 15, reason: "Vacation" },
  { provider: "okafor", kind: "closed", fromDay: 5, weekday: 4, times: ["14:00", "18:00"], reason: "Conference" },
  { provider: "lindqvist", kind: "closed", fromDay: -12, toDay: -9, reason: "Sick leave" },
  { provider: "natarajan", kind: "closed", fromDay: -27, toDay: -21, reason: "Vacation" },
  { provider: "marsh", kind: "extra", fromDay: 7, weekday: 5, times: ["09:00", "13:00"], reason: "Extra morning" },
  { provider: "kim", kind: "extra", fromDay: 3, weekday: 3, times: ["08:00", "14:00"], reason: "Covering for a colleague" },
];
