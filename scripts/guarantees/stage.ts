import { eq } from "drizzle-orm";
import { closePool } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { cookieOf } from "@/db/testing/call";
import { templates } from "@/db/schema/templates";
import { inClinic, makeChannel, makeClinic, makeUser } from "@/db/testing/make";
import { libraryRows } from "@/lib/messaging/templates/seed";
import { WHATSAPP_NUMBER } from "./whatsapp-process";

/** Who takes part beside the patients. */
export interface Cast {
  slug: string;
  timeZone: string;
  /** A session of each front desk. */
  cookies: string[];
  patientId: string;
  serviceId: string;
  providerIds: string[];
}

/** Several people share the work, so that the limit for one of them limits nothing. */
const DESKS = 4;

/** Writes the clinic under fire into the database of this process's environment, and lets go of it. */
export async function setStage(number: string): Promise<Cast> {
  const { ctx, channel, patient, cleaning, provider, other } = await makeClinic({}, new Date().toISOString());
  await inClinic(ctx, (tx) => tx.update(channels).set({ address: number }).where(eq(channels.id, channel.id)));
  await makeChannel(ctx, { kind: "whatsapp_cloud", address: WHATSAPP_NUMBER });
  await inClinic(ctx, (tx) => tx.insert(templates).values(libraryRows(ctx.clinic.id, ["en"], "approved")));
  const cookies: string[] = [];
  for (let desk = 0; desk < DESKS; desk++) {
    const user = await makeUser([{ ctx, role: "STAFF" }]);
    cookies.push(await cookieOf(user.id));
  }
  await closePool();
  const { slug, timeZone } = ctx.clinic;
  return {
    slug,
    timeZone,
    cookies,
    patientId: patient.id,
    serviceId: cleaning.id,
    providerIds: [provider.id, other.id],
  };
}
