import { arabicPhrase, occurs, phrase } from "./pattern";

/**
 * Whose business a message is. Errands look alike everywhere ("cancel my …", "book a …"), so the thing they are about
 * decides: another trade's thing and none of a dental clinic's means that it isn't for us.
 */

const OTHERS = phrase(
  // the day outside, the household, devices
  "weather|forecast|temperature|rain(?:ing|y|s)?|snow(?:ing|y|s)?|storms?|stormy|degrees|alarms?|timers?|volume|battery|wifi password|software|passwords?|log ?in|shopping list|to ?do list|recipes?|cook(?:ing)?",
  // travel, places to eat and stay
  "restaurants?|table for|a table|cafes?|cafeteria|bars?|pubs?|hotels?|flights?|airports?|airlines?|taxi|cabs?|rental car|car rental|passport|visa application|vacation",
  // screens, sound, print
  "movies?|films?|cinemas?|theat(?:re|er)s?|tv|television|shows? (?:times?|schedule)|songs?|music|playlists?|albums?|concerts?|radio|podcasts?|spotify|youtube|video ?games?|games?",
  // money, post, school, machines
  "bank|banking|atm|credit score|credit limit|exchange rate|currency|stocks?|shares|crypto\\w*|bitcoin|loans?|mortgage|paycheck|salary|taxes|tax refund|transactions?|transfer(?:red)? (?:money|funds)|my account|checking account|savings|interest rates?|e ?mails? (?:from|to|about)|inbox|mailbox|homework|essay|translate|oil change|tire|tires|mechanic|haircut",
  "tiempo hace|clima|pronostico|temperatura|llov\\w+|lluvia|llueve|nev(?:ar|ando)|nieve|nieva|alarmas?|luces|volumen|bateria|contrasena|restaurantes?|mesa|cena|menu|hotel(?:es)?|habitacion(?:es)?|vuelos?|aeropuerto|maletas?|equipaje|tren|taxi|peliculas?|cines?|canciones|cancion|musica|lista de (?:reproduccion|tareas|la compra|compras)|tareas|canal|television|correos?|correo electronico|banco|cuenta bancaria|cajero|dinero|transferencia|cambio de divisas|bolsa de valores|noticias|partidos?|futbol",
);
const OTHERS_AR = arabicPhrase(
  "[بلك]?(?:ال)?(?:طقس|جو|حراره|حرارة|رطوبه|مطر|امطار|ثلج|ثلوج|غيوم|غائم|غايم|مشمس|رياح|عاصفه|ضباب|صحو|معطف|مظله|منبه|منبهات|موقت|تايمر|مطعم|مطاعم|طاوله|مقهي|بار|حانه|فندق|فنادق|غرفه|طيران|مطار|رحله|قطار|تاكسي|فيلم|افلام|سينما|مسرح|عروض الافلام|اغنيه|اغاني|موسيقي|البوم|قايمه التشغيل|قائمه التشغيل|راديو|كتاب|كتب|روايه|مسلسل|لعبه|بنك|بنكي|بنكيه|مصرف|مصرفي|مصرفيه|صراف|حساب|حسابي|حساباتي|بطاقتي|حواله|حوالات|تحويل|تحويلات|تحويله|رصيد|رصيدي|راتب|راتبي|رواتب|نقود|فلوس|فلوسي|مصاري|مال|اموال|دولار|شيكل|جنيه|عمله|عملات|قرض|قروض|فائده|فوائد|ايداع|سحب|سحبت|عمليه الدفع|معامله|معاملات|شيك|محفظه|كلمه المرور|كلمه السر|الرقم السري|رقم سري|طابعه|انترنت|شبكه|جهاز|كمبيوتر|لابتوب|برنامج|ايميلي|تذكره|تذاكر|ابل باي|جوجل باي|هويتي|جواز السفر)(?:ي|ك|كم|نا|ها|ه|ا)?",
  "(?:س)?[تي](?:مطر|ثلج|كون الجو|كون الطقس)|تذكير|تذكيرات|ذكرني (?:ان|ب)|شغل|اضف|تقييم|قيم|نجمه|نجوم|اعطي",
);

const OURS = phrase(
  "tooth|teeth|toothache|molars?|gums?|mouth|jaw|dental|dentists?|dentistry|orthodont\\w+|hygienists?|doctors?|dr|clinics?|appointments?|appt|visits?|cleanings?|checkups?|check up|whitening|braces|retainers?|fillings?|crowns?|implants?|veneers?|dentures?|root canal|extractions?|cavit(?:y|ies)|x ?rays?|invisalign|insurances?|(?:can|could) (?:i|we) (?:move|push|shift) (?:it|mine)|(?:you|yall) (?:take|accept)|parking|patients?|treatments?|dientes?|muelas?|encias?|boca|dental(?:es)?|dentistas?|odontolog\\w+|ortodonc\\w+|higienistas?|doctor(?:a|es|as)?|clinicas?|consultorio|citas?|turnos?|limpiezas?|blanqueamiento|brackets|empastes?|coronas?|implantes?|carillas|caries|seguros?|aceptan?|toman|estacionamiento|pacientes?|tratamientos?|(?:puedo|podria|se puede|podemos) pagar|formas? de pago",
);
const OURS_AR = arabicPhrase(
  "[بلك]?(?:ال)?(?:سن|سني|اسنان|اسناني|ضرس|ضرسي|ضروس|لثه|لثتي|فم|فمي|فك|دكتور|دكتوره|طبيب|طبيبه|عياده|عيادتكم|موعد|موعدي|مواعيد|مواعيدكم|معاد|ميعاد|تنظيف|تبييض|تقويم|حشوه|تلبيسه|زراعه|تركيبه|خلع|عصب|علاج|مريض|كشفيه|تقسيط|تامين|تقبلون|تقبلوا|دفع|كاش|بتقبلوا|تاخذون|تاخذوا|دوامكم|فرعكم|عنوانكم|موقعكم)",
);

/** Another trade's thing is named, and nothing of ours. */
export const isOthersBusiness = (text: string): boolean =>
  (occurs(OTHERS, text) || occurs(OTHERS_AR, text)) && !isOurs(text);

/** A thing of a dental clinic's is named. */
export const isOurs = (text: string): boolean => occurs(OURS, text) || occurs(OURS_AR, text);
