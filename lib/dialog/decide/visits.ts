import { dayIn } from "@/lib/core/zone";
import { isDrafting, leaveToStaff } from "./drafting";
import { ask, type Deciding, type VisitFact } from "./facts";
import { callNames } from "./people";
import { askFor, has, isAsked, know, patch, pickedOption, say, saysNo, saysYes, settle, type Talk } from "./talk";
import { settleWho } from "./who";
import { fitsWish } from "./wish";

/** The visits ahead of whom this is about; undefined when that had to be asked first. */
export function* upcomingVisits(talk: Talk): Deciding<readonly VisitFact[] | undefined> {
  if (!settleWho(talk, false)) return undefined;
  const { patientId } = talk.state.known;
  return patientId ? yield* ask("visits", { patientIds: [patientId] }) : [];
}

/**
 * The one visit that is meant: the only one, the one picked by number, or the one that the words fit. Undefined: the
 * question which one (or that there is none) has been said.
 */
export function* settleVisit(talk: Talk): Deciding<VisitFact | undefined> {
  const visits = yield* upcomingVisits(talk);
  if (!visits) return undefined;
  if (visits.length === 0) return noVisits(talk);
  const picked = isAsked(talk, "whichVisit") ? pickedOption(talk, talk.state.asked?.options ?? []) : undefined;
  const wanted = picked ?? talk.state.known.visitId;
  const known = visits.find(({ id }) => id === wanted);
  const meant = known ? [known] : visits.filter((visit) => isMeant(talk, visit));
  const [only] = meant.length === 0 ? visits : meant;
  if (only && (meant.length === 1 || visits.length === 1)) {
    know(talk, { visitId: only.id });
    return only;
  }
  const list = meant.length > 1 ? meant : visits;
  const values = { visits: { is: "visits", visits: list } } as const;
  askFor(
    talk,
    "whichVisit",
    `whichVisit.${talk.state.flow}`,
    values,
    list.map(({ id }) => id),
  );
  return undefined;
}

/** Whether what was said of day, time, service or provider fits this visit. In a move, `time` is the new time. */
function isMeant(talk: Talk, visit: VisitFact): boolean {
  const { currentTime, time, service, provider } = talk.heard.slots;
  const when = currentTime ?? (talk.state.flow === "moving" && !isAsked(talk, "whichVisit") ? undefined : time);
  if (when && !fitsWish(visit.startsAt, { ...when, approximate: undefined }, talk.facts.clinic.timeZone)) return false;
  if (service?.ids.length && !service.ids.includes(visit.serviceId)) return false;
  if (talk.state.flow !== "moving" && provider?.ids.length && !provider.ids.includes(visit.providerId)) return false;
  return true;
}

function noVisits(talk: Talk): undefined {
  const { flow, known } = talk.state;
  const { patients } = talk.facts;
  const name = callNames(patients)[patients.findIndex(({ id }) => id === known.patientId)];
  settle(talk);
  if (patients.length > 1 && name) say(talk, "noVisitsFor", { person: { is: "person", name } });
  else say(talk, "noVisits");
  if (flow === "listing" || flow === "moving") askFor(talk, "bookInstead", "shallIBook");
}

/** "When is my appointment?" */
export function* listVisits(talk: Talk): Deciding<void> {
  patch(talk, { flow: "listing" });
  const visits = yield* upcomingVisits(talk);
  if (!visits) return;
  if (visits.length === 0) return noVisits(talk);
  settle(talk);
  say(talk, visits.length === 1 ? "yourVisit" : "yourVisits", { visits: { is: "visits", visits } });
  patch(talk, { asked: { question: "anythingElse", expecting: "anything_else", options: [] } });
}

/** A cancellation: which visit, then its yes or no, then done. Nothing is cancelled without the yes (I15). */
export function* cancelVisit(talk: Talk): Deciding<void> {
  const wasAsked = isAsked(talk, "confirmCancel");
  patch(talk, { flow: "cancelling" });
  const visit = yield* settleVisit(talk);
  if (!visit) return;
  const values = visitValues(visit);
  if (!wasAsked) return askFor(talk, "confirmCancel", "confirmCancel", values);
  // "Cancel it" is a yes to "shall I cancel it?"; "don't" and "never mind" are the no.
  const isYes = saysYes(talk) || (has(talk, "cancel") && !has(talk, "cancel_current") && !saysNo(talk));
  if (!isYes) return keepVisit(talk, visit);
  if (isDrafting(talk)) return yield* leaveToStaff(talk, { act: "cancel", visit }, values);
  const done = yield* ask("cancel", { visitId: visit.id, patientId: visit.patientId });
  settle(talk);
  if (!done.ok) return say(talk, "cantCancel", { phone: { is: "text", text: talk.facts.clinic.phone } });
  say(talk, "cancelled", values, { proof: visit.id });
  patch(talk, { asked: { question: "anythingElse", expecting: "anything_else", options: [] } });
}

function keepVisit(talk: Talk, visit: VisitFact): void {
  if (saysNo(talk) || has(talk, "cancel_current")) {
    settle(talk);
    return say(talk, "kept", visitValues(visit));
  }
  askFor(talk, "confirmCancel", "confirmCancel", visitValues(visit));
}

/** "I'll be there": the visit is confirmed. */
export function* confirmVisit(talk: Talk): Deciding<void> {
  patch(talk, { flow: "confirming" });
  const visit = yield* settleVisit(talk);
  if (!visit) return;
  if (isDrafting(talk)) return yield* leaveToStaff(talk, { act: "confirm", visit }, visitValues(visit));
  const done = yield* ask("confirmVisit", { visitId: visit.id, patientId: visit.patientId });
  settle(talk);
  if (done.ok) say(talk, "visitConfirmed", visitValues(visit), { proof: visit.id });
  else say(talk, "cantConfirm", { phone: { is: "text", text: talk.facts.clinic.phone } });
}

/** "I'm late": noted at today's visit, with the minutes said or asked for. */
export function* runLate(talk: Talk): Deciding<void> {
  if (isAsked(talk, "delay") && talk.state.known.delayMinutes === null)
    know(talk, { delayMinutes: talk.heard.slots.choice?.index ?? null });
  patch(talk, { flow: "late" });
  const visits = yield* upcomingVisits(talk);
  if (!visits) return;
  const { timeZone } = talk.facts.clinic;
  const today = dayIn(new Date(talk.facts.now), timeZone);
  const visit = visits.find(({ startsAt }) => dayIn(new Date(startsAt), timeZone) === today);
  if (!visit) {
    settle(talk);
    return say(talk, "noVisitToday", { phone: { is: "text", text: talk.facts.clinic.phone } });
  }
  const minutes = talk.state.known.delayMinutes;
  if (minutes === null || minutes <= 0) return askFor(talk, "delay", "askDelay", visitValues(visit));
  const values = { ...visitValues(visit), minutes: { is: "number", number: minutes } } as const;
  if (isDrafting(talk)) return yield* leaveToStaff(talk, { act: "late", visit, minutes }, values);
  const done = yield* ask("late", { visitId: visit.id, patientId: visit.patientId, minutes: Math.min(minutes, 240) });
  settle(talk);
  if (!done.ok) return say(talk, "noVisitToday", { phone: { is: "text", text: talk.facts.clinic.phone } });
  say(talk, "lateNoted", values);
}

export const visitValues = (visit: VisitFact) =>
  ({
    visits: { is: "visits", visits: [visit] },
    moment: { is: "moment", at: visit.startsAt },
  }) as const;
