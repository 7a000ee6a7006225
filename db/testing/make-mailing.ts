import { newId } from "@/db/ids";
import { patientContactPoints } from "@/db/schema/patients";
import { recordConsentIn } from "@/lib/messaging/consents/consent";
import { saveCredentialsIn } from "@/lib/messaging/credentials";
import { sendIn, type SendClass, type SendInput } from "@/lib/messaging/send";
import { openThreadIn } from "@/lib/messaging/thread";
import { ensureContactPointIn } from "@/lib/patients/contact-point";
import { inClinic, makeBareClinic, makeChannel, makePatient, makePhone } from "./make";

/** By day in New York. */
export const MAILING_DAY = "2026-03-02T16:00:00Z";

/** A patient with an e-mail address beside their phone, at a clinic that writes by the mail server at `url`. */
export async function makeMailing(url: string, language = "en") {
  const ctx = await makeBareClinic({ name: "North Dental", address: "1 Main Street" }, MAILING_DAY);
  const patient = await makePatient(ctx, { phone: makePhone(), language });
  const address = `${newId()}@example.test`;
  const channel = await makeChannel(ctx, {
    ...{ kind: "email", address: `desk-${newId().slice(-8)}@north.test`, account: "127.0.0.1", pacePerSecond: 400 },
  });
  const point = await inClinic(ctx, async (tx) => {
    await saveCredentialsIn(tx, ctx, channel.id, { smtp_url: url });
    const made = await ensureContactPointIn(tx, ctx, { kind: "email", value: address });
    const row = { clinicId: ctx.clinic.id, patientId: patient.id, contactPointId: made.id };
    await tx.insert(patientContactPoints).values(row);
    return made;
  });
  const open = () => inClinic(ctx, (tx) => openThreadIn(tx, ctx, { id: channel.id, reopensThreads: true }, point.id));
  const say = async (text: string, sendClass: SendClass = "service", more: Partial<SendInput> = {}) => {
    const { id: conversationId } = await open();
    const input = { conversationId, text, sendClass, senderType: "system", dedupeKey: newId(), ...more } as const;
    return inClinic(ctx, (tx) => sendIn(tx, ctx, input));
  };
  const agree = (state: "in" | "out", purposes?: ["marketing"]) =>
    inClinic(ctx, (tx) =>
      recordConsentIn(tx, ctx, {
        ...{ contactPointId: point.id, channelKind: "email", state, how: "form", words: "yes", at: ctx.now() },
        ...(purposes && { purposes }),
      }),
    );
  return { ctx, patient, channel, point, address, open, say, agree };
}
