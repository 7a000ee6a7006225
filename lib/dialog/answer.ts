import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { knowledgeEntries } from "@/db/schema/dialog";
import { contactPoints } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { attempt } from "@/lib/core/transact";
import { CONSENT_CHANNEL_OF, CREATED_FROM_OF } from "@/lib/messaging/channels/kinds";
import { recordConsentIn } from "@/lib/messaging/consents/consent";
import { raiseTaskIn } from "@/lib/messaging/tasks/raise";
import { findOrCreatePatientIn } from "@/lib/patients/find-or-create";
import { bookIn } from "@/lib/scheduling/book";
import { cancelIn } from "@/lib/scheduling/cancel";
import { confirmHoldIn } from "@/lib/scheduling/confirm-hold";
import { findSlotsIn } from "@/lib/scheduling/find-slots";
import { holdIn } from "@/lib/scheduling/hold";
import { listUpcomingIn } from "@/lib/scheduling/list-upcoming";
import { releaseHoldIn } from "@/lib/scheduling/release-hold";
import { rescheduleIn } from "@/lib/scheduling/reschedule";
import { runningLateIn } from "@/lib/scheduling/running-late";
import { VIOLATIONS } from "@/lib/scheduling/rules";
import type { FoundSlot, Visit } from "@/lib/scheduling/schema";
import { setConfirmationIn } from "@/lib/scheduling/set-confirmation";
import { addEntryIn } from "@/lib/waitlist/add-entry";
import { claimOfferIn } from "@/lib/waitlist/claim";
import { declineOfferIn } from "@/lib/waitlist/decline";
import { isDrafting } from "./decide/drafting";
import { LEFT_TO_STAFF, type AskedOfWorld, type Facts, type QuestionKind, type Questions } from "./decide/facts";
import type { ChannelKind } from "./gather-facts";
import { matchKnowledge } from "./match-knowledge";
import { readOpeningIn } from "./opening";
import { agreedWritten } from "./say/summary";
import { wishesOf } from "./waitlist-facts";

/** The conversation on whose behalf things are looked up and done, and the words that it is about. */
export interface Scene {
  readonly conversationId: string;
  readonly contactPointId: string;
  readonly channelKind: ChannelKind;
  readonly text: string;
  readonly at: Date;
  /** What the decision knows; a draft's turn changes nothing that staff alone may change. */
  readonly facts: Facts;
  /** The message in which the person told what they agree to or end. */
  readonly consentMessage: { readonly id: string; readonly text: string } | undefined;
}

type Answers = { [K in QuestionKind]: (input: Questions[K]["input"]) => Promise<Questions[K]["answer"]> };

/**
 * Answers what a decision asks of the world, in the turn's transaction. Each effect runs in a savepoint: one that is
 * refused leaves nothing, and its code goes back to the decision, which says so.
 */
export function answererIn(tx: Tx, ctx: ClinicContext, scene: Scene): (asked: AskedOfWorld) => Promise<unknown> {
  const answers: Answers = { ...lookUps(tx, ctx, scene), ...effects(tx, ctx, scene) };
  return ({ kind, input }) => {
    if (isDrafting(scene) && LEFT_TO_STAFF.has(kind)) throw new Error(`a draft was about to ${kind}`);
    const answer = answers[kind] as (input: unknown) => Promise<unknown>; // the named cast: a kind has its own input
    return answer(input);
  };
}

type LookUps = Pick<Answers, "slots" | "visits" | "knowledge" | "opening">;

