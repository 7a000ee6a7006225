import type { Blueprint } from "../blueprint";

/** What the bot may say in Riyadh, Arabic first. */
export const KNOWLEDGE: Blueprint["knowledge"] = [
  { locale: "ar", category: "hours", question: "ما هي أوقات الدوام؟", answer: "من الأحد إلى الخميس من 9 صباحاً حتى 1 ظهراً ومن 4 عصراً حتى 8 مساءً. الجمعة والسبت إجازة." },
  { locale: "en", category: "hours", question: "What are your opening hours?", answer: "Sunday to Thursday, 9 am to 1 pm and 4 pm to 8 pm. Closed on Fridays and Saturdays." },
  { locale: "ar", category: "location", question: "أين موقعكم؟", answer: "12 شارع النخيل، حي الياسمين، الرياض." },
  { locale: "en", category: "location", question: "Where are you?", answer: "12 Al Nakheel Street, Al Yasmin district, Riyadh." },
  { locale: "ar", category: "parking", question: "هل توجد مواقف؟", answer: "نعم، تتوفر مواقف مجانية للمراجعين بجانب المبنى." },
  { locale: "en", category: "parking", question: "Is there parking?", answer: "Yes, patients park free beside the building." },
  { locale: "ar", category: "insurance", question: "هل تقبلون التأمين؟", answer: "نعم، نقبل معظم شركات التأمين الطبي. أحضر بطاقة التأمين والهوية." },
  { locale: "en", category: "insurance", question: "Do you take insurance?", answer: "Yes, most medical insurers. Bring your insurance card and ID." },
  { locale: "ar", category: "payment", question: "كيف يمكنني الدفع؟", answer: "نقبل مدى والبطاقات الائتمانية وApple Pay والنقد." },
  { locale: "ar", category: "price", question: "كم سعر تنظيف الأسنان؟", answer: "سعر تنظيف الأسنان 300 ريال." },
  { locale: "ar", category: "price", question: "كم سعر الكشف؟", answer: "سعر الكشف 150 ريالاً." },
  { locale: "ar", category: "policy", question: "ماذا لو أردت إلغاء الموعد؟", answer: "يمكنك الإلغاء أو التغيير مجاناً قبل الموعد بست ساعات على الأقل." },
];
