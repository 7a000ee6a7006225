import type { Requested, Slots } from "@/lib/dialog/schema";
import { arabicPhrase, occurs, phrase } from "./pattern";

/** Which facts a message asks for; only read where the message is a question at all. */
const FACTS: readonly (readonly [Requested, RegExp, RegExp])[] = [
  [
    "address",
    phrase(
      "address|directions|located|location|where (?:are|is) (?:you|your|the (?:office|clinic|practice|place))(?: \\w+)?|how (?:do|can) i get (?:there|to)|which (?:street|floor|building)|direccion|ubicacion|ubicad[oa]s?|donde (?:estan|esta|queda|quedan|se ubican|se encuentra|se encuentran)|como (?:llego|llegar)|en que calle",
    ),
    arabicPhrase(
      "(?:ال|ما )?(?:عنوان|عنوانكم|موقعكم|لوكيشن|اللوكيشن|موقع|الموقع|مكانكم)|(?:وين|فين|اين|وينكم|فينكم)(?: \\S+)?|كيف (?:اوصل|اجيكم|اوصلكم)",
    ),
  ],
  [
    "phone",
    phrase(
      "phone(?: number)?|telephone|(?:your|the|their|office|clinic) number|number (?:to call|i can call)|call you|telefono|numero (?:de telefono|para llamar)|a que numero",
    ),
    arabicPhrase("(?:ال)?(?:رقمكم|تلفون|تلفونكم|هاتف|هاتفكم|جوالكم|رقم (?:العياده|التلفون|الهاتف|الجوال|تلفونكم))"),
  ],
  [
    "rating",
    phrase("ratings?|rated|reviews?|stars?|calificacion(?:es)?|resenas?|opiniones|puntuacion|estrellas"),
    arabicPhrase("(?:ال)?(?:تقييم|تقييمات|تقييمكم|نجوم|اراء)"),
  ],
  [
    "price",
    phrase(
      "how much|prices?|costs?|fees?|pricing|rates|charge|expensive|cuanto (?:\\w+ ){0,2}?(?:cuestan?|sale|valen?|cobran|es|seria|costaria)|precios?|costos?|tarifas?",
    ),
    arabicPhrase(
      "(?:ب)?كم (?:سعر|تكلفه|يكلف|الكشف|حق|قيمه|سعره|سعرها|التنظيف|تنظيف)(?: \\S+)?|بكم|بكام|قديش|(?:ال)?(?:سعر|اسعار|تكلفه|اسعاركم|رسوم|كلفه)",
    ),
  ],
  [
    "hours",
    phrase(
      "hours|(?:what time|when) (?:do|are|does|is) (?:you|the \\w+|your \\w+) (?:open|close|opening|closing|closed)|(?:are|is|you) (?:\\w+ )?(?:open|closed)|how late|horarios? de \\w+|(?:su|el) horario|a que hora (?:abren?|cierran?)|(?:abren?|cierran?|abiertos?|cerrados?|atienden)",
    ),
    arabicPhrase(
      "دوامكم|(?:ساعات|اوقات) (?:العمل|الدوام|عملكم|دوامكم)|(?:تفتحون|تفتحوا|بتفتحوا|تفتح|تسكرون|تسكروا|تقفلون|تقفلوا|تغلق|تغلقون|تداومون|فاتحين|مفتوحين|مفتوحه)",
    ),
  ],
  [
    "parking",
    phrase("park|parking|estacionamiento|estacionar\\w*|aparcar|aparcamiento|parqueo|parquear"),
    arabicPhrase("(?:ال)?(?:موقف|مواقف|باركنج|باركينج)|(?:اصف|اركن|اوقف) (?:ال)?سيار\\S+"),
  ],
  [
    "insurance",
    phrase(
      "insurances?|insured|medicaid|medicare|delta dental|cigna|aetna|metlife|guardian|blue cross|humana|ppo|hmo|in network|seguros?(?: dental)?|aseguranzas?",
    ),
    arabicPhrase("(?:ال|ب)?(?:تامين|تامينات|بوبا|التعاونيه|تاميني)"),
  ],
  [
    "email",
    phrase("e ?mail(?: address)?|correo(?: electronico)?"),
    arabicPhrase("(?:ال)?(?:ايميل|ايميلكم|بريد|البريد الالكتروني)"),
  ],
  [
    "website",
    phrase("web ?site|web page|web site|url|pagina(?: web)?|sitio web"),
    arabicPhrase("(?:ال)?موقع(?:كم)? (?:ال)?الكتروني|ويب سايت"),
  ],
  [
    "city",
    phrase("(?:which|what) (?:city|town|area)|en que (?:ciudad|zona|colonia)|que ciudad"),
    arabicPhrase("(?:في )?(?:اي|اين) (?:مدينه|منطقه|حي)"),
  ],
  [
    "provider",
    phrase(
      "(?:who|which|what) (?:\\w+ ){0,3}?(?:dentists?|doctors?|providers?|hygienists?)|who (?:is|will be|would be|am i|does|do)(?: \\w+){1,2}|name of (?:the )?(?:dentist|doctor|provider)|(?:que|cual|quien) (?:\\w+ ){0,2}?(?:dentistas?|doctor(?:a|es)?)|con quien|quien (?:me )?(?:atiende|atendera|es)|con que (?:doctor|dentista)",
    ),
    arabicPhrase("(?:مين|من|اي|اسم) (?:ال)?(?:دكتور|دكتوره|طبيب|دكاتره|اطباء)(?: \\S+)?|مع مين|عند مين"),
  ],
  [
    "provider_kind",
    phrase(
      "what (?:kind|type|sort) of (?:dentist|doctor|provider|specialist|practice)|(?:is|are) (?:he|she|they|it) (?:a |an )?(?:dentists?|orthodontists?|general \\w+|specialists?)|que tipo de (?:dentista|doctor|especialista)",
    ),
    arabicPhrase("(?:ايش|شو|ما|وش) (?:تخصص|تخصصه|تخصصها)(?: \\S+)?"),
  ],
  [
    "service",
    phrase(
      "do (?:you|they|yall|you guys) (?:\\w+ )?(?:do|offer|provide|have|perform|handle|make)|is (?:\\w+ ){1,3}?(?:offered|available there|provided)|(?:offer|provide|offers|provides) (?:\\w+ )?(?:\\w+)|(?:hacen|ofrecen|realizan|ponen|manejan|tienen) (?:\\w+)",
    ),
    arabicPhrase("(?:هل )?(?:تسوون|تسووا|بتعملوا|تعملون|تعملوا|تقدمون|توفرون|عندكم|لديكم)(?: \\S+)?"),
  ],
];

export function readRequested(text: string, { service }: Slots): Requested[] {
  const facts = FACTS.filter(([, latin, arabic]) => occurs(latin, text) || occurs(arabic, text)).map(([fact]) => fact);
  return service ? facts : facts.filter((fact) => fact !== "service");
}
