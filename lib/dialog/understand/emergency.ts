import { arabicPhrase, findAll, phrase } from "./pattern";

/**
 * Emergencies: a knocked-out tooth, swelling with fever or trouble breathing or swallowing, bleeding that won't stop,
 * facial trauma. All three languages are always read, whatever the message is in. A miss costs more than a false alarm,
 * but pain alone is a symptom, and so are questions about what the clinic treats.
 */

interface Concept {
  readonly pattern: RegExp;
  readonly arabic: RegExp;
}
const concept = (latin: string, arabic: string): Concept => ({ pattern: phrase(latin), arabic: arabicPhrase(arabic) });

const TOOTH = concept(
  "(?:(?:front|back|permanent|adult|whole|two|my|his|her) )?(?:tooth|teeth)|dientes?|muelas?|piezas? dentales?",
  "(?:ال|ب|ل)?(?:سن|سني|سنه|سنها|سنوني|اسنان|اسناني|اسنانه|اسنانها|ضرس|ضرسي|ضرسه|ضرسها|اضراسي|سنونه|سنين)",
);
const KNOCKED_OUT = concept(
  "(?:got |was |been |is )?(?:knocked|punched|kicked|smacked|popped|hit|came|come|coming|fell|fallen|falling) (?:\\w+ ){0,4}out(?: of)?|knock(?:ed|ing)?(?: \\w+){0,3} (?:tooth|teeth) out|knocked out|avulsed|lost (?:a|my|his|her|two|the) (?:\\w+ )?(?:tooth|teeth) (?:in|when|after|playing|falling)|se (?:me |le )?(?:ha |han )?(?:cayo|caido|salio|salido|cayeron|salieron|arranco|volo|zafo)|(?:tumb|arranc|vol)(?:aron|o|ado)|de un golpe|perdi(?:o)? (?:un|el|una|dos) (?:diente|muela)s? (?:en|al|cuando|por)",
  "(?:انخلع|انخلعت|طاح|طاحت|طار|طارت|وقع|وقعت|سقط|سقطت|انقلع|انقلعت|اتخلع|اتخلعت|انكسر من جذره|طلع من مكانه|طلعت من مكانها|خرج من مكانه)",
);
/** What falls out without being an avulsion. */
const NOT_A_TOOTH =
  /(?<= )(?:fillings?|crowns?|caps?|veneers?|dentures?|retainers?|braces?|brackets?|aligners?|stitch(?:es)?|bridge|baby|milk|fake|false|temporary|implant|empastes?|amalgamas?|coronas?|fundas?|carillas?|dentaduras?|brackets|de leche|provisional|implante|puntos|(?:ال|ب)?(?:حشوه|حشوتي|تاج|التاج|تركيبه|التركيبه|التلبيسه|تلبيسه|جسر|الجسر|لبن|لبنيه|اللبني|اللبنيه|لبني|حليب|تقويم|التقويم|فينير|طقم))(?= )/u;

