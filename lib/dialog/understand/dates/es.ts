import { addDays } from "@/lib/core/zone";
import { clock, daypart, on, op, wish, type AtomValue, type TimeRule, type WhichWeekday } from "./atoms";
import {
  aDay,
  ahead,
  aSpan,
  dateNamed,
  minutesAhead,
  monthFrom,
  monthNamed,
  thirdOf,
  weekAround,
  weekend,
  weekFrom,
} from "./calendar";
import { named, numberOf } from "./numbers";

/** How Spanish speaks of time. "Mañana" is tomorrow alone and the morning after "por la", "de la" or a weekday. */

const HOURS = named("una:1,dos:2,tres:3,cuatro:4,cinco:5,seis:6,siete:7,ocho:8,nueve:9,diez:10,once:11,doce:12");
const COUNT = named(
  "un:1,una:1,uno:1,dos:2,un par de:2,tres:3,unos:3,unas:3,unos cuantos:3,cuatro:4,cinco:5,seis:6,siete:7,ocho:8,nueve:9,diez:10,quince:15,veinte:20,treinta:30",
);
export const DATES = named(
  "primero:1,uno:1,dos:2,tres:3,cuatro:4,cinco:5,seis:6,siete:7,ocho:8,nueve:9,diez:10,once:11,doce:12,trece:13,catorce:14,quince:15,dieciseis:16,diecisiete:17,dieciocho:18,diecinueve:19,veinte:20,veintiuno:21,veintidos:22,veintitres:23,veinticuatro:24,veinticinco:25,veintiseis:26,veintisiete:27,veintiocho:28,veintinueve:29,treinta:30,treinta y uno:31",
);
export const MONTHS = named(
  "enero:1,ene:1,febrero:2,feb:2,marzo:3,abril:4,abr:4,mayo:5,junio:6,jun:6,julio:7,jul:7,agosto:8,ago:8,septiembre:9,setiembre:9,sept:9,sep:9,octubre:10,oct:10,noviembre:11,nov:11,diciembre:12,dic:12",
);
export const WEEKDAYS = named(
  "lunes:1,lun:1,martes:2,miercoles:3,mie:3,mier:3,jueves:4,jue:4,viernes:5,vie:5,sabado:6,sab:6,sabados:6,domingo:7,dom:7,domingos:7",
);
const MINUTES = named(
  "media:30,cuarto:15,un cuarto:15,cinco:5,diez:10,quince:15,veinte:20,veinticinco:25,treinta:30,cuarenta:40,cuarenta y cinco:45,cincuenta:50",
);

export const [H, N, M, W, MIN] = [
  `\\d{1,2}|${HOURS.any}`,
  `\\d{1,3}|${COUNT.any}`,
  MONTHS.any,
  WEEKDAYS.any,
  MINUTES.any,
];
const DATE = `(\\d{1,2}|${DATES.any})(?: [o\\u00ba])?`;
const AT = "(?:a |para )?(?:las?|la) ";
const HALF = "(?: (am|pm)| (?:de|por|en) la (manana|madrugada|tarde|noche)| del (mediodia))?";

const weekday = (word: string | undefined, which: WhichWeekday): AtomValue => ({
  kind: "weekday",
  weekdays: [WEEKDAYS.of(word) ?? 1],
  which,
});
const date = (today: string, day: string | undefined, month: string | undefined, year?: string) =>
  dateNamed(today, MONTHS.of(month) ?? 0, numberOf(day, DATES) ?? 0, year === undefined ? undefined : Number(year));

