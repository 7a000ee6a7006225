import type { Slots } from "@/lib/dialog/schema";
import { fold } from "./fold";
import { normalise, type Token, type Words } from "./normalise";
import { occurs, phrase } from "./pattern";
import { isOurs } from "./scope";

/**
 * What a message speaks of beside the errand. "Friday at 3?" holds a time and nothing else; "is the bakery open Friday
 * at 3?" holds a thing that no clinic was asked for. Which thing needs no list: any word that is neither grammar, nor
 * about making a visit, nor a thing of the clinic's is one.
 */

const words = (list: string): readonly string[] => fold(list).split(/\s+/).filter(Boolean);

/** Articles, pronouns, auxiliaries, prepositions, question words, courtesies: closed classes, and what visits are made with. */
const PLAIN: ReadonlySet<string> = new Set([
  ...words(`a an the this that these those my mine your yours our ours his her hers their theirs its i you we he she it
    they me us him them myself someone somebody anyone anybody who whom what when where why how which whose do does did
    doing done am is are was were be been being have has had having will would shall should can could may might must not
    no nope yes yeah ok okay and or but if so than then as at by for from in into of off on out over to up with without
    about around after before between during until till through since per too very just only also even still again yet
    already maybe perhaps please thanks thank hi hello hey dear there here any some every each all both either one ones
    another other others more most much many few little lot lots really quite well am pm oclock something anything
    like want wish need get got go going come coming comes let lets make see seen bring take try think know hope mean look
    looking able possible best better good great fine perfect ideal earliest soonest asap soon free open available
    availability availabilities opening openings slot slots spot spots space room time times day days date dates week
    weeks weekday weekdays weekend weekends month morning mornings afternoon afternoons evening evenings night noon hour
    hours minute minutes today tomorrow work works working suit suits prefer flexible schedule scheduled book booked
    booking reserve reservation reservations arrange set fit squeeze pencil put sign request wait visit sure now late
    early later earlier next last first new son daughter kid kids child children boy girl baby husband wife partner mom
    mum mother dad father parents brother sister friend family name people person persons ask asking find give tell show
    offer have ready everyone two three four five six seven eight nine ten eleven twelve both couple half quarter`),
  ...words(`el la los las un una unos unas lo al del de a con en para por sin sobre tras y e o u ni que si no se me te nos
    le les mi mis mio mia tu tus su sus nuestro nuestra este esta esto estos estas ese esa eso aquel yo usted ustedes
    nosotros ella ellos quien cual cuales cuando donde como cuanto cuantos es son era fue sea seria ser estar estoy
    esta estan estamos hay haber habra ha he han tengo tiene tienen tienes tener tendria tendran puedo puede pueden
    podria podrian puedes podemos poder quiero quisiera necesito gustaria prefiero deseo busco voy va van vamos ir iria
    venir vengo pasar dar dame deme ver hacer haces hacen libre libres disponible disponibles disponibilidad hueco huecos
    espacio hora horas horario horarios dia dias fecha fechas semana semanas mes manana tarde tardes noche mediodia mejor
    bien bueno buena gracias hola buenas buenos favor tambien solo algo algun alguna alguno alguien todo toda todos todas
    cualquier cualquiera otro otra otros otras mas menos muy ya ahora despues antes hasta desde entre pronto temprano
    posible cita citas turno turnos agendar agenda reservar reserva reservas reservacion programar sacar pedir marcar
    apartar solicitar atender atienden atiendan hoy lunes martes hijo hija hijos nino nina bebe esposo esposa marido mujer
    mama papa madre padre hermano hermana amigo amiga familia nombre persona personas perfecto vale claro uno dos tres
    cuatro cinco seis siete ocho nueve diez once doce`),
  ...words(`في من الى على عن مع او و هل ما ماذا متى كيف كم اي هذا هذه ذلك تلك انا نحن احنا انت انتم انتو هو هي هم لو اذا ان
    انه لان بس لكن يا نعم اه ايوه لا مش مو ليس غير كان يكون تكون ممكن عندكم عندك لديكم عندي عند فيه يوجد متاح متاحه متوفر
    فاضي وقت الوقت يوم ايام اليوم ساعه الساعه موعد موعدا المواعيد مواعيد اريد ابغى ابي بدي عايز عاوز احتاج ودي حاب نبي
    نريد اقدر استطيع شكرا مرحبا اهلا السلام عليكم لي لنا لكم له لها اجي احضر اجيكم امر امركم بقدر نقدر فيني فينا ينفع يصير مجال احجز حجز حجزا الحجز نحجز احجزلي بعد
    قبل افضل احسن مناسب يناسب يناسبني الان غدا بكره الصبح الظهر العصر المساء الليل صباحا مساء ظهرا عصرا بنتي ابني ولدي
    زوجتي زوجي امي ابوي والدي والدتي اخي اختي صديقي شخص شخصين اشخاص افراد من فضلك لو سمحت كل بعض ثاني اخر جديد قريب اقرب
    اول اسبوع الاسبوع شهر القادم الجاي المقبل`),
]);