const SWELLING = concept(
  "swoll?en|swelling|swells?|swelled|puffy|puffed up|inflamed face|abscess|hinchad[oa]s?|hinchazon|hincho|hinchando|inflamad[oa]s?|inflamacion|inflamo|absceso|flemon",
  "(?:ال|ب)?(?:منتفخ|منتفخه|انتفاخ|انتفخ|انتفخت|ورم|ورمان|ورمانه|متورم|متورمه|تورم|تورمت|مورم|مورمه|وارم|وارمه|خراج)",
);
const FEVER = concept(
  "fever(?:ish)?|high temperature|temperature of|a temperature|running a temp(?:erature)?|chills|(?:38|39|40|41|101|102|103|104)(?:\\.\\d)? (?:degrees|fever|of fever|grados)|fiebre|calentura|temperatura|escalofrios",
  "(?:ال|ب)?(?:حراره|حرارتي|حرارته|حرارتها|حمى|سخونه|مسخن|مسخنه|سخن|سخنه|قشعريره)",
);
const BREATHING = concept(
  "(?:can not|could not|can hardly|hardly|hard to|hard time|difficult(?:y)?|trouble|struggl(?:e|es|ing)(?: to)?|barely|unable to|problems?|issues?|not able to|tough to|painful to) (?:\\w+ ){0,2}(?:breath\\w*|swallow\\w*)|short(?:ness)? of breath|chok(?:e|ing)|throat (?:is )?(?:closing|tight|swelling|swollen)|(?:no|apenas|casi no|dificultad|dificil|cuesta|problemas|trabajo) (?:\\w+ ){0,3}(?:respir\\w+|trag(?:ar|o|a)\\w*|pasar saliva)|me ahogo|se ahoga|falta (?:el|de) aire|me falta el aire|se me cierra la garganta",
  "(?:ما|مش|مو|لا|صعب|صعوبه|بصعوبه|مشكله|ضيق)(?: \\S+){0,3} (?:ال|ب|في ال|بال|ا|ي|ت|ات|ن|ان)?(?:تنفس|نفس|اتنفس|يتنفس|تتنفس|بلع|ابلع|يبلع|تبلع)|مقدرش (?:اتنفس|ابلع)|(?:ضيق|كتمه)(?: في)? (?:ال)?(?:تنفس|نفس)|اختناق|مختنق|مخنوق",
);
const BLEEDING = concept(
  "bleed(?:ing|s)?|blood|hemorrhag\\w*|sangra(?:ndo|do|n|r)?|sangrado|sangre|hemorragia|sangro",
  "(?:ال|ب|ي|ت|ين|بي)?(?:نزيف|نزف|ينزف|تنزف|بينزف|بتنزف|نازف|دم|الدم)",
);
const UNSTOPPABLE = concept(
  "(?:will|does|can|has|is|would|did) not (?:\\w+ ){0,2}(?:stop\\w*|slow\\w*|clot\\w*|quit)|not stopp?ing|wont stop|can not (?:stop|get it to stop|control)|nonstop|non stop|keeps? (?:on )?(?:bleeding|coming)|still (?:bleeding|coming|gushing)|(?:for|over|past|last) (?:\\w+ ){0,2}hours?|hours|heav(?:y|ily)|profuse(?:ly)?|a lot(?: of)?|lots of|badly|uncontroll\\w*|gushing|pouring|everywhere|so much|too much|soaking|no (?:para|deja|se detiene|cesa|se corta|paro)(?: de)?|no logro (?:parar|detener)\\w*|no puedo (?:parar|detener)\\w*|sin parar|mucha|muchisim[oa]|mucho|abundante(?:mente)?|a chorros|sigue|desde hace (?:\\w+ ){0,2}horas?|hace horas|horas",
  "(?:ما|مش|مو|لا|مب)(?: \\S+){0,2} ?(?:يوقف|توقف|وقف|يقف|راضي يوقف|بيوقف|بيقف|عم يوقف|قادر اوقفه)|مستمر|مستمره|كثير|كتير|شديد|قوي|غزير|بغزاره|من ساعات|من ساعه|ساعات|للحين",
);
/** Gums that bleed at brushing are common: a symptom. */
const MILD = phrase(
  "when (?:i|he|she|we) (?:brush|floss)\\w*|brush\\w*|floss\\w*|sometimes|a little|a bit|slightly|cuando (?:me )?cepill\\w*|al cepill\\w*|cepill\\w*|hilo dental|a veces|un poco|un poquito|لما افرش|وانا افرش|مع التفريش|الفرشاه|احيانا|شوي|شويه|قليل",
);
const FACE = concept(
  "face|jaw|chin|cheek|mouth|teeth|tooth|lips?|nose|front teeth|cara|mandibula|quijada|barbilla|boca|dientes?|muelas?|labios?|menton|mejilla",
  "(?:ال|ب|في ال|على )?(?:وجه|وجهي|وجهه|وجهها|وش|وشي|وشه|فك|فكي|فكه|الفك|ذقن|ذقنه|خد|خدي|فم|فمي|فمه|تم|تمي|شفه|شفته|اسنان|اسناني|اسنانه|اسنانها|سن|سني|سنه|ضرس|ضرسي)",
);
const BLOW = concept(
  "(?:car|bike|bicycle|motorcycle|scooter|sports?|skating|skateboard\\w*|traffic) (?:accident|crash|wreck)|accident|crash(?:ed)?|wreck|punch(?:ed)?|kick(?:ed)?|elbow(?:ed)?|smash(?:ed)?|slammed|hit (?:in|by|on|with|my|his|her|the)|got hit|was hit|been hit|(?:fell|fallen|tripped|fall) (?:\\w+ ){0,3}(?:off|down|from|on|onto|over|and)|took a (?:ball|puck|hit|fall)|face ?plant\\w*|assault\\w*|attacked|beaten|(?:baseball|ball|bat|hockey puck) (?:to|in|hit)|accidente|choque|choco|golpe(?:o|aron|ado|ada)?|punetazo|patada|codazo|pelotazo|se cayo|me cai|caida|trauma(?:tismo)?|atropell\\w+|fracture",
  "(?:حادث|حادثه|بحادث|ضربه|ضربني|ضربوه|انضرب|انضربت|خبطه|اتخبط|اتخبطت|طاح على|طحت على|وقع على|وقعت على|سقط على|سقطت على|طيحه|لكمه|بوكس|رفسه|كوره على|صدمه|اصطدم|دعم|دعمت|كدمه)",
);
const BROKEN_JAW = concept(
  "(?:broke|broken|fractured?|dislocated|shattered)(?: \\w+){0,2} (?:jaw|cheekbone|facial bones?)|jaw (?:is |got |was |might be |may be )?(?:broken|fractured|dislocated|locked open|shattered)|(?:mandibula|quijada) (?:rota|fracturada|dislocada|quebrada)|(?:fractur|romp|quebr|disloc)\\w* (?:\\w+ ){0,2}(?:mandibula|quijada)",
  "(?:انكسر|كسر|كسور|مكسور|انخلع|خلع)(?: في)? (?:ال|ب)?(?:فك|فكي|فكه)|(?:ال)?فكي? (?:انكسر|مكسور|انخلع)",
);
const DAMAGE = concept(
  "broke|broken|breaking|chipped|cracked|shattered|loose|pushed (?:in|back)|knocked|displaced|crooked now|bleeding|swollen|cut|split|hurts?|pain|damaged|messed up|missing|rot[oa]s?|rompio|rompi|rompieron|quebro|quebre|partio|parti|fracture|flojos?|sangr\\w+|hinchad\\w+|afloj\\w+|movio|duele\\w*|lastim\\w+",
  "(?:انكسر|انكسرت|اتكسر|اتكسرت|مكسور|مكسوره|تكسر|تكسرت|يتحرك|تتحرك|متحرك|ينزف|نزيف|دم|ورم|منتفخ|يوجع|توجع|الم|وجع)",
);
const LIFE_AT_RISK = concept(
  "unconscious|passed out|fainted|losing consciousness|anaphyla\\w+|severe allergic reaction|(?:swelling|swollen) (?:\\w+ ){0,5}(?:eye|neck|throat|tongue)|(?:eye|neck|throat|tongue) (?:\\w+ ){0,4}(?:swollen|swelling)|inconsciente|se desmayo|perdio el conocimiento|(?:hinchad\\w|hinchazon) (?:\\w+ ){0,4}(?:ojo|cuello|garganta|lengua)|(?:ojo|cuello|garganta|lengua) (?:\\w+ ){0,3}hinchad\\w",
  "(?:اغمي|أغمي) عليه?|اغمى|فقد الوعي|فاقد الوعي|حساسيه شديده|(?:ورم|انتفاخ|منتفخ|تورم)(?: \\S+){0,3} (?:ال|ل|ب)?(?:عين|عيني|رقبه|رقبتي|حلق|لسان|لساني)",
);

