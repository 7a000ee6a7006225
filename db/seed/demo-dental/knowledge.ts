import type { Blueprint } from "../blueprint";

type Words = readonly [question: string, answer: string];
type Entry = [category: Blueprint["knowledge"][number]["category"], en: Words, es: Words, ar: Words];

/** What the bot may say, each in three languages. */
const ENTRIES: readonly Entry[] = [
  [
    "hours",
    ["What are your opening hours?", "We are open Monday to Thursday 8 am to 8 pm, Friday 8 am to 6 pm and Saturday 9 am to 2 pm. Closed on Sundays."],
    ["¿Cuál es su horario?", "Abrimos de lunes a jueves de 8:00 a 20:00, los viernes de 8:00 a 18:00 y los sábados de 9:00 a 14:00. Los domingos cerramos."],
    ["ما هي أوقات الدوام؟", "نعمل من الاثنين إلى الخميس من 8 صباحاً حتى 8 مساءً، والجمعة من 8 صباحاً حتى 6 مساءً، والسبت من 9 صباحاً حتى 2 ظهراً. الأحد إجازة."],
  ],
  [
    "location",
    ["Where are you?", "48 Harbor Street, Brooklyn, NY 11201, second floor. There is an elevator, and the entrance has no steps."],
    ["¿Dónde están?", "En 48 Harbor Street, Brooklyn, NY 11201, segundo piso. Hay ascensor y la entrada no tiene escalones."],
    ["أين موقعكم؟", "العنوان: 48 Harbor Street, Brooklyn, NY 11201، الدور الثاني. يوجد مصعد، والمدخل بدون درج."],
  ],
  [
    "parking",
    ["Is there parking?", "Yes. The garage next door is free for the first 90 minutes with a stamp from our front desk. There is a bicycle rack at the entrance."],
    ["¿Hay estacionamiento?", "Sí. En el garaje de al lado los primeros 90 minutos son gratis con el sello de recepción. En la entrada hay un aparcabicicletas."],
    ["هل توجد مواقف سيارات؟", "نعم. المواقف المجاورة مجانية لأول 90 دقيقة بعد ختم البطاقة من الاستقبال، ويوجد موقف للدراجات عند المدخل."],
  ],
  [
    "insurance",
    ["Which insurance do you take?", "We work with most PPO dental plans. Bring your card and we check your cover before anything is done. We don't take HMO plans."],
    ["¿Qué seguros aceptan?", "Trabajamos con la mayoría de los seguros dentales PPO. Traiga su tarjeta y comprobamos la cobertura antes de empezar. No aceptamos planes HMO."],
    ["ما شركات التأمين التي تقبلونها؟", "نقبل معظم خطط تأمين الأسنان من نوع PPO. أحضر بطاقتك ونتأكد من التغطية قبل البدء بأي علاج. لا نقبل خطط HMO."],
  ],
  [
    "payment",
    ["How can I pay?", "By credit or debit card, Apple Pay, Google Pay, check or cash. Treatment above $500 can be paid in up to six monthly parts without interest."],
    ["¿Cómo puedo pagar?", "Con tarjeta de crédito o débito, Apple Pay, Google Pay, cheque o efectivo. Los tratamientos de más de $500 se pueden pagar hasta en seis mensualidades sin intereses."],
    ["كيف يمكنني الدفع؟", "بالبطاقة الائتمانية أو بطاقة الخصم أو Apple Pay أو Google Pay أو شيك أو نقداً. ويمكن تقسيط العلاج الذي يزيد على 500 دولار على ستة أشهر بدون فوائد."],
  ],
  [
    "price",
    ["How much is a cleaning?", "A cleaning is $145 without insurance. It takes an hour and the dentist has a look at your teeth too."],
    ["¿Cuánto cuesta una limpieza?", "La limpieza cuesta $145 sin seguro. Dura una hora y el dentista también le revisa los dientes."],
    ["كم سعر تنظيف الأسنان؟", "سعر التنظيف 145 دولاراً بدون تأمين، ومدته ساعة، ويشمل كشف الطبيب."],
  ],
  [
    "price",
    ["How much is a check-up?", "A check-up is $95 without insurance. X-rays, if you need them, are $60."],
    ["¿Cuánto cuesta una revisión?", "La revisión cuesta $95 sin seguro. Si hacen falta radiografías, son $60 más."],
    ["كم سعر الكشف؟", "سعر الكشف 95 دولاراً بدون تأمين، والأشعة عند الحاجة 60 دولاراً."],
  ],
  [
    "price",
    ["How much is whitening?", "Whitening at the practice is $399 and takes about 75 minutes."],
    ["¿Cuánto cuesta el blanqueamiento?", "El blanqueamiento en la clínica cuesta $399 y dura unos 75 minutos."],
    ["كم سعر تبييض الأسنان؟", "سعر التبييض في العيادة 399 دولاراً، ويستغرق نحو 75 دقيقة."],
  ],
  [
    "visit",
    ["What should I bring to my first visit?", "A photo ID, your insurance card and a list of the medicines you take. Please come ten minutes early to fill in a form."],
    ["¿Qué llevo a mi primera visita?", "Un documento con foto, la tarjeta del seguro y una lista de los medicamentos que toma. Venga diez minutos antes para rellenar una ficha."],
    ["ماذا أحضر في أول زيارة؟", "بطاقة هوية بصورة وبطاقة التأمين وقائمة بالأدوية التي تتناولها. يُرجى الحضور قبل الموعد بعشر دقائق لتعبئة نموذج."],
  ],
  [
    "policy",
    ["What if I have to cancel?", "Tell us at least 24 hours before and it costs nothing. Later than that we may charge $50, except in an emergency."],
    ["¿Qué pasa si tengo que cancelar?", "Si nos avisa con 24 horas, no cuesta nada. Con menos tiempo podemos cobrar $50, salvo urgencias."],
    ["ماذا لو اضطررت إلى الإلغاء؟", "إذا أبلغتنا قبل 24 ساعة على الأقل فلا رسوم عليك. وبعد ذلك قد نحتسب 50 دولاراً، إلا في الحالات الطارئة."],
  ],
  [
    "visit",
    ["Do you treat children?", "Yes, from the first tooth on. Under 16 a parent or guardian has to come along."],
    ["¿Atienden a niños?", "Sí, desde el primer diente. Los menores de 16 años deben venir con su madre, padre o tutor."],
    ["هل تعالجون الأطفال؟", "نعم، منذ ظهور أول سن. ومن هم دون 16 سنة يحضرون مع أحد الوالدين أو ولي الأمر."],
  ],
  [
    "other",
    ["Which languages do you speak?", "English, Spanish and Arabic. Tell us which you prefer and we book you with somebody who speaks it."],
    ["¿Qué idiomas hablan?", "Inglés, español y árabe. Díganos cuál prefiere y le damos cita con alguien que lo hable."],
    ["ما اللغات التي تتحدثونها؟", "الإنجليزية والإسبانية والعربية. أخبرنا بلغتك المفضلة ونحجز لك مع من يتحدثها."],
  ],
];

export const KNOWLEDGE: Blueprint["knowledge"] = ENTRIES.flatMap(([category, en, es, ar]) =>
  Object.entries({ en, es, ar } as const).map(([locale, [question, answer]]) => ({
    locale: locale === "es" ? ("es" as const) : locale === "ar" ? ("ar" as const) : ("en" as const),
    category,
    question,
    answer,
  })),
);
