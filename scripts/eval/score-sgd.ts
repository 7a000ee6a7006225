import { answerLines } from "@/lib/dialog/measure/answer-lines";
import type { OutputLine } from "@/lib/dialog/measure/line";
import type { SgdRow } from "./rows";
import { retrieval, share, shares, type Measure, type Score, type Tally } from "./score";
import type { Judged } from "./score-intents";

const FILE = "sgd_appointments";
const SLOTS: Record<string, string> = {
  appointment_date: "date",
  appointment_time: "time",
  city: "city",
  dentist_name: "provider",
  doctor_name: "provider",
  therapist_name: "provider",
  stylist_name: "provider",
  type: "provider_kind",
};
const FACTS: Record<string, string> = {
  address: "address",
  street_address: "address",
  phone_number: "phone",
  average_rating: "rating",
  offers_cosmetic_services: "service",
  type: "provider_kind",
  city: "city",
  dentist_name: "provider",
  doctor_name: "provider",
};
const POOLED = ["date", "time", "city", "provider"];
const ACTS: Record<string, string> = {
  AFFIRM: "affirm",
  AFFIRM_INTENT: "affirm",
  NEGATE: "deny",
  NEGATE_INTENT: "deny",
  SELECT: "select_option",
  REQUEST_ALTS: "show_more",
  THANK_YOU: "thanks",
  GOODBYE: "goodbye",
  REQUEST: "ask_question",
  INFORM: "provide_info",
  INFORM_INTENT: "book",
};
const TASKS: Record<string, string> = { BookAppointment: "book", FindProvider: "find_provider", NONE: "none" };

export const answerSgd = (rows: readonly SgdRow[]): Judged<SgdRow>[] => {
  const answers = answerLines(
    rows.map((row) => ({
      id: row.id,
      text: row.utterance,
      locale: "en",
      last_system: row.history.at(-1),
      conversation: `${row.dialogue_id} ${row.service}`,
      channel: "whatsapp",
      reference_time: "2019-03-01T00:00:00",
      timezone: "America/Los_Angeles",
    })),
  );
  return rows.flatMap((row, index) => {
    const answer = answers[index];
    return answer ? [{ row, answer }] : [];
  });
};

const actsOf = ({ acts }: SgdRow): Set<string> => new Set(acts.map((act) => ACTS[act] ?? act));

/** Where a provider is looked for, asking who there is says the same as wanting one. */
function saidOf({ row, answer }: Judged<SgdRow>): string[] {
  const acts = actsOf(row);
  const looks = row.active_intent === "FindProvider" && acts.has("book");
  return answer.labels.map((label) =>
    label === "check_availability" || (label === "ask_question" && looks && !acts.has("ask_question"))
      ? looks
        ? "book"
        : label
      : label,
  );
}

const isActsRight = (one: Judged<SgdRow>): boolean => {
  const [said, acts] = [new Set(saidOf(one)), actsOf(one.row)];
  return said.size === acts.size && [...said].every((label) => acts.has(label));
};
const isHeadlineRight = (one: Judged<SgdRow>): boolean => actsOf(one.row).has(saidOf(one)[0] ?? "");
const isTaskRight = ({ row, answer }: Judged<SgdRow>): boolean => answer.task === TASKS[row.active_intent];

interface Wanted {
  readonly slot: string;
  readonly values: readonly string[];
}
const wantedOf = ({ slots_in_turn: slots }: SgdRow): Wanted[] =>
  slots.flatMap(({ slot, value, canonical }) => {
    const name = SLOTS[slot];
    return name ? [{ slot: name, values: [...value, ...canonical].map((one) => one.toLowerCase()) }] : [];
  });
const saidSlots = ({ slots }: OutputLine, names: readonly string[]): { slot: string; value: string }[] =>
  names.flatMap((slot) => [slots[slot] ?? []].flat().map((value) => ({ slot, value: value.toLowerCase() })));

function tally(judged: readonly Judged<SgdRow>[], names: readonly string[]): Tally {
  const sum: Tally = { right: 0, said: 0, wanted: 0 };
  for (const { row, answer } of judged) {
    const wanted = wantedOf(row).filter(({ slot }) => names.includes(slot));
    const said = saidSlots(answer, names);
    sum.wanted += wanted.length;
    sum.said += said.length;
    sum.right += wanted.filter(({ slot, values }) =>
      said.some((one) => one.slot === slot && values.includes(one.value)),
    ).length;
  }
  return sum;
}

const areSlotsRight = (one: Judged<SgdRow>): boolean => {
  const { right, said, wanted } = tally([one], POOLED);
  return right === wanted && said === wanted;
};

function factsTally(judged: readonly Judged<SgdRow>[]): Tally {
  const sum: Tally = { right: 0, said: 0, wanted: 0 };
  for (const { row, answer } of judged) {
    const wanted = new Set(row.requested_slots.map((fact) => FACTS[fact] ?? fact));
    sum.wanted += wanted.size;
    sum.said += answer.requested.length;
    sum.right += answer.requested.filter((fact) => wanted.has(fact)).length;
  }
  return sum;
}

/** Errand, acts, slots and asked-for facts of the dialogues. */
export function scoreSgd(judged: readonly Judged<SgdRow>[]): Score {
  const slots = [...POOLED, "provider_kind"].flatMap((slot): Measure[] =>
    retrieval(`slot ${slot}`, tally(judged, [slot]), judged.length),
  );
  return {
    file: FILE,
    measures: [
      ...shares("active intent", judged, isTaskRight, ({ row }) => row.active_intent),
      share("acts, as sets", judged.map(isActsRight)),
      share("headline act", judged.map(isHeadlineRight)),
      ...shares("acts", judged, isActsRight, ({ row }) => [...row.acts].sort().join("+")).slice(1, 12),
      ...retrieval("slots", tally(judged, POOLED), judged.length),
      share("turns with all slots right", judged.map(areSlotsRight)),
      ...slots,
      ...retrieval("asked-for facts", factsTally(judged), judged.length),
    ],
    misses: judged.filter((one) => !isActsRight(one) || !isTaskRight(one) || !areSlotsRight(one)).map(missOf),
  };
}

const missOf = (one: Judged<SgdRow>) => {
  const { row, answer } = one;
  const wrong = [
    ...(isTaskRight(one) ? [] : ["task"]),
    ...(isActsRight(one) ? [] : ["acts"]),
    ...(areSlotsRight(one) ? [] : ["slots"]),
  ];
  const wanted = wantedOf(row).map(({ slot, values }) => `${slot}=${values.join("~")}`);
  return {
    file: FILE,
    measure: wrong.join("+"),
    id: row.id,
    lang: "en",
    text: `${row.history.at(-1) ?? ""} >> ${row.utterance}`,
    expected: `${TASKS[row.active_intent] ?? row.active_intent} ${[...actsOf(row)].join("+")} ${wanted.join(" ")}`,
    answer: `${answer.task} ${answer.labels.join("+")} ${JSON.stringify(answer.slots)}`,
  };
};
