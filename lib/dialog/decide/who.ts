import { isDrafting } from "./drafting";
import { ask, type Deciding, type PatientFact } from "./facts";
import { callNames } from "./people";
import { askFor, has, isAsked, know, pickedOption, say, settle, text, type Talk } from "./talk";

const SOMEONE_NEW = "someone-new";

/**
 * Settles whom this is about before anything of an appointment is shown. One contact point may reach a family: who
 * is meant is asked by first name. False: the question (or a refusal) has been said and the turn is over.
 */
export function settleWho(talk: Talk, mayBeNew: boolean): boolean {
  takeAnswer(talk);
  const { patients } = talk.facts;
  const { patientId, isSomeoneNew, newName } = talk.state.known;
  if (patientId) return true;
  if (mayBeNew && (isSomeoneNew || newName || patients.length === 0)) return true;
  if (patients.length === 0) return refuse(talk, "noRecord");
  const [only] = patients;
  if (patients.length === 1 && only) {
    if (newName || isSomeoneNew) return refuse(talk, "notOnRecord");
    know(talk, { patientId: only.id });
    return true;
  }
  if (isAboutSeveral(talk)) say(talk, "oneAtATime");
  const shown = offered(talk, mayBeNew);
  const options = [...shown.map(({ id }) => id), ...(mayBeNew ? [SOMEONE_NEW] : [])];
  const names = callNames(patients).filter((_, at) => shown.some(({ id }) => id === patients[at]?.id));
  const people = { is: "people", names, withSomeoneNew: mayBeNew } as const;
  askFor(talk, "whichPatient", mayBeNew ? "whoFor" : "whoseVisit", { people }, options);
  return false;
}

/** Of those on record the ones that may be meant: "for my daughter" is not for who writes. */
function offered({ facts, state }: Talk, mayBeNew: boolean): readonly PatientFact[] {
  const others = facts.patients.filter(({ relation }) => relation !== "self");
  return mayBeNew && state.known.relation && others.length > 0 ? others : facts.patients;
}

/** "For both of us": one visit at a time. */
const isAboutSeveral = (talk: Talk): boolean =>
  talk.facts.namedPatientIds.length > 1 || (isAsked(talk, "whichPatient") && talk.heard.slots.choice?.all === true);

/** Who is no longer reached at this contact point is nobody whom this talk could be about. */
export function forgetStrangers(talk: Talk): void {
  const { patientId, newName } = talk.state.known;
  const isKnown = newName !== null || talk.facts.patients.some(({ id }) => id === patientId);
  if (patientId && !isKnown) know(talk, { patientId: null });
}

/** "Someone else" sounds like "show me others": it is an answer to whom it is about. */
export function hearSomeoneElse(talk: Talk): void {
  if (!talk.facts.saysSomeoneElse) return;
  const intents = talk.heard.intents.filter(({ intent }) => intent !== "show_more" && intent !== "none_of_these");
  const { personName: _, ...slots } = talk.heard.slots;
  talk.heard = { ...talk.heard, intents, slots };
}

function takeAnswer(talk: Talk): void {
  if (!isAsked(talk, "whichPatient")) return;
  const picked = pickedOption(talk, talk.state.asked?.options ?? []);
  if (picked === SOMEONE_NEW) know(talk, { isSomeoneNew: true, patientId: null });
  else if (picked) know(talk, { patientId: picked, isSomeoneNew: false, newName: null });
  else if (talk.heard.slots.forRelation && talk.heard.slots.forRelation !== "self" && !talk.state.known.patientId)
    know(talk, { isSomeoneNew: true });
}

/** Nothing of a record is told to a number that isn't on it, not even that there is one. */
function refuse(talk: Talk, key: string): false {
  settle(talk);
  say(talk, key, { phone: text(talk.facts.clinic.phone) });
  if (key === "noRecord" && !has(talk, "cancel")) askFor(talk, "bookInstead", "shallIBook");
  return false;
}

/**
 * Whom a visit is booked for, on record once the name is said; without an id where only staff put anybody on record.
 * Undefined: the name is still missing.
 */
export function* settleRecord(talk: Talk): Deciding<{ id: string | null; name: string } | undefined> {
  const { patientId, newName, isSomeoneNew, relation } = talk.state.known;
  const known = talk.facts.patients.find(({ id }) => id === patientId);
  if (known) return known;
  if (patientId && newName) return { id: patientId, name: newName };
  if (!newName) return undefined;
  if (isDrafting(talk)) return { id: null, name: newName };
  const made = yield* ask("patient", { name: newName, isSomeoneNew, relation, language: talk.language });
  if (!made.ok) return undefined;
  know(talk, { patientId: made.data.id });
  return made.data;
}
