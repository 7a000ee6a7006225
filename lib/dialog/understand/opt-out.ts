import type { DialogChannel, Understanding } from "@/lib/dialog/schema";
import { arabicPhrase, findAll, occurs, phrase, wholly } from "./pattern";

/**
 * Stop, start and help. A lone word is the carriers' and binds on SMS; plain wording binds everywhere, in all three
 * languages at once, since a request to stop counts in any reasonable words. "Stop by at 4" isn't one.
 */

const AROUND =
  "please|now|ok|okay|just|it|this|that|all|thanks|thank you|por favor|ya|gracias|لو سمحت|من فضلك|رجاء|شكرا";
const lone = (words: string) => wholly(words);
const polite = (words: string) => wholly(`(?:(?:${AROUND}) )*(?:${words})(?: (?:${AROUND}|${words}))*`);

/** Unmistakable on any channel. */
const STOP = lone(
  "stop|stopall|stop all|unsubscribe|revoke|optout|opt out|remove|remove me|arret|arrete|arreter|arrett|desabonner|desinscrire|me desabonner|parar|alto|baja|darme de baja|dar de baja|detener|parar todo|توقف|ايقاف|قف|وقف|اوقف|الغاء الاشتراك|إلغاء الاشتراك",
);
/** Carriers act on these, but in a talk they may mean the visit or what we are doing. */
const QUIT = lone("cancel|end|quit|cancelar|cancela|terminar|fin|salir|الغاء|إلغاء|انهاء|خروج");
const START = lone(
  "start|unstop|subscribe|resubscribe|alta|iniciar|suscribir|suscribirme|reanudar|ابدا|ابدأ|اشتراك|بدء",
);
const HELP = lone("help|info|ayuda|informacion|مساعده|مساعدة|معلومات|ساعدني");
const STOP_POLITELY = polite(
  "stop|stop it|unsubscribe|opt out|baja|darme de baja|arret|parar|pare|para ya|basta|ya basta|alto|توقف|توقفوا|وقفوا|خلاص وقفوا",
);

const MESSAGES =
  "(?:texts?|text ?messages?|messages?|messaging|texting|sms|spam|spamming|e ?mails?|emailing|reminders?|notifications?|alerts?|promos?|promotions?|promotional \\w+|marketing|ads?|advertis\\w+|offers?|contacting|calling|writing|communications?|mailings?|updates|stuff|junk|solicit\\w+)";
