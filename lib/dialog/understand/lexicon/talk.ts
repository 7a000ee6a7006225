import type { Language } from "@/lib/dialog/schema";
import { arabicRule, rule, type Rule } from "@/lib/dialog/understand/pattern";

/** How people speak of the talk itself: who answers, in what language, and whether it was right. Beside the lexicons. */

const TELL =
  "(?:tell me|let me know|i (?:want|need|would like) to know|know|say|explain|what is|who is|provide me|give me|do you (?:know|have)|can you tell me)";
const MAKER =
  "(?:boss|employer|superior|supervisor|creator|inventor|maker|owner|manufacturer|developer|programmer|company you work for|origin(?:s|ator)?)";
const MADE =
  "(?:made|created|built|designed|programmed|invented|developed|coded|engineered|manufactured|manufactures|trained|owns|employs|hired|started|thought of|brought)";
const BOT = "(?:this|the|an?) (?:ai|bot|program|assistant|machine)";
const TONGUE =
  "(?:english|spanish|arabic|french|german|italian|russian|chinese|mandarin|japanese|korean|portuguese|dutch|hindi|urdu|latin|greek|turkish|swedish|danish|finnish|norwegian|irish|romanian|czech|vietnamese|thai|hebrew|persian|farsi|cantonese|bengali|punjabi|swahili|tagalog|somali)";

