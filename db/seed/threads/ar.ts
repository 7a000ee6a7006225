import { bot, patient, staff, type Thread } from "./thread";

const INTRO = "أهلاً بك، أنا المساعد الآلي في {clinic}. أرسل «إيقاف» لوقف الرسائل أو «مساعدة» للمساعدة.";

export const AR: readonly Thread[] = [
  {
    locale: "ar",
    status: "closed",
    about: "booked",
    lines: [
      patient("السلام عليكم، أبغى موعد {service}", "book"),
      bot(`وعليكم السلام. ${INTRO} أي يوم يناسبك؟`),
      patient("يوم {day} إذا ممكن", "provide"),
      bot("يوم {day} عندنا الساعة {time} مع {provider}. هل أحجزه لك؟"),
      patient("نعم", "affirm"),
      bot("تم الحجز: {service} يوم {day} الساعة {time} مع {provider}، {address}. بانتظارك يا {first}."),
      patient("شكراً جزيلاً", "thank"),
      bot("العفو، وإن احتجت أي شيء فاكتب لي هنا."),
    ],
  },
  {
    locale: "ar",
    status: "open",
    about: "booked",
    lines: [
      patient("مرحبا عندكم موعد قريب لـ{service}؟", "ask_availability"),
      bot(`${INTRO} أقرب موعد يوم {day} الساعة {time} مع {provider}. هل أحجزه لك؟`),
      patient("تمام احجزه", "affirm"),
      bot("تم الحجز: {service} يوم {day} الساعة {time} مع {provider}."),
      patient("فيه مواقف عندكم؟", "ask_question"),
      bot("نعم، تتوفر مواقف لمراجعي العيادة بجانب المبنى."),
    ],
  },
  {
    locale: "ar",
    status: "open",
    about: "upcoming",
    minutesAgo: 70,
    lines: [
      bot("تذكير من {clinic}: {service} يوم {day} الساعة {time} مع {provider}. أرسل 1 للتأكيد أو 2 لتغيير الموعد."),
      patient("1", "confirm"),
      bot("شكراً يا {first}، تم تأكيد موعدك يوم {day} الساعة {time}."),
    ],
  },
  {
    locale: "ar",
    status: "waiting",
    about: "nothing",
    minutesAgo: 9,
    unread: 1,
    lines: [
      patient("كم سعر تبييض الأسنان؟", "ask_price"),
      bot(`${INTRO} يسعدنا ذلك. هل تودّ أن أعرض عليك المواعيد المتاحة مع السعر؟`),
      patient("ايوه بعد المغرب", "ask_availability"),
      bot("هل يناسبك هذا الأسبوع أم الذي بعده؟"),
    ],
  },
  {
    locale: "ar",
    status: "handoff",
    about: "upcoming",
    minutesAgo: 28,
    unread: 2,
    task: "handoff",
    summary: { en: "Asks for a person: needs a medical report for work.", ar: "يطلب التحدث مع موظف بخصوص تقرير طبي." },
    lines: [
      patient("أحتاج تقرير طبي لجهة العمل، ممكن أكلم أحد؟", "talk_to_human"),
      bot("بالتأكيد يا {first}. أبلغت فريق العيادة وسيتواصل معك أحدهم اليوم."),
      patient("متى تقريباً؟", "ask_question"),
    ],
  },
  {
    locale: "ar",
    status: "closed",
    about: "cancelled",
    lines: [
      patient("ما أقدر أجي يوم {day} الغوا الموعد لو سمحتوا", "cancel"),
      bot("موعدك: {service} يوم {day} الساعة {time}. هل ألغيه؟"),
      patient("نعم", "affirm"),
      bot("تم الإلغاء. هل أبحث لك عن يوم آخر؟"),
      patient("لا شكرا", "negate"),
      bot("على الرحب، واكتب لي متى شئت."),
    ],
  },
  {
    locale: "ar",
    status: "closed",
    holder: "staff",
    about: "nothing",
    minutesAgo: 60 * 24 * 4,
    task: "question",
    isTaskDone: true,
    summary: { en: "Asks about a file for a relative on the same number.", ar: "يسأل عن فتح ملف لأحد أفراد العائلة." },
    lines: [
      patient("هل أقدر أفتح ملف لوالدتي بنفس رقمي؟", "ask_question"),
      bot("سؤالك عند فريق العيادة الآن، وسيردّون عليك قريباً."),
      staff("أهلاً {first}، نعم يمكن ذلك. أرسل لنا اسم الوالدة وتاريخ ميلادها ونفتح لها ملفاً على الرقم نفسه."),
      patient("الله يعطيكم العافية", "thank"),
    ],
  },
];
