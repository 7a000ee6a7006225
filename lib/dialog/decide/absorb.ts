import { ask, type Deciding, type PatientFact } from "./facts";
import { patientsNamed } from "./people";
import { has, isAsked, know, patch, type Talk } from "./talk";
import { mergeWish } from "./wish";
import type { Known } from "../state";

/**
 * Takes what the message says of service, provider, person and time into what is known, whatever was asked. Where it
 * speaks of an offer that stands, only the person is news.
 */
export function* absorb(talk: Talk, isOfOffer: boolean): Deciding<void> {
  const before = talk.state.known;
  know(talk, personOf(talk));
  if (!isOfOffer) know(talk, { ...serviceOf(talk), ...providerOf(talk), ...wishOf(talk) });
  if (talk.heard.slots.delayMinutes !== undefined) know(talk, { delayMinutes: talk.heard.slots.delayMinutes });
  if (!changesSlots(before, talk.state.known)) return;
  yield* dropProposal(talk);
  patch(talk, { offers: [], shown: [] });
}

/** Lets go of the slot that was kept for a yes, which is now about something else. */
export function* dropProposal(talk: Talk): Deciding<void> {
  const { proposal } = talk.state;
  if (proposal?.holdId) yield* ask("release", { holdId: proposal.holdId });
  patch(talk, { proposal: null });
  know(talk, { yesTo: null });
}

function changesSlots(before: Known, after: Known): boolean {
  const bearing = ({ serviceId, providerId, exceptProviderIds, wish }: Known) =>
    JSON.stringify([serviceId, providerId, exceptProviderIds, wish && { ...wish, words: "", relative: null }]);
  return bearing(before) !== bearing(after);
}

function serviceOf(talk: Talk): Partial<Known> {
  const { service, notService } = talk.heard.slots;
  const { serviceId } = talk.state.known;
  const [only, ...others] = service?.ids ?? [];
  if (only && others.length === 0) return { serviceId: only };
  // Words that fit several services: the one known before, if it is among them, is what they mean.
  if (only) return service?.ids.includes(serviceId ?? "") ? {} : { serviceId: null };
  return serviceId && notService?.ids.includes(serviceId) ? { serviceId: null } : {};
}

function providerOf(talk: Talk): Partial<Known> {
  const { provider, notProvider } = talk.heard.slots;
  const { providerId, exceptProviderIds } = talk.state.known;
  const [only, ...others] = provider?.ids ?? [];
  if (only && others.length === 0)
    return { providerId: only, exceptProviderIds: exceptProviderIds.filter((id) => id !== only) };
  if (has(talk, "no_preference") && !isAsked(talk, "offers", "service")) return { providerId: null };
  if (!notProvider?.ids.length) return {};
  const except = [...new Set([...exceptProviderIds, ...notProvider.ids])];
  return { exceptProviderIds: except, ...(providerId && except.includes(providerId) ? { providerId: null } : {}) };
}

/** Whom it is about: somebody on record at this contact point, by name, or somebody new. */
function personOf(talk: Talk): Partial<Known> {
  const { personName, forRelation, choice } = talk.heard.slots;
  const { patients, namedPatientIds, saysSomeoneElse } = talk.facts;
  const [named, ...others] = namedPatientIds;
  if (others.length > 0 || choice?.all) return {};
  if (named) return { patientId: named, newName: null, isSomeoneNew: false };
  if (saysSomeoneElse) return { patientId: null, newName: null, isSomeoneNew: true };
  const self = forRelation === "self" ? selfOf(patients) : undefined;
  if (self) return { patientId: self.id, newName: null, isSomeoneNew: false, relation: null };
  if (personName) {
    const found = patientsNamed(patients, personName);
    if (found.length === 1) return { patientId: found[0]?.id ?? null, newName: null, isSomeoneNew: false };
    if (found.length > 1) return {};
    return { patientId: null, newName: personName, isSomeoneNew: patients.length > 0 };
  }
  if (!forRelation || forRelation === "self" || talk.state.known.newName) return {};
  // "For my son": of a family the son may be on record, so that it is asked who; else he is new.
  const relation = forRelation === "child" ? "guardian" : "family";
  return { patientId: null, isSomeoneNew: patients.length <= 1, relation };
}

/** Who writes, where that is known: whose own the address is, or the only one there. */
const selfOf = (patients: readonly PatientFact[]): PatientFact | undefined =>
  patients.find(({ relation }) => relation === "self") ?? (patients.length === 1 ? patients[0] : undefined);

/** A time said while a slot is chosen is a wish; said of a visit that exists, it says which one is meant. */
function wishOf(talk: Talk): Partial<Known> {
  const { time } = talk.heard.slots;
  const isWish = talk.state.flow === "booking" || talk.state.flow === "moving";
  if (!time || time.past || !isWish || isAsked(talk, "whichVisit")) return {};
  if (time.relative && talk.state.offers.length > 0) return {};
  return { wish: mergeWish(talk.state.known.wish, time) };
}
