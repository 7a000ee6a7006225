import type { Locale } from "@/lib/core/locales";
import { PURPOSES, type TemplatePurpose } from "./purposes";
import type { Variable } from "./schema";

/** A body as it is written: `{name}` where the platform wants `{{1}}`. */
type Bodies = Readonly<Record<TemplatePurpose, string>>;

const EN: Bodies = {
  reminder_24h:
    "Hello {patient_name}, this is {clinic_name}. Your visit ({service_name} with {provider_name}) is on {visit_time}. Will you come? Reply yes, or change it here: {link} – see you soon.",
  reminder_3h:
    "Hello {patient_name}, {clinic_name} is expecting you today: {visit_time}, {provider_name}. If anything changes, tell us here: {link} – thank you.",
  confirmation:
    "Hello {patient_name}, you are booked at {clinic_name}: {service_name} with {provider_name}, {visit_time}. To change it: {link} – see you then.",
  moved:
    "Hello {patient_name}, your visit at {clinic_name} has a new time: {visit_time}, with {provider_name}. To change it: {link} – see you then.",
  cancelled:
    "Hello {patient_name}, your visit at {clinic_name} on {visit_time} is cancelled. To book another time: {link} – we are happy to help.",
  waitlist_offer:
    "Hello {patient_name}, an earlier time is free at {clinic_name}: {earlier_time}, {service_name} with {provider_name}. Reply 1 to take it or 2 to pass. It goes to whoever answers first; until it is yours, nothing changes.",
  waitlist_lost:
    "Hello {patient_name}, the time at {clinic_name} on {earlier_time} went to somebody who answered sooner. You keep your place on the list, and we will ask you again when something comes free.",
  recall:
    "Hello {patient_name}, it is time for your next check-up at {clinic_name}. Pick a time that suits you: {link} or call {clinic_phone}. Reply STOP to end such messages.",
  recovery:
    "Hello {patient_name}, {clinic_name} here. You asked us about a visit some time ago. Would you still like one? Pick a time: {link} or call {clinic_phone}. Reply STOP to end such messages.",
  rebook:
    "Hello {patient_name}, we missed you at {clinic_name}. It happens. Pick a new time whenever it suits you: {link} or call {clinic_phone}. Reply STOP to end such messages.",
  review:
    "Hello {patient_name}, thank you for visiting {clinic_name}. Would you tell others how it was? {link} – or tell us directly: {clinic_phone}. Reply STOP to end such messages.",
  handoff_note:
    "Hello {patient_name}, {staff_name} of {clinic_name} has your message and will answer it. If it is urgent, call {clinic_phone} – thank you for your patience.",
  write_back:
    "Hello, {clinic_name} has an answer to your message. Write back here to get it, or call {clinic_phone} – thank you.",
};

const ES: Bodies = {
  reminder_24h:
    "Hola, {patient_name}, le escribe {clinic_name}. Su cita ({service_name} con {provider_name}) es el {visit_time}. ¿Vendrá? Responda sí, o cámbiela aquí: {link} – hasta pronto.",
  reminder_3h:
    "Hola, {patient_name}, en {clinic_name} le esperamos hoy: {visit_time}, {provider_name}. Si algo cambia, díganoslo aquí: {link} – gracias.",
  confirmation:
    "Hola, {patient_name}, su cita en {clinic_name} está reservada: {service_name} con {provider_name}, {visit_time}. Para cambiarla: {link} – hasta entonces.",
  moved:
    "Hola, {patient_name}, su cita en {clinic_name} tiene nueva hora: {visit_time}, con {provider_name}. Para cambiarla: {link} – hasta entonces.",
  cancelled:
    "Hola, {patient_name}, su cita en {clinic_name} del {visit_time} está cancelada. Para reservar otra: {link} – con gusto le ayudamos.",
  waitlist_offer:
    "Hola, {patient_name}, se ha liberado una hora en {clinic_name}: {earlier_time}, {service_name} con {provider_name}. Responda 1 para quedársela o 2 para dejarla pasar. Es para quien conteste primero; mientras no sea suya, no cambia nada.",
  waitlist_lost:
    "Hola, {patient_name}: la hora del {earlier_time} en {clinic_name} ha sido para alguien que contestó antes. Usted conserva su lugar en la lista y le avisaremos cuando se libere otra.",
  recall:
    "Hola, {patient_name}, ya toca su próxima revisión en {clinic_name}. Elija la hora que le convenga: {link} o llame al {clinic_phone}. Responda ALTO para no recibir más mensajes así.",
  recovery:
    "Hola, {patient_name}, le escribe {clinic_name}. Hace un tiempo nos preguntó por una cita. ¿Aún la quiere? Elija hora: {link} o llame al {clinic_phone}. Responda ALTO para no recibir más mensajes así.",
  rebook:
    "Hola, {patient_name}, le echamos de menos en {clinic_name}. A cualquiera le pasa. Elija otra hora cuando le venga bien: {link} o llame al {clinic_phone}. Responda ALTO para no recibir más mensajes así.",
  review:
    "Hola, {patient_name}, gracias por su visita a {clinic_name}. ¿Contaría a otros cómo le fue? {link} – o díganoslo a nosotros: {clinic_phone}. Responda ALTO para no recibir más mensajes así.",
  handoff_note:
    "Hola, {patient_name}, {staff_name}, de {clinic_name}, tiene su mensaje y le responderá. Si es urgente, llame al {clinic_phone} – gracias por su paciencia.",
  write_back:
    "Hola, {clinic_name} tiene una respuesta a su mensaje. Escríbanos aquí para recibirla o llame al {clinic_phone} – gracias.",
};