/** Talk about emergencies that isn't one: what the clinic treats, what happened long ago, what might happen. */
const NOT_NOW = phrase(
  "do you (?:guys )?(?:treat|handle|take|see|do|offer|accept|deal with|fix|have)|(?:years?|months?) ago|when (?:i|he|she) was (?:a kid|young|little|a child)|last year|what (?:if|happens if|should i do if)|in case|used to|hypothetically|(?:atienden|tratan|ofrecen|hacen|manejan) (?:ustedes )?|hace (?:\\w+ )?(?:anos?|meses)|cuando era|que pasa si|en caso de|el ano pasado|هل تعالجون|عندكم علاج|قبل (?:سنه|سنين|سنوات|شهور|\\d+ سنوات)|من (?:سنه|سنين|سنوات)|لو صار|السنه الماضيه",
);
const DENIED =
  / (?:no|not|without|never|any|sin|no tengo|no tiene|no hay|nada de|ni|ما في|مافي|بدون|بلا|ما عندي|مفيش|ليس|لا يوجد|من غير)(?: (?:any|a|the|have|having|more|had|un|una|mas|el|la|اي|عندي))* $/u;

interface Place {
  readonly start: number;
  readonly end: number;
}

function places(text: string, { pattern, arabic }: Concept): Place[] {
  return [...findAll(pattern, text), ...findAll(arabic, text)].filter(
    ({ start }) => !DENIED.test(text.slice(0, start)),
  );
}

