import type { Choice } from "@/lib/dialog/schema";
import { named } from "./dates/numbers";
import { findAll, phrase, wholly } from "./pattern";

/** Which of the options offered: by digit, by place, by "the last". Which option a time names is the decision's. */

const ORDINALS = named(
  "first:1,1st:1,1 st:1,second:2,2 nd:2,third:3,3 rd:3,fourth:4,4 th:4,fifth:5,5 th:5,middle:2,last:-1,latter:-1,former:1,primero:1,primera:1,primer:1,segundo:2,del medio:2,de en medio:2,segunda:2,tercero:3,tercera:3,tercer:3,cuarto:4,cuarta:4,quinto:5,quinta:5,ultimo:-1,ultima:-1,الاول:1,الأولى:1,الاولى:1,اول واحد:1,اول:1,الثاني:2,الاوسط:2,اللي بالنص:2,الثانية:2,التاني:2,التانية:2,ثاني واحد:2,ثاني:2,الثالث:3,الثالثة:3,التالت:3,التالتة:3,ثالث:3,الرابع:4,الرابعة:4,الخامس:5,الخامسة:5,الاخير:-1,الأخير:-1,الاخيرة:-1,اخر واحد:-1",
);
const CARDINALS = named(
  "one:1,two:2,three:3,four:4,five:5,uno:1,una:1,dos:2,tres:3,cuatro:4,cinco:5,واحد:1,وحدة:1,اثنين:2,اتنين:2,ثنين:2,ثلاثة:3,تلاتة:3,اربعة:4,خمسة:5",
);
const NOUN =
  "(?:one|option|slot|time|choice|number|opcion|horario|hora|cita|turno|numero|الخيار|خيار|الموعد|موعد|الوقت|وقت|رقم|واحد|وحده)";
const LEAD =
  "(?:(?:i|we) (?:will|would)? ?(?:take|pick|choose|want|like|prefer|go with|go for)|lets (?:do|go with|take)|give me|book|take|pick|choose|prefer|how about|what about|maybe|option|number|choice|no|the|please|yes|ok|okay|sure|opcion|numero|la opcion|el numero|la|el|quiero|prefiero|me quedo con|escojo|elijo|tomo|reserva|con|dame|si|mejor|رقم|خيار|الخيار|الرقم|ابغى|اريد|ابي|بدي|عايز|عاوز|اختار|احجز|خذ|خليها|خلها|الموعد|نعم|اوكي|تمام)";
const TAIL =
  "(?:please|thanks|thank you|it is|then|works|works for me|is fine|is good|is perfect|is great|is best|sounds good|for me|would work|will do|one|por favor|gracias|me sirve|esta bien|me va bien|me queda bien|perfecto|لو سمحت|من فضلك|شكرا|يناسبني|مناسب|تمام|ممتاز|كويس|افضل|احسن)";

const DIGIT_ALONE = wholly(`(?:${LEAD} )*(?:# ?)?([1-9])(?: ${TAIL})*`);
const WORD_ALONE = wholly(`(?:${LEAD} )*(${CARDINALS.any})(?: ${TAIL})*`);
const PLACED = phrase(`(?:(?:the|el|la|ال|لل|ب) )?(${ORDINALS.any})(?: ${NOUN})?`);
const NUMBERED = phrase(`(?:option|number|choice|opcion|numero|رقم|الخيار|خيار) (?:رقم )?([1-9]|${CARDINALS.any})`);
const ALL = phrase(
  "both(?: of them)?|all of them|all (?:three|3|two|2)|ambas?|ambos|las dos|los dos|todas|todos|كلهم|الاثنين معا|كلاهما|الكل",
);
const SEVERAL = wholly("([1-9]) (?:or|and|o|y|او|و) ([1-9])");
/** Of offers sorted by time, nearest first. */
const EARLIER = phrase(
  "the (?:earlier|earliest|sooner|soonest) (?:one|slot|time|option|appointment)|(?:la|el) mas (?:temprano|temprana|pronto|cercan[oa])|الابكر|الاقرب",
);
const LATER = phrase(
  "the (?:later|latest) (?:one|slot|time|option|appointment)|(?:la|el) mas (?:tarde|tardia|tardio)|المتاخر",
);
/** Ordinals that place nothing: "first available", "my first visit", "the first of May", "a second opinion", "el primero de mayo". */
const PLACES_NOTHING =
  / (?:my|a|at|on|january|february|march|april|may|june|july|august|september|october|november|december|mi|very|every|since|del|هذه|هذي|للمره|مره|ل) $|^(?: of)? (?:available|visit|time (?:here|visiting|coming|patient)|thing|name|opinion|week|of|day|hour|molar|tooth|opening|appointment|disponible|vez|visita|hora (?:de|disponible)|cita disponible|nombre|dia|lugar|de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|la tarde|la manana)|زياره|مره|وقت|موعد متاح|متاح|شي) /;

export interface ChoiceReading {
  readonly choice: Choice;
  /** The message says nothing else. */
  readonly isWhole: boolean;
  readonly start: number;
  readonly end: number;
}

/** Reads a choice. `offerCount` is 0 or absent when nothing was offered: then only an explicit option counts. */
export function readChoice(text: string, offerCount = 0): ChoiceReading | null {
  const whole = { isWhole: true, start: 0, end: text.length };
  const digit = Number(DIGIT_ALONE.exec(text)?.[1] ?? Number.NaN);
  if (digit >= 1 && digit <= offerCount) return { choice: { index: digit }, ...whole };
  const word = CARDINALS.of(WORD_ALONE.exec(text)?.[1]);
  if (word !== undefined && word <= offerCount) return { choice: { index: word }, ...whole };
  const several = SEVERAL.exec(text)?.slice(1).map(Number) ?? [];
  if (several.length === 2 && several.every((index) => index <= offerCount))
    return { choice: { indexes: several }, ...whole };
  const numbered = findAll(NUMBERED, text)[0];
  if (numbered) {
    const index = Number(numbered.groups[0]) || CARDINALS.of(numbered.groups[0]) || 1;
    return { choice: { index }, isWhole: false, start: numbered.start, end: numbered.end };
  }
  return offerCount > 0 ? placed(text, offerCount) : null;
}

function placed(text: string, offerCount: number): ChoiceReading | null {
  const all = findAll(ALL, text)[0];
  const found = findAll(PLACED, text).flatMap((match) => {
    const index = ORDINALS.of(match.groups[0]);
    const placesNothing = PLACES_NOTHING.test(text.slice(0, match.start)) || PLACES_NOTHING.test(text.slice(match.end));
    return index === undefined || placesNothing || index > Math.max(offerCount, 3) ? [] : [{ ...match, index }];
  });
  const first = found[0];
  const [early, late] = [findAll(EARLIER, text)[0], findAll(LATER, text)[0]];
  if (!first && early) return { choice: { index: 1 }, isWhole: false, start: early.start, end: early.end };
  if (!first && late) return { choice: { index: -1 }, isWhole: false, start: late.start, end: late.end };
  if (!first)
    return all && offerCount > 1 ? { choice: { all: true }, isWhole: false, start: all.start, end: all.end } : null;
  const indexes = [...new Set(found.map(({ index }) => index))];
  const isNegated = /(?: not| no| مو| مش) (?:the |el |la )?$/.test(text.slice(0, first.start));
  const chosen = isNegated ? indexes.slice(1) : indexes;
  if (chosen[0] === undefined) return null;
  const choice: Choice = chosen.length > 1 ? { indexes: chosen } : { index: chosen[0] };
  return { choice, isWhole: false, start: first.start, end: first.end };
}
