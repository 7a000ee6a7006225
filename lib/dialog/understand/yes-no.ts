import type { Language } from "@/lib/dialog/schema";
import { phrase, wholly } from "./pattern";

/** Lone words of agreement and refusal, and what may stand around them. */

const YES: Record<Language, string> = {
  en: "yes|yeah|yea|yep|yup|ye|ya|yess|yas|sure|sure thing|ok|okay|okey|okie|k|kk|alright|all right|right|correct|thats right|that is right|that is correct|exactly|absolutely|definitely|certainly|of course|for sure|affirmative|agreed|confirm|confirmed|i confirm|i do|i will|i can|i would|i am|it is|we can|that works|works|that works for me|works for me|that one works|this works|it works|that will work|that is fine|that is good|that is great|that is perfect|sounds good|sounds great|sounds perfect|looks good|fine|fine by me|fine with me|good|great|perfect|awesome|excellent|cool|lovely|wonderful|deal|done|go ahead|do it|book it|book that|lets do it|lets do that|lets go|let us do it|please do|yes please|i would love to|i would like that|by all means|why not|no problem|not a problem|no worries|you bet|okey dokey|okie dokie|indeed|true|i think so|i guess so|i believe so|i suppose so|i suppose|probably|yes i think so|y|👍|👌|✅|✔|☑|🆗|💯",
  es: "si|sii|sip|sipi|claro|claro que si|por supuesto|desde luego|ok|okay|okey|vale|dale|va|sale|bueno|esta bien|muy bien|bien|perfecto|perfecta|excelente|genial|estupendo|fantastico|de acuerdo|correcto|correcta|exacto|exactamente|asi es|eso es|eso|efectivamente|confirmo|confirmado|confirmada|confirmar|confirmalo|confirmela|me parece|me parece bien|me parece perfecto|me sirve|me va bien|me queda bien|me viene bien|me gusta|me encantaria|acepto|adelante|hagalo|hazlo|reservalo|reservala|reservela|agendalo|agendala|agendela|obvio|seguro|sin problema|no hay problema|ningun problema|como no|creo que si|supongo que si|pues si|listo|ándale|andale|orale|simon|s|👍|👌|✅|✔|☑|🆗|💯",
  ar: "نعم|نعمم|ايوه|ايوا|أيوة|ايه|اي|إي|اه|آه|اها|أجل|اجل|بلى|بلا شك|اكيد|أكيد|طبعا|بالتاكيد|بالطبع|تمام|تمام التمام|طيب|ماشي|موافق|موافقة|اوكي|اوك|اوكيه|اوكى|حسنا|حاضر|زين|كويس|كويسه|ممتاز|ممتازة|مناسب|مناسبة|يناسبني|تناسبني|صح|صحيح|مضبوط|بالضبط|اتفقنا|خلاص|اعتمد|اعتمدها|احجز|احجزه|احجزها|احجزيه|احجزلي|اكد|أكد|اكده|أكده|اكدلي|مؤكد|أؤكد|اؤكد|ان شاء الله|إن شاء الله|انشاء الله|يا ليت|ياليت|لا مانع|ما في مانع|مافي مشكلة|ما في مشكلة|لا مشكلة|مفيش مشكلة|ولا يهمك|يلا|يللا|اعتقد نعم|اظن نعم|اعتقد ايه|ok|okay|yes|👍|👌|✅|✔|☑|🆗|💯",
};

const NO: Record<Language, string> = {
  en: "no|nope|nah|naw|na|nop|not really|not now|not today|not at all|no thanks|no thank you|no way|never|negative|incorrect|wrong|that is wrong|that is not right|not right|not correct|not that|i do not|i can not|i will not|i would not|i would rather not|rather not|i do not think so|do not think so|it does not|it is not|it does not work|that does not work|does not work|does not work for me|that does not suit|can not do that|not good|not for me|not yet|no i do not|n|👎|❌|🚫|🙅",
  es: "no|noo|nop|nel|no gracias|para nada|de ninguna manera|claro que no|por supuesto que no|todavia no|aun no|ahora no|hoy no|en absoluto|nunca|jamas|mejor no|creo que no|que va|no puedo|no quiero|no me sirve|no me va bien|no me queda bien|no me viene bien|no me gusta|no es correcto|incorrecto|esta mal|negativo|tampoco|ni hablar|no lo creo|👎|❌|🚫|🙅",
  ar: "لا|لأ|لاا|لالا|لا لا|كلا|لا شكرا|لا مشكور|ابدا|أبدا|مو|مش|موب|مهو|مب|مو الحين|مش دلوقتي|ليس الان|مو موافق|مش موافق|غير موافق|ما ابغى|ما ابي|ما بدي|مش عايز|مش عاوز|مش عايزة|لا اريد|لا أريد|ما اريد|ما يناسب|ما يناسبني|لا يناسبني|مو مناسب|مش مناسب|غير مناسب|ما اقدر|مقدرش|مش هقدر|غلط|خطا|خطأ|غير صحيح|مو صح|مش صح|no|👎|❌|🚫|🙅",
};