const ENGLISH: readonly Rule[] = [
  rule(
    "ask_if_bot",
    0.96,
    `(?:your|ur) (?:\\w+ )?(?:${MAKER}|name|identity)(?= )|${TELL} (?:\\w+ ){0,3}?(?:your|ur) (?:\\w+ )?(?:name|${MAKER})`,
    `(?:who|what (?:person|company|organization|people|group|team|business|nation|country)|which (?:company|person|people)|by whom|whom|when|where|the (?:person|people|company|name)(?: of (?:who|the (?:person|company)))?(?: who| that)?) (?:\\w+ ){0,3}?${MADE} (?:you|your|${BOT})`,
    `(?:were|was|are) you (?:\\w+ ){0,2}?${MADE}|${MADE} you(?= $)|(?:you|u) (?:\\w+ ){0,3}?(?:work|report|answer) (?:for|to)(?: \\w+)?|who (?:do|are|did) you (?:\\w+ )?(?:work|working|report|serve|employed|created|consider)(?: \\w+)*`,
    "(?:what|how|which name) (?:\\w+ ){0,4}?(?:call|address|refer to|name) (?:you|ya)|what (?:can|should|may|do|would|could) i call (?:you|this)|(?:what|how) are you (?:called|named)|do you have a name|name (?:i )?(?:should|can|could|to) (?:\\w+ ){0,2}?(?:use|call)(?: \\w+)*|what do (?:they|people|others) call you",
    "(?:if|whether|that|say|think|believe|sure|guess|bet|assume|would|could|specify|admit|know) (?:that )?(?:you|u)(?: are| r)? (?:\\w+ ){0,3}?(?:human|bot|robot|machine|computer|ai|person|program|real)|you (?:are|r) (?:\\w+ ){0,3}?(?:bot|robot|machine|computer|human|ai)(?= )|(?:am i|is this) (?:\\w+ ){0,6}?(?:human|bot|robot|machine|computer|ai|person)|are you (?:\\w+ ){0,3}?(?:human|robot|bot|machine|computer|ai|person)|(?:human|person|bot|robot|computer|machine|ai) or (?:a |an )?(?:\\w+ )?(?:human|person|bot|robot|computer|machine|ai)|(?:bot|robot|machine|computer) are you",
  ),
  rule(
    "change_language",
    0.96,
    `(?:speak|talk|respond|reply|answer|write|converse|communicate|address me|responses?|say|text) (?:\\w+ ){0,5}?(?:in|using|only) ${TONGUE}|speak (?:to me )?(?:in )?${TONGUE}|(?:switch|change|convert|set|swap|adjust|replace|move|go|update|changing|switching) (?:\\w+ ){0,6}?(?:language|${TONGUE})|language (?:\\w+ ){0,5}?(?:to|is|be) (?:now )?${TONGUE}|(?:use|start using|want|know|understand|prefer|need) (?:the )?(?:language )?${TONGUE}(?= )`,
    `(?:speak|use|change|switch|set|choose|select|edit|need|want|make|different|another|other|new|preferred|spoken|response) (?:\\w+ ){0,2}?languages?(?! (?:barrier|interpreter))(?: \\w+)*|(?:translate|chat|speaking|using) (?:\\w+ ){0,3}?${TONGUE}`,
  ),
  rule(
    "affirm",
    0.8,
    "(?:that|this|it|which|what you (?:just )?said|the statement|answer) (?:is|would be|sounds|was|seems) (?:\\w+ )?(?:true|a yes|yes|right|correct|accurate|fact|factual|awesome|affirmative|fine|good|great|perfect|okay|ok|wonderful)(?! (?:person|name|number))|(?:very|so|totally|absolutely|completely) true|(?:say|answer is|a|saying|definite) yes|(?:you have |you )?got (?:it|that|all of that) right|i (?:agree|concur|accept)|(?:go|please go) (?:right )?ahead(?: \\w+){0,4}|(?:that|it|this) (?:one )?(?:suits|works|sounds|looks) (?:me |for me )?(?:well|good|great|fine|perfect)?|all (?:right|correct|good)|i confirm(?: \\w+){0,3}|(?:you are|ur) (?:right|correct)",
  ),
  rule(
    "negate",
    0.82,
    "(?:that|this|it|which|what you (?:just )?said|the statement|answer) (?:is|was|would be|sounds) (?:\\w+ )?(?:false|untrue|a no|a negative|no|inaccurate|incorrect|a lie|wrong|not (?:true|accurate|correct|right))|(?:say|answer is|a|saying|definite) no(?= (?:$|from|on|to|for))|(?:absolutely|definitely|certainly|of course|probably|i would|i think|i guess|i hope|it seems|seems) not|(?:will|have to|will have to|must) (?:pass|decline|refuse|say no)|no (?:chance|sir|maam|can do)|not (?:a chance|happening|true)|i (?:disagree|doubt it|refuse)|under no circumstances|(?:that|it) (?:does|will|is) not (?:seem|going to|work)(?: \\w+){0,3}|false",
  ),
  rule(
    "unsure",
    0.86,
    "(?:do|have|does) not (?:really |even )?(?:have (?:any|a|the) (?:idea|clue|information|knowledge|answer)|know)(?: \\w+){0,4}|(?:have not|do not have|not) (?:got )?(?:an?|the|any|that) (?:\\w+ )?(?:clue|idea|answer|information|foggiest|opinion)(?: \\w+){0,4}|(?:i )?have no (?:idea|clue|knowledge|information|opinion)(?: \\w+){0,4}|no clue|(?:it|that) (?:could|might|may) (?:\\w+ )?(?:be|go)(?: \\w+){0,3}|(?:could|might|may) be either(?: \\w+)*|either(?= (?:is )?possib\\w+)|possibly either(?: \\w+)*|(?:hmm |maybe )either(?: one)?(?= $)|torn(?: \\w+){0,4}|on the fence|i am (?:not (?:certain|positive|sure)|undecided|clueless|uncertain)(?: \\w+)*|beats me|who knows|(?:can|could) not (?:decide|say|tell|choose|answer|be sure)(?: \\w+){0,3}|it is (?:possible|unclear|uncertain)(?: \\w+)*|if i know|your guess is as good as mine",
  ),
  rule(
    "bye",
    0.86,
    "fare ?well|so long|adios|ciao|later(?: (?:then|thanks))?(?= $)|see (?:ya|you|u)(?: \\w+){0,2}(?= $)|catch (?:you|ya) (?:later|soon)|(?:i )?(?:have|got|need) to (?:go|run|leave|head out)(?: now)?(?= $)|(?:until|till) (?:next time|we meet again|later)|have a (?:good|great|nice|lovely|wonderful) (?:one|time|rest of \\w+ \\w+)|(?:nice|glad|good|great|lovely|pleasure|pleasant|fun|cool|wonderful|enjoyed|enjoyable) (?:\\w+ ){0,5}?(?:talk|talking|speak|speaking|chat|chatting|convers\\w+|meeting you|seeing you)(?: (?:to|with))?(?: you)?(?: \\w+){0,3}|good ?night",
  ),
  rule(
    "greet",
    0.85,
    "whats? up|bonjour|hola|what is (?:up|new|happening|going on)(?: \\w+){0,3}|how (?:is|are|has|have) (?:\\w+ )?(?:life|things|everything|your day|you|the day)(?: (?:doing|going|been|feeling|today|treating you|with you|holding up|right now|now|ai|these days))*(?= $)|how (?:do|are) you (?:feel|feeling|do|doing)(?: \\w+){0,2}(?= $)|how goes (?:it|everything)(?: \\w+)?|are you (?:okay|ok|well|alright)(?: right now| today)?(?= $)|long time no see|nice to (?:meet|see) you|pleased to meet you",
  ),
  rule(
    "thank",
    0.86,
    "(?:i )?(?:really |so |do )?appreciate(?:d)?(?: (?:the|what|all|it|that|your|you|very much|\\w+)){0,6}|(?:is|are|was) (?:\\w+ )?appreciated|much obliged|merci(?: beaucoup)?|gracias|(?:have|feel) (?:\\w+ )?gratitude(?: \\w+){0,4}|(?:been|were|are|is) (?:\\w+ ){0,2}?(?:great|big|huge|really|very|so|of) (?:help|helpful)(?: \\w+){0,2}|thanks? (?:you )?(?:so much |a lot |very much )?for (?:\\w+ ){0,2}?(?:help|helping|assistance|time|info|information|answer)(?: \\w+){0,3}",
  ),
  rule(
    "cancel_current",
    0.9,
    "(?:stop|quit|cease|end|terminate|discontinue|abandon|abort|kill|cancel|halt|finish|refrain from|do not (?:continue|complete|do|carry out|finish|proceed)) (?:\\w+ ){0,4}?(?:talking|speaking|conversation|command|task|job|action|process|operation|activity|what you are doing|doing that|current \\w+|now)|(?:do not|no need to) (?:talk|say|speak|continue|proceed)(?: \\w+){0,3}|(?:be|please be) (?:quiet|silent)|(?:can you|please|just) (?:stop|be quiet|hush|shut up|end|quit)(?= (?:please |now )?$)|shut up|halt|silence|that is enough(?: \\w+){0,5}|enough already|switch off|(?:how do i|can i) (?:\\w+ )?(?:make you|get you to) stop(?: \\w+)?",
  ),
  rule(
    "repeat",
    0.96,
    "(?:say|tell|run|state|go over|hear|know|have|ask|read|explain|mention|give|do)(?: (?:that|it|this|me|by|me that|the (?:last )?\\w+|what|you|said|please|just|to))* (?:again|over|once more|repeated|one more time|another time)|what (?:did|was|is|were|have)(?: it)? (?:you|that|the question|it)? ?(?:just |that )?(?:say|said|ask|asked|mention|mentioned|told|tell|you)(?: \\w+){0,3}|(?:what|whatever) (?:you |it is you )(?:just )?(?:said|asked|mentioned)(?= $)|be repeated|(?:the )?question again|was the question|(?:could|did|can) not (?:quite |really )?(?:hear|catch|understand|get|make out)(?: \\w+){0,4}|sorry what|sorry (?:come )?again|excuse me(?= $)|what(?= $)|still (?:here|there)(?= $)|(?:are )?you (?:still )?there(?= $)",
  ),
  rule(
    "help",
    0.85,
    "what (?:\\w+ ){0,3}?(?:can|could|do|are|should) (?:you|i) (?:\\w+ ){0,3}?(?:help|assist|do|ask|know|talk|answer|capable|able|familiar|offer|provide|good at)(?: \\w+)*|(?:what|which|types? of|the) (?:kinds? |sorts? |types? |range )?(?:of )?(?:subjects?|topics|things|questions|areas|services|stuff|subject areas|functions|abilities|skills|capabilities|areas of expertise) (?:\\w+ ){0,3}?(?:you|i|to ask)(?: \\w+)*|what (?:you|i) (?:can|should|could|might|may) (?:\\w+ ){0,2}?(?:ask|do|assist|help|answer)(?: \\w+)*|your (?:capabilities|abilities|functions|skills|expertise|purpose)|how (?:can|could|will|would|might|are) you (?:\\w+ ){0,2}?(?:help|assist|of help|be of)(?: \\w+)*",
  ),
  rule(
    "show_more",
    0.9,
    "(?:find|show|try|see|search|look|want|like|prefer|have|anyone|anybody|someone|somebody|who|any|what about|how about|maybe|is there|are there)(?: (?:for|me|to|find|see|someone|somebody|anyone|anybody|is|are|there|a|an|the|look|out|you|i))* (?:else|others?|another(?: (?:one|option|dentist|doctor|provider|place))?|other (?:\\w+ )?(?:dentists?|doctors?|options?|ones?|providers?|choices?|suggestions?)|different (?:dentist|doctor|provider|one|place))|(?:search|look|find|try|check) again|(?:show|go to|see|give me|go|pass|move)(?: me| on| to| forward| the)* next(?: (?:\\w+ )?(?:one|ones|options?|items?|page|set|results?))?|next (?:\\d+|two|three|few) (?:items?|options?|ones|results?)|(?:keep going|go on|go forward|continue|and (?:then|after that)|next)(?= $)|alternatives?",
  ),
  rule(
    "talk_to_human",
    0.9,
    "(?:need|want|get me|contact|reach|like|transfer me to|connect me (?:to|with)) (?:an? |the |some |your )?(?:real |live |actual |manual |human )*(?:person|human|agent|operator|representative|customer (?:service|support|care)|support)(?= (?:please |now )?$)",
  ),
  rule(
    "go_back",
    0.9,
    "(?:(?:go|get|going|take me|bring me) )?back (?:one|to (?:the )?(?:last|previous|prior)(?: \\w+)?)(?= $)|(?:please )?(?:return|get back)(?= $)",
  ),
  rule(
    "choose",
    0.85,
    "(?:like|want|prefer|take|choose|pick) the (?:first|second|third|fourth|last)(?: one| option)?(?= (?:please )?$)",
  ),
  rule(
    "book",
    0.62,
    "(?:visit|see|consult|meet) (?:a|the|my|this|that|with)? ?(?:\\w+ )?(?:dentist|doctor|orthodontist)",
  ),
  rule(
    "reschedule",
    0.92,
    "(?:update|change|move|shift|modify|edit|alter|delay|extend|push)(?: \\S+){1,7}? (?:appointments?|appts?|visits?|bookings?)",
  ),
];