function lookUps(tx: Tx, ctx: ClinicContext, scene: Scene): LookUps {
  return {
    slots: async ({ serviceId, providerId, exceptProviderIds, wish, exceptStarts, after, before, exceptVisitId }) => {
      const found = await findSlotsIn(tx, ctx, {
        serviceId,
        ...(providerId && { providerIds: [providerId] }),
        ...(exceptProviderIds.length > 0 && { exceptProviderIds }),
        ...(wish && { wish }),
        exceptStarts: exceptStarts.map((start) => new Date(start)),
        ...(after && { after: new Date(after) }),
        ...(before && { before: new Date(before) }),
        ...(exceptVisitId && { exceptAppointmentId: exceptVisitId }),
      });
      if (!found.ok) return { fits: [], nearest: [], hasMore: false, why: null };
      const offer = ({ startsAt, endsAt, providerId: lead }: FoundSlot) => ({
        ...{ serviceId, providerId: lead },
        ...{ startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
      });
      const { fits, nearest, hasMore, why } = found.data;
      return { fits: fits.map(offer), nearest: nearest.map(offer), hasMore, why };
    },
    visits: async ({ patientIds }) => {
      const visits = await listUpcomingIn(tx, ctx, patientIds);
      return visits.filter(({ status }) => status === "scheduled").map(visitFactOf);
    },
    knowledge: async ({ language, topics }) => {
      const mine = and(eq(knowledgeEntries.clinicId, ctx.clinic.id), eq(knowledgeEntries.locale, language));
      const entries = await tx
        .select()
        .from(knowledgeEntries)
        .where(and(mine, eq(knowledgeEntries.isActive, true)))
        .limit(500);
      const entry = matchKnowledge(scene.text, topics, entries);
      return entry ? { id: entry.id, answer: entry.answer } : null;
    },
    opening: () => readOpeningIn(tx, ctx),
  };
}

const visitFactOf = (visit: Visit) => ({
  id: visit.id,
  patientId: visit.patient.id,
  serviceId: visit.service.id,
  serviceName: visit.service.name,
  providerId: visit.provider.id,
  providerName: visit.provider.name,
  startsAt: visit.startsAt.toISOString(),
  endsAt: visit.endsAt.toISOString(),
  confirmation: visit.confirmation,
});

function effects(tx: Tx, ctx: ClinicContext, scene: Scene): Omit<Answers, keyof LookUps> {
  const by = (id: string): ClinicContext => ({ ...ctx, actor: { type: "patient", id }, role: "PATIENT" });
  const tried = <T>(work: (inner: Tx) => Promise<Result<T>>) => attempt(tx, VIOLATIONS, work);
  const visitOf = async (work: (inner: Tx) => Promise<Result<Visit>>) => {
    const done = await tried(work);
    return done.ok ? { ok: true as const, data: { visitId: done.data.id } } : refusal(done);
  };
  const placed = (patientId: string, { serviceId, providerId, startsAt }: Questions["book"]["input"]["offer"]) => ({
    ...{ patientId, serviceId, providerId, startsAt: new Date(startsAt) },
    ...{ createdFrom: CREATED_FROM_OF[scene.channelKind], conversationId: scene.conversationId },
  });
  return {
    patient: (input) => putOnRecord(tx, ctx, scene, input),
    hold: async ({ patientId, offer }) => {
      const expiresAt = new Date(ctx.now().getTime() + scene.facts.clinic.talkMinutes * 60_000);
      const held = await tried((inner) => holdIn(inner, by(patientId), { ...placed(patientId, offer), expiresAt }));
      if (!held.ok) return refusal(held);
      return { ok: true, data: { holdId: held.data.id, expiresAt: expiresAt.toISOString() } };
    },
    release: async ({ holdId }) => {
      const done = await tried((inner) => releaseHoldIn(inner, ctx, { appointmentId: holdId }));
      return done.ok ? { ok: true, data: null } : refusal(done);
    },
    bookHold: ({ holdId, patientId }) =>
      visitOf((inner) => confirmHoldIn(inner, by(patientId), { appointmentId: holdId })),
    book: ({ patientId, offer }) => visitOf((inner) => bookIn(inner, by(patientId), placed(patientId, offer))),
    move: async ({ visitId, patientId, offer, holdId }) => {
      // The new time is kept by our own hold: it makes room for the visit itself, in the same commit.
      if (holdId) await tried((inner) => releaseHoldIn(inner, ctx, { appointmentId: holdId, reason: "moved" }));
      const { providerId, startsAt } = offer;
      const moved = { appointmentId: visitId, providerId, startsAt: new Date(startsAt) };
      return visitOf((inner) => rescheduleIn(inner, by(patientId), moved));
    },
    cancel: ({ visitId, patientId }) =>
      visitOf((inner) => cancelIn(inner, by(patientId), { appointmentId: visitId, reason: "patient_request" })),
    confirmVisit: ({ visitId, patientId }) =>
      visitOf((inner) =>
        setConfirmationIn(inner, by(patientId), { appointmentId: visitId, confirmation: "confirmed" }),
      ),
    late: ({ visitId, patientId, minutes }) =>
      visitOf((inner) => runningLateIn(inner, by(patientId), { appointmentId: visitId, minutes })),
    claimOffer: async ({ offerId, patientId }) => {
      const claimed = await tried((inner) => claimOfferIn(inner, by(patientId), { offerId }));
      if (!claimed.ok) return refusal(claimed);
      const { data } = claimed;
      const isStillWaiting = data.outcome === "gone" && data.isStillWaiting;
      return { ok: true, data: { visitId: data.outcome === "yours" ? data.visit.id : null, isStillWaiting } };
    },
    declineOffer: async ({ offerId, patientId }) => {
      const declined = await tried((inner) => declineOfferIn(inner, by(patientId), { offerId }));
      return declined.ok ? ok() : refusal(declined);
    },
    joinWaitlist: async ({ patientId, serviceId, visitId, providerId, wish }) => {
      const wished = { patientId, serviceId, appointmentId: visitId, ...wishesOf(wish, scene.facts.now, ctx) };
      const asked = { source: "bot", conversationId: scene.conversationId } as const;
      const input = { ...wished, ...asked, ...(providerId && { providerIds: [providerId] }) };
      const added = await tried((inner) => addEntryIn(inner, by(patientId), input));
      return added.ok ? { ok: true, data: { entryId: added.data.id } } : refusal(added);
    },
    consent: async ({ state, how }) => {
      const channelKind = CONSENT_CHANNEL_OF[scene.channelKind];
      const { contactPointId, at } = scene;
      const { id: messageId, text } = scene.consentMessage ?? { id: undefined, text: scene.text };
      const evidence = { words: text.slice(0, 500), ...(messageId && { messageId }), at };
      await recordConsentIn(tx, ctx, { contactPointId, channelKind, state, how, ...evidence });
      return { ok: true, data: null };
    },
    task: async ({ reason, patientId, agreed }) => {
      const note = agreed && agreedWritten(agreed, scene.facts);
      await raiseTaskIn(tx, ctx, { conversationId: scene.conversationId, reason, patientId, ...(note && { note }) });
      return ok();
    },
  };
}

const refusal = ({ error }: { error: string }) => ({ ok: false as const, error });

/** The person of this name at this contact point; one who is new there is put on record. */
async function putOnRecord(
  tx: Tx,
  ctx: ClinicContext,
  scene: Scene,
  { name, language, relation }: Questions["patient"]["input"],
): Promise<Questions["patient"]["answer"]> {
  const mine = and(eq(contactPoints.clinicId, ctx.clinic.id), eq(contactPoints.id, scene.contactPointId));
  const [point] = await tx.select().from(contactPoints).where(mine);
  const details = {
    name,
    language,
    createdFrom: CREATED_FROM_OF[scene.channelKind],
    ...(point && { contactPoint: point }),
    ...(relation && { relation }),
  };
  const found = await attempt(tx, VIOLATIONS, (inner) => findOrCreatePatientIn(inner, ctx, details));
  if (!found.ok) return refusal(found);
  const { patient } = found.data;
  return { ok: true, data: { id: patient.id, name: patient.name } };
}