const OPT_OUT_EN = phrase(
  `(?:stop|quit|cease|discontinue|end (?:these|the|all|your|my)) (?:\\w+ ){0,3}${MESSAGES}`,
  "(?:stop|quit) (?:sending|texting|messaging|contacting|emailing|spamming|bothering|bugging|writing|harassing|blowing up)(?: \\w+){0,3}",
  "(?:do not|never|no longer|please no) (?:ever |want you to |you )?(?:text|message|contact|email|write|bother|spam|send)(?: (?:me|us|this number|here|to me|to this number|anything|any|more|messages?|texts?))+",
  "no more (?:\\w+ )?(?:texts?|messages?|sms|emails?|reminders?|spam|ads|offers|notifications|marketing)",
  "(?:unsubscribe|un subscribe|opt out|opt me out|opting out|opt us out|want out of this list)(?: me| us| from| of| this)*",
  "(?:take|remove|delete|drop|get|scratch) (?:me|my (?:number|phone|name|contact)|this number|us) (?:off|from|out of)(?: \\w+){0,5}",
  "(?:take|remove|delete|erase|lose) (?:my|this) (?:number|phone number|contact info|contact)",
  `(?:do not|no longer) (?:want|wish|need|like) (?:to (?:receive|get|be getting|hear)|any(?: more)?|your|these|those|more|getting|receiving)(?: \\w+){0,4} ${MESSAGES}`,
  `(?:do not|no longer) (?:want|wish) to (?:receive|get|hear|be contacted|be texted|be messaged)(?: (?:anything|from you|from this|these|this|any more|anymore|from y'all|from your \\w+))+`,
  "(?:do not|no longer) (?:want|wish) to be (?:contacted|texted|messaged|emailed|on (?:this|your) \\w+)",
  "(?:you (?:have|got) |this is )?(?:the )?wrong (?:number|person)|not my (?:phone|number)|leave me alone|stop bothering me|i (?:want|would like) to (?:opt out|unsubscribe|stop receiving|stop getting)(?: \\w+){0,4}|(?:revoke|withdraw) (?:my )?consent|off (?:of )?your (?:\\w+ )?list|block me from (?:your )?list|how (?:do|can) i (?:unsubscribe|opt out|stop (?:these|the|your|getting|receiving)(?: \\w+){0,3})",
);
const OPT_OUT_ES = phrase(
  "(?:no|ya no|nunca mas|nunca|dejen de|deje de|deja de|dejar de|paren de|pare de|para de|no quiero que me|ya no me|no me|no nos) (?:me |nos |quiero que me )?(?:vuelv\\w+ a )?(?:escrib(?:an|a|as|ir|irme)|mand(?:en|e|es|ar|arme)|envi(?:en|e|es|ar|arme)|contact(?:en|e|es|ar|arme)|molest(?:en|e|es|ar|arme)|llam(?:en|e|es|ar|arme)|texte\\w+|spam\\w*|notifi(?:quen|que|car|carme))(?: (?:mas|mensajes?|textos?|sms|nada|correos?|publicidad|promociones|recordatorios|por favor|por aqui|a este numero|mensajitos|tantos))*",
  "no (?:quiero|deseo|me interesa) (?:seguir )?(?:recib\\w+|mas|sus|estos|que me)(?: \\w+){0,3}(?: (?:mensajes?|textos?|sms|correos?|publicidad|promociones|recordatorios|notificaciones|ofertas|nada))?",
  "(?:no|ya no) mas (?:mensajes?|textos?|sms|correos?|publicidad|promociones|recordatorios|spam)|basta de (?:mensajes|textos|spam|publicidad)|dej(?:ar|en|e|a) de (?:recib\\w+|mand\\w+|envi\\w+|escrib\\w+)(?:me)?(?: \\w+){0,3}|numero equivocado",
  "(?:dar(?:me)?|den(?:me)?|de(?:me)?|doy|dame|quiero|quisiera|solicito) (?:de )?(?:la )?baja(?: \\w+){0,4}|dar(?:me)? de baja|cancel\\w+ (?:mi |la )?suscripcion|desuscrib\\w+|anular (?:mi |la )?suscripcion",
  "(?:quit|borr|elimin|saqu|sac|retir|bor)\\w* (?:mi (?:numero|telefono|contacto)|de (?:su|la|esta) (?:lista|base))(?: \\w+){0,3}|(?:quiten|saquen|borren|eliminen)me(?: de \\w+)*|dejenme en paz|dejeme en paz|dejame en paz",
  "(?:detener|detengan|parar|paren|suspend\\w+|dejen) (?:de )?(?:los |estos |sus |enviar |mandar )*(?:mensajes?|textos?|sms|correos?|envios?|notificaciones|recordatorios|promociones)",
);
const OPT_OUT_AR = arabicPhrase(
  "م(?:ا )?ت(?:بعت|بعث|رسل|راسل|كتب|كلم|تصل)\\S*ش(?: (?:تاني|ثاني|خالص|ابدا|لي|ليا|رسايل|رسائل|حاجه))*",
  "(?:وقف|وقفوا|اوقف|اوقفوا|ايقاف|بطل|بطلوا|الغ|الغوا|الغاء) (?:كل )?(?:هذه |هذي |هال|ها)?(?:ال)?(?:عروض|اعلانات|دعايات|دعايه|مراسله|مراسلات|تنبيهات|عروضكم|اعلاناتكم|ارسال|رسايل|رسائل|مسجات)(?: \\S+){0,2}|(?:توقف|توقفوا|كفوا|امتنعوا) عن (?:ال)?(?:مراسله|مراسلتي|ارسال|تواصل|اتصال|كتابه|ازعاج|ازعاجي)(?: \\S+){0,3}",
  "(?:لا|ما|بلاش|بطلوا|بطل|كفايه|كفايه من|وقفوا|اوقفوا|وقف|اوقف|توقفوا عن|توقف عن|خلاص لا|رجاء لا|ممنوع|كفي)(?: عاد| ابغاكم| اريدكم| ابيكم| بدي| عن)* (?:ت?رسلوا|ترسلون|ترسل|ترسلوا|ترسلولي|ترسلي|تبعتوا|تبعتولي|تبعثوا|تبعثون|تبعت|ابعتوا|تراسلوني|تراسلني|تراسلوا|تكتبوا|تكتبولي|تكلموني|تتواصلوا|تتواصلون|تتواصل|ارسال|مراسلتي|ازعاجي|ازعاج|تزعجوني|تزعجني|الارسال|بعت|تبعتون|تتصلوا)(?: \\S+){0,4}",
  "(?:لا|ما|مش|مو|مب)(?: عاد)? ?(?:اريد|ابغى|ابغا|ابي|بدي|عايز|عاوز|عايزه|ودي|ارغب)(?: في| ب)?(?: استلام| استقبال| استلم| تجيني| توصلني| اي| منكم)* (?:ال)?(?:رسايل|رسائل|رسايلكم|رسائلكم|رساله|مسجات|اشعارات|تذكير|تذكيرات|اعلانات|عروض|عروضكم|اعلاناتكم)(?: \\S+){0,3}",
  "(?:الغوا|الغ|الغي|الغاء|ايقاف|اوقف|اوقفوا|وقف|وقفوا|ابغى الغي|اريد الغاء|اريد ايقاف)(?: لي)? (?:ال)?(?:اشتراك|اشتراكي|رسايل|رسائل|مسجات|اشعارات|رسايلكم|رسائلكم|الاشتراك|الرسايل|الرسائل|المسجات)(?: \\S+){0,3}",
  "(?:احذفوا|احذف|شيلوا|شيل|امسحوا|امسح|ازيلوا)(?:وني| لي)? ?(?:رقمي|اسمي|الرقم)?(?: من| عن)? ?(?:القايمه|القائمه|قايمتكم|قائمتكم|عندكم|رقمي)|احذفوني(?: \\S+){0,3}|شيلوني(?: \\S+){0,3}|الغوا اشتراكي|اتركوني في حالي|خلوني في حالي|سيبوني في حالي|كفايه رسايل|كفى رسايل|بطلوا رسايل|بدون رسايل|رقم (?:غلط|خطا|خاطي)|الرقم (?:غلط|خطا|خاطي)",
);
const OPT_OUT_FR = phrase(
  "(?:arretez|arrete|arreter|cessez|stoppez) (?:de )?(?:m ?|me )?(?:envoyer|ecrire|contacter|les (?:messages?|sms|textos?)|ces (?:messages?|sms)|vos (?:messages?|sms))(?: \\w+){0,3}|ne (?:m ?|me )?(?:envoyez|ecrivez|contactez) plus(?: \\w+){0,3}|(?:me |se )?(?:desabonner|desinscrire|desabonnez)(?: \\w+){0,2}",
);
const OPT_OUT = [OPT_OUT_EN, OPT_OUT_ES, OPT_OUT_AR, OPT_OUT_FR];

