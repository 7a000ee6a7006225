import { and, asc, eq, sql } from "drizzle-orm";
import { newId } from "@/db/ids";
import { appointments } from "@/db/schema/appointments";
import { turns } from "@/db/schema/dialog";
import { tasks } from "@/db/schema/front-desk";
import { conversations, messages } from "@/db/schema/messaging";
import { contactPoints } from "@/db/schema/patients";
import type { clinics } from "@/db/schema/clinics";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { takeTurn } from "@/lib/dialog/take-turn";
import { inClinic, makeBareClinic, makeChannel, makePatient, makePhone, makeProvider, makeService, NOW } from "./make";

export interface StageFields {
  locale?: "en" | "es" | "ar";
  kind?: "twilio_sms" | "whatsapp_cloud" | "simulator";
  /** People on record at the number that writes. */
  people?: string[];
  clinic?: Partial<typeof clinics.$inferInsert>;
}

/** A clinic with two dentists and two services, and one number in talk with its bot. Time stands unless passed. */
export async function playDialog({ locale = "en", kind = "twilio_sms", people = [], clinic = {} }: StageFields = {}) {
  const fixed = await makeBareClinic({ defaultLocale: locale, ...clinic });
  let at = Date.parse(NOW);
  const ctx: ClinicContext = { ...fixed, now: () => new Date(at) };
  const ada = await makeProvider(ctx, { name: "Dr. Ada Moreno", position: 1 });
  const samir = await makeProvider(ctx, { name: "Dr. Samir Haddad", position: 2 });
  const names = { en: "Cleaning", es: "Limpieza dental", ar: "تنظيف الأسنان" };
  const cleaning = await makeService(ctx, { providerIds: [ada.id, samir.id], name: names, position: 1 });
  const filled = { en: "Filling", es: "Empaste", ar: "حشوة" };
  const filling = await makeService(ctx, { providerIds: [ada.id], name: filled, durationMinutes: 45, position: 2 });
  const channel = await makeChannel(ctx, { kind, ...(kind === "simulator" && { address: ctx.clinic.slug }) });
  const phone = makePhone();
  const patients = [];
  for (const [index, name] of people.entries())
    patients.push(await makePatient(ctx, { name, phone, relation: index === 0 ? "self" : "family" }));
  const conversationId = newId();
  const clinicId = ctx.clinic.id;
  await inClinic(ctx, async (tx) => {
    await tx.insert(contactPoints).values({ clinicId, kind: "phone", value: phone }).onConflictDoNothing();
    const [point] = await tx.select().from(contactPoints).where(eq(contactPoints.value, phone));
    if (!point) throw new Error("the contact point was not written");
    const row = { id: conversationId, clinicId, channelId: channel.id, contactPointId: point.id };
    await tx.insert(conversations).values(row);
  });
  const mine = eq(conversations.id, conversationId);

  /** A message comes in and its turn is due at once. */
  const receive = (text: string, extra: Partial<typeof messages.$inferInsert> = {}) =>
    inClinic(ctx, async (tx) => {
      const row = { clinicId, conversationId, text, occurredAt: ctx.now(), status: "received", ...extra } as const;
      await tx.insert(messages).values({ ...row, direction: "inbound", senderType: "patient" });
      await tx
        .update(conversations)
        .set({ turnDueAt: sql`now()` })
        .where(mine);
    });
  const replies = () =>
    inClinic(ctx, (tx) =>
      tx
        .select({ text: messages.text, sendClass: messages.sendClass })
        .from(messages)
        .where(and(eq(messages.conversationId, conversationId), eq(messages.direction, "outbound")))
        .orderBy(asc(messages.occurredAt), asc(messages.id)),
    );
  const transcript: string[] = [];

  return {
    ...{ ctx, conversationId, channel, phone, patients, ada, samir, cleaning, filling, receive, replies, transcript },
    /** Moves the clock on. */
    pass: (minutes: number) => void (at += minutes * 60_000),
    /** The patient writes and the bot takes its turn: the reply, or "" for silence. */
    write: async (text: string, extra: Partial<typeof messages.$inferInsert> = {}): Promise<string> => {
      at += 30_000;
      const before = (await replies()).length;
      await receive(text, extra);
      unwrap(await takeTurn(ctx, conversationId));
      const said = (await replies()).slice(before).map((reply) => reply.text);
      if (said.length > 1) throw new Error("two replies in one turn");
      transcript.push(`> ${text}`, said[0] ?? "(silence)");
      return said[0] ?? "";
    },
    turn: () => takeTurn(ctx, conversationId),
    conversation: () => inClinic(ctx, async (tx) => (await tx.select().from(conversations).where(mine))[0]),
    /** The next turn is due in so many seconds, by the database's clock. */
    dueIn: (seconds: number) =>
      inClinic(ctx, (tx) =>
        tx
          .update(conversations)
          .set({ turnDueAt: sql`now() + ${seconds}::int * interval '1 second'` })
          .where(mine),
      ),
    set: (fields: Partial<typeof conversations.$inferInsert>) =>
      inClinic(ctx, (tx) => tx.update(conversations).set(fields).where(mine)),
    visits: (status?: (typeof appointments.$inferSelect)["status"]) =>
      inClinic(ctx, (tx) =>
        tx
          .select()
          .from(appointments)
          .where(and(eq(appointments.clinicId, clinicId), status && eq(appointments.status, status)))
          .orderBy(asc(appointments.createdAt)),
      ),
    turns: () =>
      inClinic(ctx, (tx) =>
        tx.select().from(turns).where(eq(turns.conversationId, conversationId)).orderBy(asc(turns.id)),
      ),
    tasks: () => inClinic(ctx, (tx) => tx.select().from(tasks).where(eq(tasks.conversationId, conversationId))),
    messages: () =>
      inClinic(ctx, (tx) => tx.select().from(messages).where(eq(messages.conversationId, conversationId))),
  };
}