/** "Las 3 de la tarde": the words after an hour that say which half of the day it is in. */
function spoken(hour: string | undefined, minute: number, groups: readonly (string | undefined)[]): AtomValue | null {
  const h = numberOf(hour, HOURS) ?? 0;
  const [ampm, ofThe, noon] = groups;
  if (h > 12) return clock(h, minute, "24");
  if (noon) return clock(h, minute, h >= 11 && h < 12 ? "am" : "pm");
  if (ofThe === "noche" && h === 12) return clock(0, minute, "24");
  if (ofThe === "tarde" || ofThe === "noche") return clock(h, minute, "pm");
  if (ofThe === "madrugada" || (ofThe === "manana" && h !== 12))
    return clock(h === 12 ? 0 : h, minute, h === 12 ? "24" : "am");
  return clock(hour !== undefined && /^\d+$/.test(hour) ? hour : h, minute, ampm);
}
const minusMinutes = (
  hour: string | undefined,
  minutes: string | undefined,
  groups: readonly (string | undefined)[],
) => {
  const h = numberOf(hour, HOURS) ?? 0;
  return spoken(String(h === 1 ? 12 : h - 1), 60 - (numberOf(minutes, MINUTES) ?? 0), groups);
};

const CLOCKS: readonly TimeRule[] = [
  on(`${AT}(${H})${HALF}`, ([h, ...half]) => spoken(h, 0, half)),
  on(`${AT}(${H})(?: en punto)?${HALF}`, ([h, ...half]) => spoken(h, 0, half)),
  on(`(?<!entre )(?<!entre las )(?:${AT})?(${H}) y (${MIN}|[1-5]\\d)${HALF}`, ([h, m, ...half]) =>
    spoken(h, numberOf(m, MINUTES) ?? 0, half),
  ),
  on(`(?:${AT})?(${H}) menos (${MIN}|\\d{1,2})${HALF}`, ([h, m, ...half]) => minusMinutes(h, m, half)),
  on(`(?:un )?(${MIN}) para (?:las?|la) (${H})${HALF}`, ([m, h, ...half]) => minusMinutes(h, m, half)),
  on(`(?:${AT})?(\\d{1,2})[:.]([0-5]\\d)(?: h| hs| hrs| horas)?${HALF}`, ([h, m, ...half]) =>
    /^0\d/.test(h ?? "") ? clock(h ?? "", m) : spoken(h, Number(m), half),
  ),
  on(`(${H}) (?:de|por|en) la (manana|madrugada|tarde|noche)`, ([h, of]) => spoken(h, 0, [undefined, of])),
  on(`(${HOURS.any}) (am|pm)`, ([h, half]) => clock(HOURS.of(h) ?? "", 0, half)),
  on(`(?:${AT})?(\\d{1,2}) (?:horas|hrs|hs)`, ([h]) => clock(h ?? "", 0, Number(h) >= 7 ? "24" : null)),
  on("(?:al |a |el )?(?:medio ?dia)", clock(12, 0, "24") ?? op("or")),
  on("(?:a |la )?(?:media ?noche)", clock(0, 0, "24") ?? op("or")),
  on(`(${HOURS.any})`, ([h]) => ({ kind: "number", n: HOURS.of(h) ?? 0, spelt: true })),
];

