import { rule, type Rule } from "@/lib/dialog/understand/pattern";

/** What Spanish messages do, in Latin America and Spain alike. */

const VISIT =
  "(?:citas?|turnos?|consultas?|visitas?|reservas?|reservaciones?|reservacion|hora|revision|limpieza|chequeo)";
const MY = "(?:mi|mis|la|las|el|esta|esa|nuestra|su|tu|una|un|otra)";
const WANT =
  "(?:quiero|quisiera|queria|necesito|me gustaria|me urge|deseo|puedo|podria|podriamos|podemos|quiere|se puede|puede|pueden|podrian|busco|ocupo|ando buscando|hay forma de|como puedo|como hago para|como)";
const DENTIST =
  "(?:dentistas?|odontolog[oa]s?|ortodoncistas?|higienistas?|periodoncistas?|endodoncistas?|especialistas?|doctor(?:a|es|as)?|medic[oa]s?)";
const MOUTH =
  "(?:dientes?|muelas?|encias?|mandibula|boca|cordales?|juicio|lengua|corona|empaste|implante|brackets|colmillo)";
const HURT =
  "(?:duelen?|dolor(?:es)?|dolia|doliendo|molestias?|molestan?|sensibles?|sensibilidad|sangran?|sangrado|sangrando|hinchad[oa]s?|hinchazon|inflamad[oa]s?|inflamacion|infeccion|infectad[oa]s?|rot[oa]s?|rompio|quebro|quebrad[oa]|partio|partid[oa]|floj[oa]s?|cayo|caido|picad[oa]s?|late|punza|despego|solto)";

