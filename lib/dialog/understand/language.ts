import { LANGUAGES, type Language } from "@/lib/dialog/schema";
import { fold } from "./fold";
import type { Words } from "./normalise";

/** Words that mark a language; those that two of them share aren't here. */
const MARKS: Record<"en" | "es" | "other", ReadonlySet<string>> = {
  en: new Set(
    "the is are was were am i you my your we it and or but for with at on of to this that what when where how which who why can could would should will do does did have has had need want like please thanks thank you hi hello hey yes yeah yep sure not appointment appointments dentist tooth teeth book cancel reschedule tomorrow today morning afternoon evening monday tuesday wednesday thursday friday saturday sunday next week time available sorry good great any there be get make move change see come from after before be if they she he his her our their an some first second third last one works fine pain hurts show more write about help back someone anyone know let anything else later earlier over mind never go call again say said start wait only just really very much many than then here people person human robot bot real stuck late running interested nothing everything none those these other another either any way weather dr cleaning stop text hours price cost much open".split(
      " ",
    ),
  ),
  es: new Set(
    "el los las mas una unos unas de del que por para con sin mi mis su sus tu tus yo usted ustedes es esta estoy soy son hay quiero quisiera necesito puedo puede pueden tengo tiene tienen hacer hola gracias buenos buenas dias tardes noches favor cita citas dentista muela muelas diente dientes manana hoy ayer lunes martes miercoles jueves viernes sabado domingo semana hora horas cuando donde cuanto cuesta como cual quien pero porque tambien muy menos ya nada algo otro otra otros otras primero primera segundo segunda tercero tercera ultima cambiar cancelar agendar reservar mover dolor duele limpieza abierto precio direccion llego minutos ninguna ninguno sirve igual interesa busco llamo volver ayuda olvidalo ahi estare luego hasta quise decir empezar nuevo repetir reprogramar persona robot eres seguro estan claro vale bueno bien perfecto si se le les lo nos te al en".split(
      " ",
    ),
  ),
  other: new Set(
    // French, Portuguese, German, Italian, Tagalog, Vietnamese, Turkish, Polish, Haitian Creole, Indonesian
    "bonjour je vous voudrais rendez merci oui avec pour est mon dans demain suis une dentiste quand bonsoir voudrais prendre obrigado obrigada voce nao consulta amanha gostaria preciso quero marcar ola hallo ich mochte einen termin bitte danke morgen nicht und der die das mit fur ciao vorrei appuntamento grazie domani sono buongiorno salamat po gusto kong opo hindi magandang xin chao toi muon merhaba istiyorum randevu tesekkurler dzien dobry chce wizyte prosze dziekuje mwen vle bonjou mesi saya ingin terima kasih".split(
      " ",
    ),
  ),
};
/** Spanish words that Portuguese, French or Italian share: no proof against them. */
const SHARED = new Set("de que por para con es una me te se le no si en la les el".split(" "));

export interface LanguageReading {
  /** The message's own, or null when its words fit several. */
  readonly language: Language | "other" | null;
  /** The languages whose words are looked for, the likeliest first. */
  readonly languages: readonly Language[];
}

/** Which language a message is in. Where its words don't tell, all that could be are read. */
export function detectLanguage(words: Words, locale?: string): LanguageReading {
  const arabic = words.tokens.filter(({ word }) => /[\u0600-\u06ff]/.test(word)).length;
  const latin = words.tokens.filter(({ word }) => /[a-z]/.test(word)).length;
  const usual = LANGUAGES.find((language) => language === locale?.slice(0, 2).toLowerCase());
  if (arabic > 0 && arabic * 2 >= latin) {
    const isArabic = !isOtherArabicScript(words.original);
    return { language: isArabic ? "ar" : "other", languages: latin > 0 ? ["ar", "en", "es"] : ["ar"] };
  }
  if (latin === 0) return withoutLetters(words, usual);
  const [en, es, other] = [score(words, "en"), score(words, "es"), score(words, "other")];
  const spanishOnly = words.tokens.filter(({ word }) => MARKS.es.has(word) && !SHARED.has(word)).length;
  if (other > 0 && other >= en && other >= spanishOnly) return { language: "other", languages: order(en, es, usual) };
  const accented = /[ñ¿¡]/i.test(words.original) ? 1 : 0;
  if (en === es + accented) return { language: null, languages: order(en, es + accented, usual) };
  return { language: en > es + accented ? "en" : "es", languages: order(en, es + accented, usual) };
}

const score = (words: Words, of: keyof typeof MARKS): number =>
  words.tokens.filter(({ word }) => MARKS[of].has(word)).length;

/** The likelier language first; the other one only where it has words of its own, or neither has. */
function order(en: number, es: number, usual: Language | undefined): Language[] {
  if (en === es) return usual === "es" ? ["es", "en"] : ["en", "es"];
  if (en > es) return es > 0 && en < es * 3 ? ["en", "es"] : ["en"];
  return en > 0 && es < en * 3 ? ["es", "en"] : ["es"];
}

function withoutLetters(words: Words, usual: Language | undefined): LanguageReading {
  const hasOtherScript = words.tokens.some(({ word }) => /\p{L}/u.test(fold(word)));
  return { language: hasOtherScript ? "other" : null, languages: usual ? [usual] : ["en"] };
}

/** Persian and Urdu share the script and have letters and words of their own. */
const isOtherArabicScript = (text: string): boolean =>
  /[ٹڈڑےںھ]/.test(text) ||
  (/(?:^|[^\p{L}])(?:سلام|می|خواهم|است|وقت می|لطفا|فردا|ہے|میں|کے|ہیں|متشکرم|دندان|نوبت)(?:[^\p{L}]|$)/u.test(text) &&
    /[یکگپچژہ]/.test(text));
