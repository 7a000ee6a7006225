import { decide, type Decided } from "@/lib/dialog/decide/decide";
import type { Facts } from "@/lib/dialog/decide/facts";
import { patientsIn } from "@/lib/dialog/decide/people";
import { hear } from "@/lib/dialog/hear";
import { introduced } from "@/lib/dialog/introduce";
import { readContext } from "@/lib/dialog/measure/context";
import { renderReply } from "@/lib/dialog/say/say";
import { expectationOf, FRESH, optionCountOf, type DialogState } from "@/lib/dialog/state";
import type { MadeBooking, PretendClinic } from "./pretend-clinic";

export interface PatientTurn {
  readonly text: string;
  /** What the patient was answering, where that was a person and not the product: the words mean what it makes them. */
  readonly answers?: string | undefined;
}

export interface Rehearsed {
  /** What a yes has booked. */
  readonly booked: readonly MadeBooking[];
  /** The slot that waits for its yes when the talk ends. */
  readonly held: readonly MadeBooking[];
  readonly replies: readonly string[];
}

/**
 * A talk with a new contact by WhatsApp, turn by turn through the product's own understanding, decision and words,
 * over a clinic in memory.
 */
export function rehearse(clinic: PretendClinic, turns: readonly PatientTurn[]): Rehearsed {
  let state: DialogState = FRESH;
  let isHandedOff = false;
  const replies: string[] = [];
  for (const { text, answers } of turns) {
    const facts = factsOf(clinic, state, { text, isHandedOff, isIntroduced: replies.length > 0 });
    const heard = hear([{ text, occurredAt: clinic.now }], {
      ...clinic.named,
      timeZone: facts.clinic.timeZone,
      locale: "en",
      channel: "whatsapp",
      offerCount: optionCountOf(state),
      isDelayAsked: state.asked?.question === "delay",
      ...contextOf(answers, replies.at(-1), state),
    });
    const { decision, language, state: next } = run(decide(state, heard, facts), clinic);
    state = next;
    isHandedOff ||= decision.handOff !== null;
    replies.push(decision.silence === null ? renderReply(introduced(decision, facts), facts, language).text : "");
  }
  const held = state.proposal ? [clinic.placed(state.proposal.patientId, state.proposal.offer)] : [];
  return { booked: clinic.bookings(), held, replies };
}

/** The question that the words answer: the person's, as far as it can be read, else the product's own. */
function contextOf(answers: string | undefined, reply: string | undefined, state: DialogState) {
  const lastSystem = answers ?? reply;
  const expecting = (answers && readContext(answers, undefined, false).expecting) || expectationOf(state);
  return { ...(lastSystem && { lastSystem }), ...(expecting && { expecting }) };
}

function run(deciding: Generator<Parameters<PretendClinic["answer"]>[0], Decided, unknown>, clinic: PretendClinic) {
  let step = deciding.next();
  while (!step.done) step = deciding.next(clinic.answer(step.value));
  return step.value;
}

function factsOf(
  clinic: PretendClinic,
  state: DialogState,
  { text, ...now }: { text: string; isHandedOff: boolean; isIntroduced: boolean },
): Facts {
  const named = patientsIn(clinic.patients, text, state.asked?.question === "whichPatient");
  return {
    ...clinic.book,
    ...now,
    ...{ channel: "whatsapp", botMode: "always", isHeldByStaff: false, isOptedOut: false, carrierAnswered: null },
    ...{ repeats: 0, isMediaOnly: false, language: null },
    namedPatientIds: named.map(({ id }) => id),
    saysSomeoneElse: false,
  };
}
