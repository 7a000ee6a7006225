import type { APIRequestContext } from "@playwright/test";
import { CLINIC_NUMBER, deliverSms, messageId, strangersNumber } from "./carrier";
import { expect, signIn, test } from "./fixtures";

interface Talk {
  clinic: keyof typeof CLINIC_NUMBER;
  /** The patient's lines, and what the answer to each must say. */
  lines: [text: string, answer: RegExp][];
}

const letters = () =>
  Array.from({ length: 6 }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join("");

const TALKS: Record<string, (name: string) => Talk> = {
  English: (name) => ({
    clinic: "demo-dental",
    lines: [
      ["Hello, could I come in for a cleaning next week, in the morning?", /assistant[\s\S]*1\)[\s\S]*2\)/],
      ["the first one works", /name/i],
      [name, /1\)/],
      ["yes", /booked/i],
    ],
  }),
  Spanish: (name) => ({
    clinic: "demo-dental",
    lines: [
      ["Buenas, quisiera una limpieza la próxima semana por la mañana", /asistente[\s\S]*1\)[\s\S]*2\)/],
      ["la segunda", /nombre/i],
      [name, /1\)/],
      ["sí", /reserva|cita/i],
    ],
  }),
  Arabic: (name) => ({
    clinic: "north-dental",
    lines: [
      ["مرحبا، أريد حجز موعد تنظيف أسنان الأسبوع القادم", /1\)[\s\S]*2\)/],
      ["الأول", /الاسم|اسم/],
      [name, /1\)/],
      ["نعم", /حجز|موعد/],
    ],
  }),
};

/** The clinic's thread with a number, as the inbox reads it: oldest message first. */
async function readThread(request: APIRequestContext, slug: string, phone: string) {
  const base = `/api/clinic/${slug}`;
  const found = await (await request.get(`${base}/conversations?q=${encodeURIComponent(phone)}`)).json();
  const id: string | undefined = found.data.items[0]?.id;
  if (!id) return [];
  const page = await (await request.get(`${base}/messages?conversation_id=${id}&limit=100`)).json();
  const items: { direction: string; text: string; status: string; at: string }[] = page.data.items;
  return items.toSorted((a, b) => a.at.localeCompare(b.at));
}

for (const [language, talkOf] of Object.entries(TALKS))
  test(`a signed SMS talk in ${language} ends in a visit from SMS and a reply that states it`, async ({
    page,
    baseURL,
  }) => {
    const name = language === "Arabic" ? "سارة القحطاني" : `Robin ${letters()}`;
    const { clinic, lines } = talkOf(name);
    const from = strangersNumber();
    await signIn(page, baseURL ?? "", { clinic });
    const outbound = async () =>
      (await readThread(page.request, clinic, from)).filter((one) => one.direction === "outbound");
    for (const [index, [text, answer]] of lines.entries()) {
      const sms = { from, to: CLINIC_NUMBER[clinic], text, id: messageId() };
      await deliverSms(page.request, sms);
      // The carrier repeats itself: the same message again changes nothing.
      if (index === 0) await deliverSms(page.request, sms);
      await expect.poll(async () => (await outbound())[index]?.text ?? "", { timeout: 15_000 }).toMatch(answer);
    }
    const thread = await readThread(page.request, clinic, from);
    expect(thread.filter((one) => one.direction === "inbound")).toHaveLength(lines.length);
    await expect.poll(async () => (await outbound()).at(-1)?.status).toBe("delivered");

    const patients = await (
      await page.request.get(`/api/clinic/${clinic}/patients?q=${encodeURIComponent(from)}`)
    ).json();
    expect(patients.data.items).toHaveLength(1);
    const visits = await (
      await page.request.get(`/api/clinic/${clinic}/appointments?patient_id=${patients.data.items[0].id}`)
    ).json();
    expect(visits.data.items).toHaveLength(1);
    expect(visits.data.items[0]).toMatchObject({ created_from: "SMS", patient: { name } });
  });

test("an unsigned message is refused and leaves nothing", async ({ page, baseURL }) => {
  const from = strangersNumber();
  const form = {
    AccountSid: process.env.TWILIO_ACCOUNT_SID ?? "",
    MessageSid: messageId(),
    From: from,
    To: CLINIC_NUMBER["demo-dental"],
    Body: "hello",
  };
  const answer = await page.request.post("/api/webhooks/sms/inbound", { form });
  expect(answer.status()).toBe(403);
  await signIn(page, baseURL ?? "");
  expect(await readThread(page.request, "demo-dental", from)).toEqual([]);
});