/** The words that a message's slots were read from, which are accounted for. */
function read({ time, currentTime, service, provider, personName, notService, notProvider }: Slots): Set<string> {
  const said = [time, currentTime, service, provider, notService, notProvider].map((slot) => slot?.words ?? "");
  return new Set(normalise([...said, personName ?? ""].join(" ")).tokens.map(({ word }) => word));
}

/** The words that name something which is neither the clinic's nor grammar. */
function strangers(tokens: readonly Token[], slots: Slots): Token[] {
  const known = read(slots);
  return tokens.filter(
    ({ word }) =>
      /\p{L}{2}/u.test(word) &&
      !PLAIN.has(word) &&
      !PLAIN.has(word.replace(/^[وفبلك](?=.{3})/u, "")) &&
      !known.has(word),
  );
}

/** What is asked for when a visit is: with such a word a slip of the pen or two is no other thing. */
const FREE: ReadonlySet<string> = new Set(
  words(`available availability free openings slot slots spot spots squeeze anything something disponible disponibles
    disponibilidad libre libres hueco huecos algo متاح متاحه متوفر فاضي مجال شي`),
);
/** Who comes and who is asked: a time said with one of them is more likely theirs than the weather's. */
const PEOPLE = phrase(
  "i|me|my|we|us|our|you|your|yo|mi|mis|me|nos|nosotros|ustedes|usted|les|le|puedo|podria|pueden|tienen|(?:انا|نحن|احنا|انت|انتم|\\S{3,}كم)",
);
/** Asks to know something of the world, where a yes or no would ask for a visit ("is Friday doable?"). */
const ASKS_TO_KNOW =
  /^ (?:what(?! (?:about|if|time|times|day|days) )|how(?! (?:about|soon|early|late) )|who|where|why|which|(?:is|will|was|does) it|que(?! (?:tal|dia|dias|hora|horas|horarios?) )|cual|quien|como|donde|ما|ماذا|كيف|مين|شو|ايش|وين|اين) /;

/** Whether the time in it is said of something else than a visit. */
export function isOfOther(message: Words, slots: Slots): boolean {
  if (isOurs(message.text)) return false;
  const found = strangers(message.tokens, slots).length - (message.tokens.some(({ word }) => FREE.has(word)) ? 2 : 0);
  return found >= (ASKS_TO_KNOW.test(message.text) ? 1 : 2) + (occurs(PEOPLE, message.text) ? 2 : 0);
}

/** The clause in which a place of the text stands. */
function clauseAt({ tokens }: Words, place: number): readonly Token[] {
  const at = tokens.findIndex((token) => token.at >= place);
  if (at < 0) return [];
  const start = tokens.findLastIndex((token, index) => index <= at && token.after !== "space");
  const end = tokens.findIndex((token, index) => index > at && token.after !== "space");
  return tokens.slice(Math.max(0, start), end < 0 ? undefined : end);
}

/** Whether the thing wished for, in the words of its own clause, is none of a clinic's. */
export const wishesOther = (message: Words, slots: Slots, wishAt: number): boolean =>
  !isOurs(message.text) && strangers(clauseAt(message, wishAt), slots).length >= 3;

/**
 * Whether what is booked is a stranger: the words after the verb, up to the end of its clause. A person named there
 * ("book John Smith for Friday") is who comes, and no thing.
 */
export function booksOther(message: Words, slots: Slots, verbAt: number): boolean {
  if (isOurs(message.text)) return false;
  const clause = clauseAt(message, verbAt).filter(({ at }) => at > verbAt);
  const start = clause.findIndex((token) => !isBefore(token));
  const person = clause.slice(start < 0 ? clause.length : start);
  const isNamed = (token: Token) => /^\p{Lu}/u.test(message.original.slice(token.from));
  const length = person.findIndex((token) => !isNamed(token));
  const named = new Set(person.slice(0, length < 0 ? person.length : length));
  return strangers(clause, slots).filter((token) => !named.has(token)).length >= 2;
}
const isBefore = ({ word }: Token): boolean =>
  /^(?:for|me|us|in|my|a|an|para|a|al|لي|لنا)$/.test(word) && word !== "in";
