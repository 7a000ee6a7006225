import { bot, patient, staff, type Thread } from "./thread";

const INTRO = "Hola, soy el asistente de {clinic}. Responda PARAR para no recibir mensajes, AYUDA si la necesita.";

export const ES: readonly Thread[] = [
  {
    locale: "es",
    status: "closed",
    about: "booked",
    lines: [
      patient("Hola buenas, quiero una cita para {service}", "book"),
      bot(`${INTRO} ¿Qué día le viene bien?`),
      patient("el {day} por favor", "provide"),
      bot("El {day} hay hueco a las {time} con {provider}. ¿Se la reservo?"),
      patient("sí, perfecto", "affirm"),
      bot("Cita reservada: {service} el {day} a las {time} con {provider}, {address}. ¡Hasta entonces, {first}!"),
      patient("muchas gracias", "thank"),
      bot("A usted. Si necesita algo más, escríbame por aquí."),
    ],
  },
  {
    locale: "es",
    status: "open",
    about: "booked",
    lines: [
      patient("tienen algo para {service} lo antes posible?", "ask_availability"),
      bot(`${INTRO} Lo primero que tengo es el {day} a las {time} con {provider}. ¿Se lo reservo?`),
      patient("si", "affirm"),
      bot("Cita reservada: {service} el {day} a las {time} con {provider}."),
      patient("aceptan seguro?", "ask_question"),
      bot("Sí, trabajamos con la mayoría de los seguros dentales PPO. Traiga su tarjeta y lo comprobamos antes de empezar."),
    ],
  },
  {
    locale: "es",
    status: "open",
    about: "upcoming",
    minutesAgo: 150,
    lines: [
      bot("Recordatorio de {clinic}: {service} el {day} a las {time} con {provider}. Responda 1 para confirmar, 2 para cambiarla."),
      patient("1", "confirm"),
      bot("Gracias, {first}: queda confirmada. Nos vemos el {day} a las {time}."),
    ],
  },
  {
    locale: "es",
    status: "waiting",
    about: "upcoming",
    minutesAgo: 22,
    unread: 1,
    lines: [
      patient("necesito cambiar mi cita del {day}", "reschedule"),
      bot("Es su {service} del {day} a las {time}. ¿A qué día la movemos?"),
      patient("la semana que viene por la tarde", "provide"),
      bot("¿Le va mejor al principio o al final de la semana?"),
    ],
  },
  {
    locale: "es",
    status: "handoff",
    about: "nothing",
    minutesAgo: 35,
    unread: 2,
    task: "question",
    summary: { en: "Asks whether implants are offered and can be paid in instalments." },
    lines: [
      patient("Buenos días, ¿hacen implantes y se pueden pagar a plazos?", "ask_question"),
      bot(`${INTRO} No tengo esa información, así que he pasado su pregunta al equipo. Le responden hoy mismo.`),
      patient("ok espero, gracias", "thank"),
    ],
  },
  {
    locale: "es",
    status: "closed",
    about: "cancelled",
    lines: [
      patient("no voy a poder ir el {day}, la cancelan por favor?", "cancel"),
      bot("Es su {service} del {day} a las {time}. ¿La cancelo?"),
      patient("sí", "affirm"),
      bot("Cancelada. ¿Le busco otro día?"),
      patient("no, gracias", "negate"),
      bot("De acuerdo. Escríbame cuando quiera volver."),
    ],
  },
  {
    locale: "es",
    status: "closed",
    holder: "staff",
    about: "nothing",
    minutesAgo: 60 * 24 * 3,
    task: "handoff",
    isTaskDone: true,
    summary: { en: "Asks for a person about a treatment estimate." },
    lines: [
      patient("quiero hablar con alguien sobre mi presupuesto", "talk_to_human"),
      bot("Claro, {first}. Ya avisé al equipo: le escriben en unos minutos."),
      staff("Hola {first}, soy de recepción. ¿Le viene bien que la doctora le llame mañana a las 10?"),
      patient("sí, perfecto", "affirm"),
      staff("Anotado. ¡Hasta mañana!"),
    ],
  },
  {
    locale: "es",
    status: "closed",
    about: "nothing",
    minutesAgo: 60 * 24 * 9,
    optsOut: true,
    lines: [
      bot("Hola {first}, le escribe {clinic}. Le toca su revisión: ¿quiere ver horas libres? Responda PARAR para no recibir mensajes."),
      patient("Parar", "opt_out"),
      bot("No recibirá más mensajes de {clinic}. Responda START si quiere volver a recibirlos."),
    ],
  },
];