const SPANISH: readonly Rule[] = [
  // "La del 14", "la de las 4", "a ver la 2": the article stands for one of what was offered.
  rule(
    "choose",
    0.86,
    "(?<=^ (?:a ver )?)(?:la|el) (?:del?|de las?) (?:\\S+ ){0,6}?\\S+(?= $)|(?<=^ (?:a ver )?)(?:la|el) (?:\\d|uno|una|dos|tres|cuatro|cinco)(?= (?:por favor )?$)",
  ),
  rule(
    "list_appointments",
    0.9,
    "(?:y )?(?:la|el) (?:mia|mio|nuestra|nuestro) (?:cuando|a que hora|que dia)(?: \\w+)?|cuando (?:es|era|seria|toca) (?:la|el) (?:mia|mio|nuestra)",
  ),
  rule(
    "show_more",
    0.9,
    "(?:mostrar|muestra(?:me)?|ver|ensenar|ensename|dame|ir a|pasar a|quiero) (?:\\w+ ){0,2}?(?:mas|siguientes?|proxim[oa]s?|otr[oa]s)(?: \\w+)?|(?:siguientes?|mas|seguir(?: adelante)?|adelante con los siguientes|continuar|continua|otros|otras)(?= $)",
  ),
  rule(
    "provide",
    0.8,
    "(?:es |seria |la cita es )?para (?:mi|mis|el|la|un|una|otra persona|alguien mas) ?(?:mism[oa]|solito|solita|mama|papa|madre|padre|hij[oa]s?|ti[oa]|herman[oa]|espos[oa]|abuel[oa]|niet[oa]|prim[oa]|marido|mujer|pareja|novi[oa]|sobrin[oa])?(?: \\w+)?(?= $)",
  ),
  rule(
    "cancel_current",
    0.86,
    "(?:cancelar|cancela|cancele|detener|deten|parar|anular|anula|olvida|abandonar)(?: (?:todo|eso|esto|la (?:operacion|accion|tarea|solicitud)|el proceso|ya|por favor))*(?= $)",
  ),
  rule(
    "go_back",
    0.92,
    "(?:volver|regresar|ir|vuelve|regresa|retroceder|pasar)(?: \\w+){0,3}? (?:atras|al? anterior(?:es)?|anteriores?|al? previ[oa])|(?:anterior|anteriores|previo|atras)(?= $)",
  ),
  rule(
    "ask_if_bot",
    0.95,
    "(?:quien|como) (?:te|lo|la) (?:hizo|creo|programo|diseno|llamas|llaman)|cual es tu nombre|eres (?:\\w+ ){0,2}?(?:humano|humana|persona|robot|bot|maquina|real)|con quien (?:hablo|estoy hablando|tengo el gusto)",
  ),
  rule(
    "talk_to_human",
    0.92,
    "(?:hablar|comunic\\w+|contact\\w+|conectar\\w*|conectame|pasame|llamar|poner\\w*) (?:\\w+ ){0,3}?(?:atencion al cliente|servicio al cliente|soporte|ser humano|humano|persona|alguien|asesor|agente|operador)(?: \\w+)?",
  ),
];

