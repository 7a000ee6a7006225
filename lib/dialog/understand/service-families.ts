import { arabicPhrase, phrase } from "./pattern";

/**
 * What people call the common treatments. A clinic's service belongs to a family when one of its own names does, so a
 * patient's word finds it though the clinic never listed that word; a family that no service belongs to isn't offered.
 */

export interface ServiceFamily {
  readonly key: string;
  readonly latin: RegExp;
  readonly arabic: RegExp;
}

const family = (key: string, latin: string, arabic: string): ServiceFamily => ({
  key,
  latin: phrase(latin),
  arabic: arabicPhrase(`(?:ال|ب|ل|لل|بال|عشان |علشان )?(?:${arabic})`),
});

const FOR_TEETH = "(?: (?:de |los |las |mis |my |the |of )*(?:teeth|tooth|dental|dientes|muelas?|boca))?";

export const SERVICE_FAMILIES: readonly ServiceFamily[] = [
  family(
    "deep_cleaning",
    "deep cleanings?|scaling and root planing|root planing|srp|periodontal (?:cleaning|treatment|therapy|maintenance)|gum (?:treatment|therapy)|limpieza profunda|raspado|curetaje|alisado radicular",
    "تنظيف عميق|تنظيف اللثه العميق|علاج اللثه|كحت",
  ),
  family(
    "cleaning",
    `(?:(?:teeth|dental|tooth|regular|routine) )?clean(?:ings?|ed)(?: up)?|(?:teeth|tooth) clean(?:ing|ed)?|hygiene(?: appointment| visit)?|hygienist|prophy(?:laxis)?|scale and polish|scaling|polish(?:ing)?|tartar|plaque(?: removal)?|limpiezas?${FOR_TEETH}|limpiarme los dientes|profilaxis|higiene(?: dental)?|sarro|destartraje|tartrectomia|detartraje`,
    "تنظيف(?: الاسنان| اسناني| اسنان| الجير| جير)?|تنضيف(?: الاسنان| اسناني| اسنان)?|تلميع(?: الاسنان| اسنان)?|ازاله الجير|جير|الجير|تقليح",
  ),
  family(
    "checkup",
    "(?:dental |routine |regular |annual |yearly |six month |6 month )?check ?ups?|(?:dental |routine |regular |oral )?exams?|examination|look at my (?:tooth|teeth)|revision(?:es)?(?: dental| general)?|chequeos?(?: general| dental| de rutina)?|examen(?: dental)?|control(?: dental| de rutina)?|revisar(?:me)? (?:los|las|mis|la|el) (?:dientes|muelas?|boca|diente)|valoracion|reconocimiento",
    "فحص(?: دوري| شامل| عام| الاسنان| اسنان| روتيني)?|كشف(?: الاسنان| اسنان| عام| دوري)?|كشفيه|تشييك|تشيك اب|معاينه|مراجعه دوريه",
  ),
  family(
    "whitening",
    "whitening|whiten(?:ed)?|bleach(?:ing|ed)?|(?:zoom|laser) whitening|blanque\\w+|aclar(?:amiento|ado|ar)(?: dental)?",
    "تبييض(?: الاسنان| اسناني| اسنان)?|تبيض|تبيض الاسنان|زوم",
  ),
  family(
    "root_canal",
    "root canals?|endodontic(?:s)?(?: treatment)?|rct|endodoncia|tratamiento de conductos?|conductos?|matar (?:el|un) nervio|desvitaliz\\w+",
    "علاج (?:عصب|العصب|الجذور|جذور|قناه|لب)|عصب|العصب|سحب (?:عصب|العصب)|حشو عصب|حشوه عصب|قناه الجذر",
  ),
  family(
    "extraction",
    "extractions?|extract(?:ed)?|(?:pull(?:ed|ing)?|remov(?:e|ed|al|ing)|take out|taken out|get rid of) (?:\\w+ ){0,3}?(?:tooth|teeth|molar)(?: (?:pulled|out|removed|extracted))?|(?:tooth|teeth|molar|wisdom tooth|wisdom teeth) (?:\\w+ )?(?:pulled|out|removed|removal|extracted|extraction)|wisdom (?:tooth|teeth)(?: removal)?|extracci(?:on|ones)|extra(?:er|igan|erme)|sacar(?:me)? (?:una |la |un |el |las |los )?(?:\\w+ )?(?:muelas?|dientes?|cordales?)|(?:muelas?|cordales?) del juicio|quitar(?:me)? (?:una |la |un |el )?(?:muela|diente)|cordales",
    "خلع(?: ضرس| سن| الضرس| ضرس العقل| اسنان)?|قلع(?: ضرس| سن| ضرس العقل)?|اخلع|اقلع|شلع|ضرس (?:ال)?عقل|اضراس العقل|ازاله ضرس",
  ),
  family(
    "filling",
    "fillings?|cavit(?:y|ies)(?: filled)?|filled|composite|empastes?|rellenos?|obturaci(?:on|ones)|resinas?|amalgamas?|tapar (?:una |la )?(?:muela|caries)|calzas?|tapadura",
    "حشوه|حشوات|حشو(?: ضرس| سن| الاسنان| اسنان)?|احشي|حشوه تجميليه|حشوة",
  ),
  family(
    "crown",
    "crowns?|dental caps?|coronas?|fundas?(?: dental)?",
    "تاج|تيجان|تلبيسه|تلبيسات|تلبيس|طربوش|كراون|زيركون",
  ),
  family(
    "implant",
    "implants?|implantes?(?: dental(?:es)?)?|implantologia",
    "زراعه(?: الاسنان| اسنان| سن| ضرس)?|زرعه|زرعات|غرسه|امبلانت",
  ),
  family(
    "braces",
    "braces|orthodontic(?:s)?(?: consultation| consult| treatment)?|ortho|invisalign|(?:clear )?aligners?|straighten(?:ing)?(?: my)?(?: teeth)?|retainers?|ortodoncia|brackets?|frenos|frenillos|alineadores(?: invisibles| transparentes)?|retenedor(?:es)?|enderezar(?:me)? (?:los |mis )?dientes",
    "تقويم(?: الاسنان| اسنان| اسناني| شفاف)?|تقويمي|انفزلاين|انفيزالاين|بريسز|مثبت|ريتينر",
  ),
  family(
    "veneers",
    "veneers?|smile makeover|carillas?|hollywood smile|diseno de sonrisa",
    "فينير|فنير|قشور|عدسات(?: الاسنان| اسنان)?|لومينير|ابتسامه هوليود|هوليود سمايل|ابتسامه هوليوود",
  ),
  family(
    "denture",
    "dentures?|partials?|false teeth|dentaduras?(?: postiza)?|protesis(?: dental| removible)?|placas? dental",
    "طقم(?: اسنان| الاسنان)?|طقم متحرك|اسنان متحركه|تركيبه متحركه",
  ),
  family("bridge", "(?:dental )?bridges?|puentes?(?: dental)?", "جسر(?: اسنان)?|جسور|تركيبات ثابته"),
  family(
    "xray",
    "x ?rays?|x ray|radiographs?|panoramic|radiografias?|placas? panoramica|panoramica",
    "اشعه(?: الاسنان| بانوراما| اسنان)?|بانوراما|اكس ري",
  ),
  family(
    "kids",
    "(?:pediatric|paediatric|kids?|children|childrens|child) (?:dentist(?:ry)?|check ?up|visit|cleaning|exam)|odontopediatr\\w+|dentista (?:para ninos|infantil)|revision infantil",
    "اسنان (?:ال)?اطفال|طب اسنان الاطفال|دكتور اسنان اطفال",
  ),
  family(
    "emergency",
    "emergency (?:visit|appointment|exam|slot|dental)|urgent (?:visit|appointment|care|exam)|emergency dentist|urgencia dental|cita (?:de )?(?:urgencia|emergencia)|consulta de urgencia",
    "موعد (?:طاريء|طاري|عاجل|مستعجل)|زياره طارءه|طواري اسنان|حاله طارءه",
  ),
  family(
    "consultation",
    "consultations?|consult|second opinion|new patient (?:visit|exam|appointment)|consulta(?: general| inicial| de valoracion)?|valoracion|primera (?:consulta|visita|cita)|segunda opinion",
    "استشاره|استشارة|استشاره اوليه|زياره اولى|راي ثاني",
  ),
  family(
    "fluoride",
    "fluoride(?: treatment| varnish)?|fluor|sealants?|selladores?|fluoracion",
    "فلورايد|فلوريد|سيلانت|حشوات وقاءيه",
  ),
  family(
    "night_guard",
    "night ?guards?|mouth ?guards?|occlusal guard|bite guard|ferula|guarda(?: nocturna| oclusal)|protector bucal",
    "واقي(?: ليلي| اسنان)?|نايت جارد|حارس ليلي",
  ),
];
