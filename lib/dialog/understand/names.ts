import type { Language, Slots } from "@/lib/dialog/schema";
import { arabicPhrase, findAll, occurs, phrase } from "./pattern";
import { quote, type Words } from "./normalise";

/** Who the message is from or about: names as written, and relations ("for my son"). */

const NAME_LEAD = phrase(
  "(?:my|the|full|first|last|patient|his|her|childs) (?:full |first |last )?name is|name is|(?:the )?name (?:would be|will be|should be)|i am called|call me|(?:this is|it is|i am)(?= )|under (?:the )?name(?: of)?|under|name",
  "(?:mi|su|el) (?:nombre(?: completo)?|apellido) es|me llamo|soy|a nombre de|mi nombre|nombre|se llama|habla|le habla",
);
const NAME_LEAD_AR = arabicPhrase("اسمي|اسمى|انا اسمي|معك|معاك|معاكم|معكم|الاسم|اسم المريض|اسمه|اسمها|باسم|انا");
const SURE_LEAD = phrase(
  "(?:my|full|first|last|patient|his|her|childs) (?:full |first |last )?name is|name is|i am called|under (?:the )?name(?: of)?",
  "(?:mi|su) (?:nombre(?: completo)?|apellido) es|me llamo|a nombre de|mi nombre|se llama",
);
const SURE_LEAD_AR = arabicPhrase("اسمي|اسمى|انا اسمي|اسم المريض|اسمه|اسمها|باسم");

/** Where a name ends: words that no name has. */
const NO_NAME = new Set(
  "and i my is am the a an but for to want need like book appointment please thanks thank you yes no not hi hello hey ok okay here there calling texting looking wondering interested running late sick sorry sure going coming trying having available free new patient dr doctor doctora dra from at on in with of it that this can could would do does what when where who how why tomorrow today monday tuesday wednesday thursday friday saturday sunday next week pain tooth dentist just still also about born phone number already in a an one two three y o pero para quiero necesito una un cita por favor gracias si hola con de el la los las mi que es paciente nuevo nueva aqui estoy tengo me lo del su desde manana hoy الله و اريد ابغى ابي بدي عايز احجز موعد من في مع شكرا لو سمحت نعم لا مرحبا السلام عليكم عندي ابن بنت مريض جديد الدكتور دكتور هل متى كم وين نفس".split(
    " ",
  ),
);
/** These join parts of a name though they are words too. */
const PARTICLES = new Set(
  "de del la las los van von der den di da dos al el bin ben abu abd ibn o y بن ابن ابو عبد ال ام".split(" "),
);

/** A name that the words announce, or, when one was asked for, what they are if they look like one. */
export function readName(words: Words, isAsked: boolean, languages: readonly Language[]): string | undefined {
  const leads = isAsked ? [NAME_LEAD, NAME_LEAD_AR] : [SURE_LEAD, SURE_LEAD_AR];
  for (const lead of leads) {
    for (const { end } of findAll(lead, words.text)) {
      const name = nameFrom(words, end);
      if (name) return name;
    }
  }
  const introduced = isAsked ? undefined : (introducedName(words) ?? relativesName(words));
  if (introduced) return introduced;
  return isAsked && languages.length > 0 ? wholeName(words) : undefined;
}

const INTRODUCTION = phrase("this is|i am|it is|soy|le habla|habla");

/** "Hi, this is Maria Lopez": a name only where it is written like one. */
function introducedName(words: Words): string | undefined {
  for (const { end } of findAll(INTRODUCTION, words.text)) {
    const name = nameFrom(words, end);
    if (name && name.split(/\s+/).every((part) => /^\p{Lu}\p{Ll}/u.test(part) || PARTICLES.has(part.toLowerCase())))
      return name;
  }
  return undefined;
}

/**
 * "My son Mark", "para mi hija, Lucía": the name stands beside the relation, written like one and not at the end of a
 * thought that goes on about something else ("my wife Friday").
 */
function relativesName(words: Words): string | undefined {
  for (const [, latin] of RELATIONS.filter(([relation]) => relation !== "self")) {
    for (const { end } of findAll(latin, words.text)) {
      const first = words.tokens.find((token) => token.at > end);
      if (!first || first.after === "stop" || !isCapital(words, first)) continue;
      const name = nameFrom(words, end);
      const parts = name?.split(/\s+/) ?? [];
      const length = parts.findIndex((part) => !/^\p{Lu}/u.test(part));
      const own = (length < 0 ? parts : parts.slice(0, length)).join(" ");
      if (own.length > 1) return own;
    }
  }
  return undefined;
}
const isCapital = (words: Words, { from }: Words["tokens"][number]): boolean =>
  /^\p{Lu}\p{Ll}/u.test(words.original.slice(from));

/** Up to five words from a place on that could be a name. */
function nameFrom(words: Words, from: number): string | undefined {
  const first = words.tokens.findIndex((token) => token.at > from);
  if (first < 0) return undefined;
  let end = first;
  while (end < words.tokens.length && end - first < 5 && isNamePart(words, end, end === first)) end += 1;
  while (end > first && PARTICLES.has(words.tokens[end - 1]?.word ?? "")) end -= 1;
  const last = words.tokens[end - 1];
  const start = words.tokens[first];
  return start && last && end > first ? quote(words, start.at, last.at + last.word.length) : undefined;
}

function isNamePart(words: Words, index: number, isFirst: boolean): boolean {
  const token = words.tokens[index];
  if (!token || /\d/.test(token.word) || !/\p{L}/u.test(token.word)) return false;
  if (!isFirst && token.after !== "space") return false;
  if (PARTICLES.has(token.word))
    return !isFirst || /^(?:ابن|ابو|عبد|ال|ام|al|el|de|del|van|von|abu|abd)$/.test(token.word);
  return !NO_NAME.has(token.word);
}