const ARABIC: readonly Rule[] = [
  arabicRule(
    "talk_to_human",
    0.96,
    "(?:ابي|ابغي|ابغا|ابغى|اريد|بدي|عايز|عاوز|عاوزه|ودي|ممكن|حاب|احب)? ?(?:ا|ن)?(?:كلم|حكي|تكلم|تحدث|تواصل|راسل) (?:مع |وي |ويا )?(?:ال)?(?:موظف|موظفه|موظفين|شخص|انسان|احد|حد|بشر|مسوول|مدير|سكرتيره|استقبال|ممثل|خدمه العملاء)(?: \\S+)?",
  ),
  arabicRule(
    "ask_availability",
    0.97,
    "(?:عندكم|عندك|لديكم|في|فيه|يوجد|متوفر|متاح) (?:\\S+ )?(?:وقت|موعد|مواعيد|اوقات|ساعه)(?: \\S+)? (?:متاخر|متاخره|ابكر|بدري|اقرب|ثاني|اخر)(?: \\S+)?",
  ),
  arabicRule(
    "affirm",
    0.85,
    "(?:هذا|هاد|كلامك|كلامه) (?:صحيح|صح|مضبوط)|نعم (?:بالتاكيد|اكيد|طبعا)|(?:لا )?(?:مشكله|بأس|باس) (?:عندي|لدي)|(?:انا )?(?:موافق|اوافق)(?:ه)?(?: \\S+)?",
  ),
  arabicRule(
    "negate",
    0.85,
    "(?:هذا|هاد)? ?(?:ليس|مو|مش|غير) (?:صحيحا?|صح|مضبوط)|لا (?:اوافق|اعتقد|اظن|ارغب)(?: \\S+)?",
  ),
  arabicRule(
    "bye",
    0.9,
    "مع السلامه|وداعا|الي اللقاء|باي(?: باي)?|سلام(?= $)|تصبح(?:ون)? علي خير|(?:في امان|بامان) الله|اشوفك(?:م)?(?: \\S+)?",
  ),
];

export const TALK: Record<Language, readonly Rule[]> = { en: ENGLISH, es: SPANISH, ar: ARABIC };