export const SPANISH: readonly Rule[] = [
  rule(
    "book",
    0.9,
    `(?:agendar|reservar|pedir|sacar|hacer|programar|solicitar|apartar|coger|marcar|concertar|tener|conseguir|separar|tomar|agendarme|reservarme|darme|dar|agende(?:me)?|agendame|reservame|reserveme|programe(?:me)?|programame|deme|dame|den(?:me)?|denos) (?:\\w+ ){0,3}?(?:una|otra|un|nueva|la|mi|primera)? ?(?:\\w+ )?${VISIT}`,
    `${WANT} (?:\\w+ )?(?:una|otra|un|nueva) (?:nueva )?(?:\\w+ )?${VISIT}`,
    `${WANT} (?:\\w+ )?(?:agendar|reservar|programar|sacar turno|pedir turno|pedir hora|pedir cita|que me (?:vea|atienda|revise|revisen|atiendan|vean)|ver (?:a un|al|a la|a el|un) (?:\\w+)|ir al dentista|atenderme|verme|consultar con)`,
    "me (?:pueden|puede|podrian|podria|puedes) (?:atender|ver|recibir|revisar|agendar|dar)(?: \\w+)?|(?:una )?cita (?:para|con|nueva|por favor|el|manana|hoy|lo antes)|nueva cita|me (?:toca|corresponde) (?:la |mi )?(?:limpieza|revision|chequeo)|tienen (?:cita|turno|hora) para",
  ),
  rule(
    "book",
    0.75,
    "agendar|agendarlo|agendarla|reservar|reservalo|reservala|reservela|agendala|agendela|reservar cita|pedir (?:cita|hora|turno)|apartar|quiero (?:una )?cita",
  ),
  rule("book", 0.5, "citas?|turnos?"),
  rule(
    "reschedule",
    0.95,
    "reprogram\\w*|reagend\\w*|re agendar|aplaz\\w*|pospon\\w*|posterg\\w*|recorr(?:er|erla|a) (?:mi|la) cita",
  ),
  rule(
    "reschedule",
    0.9,
    `(?:cambiar|cambie|cambien|cambio|cambia|cambiamos|mover|mueva|muevan|mueve|pasar|pase|pasen|modificar|correr|adelantar|atrasar|retrasar|trasladar|cambiarme|moverme|pasarme|adelantarme) (?:de )?(?:\\w+ )?${MY} (?:\\w+ ){0,2}?(?:${VISIT}|fecha|dia|horario)`,
    "(?:la|lo) (?:podemos|puedo|puede|pueden|podria|podrian|podriamos|quiero|quisiera|necesito) (?:\\w+ )?(?:pasar|cambiar|mover|correr|adelantar|atrasar)(?: \\w+)?|(?:cambiar(?:la|lo)|mover(?:la|lo)|pasar(?:la|lo)|adelantar(?:la|lo)|atrasar(?:la|lo)|correr(?:la|lo)|cambiame(?:la|lo)|paseme(?:la|lo)|muevame(?:la|lo))|(?:cambiar|cambio) de (?:dia|hora|fecha|cita|horario)|otr[oa] (?:dia|fecha|horario) (?:para|mejor) (?:mi|la) cita|(?:en vez|en lugar) de (?:mi|la) cita",
  ),
  rule(
    "reschedule",
    0.6,
    "no (?:puedo|podre|voy a poder|alcanzo a|llego a|me es posible) (?:ir|asistir|llegar|acudir|presentarme)(?: \\w+){0,4}|se me complico|me surgio (?:algo|un \\w+)|tuve un imprevisto|me salio (?:algo|un \\w+)",
  ),
  rule(
    "cancel",
    0.9,
    `(?:cancel(?:ar|e|en|a|o|ame|eme|arme|enme)|anul(?:ar|e|en|a|o|ame)|elimin(?:ar|e|en|a)|borr(?:ar|e|en|a)|suspend(?:er|a|an)|quitar) (?:\\w+ ){0,3}?${VISIT}|(?:cancelar|cancelen|cancele|cancela|anular|anulen)(?:la|las|lo|los)|(?:cancelarla|cancelarlas|anularla|cancelala|cancelela|cancelenla)|(?:ya no|no) (?:necesito|quiero|voy a necesitar) (?:la|mi|esa) cita`,
  ),
  rule(
    "cancel",
    0.7,
    "cancel(?:ar|acion|o|e|en|a|arme|ada)(?! (?:la |las |mi |de )?(?:politica|politicas|suscripcion))|anular|ya no (?:voy|ire|vamos|iremos|podre ir)(?: \\w+){0,3}|no (?:voy|ire|vamos) a (?:ir|asistir)(?: \\w+){0,2}",
  ),
  rule("cancel", 0.5, "no (?:puedo|podre) (?:ir|asistir|acudir)(?: \\w+){0,2}"),
  rule(
    "confirm",
    0.9,
    `confirm(?:o|ar|amos|ada|ado|a|e|arle|arles) (?:\\w+ ){0,2}?(?:${VISIT}|asistencia|hora|manana|que)|confirmo|ahi estar(?:e|emos)|alli estar(?:e|emos)|(?:si )?(?:voy|ire|asistire|vamos) (?:a ir|a asistir|sin falta)|nos vemos (?:alli|ahi|manana|el|entonces|a las)|sigue en pie|cuenten conmigo|alla estare|si asistire`,
  ),
  rule(
    "list_appointments",
    0.9,
    `(?:cuando|a que hora|que dia|para cuando|en que fecha|con quien|a que hora|donde) (?:\\w+ ){0,2}?(?:es|era|tengo|tenemos|tenia|toca|esta|quedo|queda|seria) (?:\\w+ ){0,3}?${VISIT}`,
    `(?:tengo|tenemos|tiene|tendre) (?:\\w+ ){0,3}?(?:alguna|una|otra|mas|citas?) ?(?:\\w+ ){0,2}?(?:${VISIT}|agendada|programada|pendientes?|reservada|hoy|manana)|(?:ver|consultar|revisar|saber|verificar|record\\w+|checar|dime|digame|recuerd\\w+|confirmar cuando) (?:\\w+ ){0,3}?(?:mi|mis|la|las) (?:\\w+ )?${VISIT}|(?:mi|mis) (?:proximas?|siguientes?) (?:citas?|visitas?|turnos?)|mis citas|mi cita (?:es|era|sigue|esta|cuando|a que)|cuando (?:me toca|tengo que ir|debo ir|voy)(?: \\w+){0,3}|a que hora (?:me toca|tengo|es|era)(?: \\w+){0,3}|que citas tengo`,
  ),
  rule(
    "running_late",
    0.95,
    "(?:llego|llegare|llegaremos|voy|vamos|ire|llegar|estoy|llegando) (?:\\w+ ){0,3}?(?:tarde|retrasad[oa]|demorad[oa]|con retraso|atrasad[oa]|de camino|en camino)|voy (?:con|para alla|en camino)|retraso de|(?:me )?(?:voy a )?(?:retras|demor|tard)(?:o|are|ar|aremos)(?: \\w+){0,3}|(?:atascad[oa]|atorad[oa]|atrapad[oa]) en (?:el )?(?:trafico|transito)|hay (?:mucho )?(?:trafico|tranque|taco|trancon)|(?:\\d+|cinco|diez|quince|veinte|unos) minutos? (?:tarde|de retraso|mas tarde)|ya (?:casi )?(?:llego|voy)|se me hizo tarde",
  ),
  rule(
    "ask_availability",
    0.85,
    "(?:que|cuales|hay|tienen|tienes|tendran|tendra|habra|habria|tendrian|tiene|algun|alguna) (?:\\w+ ){0,5}?(?:disponibles?|disponibilidad|libres?|horarios?|huecos?|espacios?|turnos?|cupos?|citas?|fechas?|algo)|cuando (?:puedo|podria|podrian|pueden|puede|hay|tienen|tiene|seria|estaria|estan|me pueden|hay cita|me podrian)(?: \\w+){0,5}|disponibilidad|horarios? disponibles?|(?:esta|estara) (?:\\w+ ){0,3}?(?:disponible|libre)|(?:la|el) (?:cita|hora|fecha|hueco) mas (?:proxim[oa]|cercan[oa]|pronto)|(?:primera|proxima) (?:cita|hora|fecha) (?:disponible|libre)|que (?:dias|horas|horarios|fechas)(?: \\w+){0,4}|para cuando (?:hay|tienen|tendrian)(?: \\w+){0,3}",
  ),
  rule(
    "waitlist",
    0.95,
    "lista de espera|(?:avis\\w+|notif\\w+|dig\\w+|llam\\w+|escrib\\w+) (?:\\w+ ){0,3}?si (?:\\w+ ){0,3}?(?:cancela|cancelan|se libera|libera|abre|sale|hay|surge|queda)(?: \\w+){0,3}|si (?:alguien|alguno) cancela|si se (?:libera|desocupa|abre)(?: \\w+){0,3}|por si (?:alguien )?cancela",
  ),
  rule(
    "find_provider",
    0.85,
    `(?:busco|buscando|buscar|encontrar|recomiend\\w+|recomendar|conoce[ns]?|necesito|quiero) (?:\\w+ )?(?:un|una|algun|alguna|otro|otra|buen|buena) (?:\\w+ ){0,2}?${DENTIST}|(?:que|cuales|cual) (?:\\w+ ){0,2}?${DENTIST}(?: \\w+)?|quien(?:es)? (?:hace|atiende|atienden|es|son|realiza|esta)(?: \\w+){1,3}|hay (?:algun|alguna|un|una) (?:\\w+ ){0,2}?${DENTIST}|otr[oa] (?:dentista|doctora?|odontolog[oa])|tienen (?:\\w+ ){0,2}?${DENTIST}`,
  ),

  rule(
    "ask_price",
    0.9,
    "cuanto (?:\\w+ ){0,2}?(?:cuestan?|sale|valen?|cobran|es|seria|costaria|saldria|me cobran|me sale|esta|cobraria)(?: \\w+){0,4}|(?:que|cual|cuales) (?:\\w+ ){0,3}?(?:precios?|costos?|coste|valor|tarifas?)|precios?|costos?|costes?|tarifas?|presupuesto|cuesta|(?:es|son|muy) car[oa]s?|descuentos?|promocion(?:es)?|(?:es|la \\w+ es) gratis|cobran",
  ),
  rule(
    "ask_hours_location",
    0.9,
    "(?:a que hora|hasta que hora|desde que hora|cuando|que dias|que horas?) (?:\\w+ )?(?:abren?|cierran?|atienden|trabajan|abierto|estan|empiezan)(?: \\w+){0,3}|horarios? de (?:atencion|apertura|oficina|la clinica|trabajo|servicio)|(?:cual|que) (?:es (?:el|su) )?horario(?: \\w+){0,3}|estan? (?:abiertos?|cerrados?|atendiendo)(?: \\w+){0,3}|abren? (?:los |el |hoy|manana|en)(?: ?\\w+){0,3}|atienden (?:los |el |hoy|manana|en|por la)(?: ?\\w+){0,3}|su horario|horario$|donde (?:estan|esta|queda|quedan|se ubican|se encuentra|se encuentran|es|los encuentro)(?: \\w+){0,3}|(?:la|su|cual es la) (?:direccion|ubicacion)|direccion|ubicacion|ubicad[oa]s?|como (?:llego|llegar|puedo llegar)(?: \\w+){0,3}|en que (?:calle|piso|edificio|zona|parte)(?: \\w+){0,3}",
  ),
  rule(
    "ask_question",
    0.85,
    "(?:acept\\w+|toman|tienen|trabajan|manejan|recib\\w+|cubre) (?:\\w+ ){0,3}?(?:segur\\w+|aseguranzas?|medicaid|tarjetas?|efectivo|convenio|planes?|financiamiento|pagos|cuotas|credito)|seguro (?:dental|medico)|aseguranza|(?:plan|planes|facilidades) de pagos?|financiamiento|meses sin intereses|estacionamiento|parking|aparcar|estacionar(?:me|se)?|parqueo|parquear|silla de ruedas|ascensor|elevador",
    "(?:(?<!(?:me|le|nos|te) )duele|es doloros[oa]|es segur[oa]|es peligros[oa]|es normal|es necesari[oa]|es malo|es recomendable)(?: \\w+){0,4}(?= )(?=.*)|cuanto (?:dura|tarda|tiempo|demora)(?: \\w+){0,4}|cada cuanto(?: \\w+){0,3}|(?:puedo|se puede|debo|tengo que|hay que) (?:comer|tomar|beber|fumar|manejar|conducir|cepillarme|llevar|traer|pagar|ir en ayunas|usar|dejar)(?: \\w+){0,4}|que (?:debo|tengo que|necesito|hay que) (?:llevar|traer|hacer)(?: \\w+){0,3}|que (?:es|son) (?:un|una|el|la|los|las) (?:\\w+)|(?:hacen|ofrecen|realizan|ponen|tienen|manejan|atienden|tratan|dan|hablan|trabajan|usan|venden)(?: \\w+){1,4}|(?:numero de )?telefono|correo electronico|email|pagina web|sitio web|tengo una (?:pregunta|duda|consulta)|una (?:pregunta|duda)|(?:queria|quisiera|quiero|me gustaria) (?:saber|preguntar)(?: \\w+){0,5}|me (?:puede|pueden|podria|podrian) (?:decir|explicar|informar)(?: \\w+){0,3}",
  ),

  rule(
    "talk_to_human",
    0.95,
    "(?:hablar|comunic\\w+|contactar|pas\\w+|conect\\w+|transfer\\w+|atienda|chatear|comuniqu\\w+) (?:\\w+ ){0,2}?(?:con|a|un|una) ?(?:un|una|el|la|algun|alguna|alguien|el)? ?(?:\\w+ )?(?:persona|humano|alguien|agente|recepcionista|recepcion|representante|asesor|asesora|operador|operadora|encargad[oa]|secretaria|empleado|gerente|equipo|doctora?|dentista)(?: \\w+)?|hablar con alguien(?: \\w+)?|(?:una )?persona real|(?:un )?humano|recepcionista|(?:me )?(?:llamen|llameme|llamenme|llamame|pueden llamar(?:me)?|puede llamar(?:me)?|podrian llamar(?:me)?)|me (?:pueden|puede|podrian|podria) llamar|no quiero (?:hablar con )?(?:un )?(?:robot|bot|maquina)|agente|asesor",
  ),
  rule(
    "complaint",
    0.9,
    "queja|quejarme|reclamo|reclamar|reclamacion|inaceptable|pesim[oa]|horrible|terrible|malisim[oa]|desastre|(?:muy )?(?:decepcionad[oa]|molest[oa] con|enojad[oa]|frustrad[oa]|indignad[oa])|estoy (?:\\w+ )?(?:molest[oa]|enojad[oa]|furios[oa]|hart[oa]|harta|cansad[oa] de)|hart[oa] de|grocer[oa]s?|mal(?:a)? (?:servicio|atencion|experiencia|trato)|(?:quiero|exijo) (?:\\w+ )?(?:reembolso|devolucion|dinero)|reembolso|me cobraron (?:de mas|dos veces|mal)|(?:nadie|no) (?:me )?(?:contesta|responde|atiende|ayuda)n?|perdida de tiempo|una verguenza|es una burla|no sirve(?:n)?(?: para nada)?|demanda|estafa",
  ),
  rule(
    "ask_if_bot",
    0.95,
    "(?:eres|es|sera|estoy hablando con|hablo con|esto es|es usted|tu eres|usted es) (?:\\w+ )?(?:un |una )?(?:robot|bot|maquina|humano|humana|persona(?: real)?|computadora|inteligencia artificial|ia|contestadora|automatic[oa]|real)|con quien (?:hablo|estoy hablando|tengo el gusto|me comunico|chateo)|quien (?:eres|es|habla|me escribe|escribe|sos|es usted)(?= )(?: \\w+)?|como te llamas|sos un (?:bot|robot)",
  ),
  rule(
    "change_language",
    0.95,
    "(?:en|hablar|habla|hablas|hablan|hable|cambiar a|prefiero|escribir en|escribeme en|hableme en|continuar en|contesta en) (?:ingles|espanol|castellano|arabe|frances|portugues|chino|ruso)|(?:ingles|espanol|arabe) por favor|cambiar (?:de |el )?idioma|no (?:hablo|entiendo|se) (?:ingles|espanol|arabe)|english please|in english",
  ),

  rule(
    "unsure",
    0.8,
    "quizas?|tal vez|a lo mejor|no (?:lo )?se(?: (?:todavia|aun|si|bien|cual|que|cuando))?|no estoy segur[oa](?: \\w+)?|dejame (?:pensar|ver|revisar|checar)(?:lo)?(?: \\w+){0,3}|dejeme (?:pensar|ver|revisar)(?:lo)?(?: \\w+){0,3}|(?:tengo que|voy a|debo|necesito|lo voy a) (?:pensar|ver|consultar|revisar|checar|preguntar)(?:lo|le)?(?: \\w+){0,3}|puede (?:que|ser)|depende|un momento|un segundo|espere un momento|espera un momento|deme un momento|lo pienso|ni idea|no tengo idea|todavia no se|le aviso|les aviso|te aviso|luego le digo",
  ),
  rule(
    "show_more",
    0.85,
    "(?:mas|otras|otros|otra|otro) (?:opcion(?:es)?|horarios?|horas?|fechas?|dias?|alternativas?|citas?|turnos?|huecos?)|(?:tiene|tienen|hay|muestr\\w+|ver|dame|deme|que) (?:\\w+ )?(?:mas|otras|otros|otra cosa|algo mas|algo diferente)(?: \\w+)?|algo (?:mas (?:tarde|temprano|pronto)|antes|despues|diferente|distinto)|mas opciones|(?:muy|demasiado) (?:tarde|temprano|pronto|lejos)|que mas|las siguientes|ver mas|mas tarde|mas temprano",
  ),
  rule(
    "none_of_these",
    0.9,
    "ningun[oa]?(?: de (?:es[oa]s|est[oa]s|ell[oa]s|l[oa]s (?:\\w+)))?(?: \\w+){0,4}|(?:esos|esas|estos|estas|esos horarios|esas horas) no (?:me )?(?:sirven|van|quedan|convienen|funcionan|puedo)(?: \\w+)?|no me (?:sirve|queda|va|conviene|funciona)n? (?:bien )?ningun[oa]|ni un[oa] ni otr[oa]",
  ),
  rule("negate", 0.8, "no (?:quiero |puedo )?(?:a )?es[ea] (?:dia|hora|fecha)"),
  rule(
    "no_preference",
    0.85,
    "(?:me )?da (?:lo mismo|igual)|(?:es )?(?:lo mismo|igual)(?: para mi)?(?= $)|me es (?:indiferente|igual)|no (?:me importa|importa|tengo (?:ninguna )?preferencia)(?: \\w+){0,3}|sin preferencia|cualquier(?:a)?(?: \\w+)?(?: (?:esta bien|me sirve|me va bien|me queda bien|funciona))?|el que sea|la que sea|quien sea|como (?:quieran|prefieran|quiera|prefiera)|lo que (?:haya|sea|tengan|usted diga|convenga)|el que (?:este disponible|tengan|haya)|usted (?:elija|decida|escoja)|elige tu|tu (?:elige|decide)|a cualquier hora|cuando (?:sea|puedan|haya)",
  ),
  rule(
    "correct",
    0.85,
    "quise decir|quiero decir|me refer(?:ia|i|iero) a|me equivoque|(?:no )?perdon(?: (?:quise|no|era|me|es))?|digo|corrijo|correccion|(?:eso|esta) (?:no es|esta) (?:correcto|mal|equivocado|asi)|no es (?:ese|esa|eso|correcto)(?: \\w+)?|(?:mejor|prefiero que sea) (?:el|la|a las|para|por|en|otro|otra)|en realidad|en vez de|en lugar de|mas bien|espera|espere|no (?:el|la|las|los) \\w+ (?:sino|el|la)|sino",
  ),
  rule(
    "cancel_current",
    0.85,
    "olvid(?:alo|elo|a|e)(?: \\w+)?|dejalo(?: asi)?|dejelo(?: asi)?|no importa|ya no(?: quiero| gracias)?(?= $)|mejor no|dejemoslo(?: asi)?|cambie de (?:opinion|idea)|no (?:la |lo )?(?:agendes|agende|reserves|reserve)(?: \\w+)?|otro dia sera|salir|en otro momento|luego lo hago",
  ),
  rule(
    "go_back",
    0.9,
    "(?:volver|regresar|vuelve|regresa|regrese) (?:atras|al paso anterior|a lo anterior|al anterior|a la anterior)|atras|paso anterior|(?:el|la|lo) anterior|deshacer|(?<=^ )(?:volver|regresar)(?= $)",
  ),
  rule(
    "restart",
    0.95,
    "(?:empezar|comenzar|empecemos|comencemos|iniciar|volver a empezar|arrancar) (?:de nuevo|otra vez|desde (?:cero|el principio)|de cero)|de nuevo desde (?:el principio|cero)|desde (?:cero|el principio)|reiniciar|volver al (?:inicio|principio)|menu principal|menu(?= $)|volver a empezar",
  ),
  rule(
    "repeat",
    0.95,
    "(?:puede|puedes|podria|podrias|me lo|me) ?(?:\\w+ )?(?:repet\\w+|repite\\w*)(?: \\w+){0,3}|repet(?:ir|irlo|irme)|repite(?:lo|me)?|repita(?:lo|me)?|otra vez(?: por favor)?(?= $)|como (?:dijo|dijiste|dice|fue eso)|que (?:dijo|dijiste)|(?:no )(?:entendi|entiendo|comprendi|te entiendo|le entiendo|capte)(?: \\w+){0,3}|cuales eran(?: \\w+){0,3}|mande|perdon como|me lo repite|reenvi[ae](?:me|nos)?(?:lo|la)?(?: (?:por favor|el enlace|la (?:cita|direccion|informacion|hora)))?(?= $)",
  ),
  rule(
    "greet",
    0.8,
    "hola|buenos dias|buen dia|buenas tardes|buenas noches|buenas|que tal|como estas?|como esta usted|saludos|hola buenas|ey|holi",
  ),
  rule(
    "thank",
    0.8,
    "(?:muchas |mil |muchisimas )?gracias(?: \\w+)?|te lo agradezco|se lo agradezco|le agradezco|les agradezco|agradecid[oa]|muy amable|🙏",
  ),
  rule(
    "bye",
    0.85,
    "adios|hasta (?:luego|pronto|manana|la vista|entonces)|chao|chau|nos vemos|que tengas?n? (?:\\w+ )?(?:buen|buena|bonito|lindo|lind[oa]) (?:dia|tarde|noche|fin de semana)|que este bien|cuidese|bye|(?:eso|seria|es) (?:es )?todo(?: \\w+){0,2}|nada mas(?: \\w+)?|hasta otra",
  ),
  rule(
    "help",
    0.7,
    "(?:me )?(?:puede|puedes|pueden|podria|podrian) ayudar(?:me)?|ayudeme|ayudame|ayuda(?: por favor)?|necesito (?:su |de su )?ayuda|como funciona(?: esto)?|que (?:puedo|puedes|puede) hacer(?: \\w+)?|que opciones tengo|auxilio",
  ),

  rule(
    "symptom",
    0.85,
    `(?:me|le|nos) (?:\\w+ ){0,2}?(?:duelen?|molestan?|dolia|sangran?|lastiman?|punzan?|arde)(?: \\w+){0,4}|dolor (?:de|en) (?:\\w+ )?(?:${MOUTH}|muelas|dientes)|${MOUTH} (?:\\w+ ){0,4}?${HURT}|${HURT} (?:\\w+ ){0,3}?${MOUTH}|(?:tengo|siento|tiene|con) (?:\\w+ ){0,2}?(?:dolor|dolores|sensibilidad|caries|infeccion|una caries|un absceso|llagas?|mal aliento)(?: \\w+){0,3}|caries|(?:cara|mejilla|cachete|labio) (?:\\w+ )?hinchad[oa]|se me (?:cayo|salio|despego|rompio|quebro|partio|solto|safo|zafo|aflojo|astillo|fracturo)(?: \\w+){0,4}|mal aliento|flemon|absceso|rechino los dientes|sangran las encias`,
  ),
  rule(
    "decline_service",
    0.9,
    "no (?:me )?interesa(?: \\w+)?|no (?:estoy|estamos) interesad[oa]s?|ya (?:tengo|voy con|voy a|fui con|encontre|estoy con) (?:\\w+ )?(?:un |una )?(?:otr[oa] )?(?:dentista|odontolog[oa]|clinica|doctor)(?: \\w+)?|(?:me|nos) (?:mude|mudamos|cambie de ciudad)(?: \\w+){0,2}|no (?:lo|la) necesito|por ahora no|no por ahora|por el momento no|no de momento|no necesito (?:nada|una limpieza|cita)",
  ),
  rule(
    "out_of_scope",
    0.8,
    "clima|pronostico|chiste|futbol|partido|bitcoin|cripto|loteria|receta(?:s)? de cocina|como (?:cocino|se cocina|preparo)(?: \\w+){0,3}|presidente|elecciones|politica(?: \\w+)?|pelicula|cancion|canta|poema|ensayo|tarea|capital de|traduc\\w+|pizza|vuelo|hotel|ignora (?:tus|las|todas)(?: \\w+){0,3}|horoscopo|matematicas|quien gano(?: \\w+){0,3}|te amo|casate conmigo",
  ),
];