/** The whole message, when it is nothing but a name. */
function wholeName(words: Words): string | undefined {
  const start = words.tokens.findIndex(
    ({ word }) => !/^(?:hi|hello|hey|hola|sure|yes|si|ok|okay|its|مرحبا|اهلا|نعم|طيب|تمام)$/.test(word),
  );
  const from = words.tokens[start];
  if (!from) return undefined;
  const rest = words.tokens
    .slice(start)
    .filter(({ word }) => !/^(?:please|thanks|thank|you|gracias|por|favor|شكرا)$/.test(word));
  if (rest.length === 0 || rest.length > 5 || words.isQuestion) return undefined;
  const areNames = rest.every(
    (token) =>
      isNamePart(words, words.tokens.indexOf(token), token === rest[0]) ||
      (token !== rest[0] && token.after === "comma" && !NO_NAME.has(token.word)),
  );
  const last = rest.at(-1);
  return areNames && last ? quote(words, from.at, last.at + last.word.length) : undefined;
}

const RELATIONS: readonly (readonly [NonNullable<Slots["forRelation"]>, RegExp, RegExp])[] = [
  [
    "child",
    phrase(
      "my (?:\\w+ )?(?:son|daughter|kid|kids|child|children|boy|girl|baby|toddler|little one|twins)|mi (?:hij[oa]|nin[oa]|nene|nena|bebe)|mis (?:hijos|hijas|ninos)",
    ),
    arabicPhrase("(?:ل|لل|مع )?(?:ابني|بنتي|ابنتي|ولدي|طفلي|طفلتي|اولادي|عيالي|اطفالي|ولادي)"),
  ],
  [
    "partner",
    phrase(
      "my (?:\\w+ )?(?:husband|wife|partner|spouse|boyfriend|girlfriend|fiancee?)|mi (?:espos[oa]|marido|mujer|pareja|novi[oa])",
    ),
    arabicPhrase("(?:ل|لل|مع )?(?:زوجي|زوجتي|مرتي|جوزي|مراتي|خطيبي|خطيبتي)"),
  ],
  [
    "parent",
    phrase(
      "my (?:\\w+ )?(?:mom|mum|mother|dad|father|parents|grandma|grandpa|grandmother|grandfather)|mi (?:mama|madre|papa|padre|abuel[oa])|mis (?:padres|papas)",
    ),
    arabicPhrase("(?:ل|لل|مع )?(?:امي|ابوي|ابي العزيز|والدي|والدتي|بابا|ماما|جدتي|جدي)"),
  ],
  [
    "sibling",
    phrase("my (?:\\w+ )?(?:brother|sister|sibling)|mi (?:herman[oa])"),
    arabicPhrase("(?:ل|لل|مع )?(?:اخوي|اخي|اختي|اخويا)"),
  ],
  [
    "other",
    phrase(
      "my (?:friend|neighbou?r|cousin|uncle|aunt|nephew|niece|roommate|colleague|boss)|mi (?:amig[oa]|vecin[oa]|prim[oa]|ti[oa]|sobrin[oa])",
    ),
    arabicPhrase("(?:ل|لل|مع )?(?:صديقي|صديقتي|جاري|ابن عمي|عمي|خالي|عمتي|خالتي|قريبي)"),
  ],
  [
    "self",
    phrase(
      "(?:appointment|visit|one|booking|cleaning|checkup|it is|is|just) for (?:me|myself)|myself|(?<=^ )me(?= $)|(?:es|cita|turno) para mi|para mi(?= $)|(?<=^ )yo(?= $)",
    ),
    arabicPhrase("لي انا|لنفسي|الي انا|علشاني|(?<=^ )انا(?= $)"),
  ],
];

/** Whom the visit is for. Only in talk of a visit: "my wife told me about you" is for nobody. */
export function readRelation(text: string): Slots["forRelation"] {
  return RELATIONS.find(([, latin, arabic]) => occurs(latin, text) || occurs(arabic, text))?.[0];
}

const PARTY = phrase(
  "(?:for|of) (two|three|four|five|\\d)(?: (?:people|persons|of us|kids|children|patients))|(two|three|four|five|\\d) (?:people|of us|appointments|patients)|(?:the )?(two|three|four) of us|(?:para|somos) (dos|tres|cuatro|cinco|\\d)(?: (?:personas|ninos|hijos|pacientes))?(?! (?:de la|de|semanas|dias|y))|(dos|tres|cuatro|\\d) (?:personas|citas)",
);
const PARTY_AR = arabicPhrase(
  "(?:ل|لعدد )?(\\d|شخصين|ثلاث|تلات|اربع) ?(?:اشخاص|افراد|مواعيد)?(?<=(?:اشخاص|افراد|مواعيد|شخصين))",
);
const COUNTS: Record<string, number> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  dos: 2,
  tres: 3,
  cuatro: 4,
  cinco: 5,
  شخصين: 2,
  ثلاث: 3,
  تلات: 3,
  اربع: 4,
};

export function readPartySize(text: string): number | undefined {
  const groups = [...findAll(PARTY, text), ...findAll(PARTY_AR, text)].flatMap(({ groups: found }) => found);
  const word = groups.find((group) => group !== undefined);
  const size = word === undefined ? undefined : (COUNTS[word] ?? Number(word));
  return size !== undefined && size >= 1 && size <= 9 ? size : undefined;
}