const NEXT = "(?:que viene|que entra|proxim[oa]|siguiente)";
const DAYS: readonly TimeRule[] = [
  on("hoy(?: mismo| dia)?|el dia de hoy", (_, { today }) => aDay(today)),
  on("ahora(?: mismo)?|ahorita|ya mismo|de inmediato|inmediatamente", (_, { today }) => aDay(today)),
  on("(?:el dia de )?manana(?: mismo)?", (_, { today }) => aDay(addDays(today, 1))),
  on("pasado(?: manana)?", (_, { today }) => aDay(addDays(today, 2))),
  on("ayer|anoche|anteayer|antier", (_, { today }) => aDay(addDays(today, -1), true)),
  on("esta (manana|tarde|noche)", ([p]) =>
    daypart(p === "manana" ? "morning" : p === "tarde" ? "longAfternoon" : "evening", "today"),
  ),
  on(`(?:el |este |este proximo |dia )?(${W})`, ([w]) => weekday(w, "coming")),
  on(`este (?:mismo )?(${W})`, ([w]) => weekday(w, "this")),
  on(`(?:el )?(?:proximo|siguiente) (${W})|(?:el )?(${W}) ${NEXT}`, ([a, b]) => weekday(a ?? b, "coming")),
  on(
    `(?:el )?(${W}) (?:de )?(?:la )?(?:proxima semana|semana que viene|semana proxima|siguiente semana|semana siguiente|otra semana)`,
    ([w]) => weekday(w, "nextWeek"),
  ),
  on(`(?:el )?(${W}) pasado|el pasado (${W})`, ([a, b]) => weekday(a ?? b, "last")),
  on(`(?:los|cualquier|todos los|algun|un|cada|solo los) (${W})`, ([w]) => weekday(w, "any")),
  on("entre semana|dias? (?:habil(?:es)?|laborables?|de semana|entre semana)|de lunes a viernes", {
    kind: "weekday",
    weekdays: [1, 2, 3, 4, 5],
    which: "any",
  }),
  on("(?:los )?fines de semana|cualquier fin de semana", { kind: "weekday", weekdays: [6, 7], which: "any" }),
  on("(?:el |este |en el |durante el )*fin de semana", (_, { today }) => aSpan(weekend(today, 0))),
  on(`(?:el )?(?:proximo fin de semana|fin de semana ${NEXT})`, (_, { today }) => aSpan(weekend(today, 1))),
  on(
    `(?:el |para el )?(?:dia )?${DATE} (?:de |del )?(?:mes de )?(${M})(?: (?:de |del )?(\\d{4}))?`,
    ([d, m, y], { today }) => date(today, d, m, y),
  ),
  on(`(${M}) (\\d{1,2})(?: (\\d{4}))?`, ([m, d, y], { today }) => date(today, d, m, y)),
  on(`(?:el|para el) (?:dia )?(\\d{1,2})(?: [o\\u00ba])?(?! (?:opcion|horario|de la|de esas|de los))`, ([d]) => ({
    kind: "dayOfMonth",
    day: Number(d),
  })),
  on(`(?:el )?dia ${DATE}`, ([d]) => ({ kind: "dayOfMonth", day: numberOf(d, DATES) ?? 0 })),
];

const unitOf = (word: string): "day" | "week" | "month" =>
  word.startsWith("semana") ? "week" : word.startsWith("mes") ? "month" : "day";
const THIRDS: Record<string, "early" | "mid" | "late"> = {
  principios: "early",
  inicios: "early",
  comienzos: "early",
  mediados: "mid",
  mitad: "mid",
  finales: "late",
  fines: "late",
  final: "late",
  fin: "late",
  "mas tarde": "late",
};
const third = (word: string | undefined) => THIRDS[word ?? ""] ?? "mid";
const T = "(mas tarde|principios|inicios|comienzos|mediados|mitad|finales|fines|final|fin)";