const OPT_IN = phrase(
  "resubscribe(?: me)?|subscribe me(?: \\w+){0,3}|sign me (?:back )?up for (?:\\w+ ){0,3}(?:texts?|messages?|reminders?|alerts?|updates)|opt (?:me )?(?:back )?in|opting (?:back )?in|(?:start|resume) (?:sending|texting|messaging)(?: \\w+){0,4}|(?:turn|switch) (?:the )?(?:texts?|messages?|reminders?|notifications) back on|(?:you can|please) (?:text|message|contact) me again|(?:want|like) to (?:receive|get|start getting|start receiving|keep getting|keep receiving) (?:\\w+ ){0,3}(?:texts?|messages?|reminders?|notifications|updates)(?: again)?|put me back on(?: \\w+){0,3}",
  "(?:quiero|deseo|quisiera|me gustaria) (?:volver a )?recibir (?:\\w+ ){0,3}(?:mensajes?|textos?|recordatorios|notificaciones)(?: \\w+){0,2}|volver a suscribirme|suscrib(?:anme|eme|irme)(?: \\w+){0,3}|dar(?:me)? de alta|pueden (?:volver a )?escribirme|vuelvan a (?:escribirme|enviarme|mandarme)(?: \\w+){0,2}|reactiv\\w+ (?:los |mis )?(?:mensajes|recordatorios)",
  "(?:اريد|ابغى|ابي|بدي|عايز|ارجعوا|رجعوا)(?: الاشتراك| ارجع)?(?: في| ب)? ?(?:استلم|استقبل|استلام|استقبال|ترسلوا لي|ارسال)? ?(?:ال)?(?:رسايل|رسائل|تذكيرات|اشعارات)(?: مره ثانيه| مجددا| من جديد)|(?:ابغى|اريد|بدي) اشترك(?: \\S+){0,3}|اعاده الاشتراك|ارجعوا ارسلوا(?: \\S+){0,2}",
);