const AR: Bodies = {
  reminder_24h:
    "مرحبًا {patient_name}، معك {clinic_name}. موعدك ({service_name} مع {provider_name}) في {visit_time}. هل ستحضر؟ أجب بنعم، أو غيّره من هنا: {link} – نراك قريبًا.",
  reminder_3h:
    "مرحبًا {patient_name}، ننتظرك اليوم في {clinic_name}: {visit_time}، {provider_name}. إن تغيّر شيء فأخبرنا من هنا: {link} – شكرًا لك.",
  confirmation:
    "مرحبًا {patient_name}، حُجز موعدك في {clinic_name}: {service_name} مع {provider_name}، {visit_time}. لتغييره: {link} – نراك حينها.",
  moved:
    "مرحبًا {patient_name}، تغيّر وقت موعدك في {clinic_name} إلى {visit_time} مع {provider_name}. لتغييره: {link} – نراك حينها.",
  cancelled:
    "مرحبًا {patient_name}، أُلغي موعدك في {clinic_name} بتاريخ {visit_time}. لحجز وقت آخر: {link} – يسعدنا أن نساعدك.",
  waitlist_offer:
    "مرحبًا {patient_name}، توفّر وقت أقرب في {clinic_name}: {earlier_time}، {service_name} مع {provider_name}. أرسل 1 لحجزه أو 2 لتركه. الأسبقية لمن يرد أولًا، وإلى أن يصبح لك لا يتغير شيء.",
  waitlist_lost:
    "مرحبًا {patient_name}، الموعد المتاح في {clinic_name} ({earlier_time}) حجزه شخص ردّ قبلك. مكانك في القائمة محفوظ، وسنعرض عليك أول ما يتوفّر.",
  recall:
    "مرحبًا {patient_name}، حان وقت فحصك القادم في {clinic_name}. اختر الوقت المناسب لك: {link} أو اتصل على {clinic_phone}. أرسل «توقف» لإيقاف مثل هذه الرسائل.",
  recovery:
    "مرحبًا {patient_name}، معك {clinic_name}. سألتنا قبل مدة عن موعد، فهل ما زلت ترغب فيه؟ اختر وقتًا: {link} أو اتصل على {clinic_phone}. أرسل «توقف» لإيقاف مثل هذه الرسائل.",
  rebook:
    "مرحبًا {patient_name}، افتقدناك في {clinic_name}، ولا بأس بذلك. اختر وقتًا جديدًا متى ناسبك: {link} أو اتصل على {clinic_phone}. أرسل «توقف» لإيقاف مثل هذه الرسائل.",
  review:
    "مرحبًا {patient_name}، شكرًا لزيارتك {clinic_name}. هل تخبر الآخرين كيف كانت؟ {link} – أو أخبرنا مباشرة: {clinic_phone}. أرسل «توقف» لإيقاف مثل هذه الرسائل.",
  handoff_note:
    "مرحبًا {patient_name}، رسالتك وصلت إلى {staff_name} في {clinic_name} وسيصلك الرد. إن كان الأمر عاجلًا فاتصل على {clinic_phone} – شكرًا لصبرك.",
  write_back: "مرحبًا، لدى {clinic_name} ردّ على رسالتك. اكتب لنا هنا لتستلمه أو اتصل على {clinic_phone} – شكرًا لك.",
};

const LIBRARY: Readonly<Record<Locale, Bodies>> = { en: EN, es: ES, ar: AR };

export interface LibraryTemplate {
  name: string;
  purpose: TemplatePurpose;
  body: string;
  variables: Variable[];
  category: (typeof PURPOSES)[TemplatePurpose]["category"];
  ttlSeconds: number;
}

const MARK = /\{([a-z_]+)\}/g;

/** The library's text of an automatic message, as the platform wants it: numbered marks, and the names behind them. */
export function libraryTemplate(locale: Locale, purpose: TemplatePurpose): LibraryTemplate {
  const text = LIBRARY[locale][purpose];
  const rules = PURPOSES[purpose];
  const allowed: readonly Variable[] = rules.variables;
  const variables = allowed.filter((name) => text.includes(`{${name}}`));
  const body = text.replace(MARK, (_, name: string) => `{{${variables.findIndex((one) => one === name) + 1}}}`);
  return { name: purpose, purpose, body, variables, category: rules.category, ttlSeconds: rules.ttlSeconds };
}
