import type { ConsentChange } from "@/db/testing/make-talk";
import type { Locale } from "./blueprint";
import type { PlannedPatient } from "./plan-patients";
import type { Random } from "./random";

/** The words on the clinic's own form, as ticked: the evidence of an opt-in. */
const MARKETING_WORDS = {
  en: "Yes, text me reminders for my next check-up and the occasional offer. I can stop at any time.",
  es: "Sí, envíenme recordatorios de mi próxima revisión y alguna oferta. Puedo darme de baja cuando quiera.",
  ar: "نعم، أرسلوا لي تذكيراً بموعد الفحص القادم وبعض العروض. ويمكنني إيقافها متى شئت.",
} as const satisfies Record<Locale, string>;
const STOP_WORDS = { en: "STOP", es: "Parar", ar: "إيقاف" } as const satisfies Record<Locale, string>;
const STOPPED_SHARE = 0.03;

/** What each phone's people agreed to, oldest first. `stopped` are the stops that a conversation shows. */
export function planConsents(
  patients: readonly PlannedPatient[],
  stopped: ReadonlyMap<string, Date>,
  random: Random,
  now: Date,
): ConsentChange[] {
  const owners = patients.filter(
    ({ contactPointId }, index) => patients.findIndex((other) => other.contactPointId === contactPointId) === index,
  );
  return owners.flatMap((patient) => {
    const { contactPointId, locale, createdAt } = patient;
    const on = { contactPointId, channelKind: "sms" as const };
    const first = random.chance(0.7) ? "form" : "staff";
    const given: ConsentChange[] = [{ ...on, purpose: "service", state: "in", at: createdAt, how: first }];
    if (random.chance(0.35))
      given.push({ ...on, purpose: "marketing", state: "in", at: createdAt, how: "form", words: MARKETING_WORDS[locale] });
    const later = new Date(createdAt.getTime() + (now.getTime() - createdAt.getTime()) * random.next());
    const stoppedAt = stopped.get(contactPointId) ?? (random.chance(STOPPED_SHARE) ? later : undefined);
    if (!stoppedAt) return given;
    const out = { ...on, state: "out" as const, at: stoppedAt, how: "keyword", words: STOP_WORDS[locale] };
    // A stop ends all on its channel kind, and marketing on every other.
    const everywhere = { ...out, channelKind: "whatsapp" as const, purpose: "marketing" as const };
    return [...given, { ...out, purpose: "service" as const }, { ...out, purpose: "marketing" as const }, everywhere];
  });
}
