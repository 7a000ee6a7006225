import { expect, test } from "vitest";
import type { DialogChannel } from "@/lib/dialog/schema";
import { readEmergency } from "./emergency";
import { normalise } from "./normalise";
import { readOptOut } from "./opt-out";
import { understand } from "./understand";

const emergency = (text: string) => readEmergency(normalise(text).text);
const opt = (text: string, channel: DialogChannel = "whatsapp") => readOptOut(normalise(text).text, channel);

test.each([
  "My son just knocked out his front tooth",
  "I got hit in the mouth and my tooth came out",
  "my tooth was knocked out playing hockey",
  "tooth fell out after a fall",
  "My face is swollen and I have a fever",
  "my cheek is swelling up and I can't swallow",
  "I'm having trouble breathing and my jaw is swollen",
  "bleeding won't stop after my extraction",
  "I can't stop bleeding",
  "it's been bleeding for 3 hours since the extraction",
  "my gum keeps bleeding and bleeding",
  "blood everywhere, tooth extraction yesterday",
  "I was in a car accident and broke my teeth",
  "I fell off my bike and chipped two front teeth",
  "I think my jaw is broken",
  "punched in the face, teeth are loose",
  "my daughter fell and knocked her tooth out",
  "The swelling is spreading to my eye",
  "swollen jaw with a temperature of 102",
  "hard to breathe, throat swelling",
  "my kid's adult tooth got knocked out, what do I do",
  "tooth popped out when I fell",
  "extraction site is still bleeding heavily",
  "a ball hit my son in the face and his mouth is bleeding",
  "my lip is split and tooth pushed back after accident",
  "there's so much blood coming from my gum",
  "se me cayó un diente por un golpe",
  "mi hijo se golpeó y se le salió el diente",
  "me tumbaron un diente",
  "tengo la cara hinchada y fiebre",
  "tengo hinchazón y no puedo tragar",
  "no puedo respirar bien y tengo la mejilla inflamada",
  "no para de sangrar después de la extracción",
  "la muela sigue sangrando mucho",
  "sangro desde hace tres horas",
  "tuve un accidente y me rompí los dientes",
  "me dieron un puñetazo en la boca y se me aflojaron los dientes",
  "creo que tengo la mandíbula rota",
  "mi hija se cayó y se rompió el diente de un golpe",
  "me sacaron una muela y el sangrado no se detiene",
  "ولدي طاح وطلع سنه من مكانه",
  "انخلع سني بعد ضربة",
  "وجهي متورم وعندي حرارة",
  "خدي منتفخ وما اقدر ابلع",
  "عندي ورم في الفك وصعوبة في التنفس",
  "النزيف ما يوقف بعد الخلع",
  "ضرسي ينزف من ساعات",
  "نزيف شديد في اللثة ما وقف",
  "صار لي حادث وتكسرت اسناني",
  "انضربت على وجهي واسناني تتحرك",
  "فكي انكسر",
  "ابني وقع على وجهه وسنه انكسر",
  "سن ابني وقع بعد خبطة",
  "مش قادر اتنفس ووشي وارم",
])("is an emergency: %s", (text) => {
  expect(emergency(text)).not.toBeNull();
});