/** Politeness, vocatives and thanks leave an answer what it is. */
const FILLER =
  "please|thanks|thank you|thank you so much|so much|very much|a lot|lol|haha|that|this|it|and|then|ok|okay|well|oh|um|uh|hmm|hey|hi|sir|maam|dear|actually|just|still|me|to|for me|with me|🙏|por favor|gracias|muchas gracias|pues|entonces|ah|eh|bueno|senor|senora|senorita|amigo|claro|شكرا|شكرا لك|شكرا جزيلا|لو سمحت|لو سمحتي|من فضلك|يعطيك العافية|الله يعطيك العافية|مشكور|مشكورة|يا|دكتور|اخي|اختي|حبيبي|والله|خلاص";

/** Words that are an answer at the head of a longer message too. */
const HEAD_YES: Record<Language, string> = {
  en: "yes|yeah|yea|yep|yup|ya|sure|ok|okay|alright|perfect|great|sounds good|that works|absolutely|definitely|of course|works for me|that is (?:fine|good|perfect|great)",
  es: "si|claro|vale|dale|ok|okay|perfecto|de acuerdo|por supuesto|esta bien|me parece bien|bueno",
  ar: "نعم|ايوه|ايوا|ايه|اي|اه|اكيد|تمام|طيب|ماشي|موافق|موافقه|اوكي|زين",
};
const HEAD_NO: Record<Language, string> = {
  en: "no|nope|nah|not really|negative",
  es: "no (?:gracias|mejor|prefiero|quiero|el|la|los|las|a las|para (?:el|la|las|los|manana|hoy)|ese|esa|eso|puede ser|me sirve|me va|gracias)|nop",
  ar: "لا|كلا|لا لا",
};

const LEAD = "(?:(?:oh|well|um|uh|hmm|ah|eh|pues|ay|والله) )?";
const each = (make: (language: Language) => RegExp): Record<Language, RegExp> => ({
  en: make("en"),
  es: make("es"),
  ar: make("ar"),
});
const wholeOf = (words: string) => wholly(`(?:(?:${FILLER}) )*(?:${words})(?: (?:${FILLER}|${words}))*`);
const headOf = (words: string) => new RegExp(`^ ${phrase(`${LEAD}(?:${words})`).source}`, "u");

const IS_YES = each((language) => wholeOf(YES[language]));
const IS_NO = each((language) => wholeOf(NO[language]));
const STARTS_YES = each((language) => headOf(HEAD_YES[language]));
const STARTS_NO = each((language) => headOf(HEAD_NO[language]));

/** Words that begin like an answer and are none: "no one", "no preference", "sure is cold", "si puedo" ("if I can"). */
const NO_ANSWER =
  /^ (?:no (?:one|preference|preferencia|matter|idea|problem|problema|worries|hay problema|importa|me importa|se|lo se|estoy|sabria|time to)|not sure|never mind|good (?:morning|afternoon|evening|night|day)|bien dias|right (?:now|away)|fine print|great question|si (?:es posible|puedo|pueden|puede|hay|tienen|tengo|no|se puede|alguien|fuera|me)|لا (?:فرق|يهم|ادري|اعرف|مانع|مشكله|باس|تنسي)|ما في (?:مانع|مشكله)|مش (?:عارف|متاكد|فارق|مهم|مشكله)|مو (?:متاكد|مهم|مشكله|فارق)|اي (?:يوم|وقت|دكتور|طبيب|موعد|شي|حاجه|واحد)|بلا شك$) /u;

export interface YesNoReading {
  readonly answer: "yes" | "no";
  /** Nothing else is said. */
  readonly isWhole: boolean;
  /** "Ok", "great": before a question or another wish they only say that one has listened. */
  readonly isWeak: boolean;
}

const WEAK_HEAD =
  /^ (?:oh |well |ah |eh )?(?:ok|okay|alright|great|perfect|sure|good|bueno|vale|dale|perfecto|claro|طيب|تمام|اوكي|ماشي|زين) /;

/** A yes or a no: the whole message, or its first clause. Others' clauses can carry more ("yes, but at 4"). */
export function readYesNo(
  text: string,
  clauses: readonly string[],
  languages: readonly Language[],
): YesNoReading | null {
  const isWeak = WEAK_HEAD.test(text);
  for (const language of languages) {
    if (IS_NO[language].test(text) && !NO_ANSWER.test(text)) return { answer: "no", isWhole: true, isWeak };
    if (IS_YES[language].test(text)) return { answer: "yes", isWhole: true, isWeak };
  }
  const first = clauses[0] ?? "";
  for (const language of languages) {
    if (IS_NO[language].test(first) && !NO_ANSWER.test(first)) return { answer: "no", isWhole: false, isWeak };
    if (IS_YES[language].test(first)) return { answer: "yes", isWhole: false, isWeak };
  }
  if (NO_ANSWER.test(text)) return null;
  for (const language of languages) {
    if (STARTS_NO[language].test(text)) return { answer: "no", isWhole: false, isWeak };
    if (STARTS_YES[language].test(text)) return { answer: "yes", isWhole: false, isWeak };
  }
  return null;
}

const OPT_IN_YES = wholly("yes|y|si|نعم|ايوه");

/** The lone YES that opts a stopped number in again, and its kin. */
export const isLoneYes = (text: string): boolean => OPT_IN_YES.test(text);