/** The closest pair of two concepts, if they are near enough to speak of one thing. */
function near(text: string, a: Concept, b: Concept, characters = 70): string | null {
  for (const one of places(text, a)) {
    for (const other of places(text, b)) {
      const gap = Math.max(one.start, other.start) - Math.min(one.end, other.end);
      if (gap <= characters) return text.slice(Math.min(one.start, other.start), Math.max(one.end, other.end)).trim();
    }
  }
  return null;
}

const alone = (text: string, concept: Concept): string | null => {
  const place = places(text, concept)[0];
  return place ? text.slice(place.start, place.end) : null;
};

export interface EmergencyReading {
  readonly kind: "avulsion" | "swelling" | "breathing" | "bleeding" | "trauma" | "life";
  readonly words: string;
}

/** The emergency that a message tells of, or null. `text` is normalised. */
export function readEmergency(text: string): EmergencyReading | null {
  if (text.search(NOT_NOW) >= 0) return null;
  const found = (kind: EmergencyReading["kind"], words: string | null) => (words === null ? null : { kind, words });
  return (
    found("life", alone(text, LIFE_AT_RISK)) ??
    found("breathing", alone(text, BREATHING)) ??
    found("swelling", near(text, SWELLING, FEVER, 120)) ??
    found("avulsion", NOT_A_TOOTH.test(text) ? null : near(text, TOOTH, KNOCKED_OUT, 30)) ??
    found("bleeding", text.search(MILD) >= 0 ? null : near(text, BLEEDING, UNSTOPPABLE, 40)) ??
    found("trauma", alone(text, BROKEN_JAW)) ??
    found("trauma", near(text, FACE, BLOW, 45) && near(text, BLOW, DAMAGE, 70)) ??
    found("trauma", hitInTheFace(text))
  );
}

const HIT_IN_FACE = concept(
  "(?:punched|kicked|elbowed|hit|smashed|slammed|whacked|beaten)(?: \\w+){0,4} (?:in|on|to) (?:the|my|his|her) (?:face|jaw|mouth|teeth|chin)|(?:fell|landed) (?:\\w+ ){0,3}(?:on|onto) (?:my|his|her|the) (?:face|chin|mouth|jaw)|(?:facial|face|jaw|mouth) (?:trauma|injury)|(?:golpe\\w*|punetazo|patada|pelotazo|caida|cayo|cai) (?:\\w+ ){0,4}(?:en|de|contra) (?:la |el |su |mi )?(?:cara|boca|mandibula|quijada|menton)|trauma(?:tismo)? facial",
  "(?:ضربه|ضربني|انضربت|انضرب|خبطه|لكمه|وقع|وقعت|طاح|طحت|سقط|سقطت|اصابه)(?: \\S+){0,3} (?:في |على |ع )?(?:ال|ب|عال)?(?:وجه|وجهي|وجهه|وجهها|وشي|وشه|فك|فكي|فكه|فم|فمه|فمي|اسنانه|اسناني)",
);
const hitInTheFace = (text: string) => alone(text, HIT_IN_FACE);