test.each([
  "my tooth hurts",
  "I have a bad toothache",
  "my gums bleed when I floss",
  "I lost a filling",
  "my crown fell off",
  "my crown fell out last night",
  "I chipped my tooth on a nut",
  "my face is a little swollen",
  "no fever no swelling, just pain",
  "do you treat knocked out teeth?",
  "I had a tooth knocked out 5 years ago and want an implant",
  "wisdom tooth pain",
  "my baby tooth fell out",
  "I need an emergency appointment",
  "is there parking?",
  "can I get a tooth pulled out",
  "I want to take out my wisdom tooth",
  "my gums are bleeding a bit",
  "what if bleeding doesn't stop after extraction?",
  "book me at 3",
  "I'm dying to whiten my teeth",
  "my braces wire broke",
  "hit me up when you have a slot",
  "my temporary filling came out",
  "I broke my tooth eating popcorn",
  "sensitive to cold",
  "I fell behind on my cleanings",
  "accident: I booked the wrong day",
  "swollen gums",
  "my denture broke",
  "me duele la muela",
  "se me cayó el empaste",
  "se me cayó la corona",
  "me sangran las encías al cepillarme",
  "tengo la encía un poco inflamada",
  "¿atienden emergencias?",
  "quiero sacarme una muela",
  "se le cayó un diente de leche",
  "se me rompió una muela comiendo",
  "tengo sensibilidad al frío",
  "¿cuánto cuesta una extracción?",
  "tengo mucho dolor",
  "ضرسي يوجعني",
  "طاحت الحشوة",
  "وقعت التلبيسة",
  "لثتي تنزف لما افرش",
  "عندي ورم بسيط في اللثة",
  "ابغى خلع ضرس العقل",
  "سن ابني اللبني طاح",
  "انكسر ضرسي وانا آكل",
  "كم سعر خلع الضرس",
  "عندي الم شديد",
])("is none: %s", (text) => {
  expect(emergency(text)).toBeNull();
});

test.each([
  "please stop texting me",
  "Take me off your list",
  "don't message me anymore",
  "no more texts please",
  "how do I stop these messages",
  "I don't want to receive these reminders",
  "leave me alone",
  "wrong number",
  "remove my number",
  "ok stop it",
  "no me escriban más",
  "ya no quiero recibir mensajes",
  "dame de baja",
  "quiero dejar de recibir mensajes",
  "número equivocado",
  "لا ترسلوا لي رسائل",
  "بطلوا ترسلون",
  "ابغى ألغي الاشتراك",
])("stops on plain words: %s", (text) => {
  expect(opt(text)).toMatchObject({ optOut: "opt_out", optOutBy: "phrase" });
});

test.each([
  "stop by at 4",
  "I can't stop bleeding",
  "is there a bus stop near you?",
  "cancel my appointment",
  "can you stop the pain",
  "what time does your day end",
  "don't unsubscribe me",
  "don't text me after 9pm",
  "no me llamo Juan",
  "no me mandaron el recordatorio",
  "لا اريد موعد الثلاثاء",
])("takes for no stop: %s", (text) => {
  expect(opt(text).optOut).toBe("none");
});

test.each(["STOP", "Stop.", "UNSUBSCRIBE", "stop all", "Quit", "END", "CANCEL", "revoke", "PARAR", "توقف"])(
  "the lone word binds on SMS: %s",
  (text) => {
    expect(opt(text, "sms")).toMatchObject({ optOut: "opt_out", optOutBy: "keyword" });
  },
);

test("a lone CANCEL stops on SMS by law, and elsewhere ends what we are doing", () => {
  const at = (channel: DialogChannel) =>
    understand({
      text: "CANCEL",
      channel,
      referenceTime: new Date("2026-03-04T15:00:00Z"),
      timeZone: "UTC",
      services: [],
      providers: [],
    });
  expect(at("sms")).toMatchObject({ optOut: "opt_out", intents: [{ intent: "opt_out" }, { intent: "cancel" }] });
  expect(at("whatsapp")).toMatchObject({
    optOut: "none",
    intents: [{ intent: "cancel_current" }, { intent: "cancel" }],
  });
});

test.each([
  ["START", "opt_in"],
  ["unstop", "opt_in"],
  ["you can text me again", "opt_in"],
  ["quiero volver a recibir mensajes", "opt_in"],
  ["HELP", "help"],
  ["ayuda", "help"],
  ["مساعدة", "help"],
])("hears the way back and the way to help: %s", (text, expected) => {
  expect(opt(text, "sms").optOut).toBe(expected);
});

test("a lone yes is marked: only the consent on file tells whether it opts in", () => {
  const yes = understand({
    text: "Yes!",
    channel: "sms",
    referenceTime: new Date("2026-03-04T15:00:00Z"),
    timeZone: "UTC",
    services: [],
    providers: [],
  });
  expect(yes).toMatchObject({ isOptInKeyword: true, optOut: "none", intents: [{ intent: "affirm" }] });
});