const SPANS: readonly TimeRule[] = [
  on(
    "(?:en |durante )?esta (?:misma )?semana|(?:el )?resto de la semana|lo que queda de (?:la )?semana",
    (_, { today }) => aSpan(weekFrom(today, 0)),
  ),
  on(`(?:en |para |durante )?(?:la )?(?:(?:proxima|siguiente|otra) semana|semana ${NEXT})`, (_, { today }) =>
    aSpan(weekFrom(today, 1)),
  ),
  on("(?:la )?semana (?:despues|siguiente a la proxima)|dentro de dos semanas", (_, { today }) =>
    aSpan(weekFrom(today, 2)),
  ),
  on(
    "(?:la )?semana pasada|(?:el )?mes pasado|hace (?:\\d+|un|una|dos|tres|unos|unas) (?:dias?|semanas?|mes(?:es)?|anos?)",
    (_, { today }) => aDay(addDays(today, -7), true),
  ),
  on(`(?:la )?semana del (\\d{1,2}) de (${M})`, ([d, m], { today }) => around(date(today, d, m))),
  on(
    `(?:a )?${T} (?:de |en )?(?:esta |la )?semana( ${NEXT})?|(?:a )?${T} de la (?:proxima|siguiente) semana`,
    ([t, next, t2], { today }) => aSpan(thirdOf(weekFrom(today, next || t2 ? 1 : 0), third(t ?? t2))),
  ),
  on(`(?:en |durante |para )?(?:(este) mes|el (?:proximo|siguiente|otro) mes|el mes ${NEXT})`, ([now], { today }) =>
    aSpan(monthFrom(today, now ? 0 : 1)),
  ),
  on(
    `(?:a )?${T} (?:de |en )?(?:este |el )?mes( ${NEXT})?|(?:a )?${T} del (?:proximo )?mes`,
    ([t, next, t2], { today }) => aSpan(thirdOf(monthFrom(today, next ? 1 : 0), third(t ?? t2))),
  ),
  on(`(?:en |para |durante )?(?:el mes de )?(${M})(?: (?:de |del )?(\\d{4}))?`, ([m, y], { today }) =>
    monthNamed(today, MONTHS.of(m) ?? 1, y ? Number(y) : undefined),
  ),
  on(`(?:a )?${T} de (${M})`, ([t, m], { today }) => thirdOfMonth(today, m, third(t))),
  on(`(?:en|dentro de) (?:unos |unas )?(${N}) (minutos?|horas?)`, ([n, unit], place) =>
    minutesAhead(place.today, place.now, (numberOf(n, COUNT) ?? 0) * (unit?.startsWith("hora") ? 60 : 1)),
  ),
  on("(?:en|dentro de) media hora", (_, place) => minutesAhead(place.today, place.now, 30)),
  on(`(?:en|dentro de|de aqui a) (?:unos |unas )?(${N}) (dias?|semanas?|mes(?:es)?)`, ([n, unit], { today }) =>
    ahead(today, numberOf(n, COUNT) ?? 0, unitOf(unit ?? "")),
  ),
  on(
    `(?:en )?(?:los|las) proxim[oa]s (${N}) ?(dias|semanas|meses)|(?:en )?(?:los|las) proxim[oa]s (dias|semanas)`,
    ([n, unit, few], { today }) => within(today, numberOf(n, COUNT) ?? 5, unit ?? few ?? "dias"),
  ),
];

const within = (today: string, n: number, unit: string): AtomValue =>
  aSpan({ from: today, to: addDays(today, Math.min(n, 60) * { day: 1, week: 7, month: 30 }[unitOf(unit)]) });
const around = (value: AtomValue | null) =>
  value?.kind === "days" && value.ranges[0] ? aSpan(weekAround(value.ranges[0].from)) : null;
function thirdOfMonth(today: string, month: string | undefined, which: "early" | "mid" | "late"): AtomValue {
  const value = monthNamed(today, MONTHS.of(month) ?? 1);
  return value.kind === "span" ? { ...value, range: thirdOf(value.range, which) } : value;
}

const DAYPARTS: readonly TimeRule[] = [
  on(
    "buen[oa]s? (?:dias?|tardes?|noches?)|que tengas? (?:buen|un buen|buena) (?:dia|tarde|noche|semana|fin de semana)|feliz (?:dia|tarde|noche)",
    { kind: "nothing" },
  ),
  on("(?:por|en|de|a|durante) las? mananas?|las mananas|mananas", daypart("morning")),
  on(`(?<=(?:${W}) )manana`, daypart("morning")),
  on(
    "(?:por|en|de|a|durante) las? tardes?|las tardes|tardes?|despues de comer|despues del almuerzo",
    daypart("longAfternoon"),
  ),
  on("(?:por|en|de|a|durante) las? noches?|las noches|noches?", daypart("evening")),
  on(
    "(?:por la manana |en la manana |a la manana )?(?:muy |bien )?(?:temprano|tempranito|a primera hora)(?: (?:por|en|de) la manana)?",
    daypart("earlyMorning"),
  ),
  on("(?:a )?media manana", daypart("midMorning")),
  on("(?:a )?(?:ultima hora de la tarde|media tarde|tarde tarde)|(?:al )?final de la tarde", daypart("lateAfternoon")),
  on("(?:a la )?(?:hora de(?:l)? (?:almuerzo|comer|comida)|hora de la comida)|al almuerzo", daypart("lunch")),
  on("(?:el |del |mi )?trabajo|trabajar|salir del trabajo|que salgo del trabajo", daypart("work")),
  on("(?:el |la |del )?(?:colegio|escuela|cole)", daypart("school")),
];

