import { basename, dirname } from "node:path";
import { DucklingRow, IntentRow, OptRow, readRows, RecognizerRow, SgdRow, StarRow } from "./rows";
import type { Score } from "./score";
import { answerBookings, scoreBookings } from "./score-bookings";
import { answerIntents, isIntentRight, scoreIntents, scoreOutOfScope } from "./score-intents";
import { answerOptOut, scoreOptOut } from "./score-opt-out";
import { answerSgd, scoreSgd } from "./score-sgd";
import { mean, shares } from "./score";
import { answerDuckling, answerRecognizers, scoreTimes } from "./score-times";

const INTENT_FILES = [
  "intents_clinc_en.jsonl",
  "intents_assistant_en_es.jsonl",
  "intents_xsid_ar_en.jsonl",
  "intents_general_ar_en_es.jsonl",
  "intents_clinic_es.jsonl",
];

/** Scores every file that is there, and more files of the same kinds by the beginning of their names. */
export function scorecard(folder: string, inputs: readonly string[]): Score[] {
  const places = [
    ...[
      "datetime_duckling.jsonl",
      "datetime_recognizers.jsonl",
      "optout_phrases.jsonl",
      "sgd_appointments.jsonl",
      "star_doctor_schedule.jsonl",
    ].map((file) => ({ folder, file })),
    ...inputs.map((path) => ({ folder: dirname(path), file: basename(path) })),
  ];
  const single = places.flatMap((place) => scoreFile(place.folder, place.file));
  return [...single, ...scoreIntentFiles(folder, inputs)];
}

function scoreFile(folder: string, file: string): Score[] {
  const name = file.replace(/\.jsonl$/, "");
  if (file.startsWith("datetime_recognizers"))
    return scored(readRows(folder, file, RecognizerRow), (rows) => scoreTimes(name, answerRecognizers(rows)));
  if (file.startsWith("datetime"))
    return scored(readRows(folder, file, DucklingRow), (rows) => scoreTimes(name, answerDuckling(rows)));
  if (file.startsWith("optout"))
    return scored(readRows(folder, file, OptRow), (rows) => scoreOptOut(answerOptOut(rows)));
  if (file.startsWith("sgd")) return scored(readRows(folder, file, SgdRow), (rows) => scoreSgd(answerSgd(rows)));
  if (file.startsWith("star"))
    return scored(readRows(folder, file, StarRow), (rows) => scoreBookings(name, answerBookings(rows)));
  return [];
}

const scored = <T>(rows: T[] | null, score: (rows: T[]) => Score): Score[] => (rows === null ? [] : [score(rows)]);

function scoreIntentFiles(folder: string, inputs: readonly string[]): Score[] {
  const places = [
    ...INTENT_FILES.map((file) => ({ folder, file })),
    ...inputs
      .filter((path) => !/^(?:datetime|optout|sgd|star)/.test(basename(path)))
      .map((path) => ({ folder: dirname(path), file: basename(path) })),
  ];
  const files = places.flatMap((place) => {
    const rows = readRows(place.folder, place.file, IntentRow);
    return rows === null ? [] : [{ name: place.file.replace(/\.jsonl$/, ""), judged: answerIntents(rows) }];
  });
  if (files.length === 0) return [];
  const all = files.flatMap(({ judged }) => judged);
  const core = all.filter(({ row }) => row.tier === "core" && row.label !== null);
  const byLabel = shares("label", core, isIntentRight, ({ row }) => row.label ?? "").slice(1);
  const total: Score = {
    file: "all intent files",
    measures: [
      ...shares("intent accuracy", core, isIntentRight, ({ row }) => row.lang),
      mean("intent accuracy, macro over labels", byLabel),
    ],
    misses: [],
  };
  return [...files.map(({ name, judged }) => scoreIntents(name, judged)), total, scoreOutOfScope(all)];
}