/** "Don't unsubscribe me", "I didn't ask to stop": the words are there and the wish isn't. */
const REFUSED = / (?:do not|did not|does not|never|not|without|no quiero|no queria|no me|no) (?:\w+ ){0,3}$/;
const REFUSABLE =
  /^(?:stop|quit|unsubscribe|opt out|opt me out|opting|remove|take me|delete|revoke|dar|darme|cancel|desuscrib|الغ)/;
/** A limit isn't a stop: "don't text me after 9 pm", "don't send it today". */
const LIMIT =
  /^(?: (?:to|so|at|this|too))* (?:before|after|while|during|until|till|at (?:night|work|\d|home)|so (?:early|late)|this (?:late|early)|too (?:early|late)|antes|despues|tan (?:tarde|temprano)|de noche|por la noche|hasta|قبل|بعد|بالليل|متاخر|والا) /;
/** Things said with the same words that stop no messages. */
const OTHER_STOP = phrase(
  "(?:your|the|this|that) (?:bot|doctor|dentist) (?:stopped|quit)|stop by|stop in|stopped (?:by|in)|bus stop|non ?stop|(?:can not|will not|does not|not) stop (?:bleeding|hurting|throbbing|the|crying|it)|stop (?:the )?(?:bleeding|pain|smoking|eating|taking|drinking|hurting|grinding|throbbing|swelling|offering|doing|accepting|seeing)|do not stop (?:texting|sending|messaging)|do not (?:text|message|send|contact) (?:him|her|them|my (?:husband|wife|mom|dad|son|daughter))",
);

interface Opt extends Pick<Understanding, "optOut" | "optOutBy"> {
  readonly mayMeanOther: boolean;
  /** A wish about when to write ("don't text me after 9 pm"): nothing that a bot can settle. */
  readonly isLimit?: boolean;
  readonly words: string;
}
const NONE: Opt = { optOut: "none", optOutBy: null, mayMeanOther: false, words: "" };

/**
 * Reads stop, start and help. `mayMeanOther` marks a word that could also mean the visit or what we are doing: on SMS the
 * law takes it for a stop and staff are told; elsewhere it is none.
 */
export function readOptOut(text: string, channel: DialogChannel): Opt {
  const words = text.trim();
  const by = channel === "sms" ? "keyword" : "phrase";
  if (STOP.test(text)) return { optOut: "opt_out", optOutBy: by, mayMeanOther: false, words };
  if (QUIT.test(text)) {
    if (channel !== "sms") return { ...NONE, mayMeanOther: true, words };
    return { optOut: "opt_out", optOutBy: "keyword", mayMeanOther: true, words };
  }
  if (START.test(text)) return { optOut: "opt_in", optOutBy: by, mayMeanOther: false, words };
  if (HELP.test(text)) return { optOut: "help", optOutBy: by, mayMeanOther: false, words };
  if (STOP_POLITELY.test(text)) return { optOut: "opt_out", optOutBy: "phrase", mayMeanOther: false, words };
  return readWording(text);
}

function readWording(text: string): Opt {
  const stops = OPT_OUT.flatMap((pattern) => findAll(pattern, text));
  const stop = stops.find(({ start, end }) => isMeant(text, start, end));
  const isLimit = stops.some(({ start, end }) => isLimited(text, start, end));
  if (stop && !(occurs(OTHER_STOP, text) && OPT_OUT.every((pattern) => findAll(pattern, text).length < 2))) {
    return { optOut: "opt_out", optOutBy: "phrase", mayMeanOther: false, words: text.slice(stop.start, stop.end) };
  }
  const start = findAll(OPT_IN, text).find(
    (found) => !/ (?:do not|no|not|لا|ما|مش|مو) (?:\w+ )?$/u.test(text.slice(0, found.start)),
  );
  if (!start) return isLimit ? { ...NONE, isLimit } : NONE;
  return { optOut: "opt_in", optOutBy: "phrase", mayMeanOther: false, words: text.slice(start.start, start.end) };
}

function isMeant(text: string, start: number, end: number): boolean {
  if (REFUSABLE.test(text.slice(start, end)) && REFUSED.test(text.slice(0, start))) return false;
  return !isLimited(text, start, end);
}

const ENDS_IN_LIMIT = / (?:before|after|while|until|so early|so late|antes|despues|قبل|بعد) $/;

const isLimited = (text: string, start: number, end: number): boolean =>
  LIMIT.test(text.slice(end)) || ENDS_IN_LIMIT.test(` ${text.slice(start, end)} `);
