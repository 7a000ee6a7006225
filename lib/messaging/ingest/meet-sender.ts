import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { ensureContactPointIn, type ContactPoint } from "@/lib/patients/contact-point";
import { findOrCreatePatientIn } from "@/lib/patients/find-or-create";
import { joinContactPointsIn } from "@/lib/patients/join-contact-points";
import { listPatientsAtIn } from "@/lib/patients/list-by-contact-point";
import { toE164 } from "@/lib/patients/phone";
import type { IdentityChange, InboundMessage } from "@/lib/messaging/channels/channel";
import { CREATED_FROM_OF } from "@/lib/messaging/channels/kinds";

type Sender = Pick<
  InboundMessage,
  "channelKind" | "from" | "contactKind" | "userId" | "profileName" | "language" | "identity" | "kind"
>;

/**
 * The contact point that a message came from. A number and a user id that come together are one person's; somebody whom
 * nobody here knows and who says a name at the vendor becomes a patient of that name, a lead until they book.
 */
export async function meetSenderIn(tx: Tx, ctx: ClinicContext, sender: Sender): Promise<ContactPoint> {
  const { contactKind: kind, from, userId, profileName } = sender;
  const address = { kind, value: addressOf(ctx, kind, from) };
  const point = await ensureContactPointIn(tx, ctx, address);
  if (sender.identity) await joinAddressesIn(tx, ctx, [address, ...sender.identity.addresses]);
  else if (userId && kind === "phone")
    await joinAddressesIn(tx, ctx, [address, { kind: "whatsapp_user", value: userId }]);
  if (profileName && sender.kind !== "system") await putOnRecord(tx, ctx, sender, point, profileName);
  return point;
}

/** Addresses of one person: whoever is reached at those that were known is reached at the others too. */
export async function joinAddressesIn(
  tx: Tx,
  ctx: ClinicContext,
  addresses: IdentityChange["addresses"],
): Promise<void> {
  const points: ContactPoint[] = [];
  for (const { kind, value } of addresses)
    points.push(await ensureContactPointIn(tx, ctx, { kind, value: addressOf(ctx, kind, value) }));
  await joinContactPointsIn(tx, ctx, points);
}

const addressOf = (ctx: ClinicContext, kind: InboundMessage["contactKind"], from: string) =>
  (kind === "phone" && toE164(from, ctx.clinic.country)) || from;

async function putOnRecord(
  tx: Tx,
  ctx: ClinicContext,
  { channelKind, language }: Sender,
  point: ContactPoint,
  name: string,
): Promise<void> {
  if ((await listPatientsAtIn(tx, ctx, point.id)).length > 0) return;
  await findOrCreatePatientIn(tx, ctx, {
    ...{ name, language, createdFrom: CREATED_FROM_OF[channelKind], contactPoint: point, patientType: "COLD_LEAD" },
  }); // a name without a letter makes nobody: then the dialog asks
}
