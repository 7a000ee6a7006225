import { and, asc, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "@/db/ids";
import { appointments } from "@/db/schema/appointments";
import { turns } from "@/db/schema/dialog";
import { contactPoints } from "@/db/schema/patients";
import { conversations, messages } from "@/db/schema/messaging";
import { inClinic, makeBareClinic, makeChannel, makeProvider, makeService, makePhone } from "@/db/testing/make";
import { clockAt } from "@/lib/core/clock";
import type { ClinicContext } from "@/lib/core/context";
import { takeTurn } from "./take-turn";

async function makeTalk(locale: "en" | "es" | "ar" = "en", phone = makePhone()) {
  const ctx = await makeBareClinic({ defaultLocale: locale, name: "Test Dental" });
  const ada = await makeProvider(ctx, { name: "Dr. Ada Moreno" });
  const samir = await makeProvider(ctx, { name: "Dr. Samir Haddad" });
  const providerIds = [ada.id, samir.id];
  const cleaning = await makeService(ctx, {
    providerIds,
    name: { en: "Cleaning", es: "Limpieza dental", ar: "تنظيف الأسنان" },
  });
  await makeService(ctx, { providerIds, name: { en: "Filling", es: "Empaste", ar: "حشوة" }, durationMinutes: 45 });
  const channel = await makeChannel(ctx);
  const conversationId = newId();
  await inClinic(ctx, async (tx) => {
    const clinicId = ctx.clinic.id;
    const [point] = await tx.insert(contactPoints).values({ clinicId, kind: "phone", value: phone }).returning();
    await tx
      .insert(conversations)
      .values({ id: conversationId, clinicId, channelId: channel.id, contactPointId: point?.id ?? "" });
  });
  let at = Date.parse("2026-03-02T12:00:00Z");
  const now = () => new Date(at);
  const at_ = (minutes: number) => void (at += minutes * 60_000);
  const live: ClinicContext = { ...ctx, now };
  const receive = (text: string, dueSql = sql`now()`) =>
    inClinic(ctx, async (tx) => {
      const row = { clinicId: ctx.clinic.id, conversationId, text, occurredAt: now(), status: "received" as const };
      await tx.insert(messages).values({ ...row, direction: "inbound", senderType: "patient" });
      await tx.update(conversations).set({ turnDueAt: dueSql }).where(eq(conversations.id, conversationId));
    });
  const lastReply = async () => {
    const rows = await inClinic(ctx, (tx) =>
      tx
        .select()
        .from(messages)
        .where(and(eq(messages.conversationId, conversationId), eq(messages.direction, "outbound")))
        .orderBy(asc(messages.occurredAt), asc(messages.id)),
    );
    return rows.at(-1)?.text ?? "";
  };
  const write = async (text: string) => {
    at_(1);
    await receive(text);
    const taken = await takeTurn(live, conversationId);
    const reply = taken.ok && taken.data.did === "silent" ? "(silent)" : await lastReply();
    if (process.env.SHOW) console.log(`> ${text}\n${reply}\n`, taken.ok ? taken.data.did : taken);
    return reply;
  };
  const visits = () =>
    inClinic(ctx, (tx) =>
      tx
        .select()
        .from(appointments)
        .where(eq(appointments.clinicId, ctx.clinic.id))
        .orderBy(asc(appointments.createdAt)),
    );
  const turnRows = () => inClinic(ctx, (tx) => tx.select().from(turns).where(eq(turns.conversationId, conversationId)));
  return {
    ctx: live,
    conversationId,
    cleaning,
    ada,
    samir,
    channel,
    write,
    receive,
    visits,
    turnRows,
    pass: at_,
    lastReply,
    clock: clockAt,
  };
}

test("a stranger books in English, from the first word to the row", async () => {
  const talk = await makeTalk("en");
  await talk.write("Hi, I'd like to book a cleaning tomorrow afternoon");
  await talk.write("2");
  await talk.write("Jane Miller");
  const reply = await talk.write("yes");
  const visits = await talk.visits();
  expect(visits.filter((v) => v.status === "scheduled")).toHaveLength(1);
  expect(reply).toContain("booked");
});

test("a stranger books in Spanish", async () => {
  const talk = await makeTalk("es");
  await talk.write("Hola, quisiera una cita para una limpieza mañana por la tarde");
  await talk.write("2");
  await talk.write("María López");
  const reply = await talk.write("sí");
  expect((await talk.visits()).filter((v) => v.status === "scheduled")).toHaveLength(1);
  expect(reply).toContain("reservada");
});

test("a stranger books in Arabic", async () => {
  const talk = await makeTalk("ar");
  await talk.write("مرحبا، أريد حجز موعد تنظيف أسنان غدا بعد الظهر");
  await talk.write("2");
  await talk.write("سارة الأحمد");
  const reply = await talk.write("نعم");
  expect((await talk.visits()).filter((v) => v.status === "scheduled")).toHaveLength(1);
  expect(reply).toContain("تم الحجز");
});
