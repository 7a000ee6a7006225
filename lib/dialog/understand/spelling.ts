import { isOneSlipApart } from "./fold";
import { table } from "./table";

/** Short forms and slips that are spelt out before anything is matched. */
const FORMS = table(`
  won't: will not, wont: will not, can't: can not, cant: can not, cannot: can not, dont: do not
  doesnt: does not, didnt: did not, isnt: is not, wasnt: was not, arent: are not, wouldnt: would not
  couldnt: could not, shouldnt: should not, havent: have not, hasnt: has not, ain't: is not
  im: i am, ive: i have, id: i would, let's: lets, whats: what is, thats: that is, wheres: where is
  hows: how is, whens: when is, theres: there is, y'all: you all, yall: you all, wanna: want to
  gonna: going to, gotta: got to, lemme: let me, gimme: give me, u: you, ur: your, r: are, pls: please
  plz: please, plse: please, thx: thanks, tx: thanks, thnx: thanks, ty: thank you, tysm: thank you
  tks: thanks, tmrw: tomorrow, tmr: tomorrow, tmrow: tomorrow, tmw: tomorrow, tomoro: tomorrow
  tommorow: tomorrow, tommorrow: tomorrow, tomorow: tomorrow, appt: appointment, appts: appointments
  apt: appointment, appointement: appointment, apointment: appointment, apoinment: appointment
  appointmnt: appointment, aptmt: appointment, resched: reschedule, wensday: wednesday, wendsday: wednesday
  wednsday: wednesday, weds: wednesday, thrusday: thursday, thur: thursday, thurs: thursday, tues: tuesday
  tusday: tuesday, teusday: tuesday, saterday: saturday, bc: because, cuz: because, idk: i do not know
  dunno: do not know, mins: minutes, hrs: hours, morn: morning, aft: afternoon, nite: night
  tonite: tonight, canx: cancel, cancle: cancel, cancell: cancel, langauge: language, msg: message
  msgs: messages, txt: text, txts: texts, txting: texting, ppl: people, b4: before, gr8: great
  wknd: weekend, wk: week
  q: que, xq: por que, pq: por que, tb: tambien, tmb: tambien, xfa: por favor, xfavor: por favor
  porfa: por favor, porfavor: por favor, pa: para, kiero: quiero, qiero: quiero, mnn: manana, mnna: manana
  sita: cita, ksa: casa, grax: gracias, grasias: gracias, ola: hola, aser: hacer
  resien: recien, miercole: miercoles, bn: bien, finde: fin de semana
`);

const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/n't$/, " not"],
  [/'ll$/, " will"],
  [/'m$/, " am"],
  [/'re$/, " are"],
  [/'ve$/, " have"],
  [/'d$/, " would"],
];
const IS_NOT_OWNER = new Set([
  "it",
  "that",
  "what",
  "who",
  "where",
  "when",
  "how",
  "there",
  "he",
  "she",
  "this",
  "here",
]);

/** Long words worth mending: one slip away from exactly these, a word means them. */
const MENDED =
  "appointment appointments reschedule rescheduled cancel cancelled schedule tomorrow wednesday thursday saturday tuesday morning afternoon available availability earliest unsubscribe reception receptionist emergency bleeding toothache swelling swollen september november december february january insurance location address cancelar reprogramar reagendar agendar disponible disponibilidad miercoles sangrando hinchada hinchado recepcionista manana setiembre septiembre noviembre diciembre urgencia".split(
    " ",
  );
const LEFT_ALONE = new Set(
  "mourning scheduled schedules scheduler mornings afternoons availably mananas cancels cancela cancelo cancele cancelara agenda agendas rescheduling insurances locations addresses addressed wednesdays thursdays saturdays tuesdays tomorrows sangrado emergencia emergencies urgencias disponibles hinchado hinchada canceled cancelado cancelada canceler dressing allocation vocation morning".split(
    " ",
  ),
);

/** The words that a short form stands for; undefined for anything else. */
export const shortForm = (word: string): string[] | undefined => FORMS.get(word)?.split(" ");

/** One folded word as the words it stands for. */
export function spellOut(word: string): string[] {
  const plain = word.replace(/[’ʼ´`]/g, "'");
  const form = FORMS.get(plain);
  if (form) return form.split(" ");
  if (plain.includes("'")) return spellApostrophe(plain);
  return [mend(plain)];
}

function spellApostrophe(word: string): string[] {
  for (const [ending, full] of ENDINGS) if (ending.test(word)) return word.replace(ending, full).split(" ");
  if (word.endsWith("'s")) {
    const stem = word.slice(0, -2);
    return IS_NOT_OWNER.has(stem) ? [stem, "is"] : [stem];
  }
  return [word.replace(/'/g, "")];
}

function mend(word: string): string {
  if (word.length < 6 || LEFT_ALONE.has(word) || !/^[a-z]+$/.test(word) || MENDED.includes(word)) return word;
  return MENDED.find((target) => target[0] === word[0] && isOneSlipApart(word, target)) ?? word;
}