const OPS: readonly TimeRule[] = [
  on("(?:despues|luego|pasad[oa]s?|mas tarde) (?:de|del|de que)|tras|pasadas", op("after")),
  on("antes (?:de|del|de que)", op("before")),
  on("desde|a partir (?:de|del)|no antes (?:de|del)", op("from")),
  on("de|del", op("of")),
  on("hasta|no mas tarde (?:de|del)|no despues (?:de|del)|maximo|como tarde|como maximo", op("until")),
  on("entre", op("between")),
  on("a|al", op("to")),
  on("y", op("and")),
  on("o|u|o bien|o si no", op("or")),
  on("como a|a eso de|alrededor de|mas o menos|hacia|cerca de|sobre|aproximadamente|tipo|por ahi de", op("around")),
  on("excepto|menos|salvo|que no sea(?: el)?|pero no|en vez de|en lugar de|a excepcion de", op("not")),
  on("pero", op("but")),
  on("que tal|tal vez|prefiero", op("at")),
  on(
    "no (?:puedo|podre|podria|voy a poder|alcanzo a)(?: (?:ir|asistir|llegar|acudir|venir))?(?: a (?:la|mi) cita)?|ya no (?:puedo|podre|voy a poder) ir|no me (?:sirve|va bien|queda bien|viene bien|conviene)|no es posible|imposible|estoy ocupad[oa]",
    op("cannot"),
  ),
  on("quise decir|quiero decir|digo|perdon|mejor|mejor dicho|me equivoque|rectifico|corrijo", op("meant")),
  on("en adelante|o mas tarde|o despues|para adelante", op("orLater")),
  on("o antes|o mas temprano", op("orEarlier")),
];

const WISHES: readonly TimeRule[] = [
  on(
    "(?:lo |el |la )?(?:mas|antes) (?:pronto|rapido|temprano|cercan[oa]|posible)(?: que (?:se )?(?:pueda|puedan|tengan|tengas|haya)| posible)?|cuanto antes|lo antes posible|(?:la |el )?primer[oa]? (?:cita|hueco|turno|hora|disponible|fecha|espacio)(?: (?:disponible|libre|que tengan|que haya))?|urgente(?:mente)?|con urgencia|a la brevedad",
    wish("earliest"),
  ),
  on(
    "(?:lo )?mas tarde posible|(?:a )?ultima hora|(?:al )?final del dia|(?:la )?ultima (?:cita|hora) del dia",
    wish("latest"),
  ),
  on("(?:algo |un poco )?mas tarde|mas adelante", wish("later")),
  on("(?:algo |un poco )?(?:mas temprano|antes)", wish("earlier")),
  on(
    "hasta luego|hasta manana|hasta pronto|nos vemos(?: luego| manana)?|llegar(?:e)? tarde|llego tarde|voy tarde|se me hizo tarde|mas que nada|es tarde",
    { kind: "nothing" },
  ),
];

export const SPANISH_TIME: readonly TimeRule[] = [...DAYS, ...SPANS, ...CLOCKS, ...DAYPARTS, ...OPS, ...WISHES];
export const SPANISH_GLUE =
  "el la los las de del por en para dia a al que es sea seria mejor hora horas si puede ser cita mi una un cualquier algun hueco".split(
    " ",
  );
