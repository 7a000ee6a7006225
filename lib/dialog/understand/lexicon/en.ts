import { rule, type Rule } from "@/lib/dialog/understand/pattern";

/** What English messages do. Confidence is how plainly the words say it; context weighs in later. */

const VISIT =
  "(?:appointments?|visits?|bookings?|reservations?|consultations?|consults?|check ?ups?|cleanings?|slots?|openings?|spots?)";
const MY = "(?:my|our|the|this|that|his|her|their|an|a|tomorrow|todays?|tomorrows)";
const BE_ABLE =
  "(?:can|could|may|might|would|will|is it possible (?:for me )?to|i want to|i need to|i would like to|i have to|i got to|want to|need to|like to|have to|able to|how do i|please|lets|trying to|hoping to|wish to)";
const DENTIST =
  "(?:dentists?|orthodontists?|hygienists?|periodontists?|endodontists?|oral surgeons?|dental surgeons?|specialists?|doctors?|providers?|pediatric dentists?)";
const MOUTH =
  "(?:tooth|teeth|molars?|gums?|jaw|mouth|wisdom (?:tooth|teeth)|tongue|cheek|crown|filling|implant|braces|root)";
const HURT =
  "(?:hurts?|hurting|pains?|painful|ache|aches|aching|achy|sore|sensitive|throbb?(?:ing|s)?|killing me|tender|numb|bothering me|bleeding|bleeds?|swollen|swelling|swells|infected|infection|broke|broken|chipped|cracked|loose|wobbly|fell (?:out|off)|came (?:out|off|loose)|falling out|decay\\w*|rotten|black|stings?|abscess)";

export const ENGLISH: readonly Rule[] = [
  // Visits
  rule(
    "book",
    0.9,
    `(?:book|schedule|make|set up|setup|arrange|reserve|set) (?:\\w+ ){0,4}?(?:an?|another|some|one|in an?|me an?|us an?|new) (?:\\w+ ){0,3}?${VISIT}`,
    "(?:bring|brought|bringing) (?:in )?(?:my|our) (?:\\w+ )?(?:son|daughter|kids?|child|children|husband|wife|mom|dad|mother|father|family)(?: in)?(?: (?:for|to|at|on|in))",
    "(?:need|want|get|book|make|schedule|like|request) (?:new |dental |dentist )?appointments?",
    `(?:want|need|like|get|request|(?<!(?:i|we|already|still) )have|looking for|make|book|schedule) (?:an?|another|to get an?|to have an?|to make an?|for an?) (?:\\w+ ){0,3}?(?:appointment|visit|slot)(?! (?:card|reminder|time is))`,
    `${BE_ABLE} (?:i |we |you )?(?:book|schedule|come in|come by|come see|be seen|get in|make (?:an )?(?:appointment|booking)|squeeze me in|fit me in|sign up)(?! (?:it|that|this) )`,
    "(?:book|schedule|sign|put|pencil|squeeze|fit|get) (?:me|us|him|her|my (?:son|daughter|kid|kids|wife|husband|mom|dad|mother|father)) (?:in|for|with|on|down|up|at)",
    "(?:want|need|like|would like|wanting) to (?:book|schedule|reserve|come in|be seen|see (?:the|a|an|my|dr|doctor|someone))(?! if)",
    `(?:see|seen by|visit) (?:a|the|my|an|your) (?:\\w+ )?${DENTIST} (?:for|about|on|this|next|tomorrow|today|asap)`,
    "(?:can|could|may) (?:i|we) (?:see|meet with) (?:someone|somebody|a|the|dr|doctor)(?: \\w+)?|new appointment|(?:i am )?(?:due|overdue) for (?:a |my )?(?:cleaning|check ?up|visit)|have not been (?:to|in|seen)(?: \\w+){0,6}",
  ),
  rule(
    "book",
    0.75,
    `book (?:it|that|this|now|please|me|us|online|another|one)|schedule (?:it|that|one|please)|an? appointment (?:please|for|with|on|at|tomorrow|today|next|this)|appointment (?:please|for|with|request)|(?:reserve|lock in) (?:it|that|the)`,
    "book|booking|schedule|appointment please",
  ),
  rule("book", 0.6, "(?:i am )?(?:a )?new patient(?! (?:forms?|paperwork|special))"),
  rule("book", 0.5, "appointments?"),
  rule("reschedule", 0.95, "re ?schedul\\w*|rebook(?:ing)?|re book|re arrange|rearrange|postpone\\w*"),
  rule(
    "reschedule",
    0.9,
    `(?:move|change|switch|shift|push|adjust|swap|modify|bump) ${MY} (?:\\w+ ){0,3}?(?:${VISIT}|one|time|date|day)(?! (?:reminders?|address))|(?:change|move|switch) (?:appointments?|times?|dates?|days?)`,
    "(?:move|change|switch|shift|push|bump|bring) (?:it|that|this|mine|me|us|him|her|things) (?:to|back|up|forward|from|for|until|over|out|a)",
    "(?:need|want|like|have|possible|how do i|can i|could i|can we|can you|could you|please|trying) (?:to )?(?:change|move|switch|push) (?:it|that|them|mine)|(?:change|switch) (?:my|the) (?:dentist|doctor|provider|hygienist)",
    "(?:push|move|bring) (?:back|up|forward|out) (?:my|the|our)",
    "(?:different|another|new|other|better|later|earlier) (?:day|time|date|slot) (?:for|than) (?:my|the|our) (?:\\w+ ){0,2}?(?:appointment|visit)",
    "(?:come|go) (?:in )?(?:another|a different) (?:day|time) instead|(?:pick|choose|find) (?:another|a different|a new) (?:day|time|date)",
  ),
  rule(
    "reschedule",
    0.6,
    "(?:can not|not able to|unable to|will not be able to|not going to|will not) (?:make|come|attend|be there|get there|keep|do)(?: \\w+){0,4}|something came up|i am sick and",
  ),
  rule(
    "cancel",
    0.9,
    `(?:cancel(?:l?ed|l?ing)?|delete|drop|scrap|call off) (?:\\w+ ){0,4}?${VISIT}|(?:cancel(?:l?ing)?|call off) (?:\\w+ ){0,2}?(?:it|mine|tomorrow|everything|all|both|them|the one|coming in)`,
    "cancel(?:l?ing)? (?:my|our|the|for|on|his|her) (?!request|booking process|process|conversation|chat)\\w+|(?:do not|no longer) need (?:my|the|that|this|an) (?:\\w+ ){0,2}?(?:appointment|visit|slot)(?: anymore)?|take me off the (?:schedule|calendar|books?)|(?:want|need|get|have|please) my appointment cancell?ed|free up my (?:slot|spot|time)",
  ),
  rule(
    "cancel",
    0.7,
    "(?<!(?:appointment|visit|booking|been|it) )cancel(?:ling|ing|lation|ed|led|s)?(?! (?:policy|policies|fee|fees|list|charge|notice))|(?:will not|not) be (?:coming|attending|there|able to come)(?: \\w+){0,3}|not coming",
  ),
  rule("cancel", 0.5, "(?:can not|unable to) (?:make|come|attend)(?: \\w+){0,3}"),
  rule(
    "confirm",
    0.9,
    `(?:confirm\\w*|keep|keeping) (?:${MY} )?(?:\\w+ ){0,2}?(?:${VISIT}|time|attendance|it|for (?:tomorrow|today|\\w+day))|(?:i|we) will be there|see (?:you|ya|u) (?:then|there|tomorrow|at|on|soon)|i am (?:still )?coming|we are (?:still )?coming|still (?:on|good|coming) for|count me in|i can make it|i will make it|looking forward to it`,
  ),
  rule(
    "list_appointments",
    0.9,
    `(?:when|what time|what day|what date|at what time|which day|where) (?:is|was|are|s|do i have|did i|am i) (?:\\w+ ){0,3}?(?:my|our|the|his|her|their|an|any) (?:\\w+ ){0,3}?${VISIT}`,
    `(?:when|what time|what day) (?:am i|are we|do i|do we|is he|is she|did we|was i) (?:\\w+ ){0,2}?(?:coming|come in|booked|scheduled|supposed|due|see|have|in|seeing)(?: \\w+){0,3}`,
    `(?:do|did) (?:i|we) (?:still |already )?have (?:any|an|a|another) (?:\\w+ ){0,3}?(?:${VISIT}|anything booked|coming up)`,
    `(?:check|see|view|show|list|look up|find|verify|tell|remind|know|look at|double check|what are|pull up) (?:me |us |of |about |what |when )*(?:my|our|all my|the date of my|any) (?:\\w+ ){0,2}?${VISIT}(?: \\w+)?`,
    "(?:my|any) (?:upcoming|next|future|scheduled|existing|current) (?:appointments?|visits?|bookings?)|appointment details|(?:was|is|has|did|were) (?:my|our|the) (?:\\w+ )?(?:appointment|visit|booking)s? (?:\\w+ ){0,2}?(?:cancell?ed|confirmed|moved|changed|scheduled|booked|on|still|canceled)|(?:forgot|forget|not remember|lost track of|remember|not sure|unsure) (?:when|what (?:time|day)|which day)(?: \\w+){0,4}|(?:am i|are we) (?:still )?(?:booked|scheduled|confirmed|on the (?:books|schedule))|what appointments? (?:do|have) i|who (?:is|am) (?:my|i) (?:appointment|seeing|booked)(?: \\w+){0,3}",
  ),
  rule(
    "running_late",
    0.95,
    "running (?:\\w+ )?(?:late|behind)|(?:be|am|are|is|arrive|arriving|get there|been) (?:\\w+ ){0,4}?(?:late|delayed)(?! (?:morning|afternoon|evening))|late for (?:my|the|our)|(?:stuck|sitting|caught) in (?:\\w+ )?traffic|traffic is|on (?:my|our) way|be there in (?:about |like )?(?:\\d+|five|ten|fifteen|twenty|a few|half)|(?:\\d+|five|ten|fifteen|twenty|few|couple) (?:minutes? )?(?:more )?(?:minutes? )?(?:late|behind|away)|car (?:broke down|trouble)|missed (?:my|the) (?:bus|train)",
  ),
  rule(
    "ask_availability",
    0.85,
    "(?:what|which|any|do you have|have you got|got|is there|are there|see if you have|have|anything) (?:\\w+ ){0,5}?(?:available|availability|availabilities|open|openings?|free|slots?|times?|spots?|appointments?)(?= (?:\\w+ ){0,8}$)",
    "(?:do you|you guys|you) have (?:anything|something|any(?: \\w+)?|space|room|time|an opening|openings|a slot|a spot)(?: \\w+){0,5}|(?:what|which) (?:days|times|hours|slots|dates)(?: \\w+){0,5}|when (?:can|could|would|is|are|do|does) (?:i|we|you|the|your|dr|doctor|he|she|they) (?:\\w+ ){0,4}?(?:come in|available|availability|free|next|see me|open slot|opening|get in|in|fit me in|earliest|soonest|be seen)",
    "(?:what|when) (?:is|s) (?:the|your) (?:\\w+ )?(?:next|earliest|soonest|first|availability|available)(?: \\w+){0,3}|(?:is|are) (?:\\w+ ){1,4}?(?:available|free|taken)(?= )|any (?:openings?|availability|slots?|spots?|chance (?:of|for))|next (?:available|opening)|availability|openings?|see (?:what|which) (?:times|days)(?: \\w+){0,4}|what do you have|what have you got|how (?:soon|early|late) can|(?:is|was) there (?:anything|something|any)(?: \\w+)?|first available",
  ),
  rule(
    "waitlist",
    0.95,
    "wait ?(?:ing)? ?list(?:ed)?|cancell?ation list|(?:let|tell|text|call|notify|ping|message) me (?:know )?(?:if|when|as soon as|in case) (?:\\w+ ){0,5}?(?:opens?|cancels?|available|frees? up|cancell?ations?|earlier|sooner|comes up|drops?)|if (?:anyone|someone|somebody|anything|something|a spot|a slot|there is a) (?:\\w+ ){0,3}?(?:cancels?|opens?|cancell?ation|comes up|frees?)(?: \\w+)?",
  ),
  rule(
    "find_provider",
    0.85,
    `(?:find|looking for|look for|recommend|search for|search|know of|suggest|need|want|help me find) (?:\\w+ ){0,2}?(?:a|an|some|any|another|good|new) (?:\\w+ ){0,4}?${DENTIST}`,
    `(?:which|what|who are (?:the|your)|list of|any) (?:\\w+ ){0,2}?(?:${DENTIST})(?! (?:is|for) my)(?= )|who (?:does|do you have for|is your|are your|can do|works|handles)(?: \\w+){1,3}|(?:different|another|other|new) (?:dentist|doctor|provider|hygienist)|do you have (?:a|an|any|female|male) (?:\\w+ ){0,2}?${DENTIST}`,
  ),

  // Questions
  rule(
    "ask_price",
    0.9,
    "how much(?! (?:time|longer|pain))(?: \\w+)?|(?:what|which) (?:\\w+ ){0,3}?(?:prices?|costs?|fees?|rates?|charges?|pricing)|(?:price|cost|fee|pricing|rate)s? (?:of|for|list|range|estimate|on)|(?:what|how) (?:does|do|would|will|is|are) (?:\\w+ ){0,5}?(?:cost|charge|run me|price|priced)|pricing|prices?|costs?|(?:how )?(?:expensive|pricey)|any (?:discounts?|specials?|deals?|promotions?)|(?:a )?(?:quote|estimate) for|is (?:it|the \\w+|a \\w+) free|free (?:consultation|exam)",
  ),
  rule(
    "ask_hours_location",
    0.9,
    "(?:what|when) (?:time|hours|days)? ?(?:do|does|are|is) (?:you|the|your|yall|you guys|you all) (?:\\w+ ){0,3}?(?:open|close|closed|opening|closing|hours)|what time do you (?:open|close|start|finish)|(?:opening|business|office|working|clinic|closing|holiday|weekend|your) hours|hours of operation|what are (?:your|the) hours|are you (?:guys )?(?:still )?(?:open|closed)(?: \\w+){0,3}|(?:do you|you) open (?:on|at|late|early)|how late are you|open (?:on )?(?:weekends?|saturdays?|sundays?|holidays?)|when do you (?:open|close)|closing time|hours",
    "where (?:are|is|s) (?:you|your|the|it|u|this|yall)(?: \\w+){0,3}|where (?:do|should|can) i (?:go|come|find you)|(?:what|whats) (?:is )?(?:your|the) (?:\\w+ )?(?:address|location)|(?:your|the|office|clinic|full) (?:address|location)|address|directions|how (?:do|can) i get (?:there|to (?:you|the|your))|located|location|send (?:me )?(?:a |the )?(?:pin|map|location|address)|which (?:street|floor|building|suite|city)|nearest (?:station|subway|bus)",
  ),
  rule(
    "ask_question",
    0.85,
    "(?:take|accept|covered? by|work with|in network with|have) (?:\\w+ ){0,3}?(?:insurances?|medicaid|medicare|delta|cigna|aetna|metlife|guardian|blue cross|humana|ppo|hmo|carecredit|credit cards?|cash|apple pay|payment plans?|financing|installments?)|(?:dental )?insurances?|payment plans?|financing|pay (?:in|with|by|monthly|later|online|cash)|in network|out of network",
    "(?:where|place) (?:do|can|should|to|could) (?:i |we )?park|parking|park(?:ing)? (?:lot|garage|spot)s?|wheelchair|accessible|elevator|wifi|restrooms?",
    "do(?:es)? (?!not )(?:it|the \\w+|a \\w+|\\w+) (?:hurt|take long|last|work|bleed)|is (?:it|the \\w+|a \\w+|\\w+ \\w+|that) (?:safe|painful|painless|necessary|normal|permanent|dangerous|bad|ok|okay|worth it|covered)|how long (?:does|do|will|is|would|should|until|after|before|can)(?: \\w+)*|how often|can i (?:eat|drink|smoke|drive|brush|take|use|bring|pay|get a|still)(?: \\w+)*|should i (?:eat|brush|bring|take|stop|avoid|be|arrive|come|wear)(?: \\w+)*|what (?:should|do) i (?:bring|need to bring|wear|eat|do before|do after|need)(?: \\w+)*|what (?:is|are) (?:a|an|the|your) (?:\\w+ ){0,2}?(?:difference|procedure|policy|process|crown|veneers?|implants?|root canal|deep cleaning|invisalign|cancellation policy|phone|number|email|website|rating|reviews?)(?: \\w+)*",
    "do (?:you|yall|you guys|they) (?:\\w+ )?(?:do|offer|provide|have|treat|see|take|accept|use|perform|carry|sell|speak|validate|give|work on|handle|require|place|make)(?: \\w+)*|(?:is|are) (?:there|you|your|the|dr|doctor) (?:\\w+ ){0,5}?(?:offered|covered|sedation|parking|kids?|children|accepting|taking new|new patients|certified|licensed|good with)(?: \\w+)*|(?:phone number|email address|e mail|website|web site|your number|phone|reviews?|ratings?)|is (?:dr|doctor) \\w+ (?:any )?(?:good|nice|gentle|experienced|great)|who is (?:dr|doctor|this dr)(?: \\w+)?|tell me about(?: \\w+)?|(?:can|could) you (?:tell me|explain|send me|give me)(?: \\w+)*|i have a question|question (?:about|for|regarding)|(?:wondering|curious|want to know|like to know) (?:if|about|whether|how|what)(?: \\w+)*|are you (?:accepting|taking) new",
  ),

  rule(
    "ask_question",
    0.6,
    "(?:my|the|a|an|any) (?:\\w+ )?(?:bill|invoice|balance|receipt|statement|prescription|medication|results|records|referral|paperwork|x ?rays)|forms?|owe",
  ),

  // People
  rule(
    "talk_to_human",
    0.95,
    "(?:talk|speak|chat|connect|transfer|put|get|pass|reach|switch) (?:me |us )?(?:directly )?(?:to|with|through to|on with)? ?(?:to |with )?(?:a|an|the|some|your|any|another|actual|real|one of your)? ?(?:actual |real |live |human |front desk |office |clinic )*(?:human|person|someone|somebody|agent|receptionist|staff|representative|rep|operator|manager|people|anyone|anybody|team|front desk|reception|customer service|supervisor|assistant|employee|secretary|human being|office)(?: \\w+)?",
    "(?<!(?:a|to) )(?:real|live|actual) (?:person|human|people|agent)(?: please)?|(?<!(?:a|to|you|real|live|actual) )human(?: please)?|representative|receptionist|front desk please|(?:please )?(?:call|phone|ring) me(?: back)?(?! (?:if|when|by my))|(?:can|could|have|will) (?:someone|somebody|anyone|you|the (?:office|front desk|dentist|doctor)) (?:please )?(?:call|phone|ring|contact|help) (?:me|us)(?: \\w+)?|(?:give|get) me (?:a call|someone)|not (?:a|talk(?:ing)? to a|speak to a) (?:bot|robot|machine)|stop (?:the )?bot|(?:talk|speak) (?:to|with) (?:the |my )?(?:dr|doctor|dentist)(?= )",
  ),
  rule(
    "complaint",
    0.9,
    "complain(?:t|ts|ing)?|unacceptable|terrible|horrible|awful|worst|ridiculous|disgusting|disgraceful|rude(?:ly)?|unprofessional|incompetent|disappointed|disappointing|(?:very|so|really|extremely) (?:upset|unhappy|frustrated|angry|mad|annoyed)|frustrat(?:ed|ing)|furious|pissed(?: off)?|fed up|sick (?:of|and tired)|waste of (?:time|my time|money)|want (?:a |my )?(?:refund|money back)|refund|overcharged|charged (?:me )?(?:twice|too much|wrong)|sue you|lawyer|bad (?:experience|service|review)|(?:no one|nobody) (?:called|answers?|responds?|replied|helped|picks up)|waited (?:for )?(?:over |more than )?(?:\\w+ )?(?:hours?|forever)|(?:this|you|it) (?:is|are) (?:useless|a joke|stupid|garbage|trash|so bad)|you suck|wtf|what the (?:hell|fuck|heck)|botched|not happy|unhappy with|scam",
  ),
  rule(
    "ask_if_bot",
    0.95,
    "(?:are|r) (?:you|u|this|we talking to) (?:even |just |like )?(?:a |an |the )?(?:real|human|bot|robot|ai|machine|person|computer|automated|chatbot|artificial|virtual|actual|alive|siri|chatgpt|gpt)(?: \\w+)?|(?:am i|are we) (?:\\w+ )?(?:talking|speaking|chatting|texting|messaging)(?: \\w+){0,5}|who (?:are you|is this|am i|r u|u)|whos this|is (?:this|it|that) (?:a |an |the )?(?:\\w+ )?(?:bot|robot|real|ai|automated|human|computer|machine|chatbot|person|auto ?(?:reply|response))(?: \\w+)?|what are you|you a (?:bot|robot|human)|whats your name|what is your name",
  ),
  rule(
    "change_language",
    0.95,
    "(?:in|speak|switch to|write in|talk in|prefer|use|continue in|change (?:the )?(?:language )?to|reply in|respond in|answer in|text me in) (?:english|spanish|arabic|espanol|french|chinese|mandarin|portuguese|russian|hindi|urdu|korean|vietnamese|tagalog|german|arab|farsi)|(?:english|spanish|arabic|espanol|arabe) (?:please|only|version)|do you (?:speak|talk|understand) (?:english|spanish|arabic|french|chinese|russian|\\w+ish|\\w+ese)|change (?:the |my )?language|(?:no|do not (?:speak|understand)) (?:english|spanish|arabic)",
  ),

  // Moves of the talk
  rule(
    "unsure",
    0.8,
    "maybe|perhaps|not (?:really |quite |entirely |too )?sure(?: \\w+)?|unsure|(?:i )?do not know(?: yet)?|no idea|(?:let me|need to|have to|got to|will|going to) (?:think|check|see|ask|look at|talk to my|confirm with)(?: \\w+){0,5}|possibly|i guess|hard to say|undecided|not certain|depends|have not decided|might|hold on|hang on|(?<=^ )wait(?: please)?(?= $)|one (?:sec|second|moment|minute)(?: please)?|(?:give me|just) (?:a|one) (?:sec|second|minute|moment)|we will see|get back to you|i will (?:call|text|message|let)(?: you)?(?: know)?(?: back)?(?: later)?|let you know",
  ),
  rule(
    "show_more",
    0.85,
    "(?:show|see|give|send|any|got|have|what|are there|view|more|other|few more|some) (?:me )?(?:more|other|another|different|additional|few more|some more|else)(?: \\w+)?|more (?:options|times|slots|choices|please|dates|days)|(?:other|different|another|more|additional|alternative|new) (?:options?|times?|days?|slots?|choices|dates?|ones?|hours|availability)|(?:anything|something) (?:else|different|later|earlier|sooner|after that|before that)|what else|next (?:ones|options|page)|(?<!(?:no|any|once|one|me) )more(?= $)|(?:too|bit too) (?:early|late|soon|far)|(?:a )?(?:bit|little) (?:later|earlier|sooner)|keep going",
  ),
  rule(
    "none_of_these",
    0.9,
    "nothing (?:\\w+ )?(?:works|suits|fits)|none (?:of (?:these|those|them|the above|the options|your)(?: \\w+){0,3}|work(?:s)?|are good|suits?|fit)|none|neither(?: \\w+)?|(?:these|those|they|any of (?:these|those|them)) (?:times |options |days |dates )?(?:do|does|will|would) not (?:work|suit|fit)(?: \\w+){0,2}|(?:do|can|does) not (?:like|do|want|make|work for) any(?: of (?:these|those|them))?|not (?:any of|one of) (?:these|those|them)|i can not (?:do|make) (?:any|those|these|either)(?: \\w+){0,3}|no(?:t)? (?:good )?(?:times|options) work",
  ),
  rule("negate", 0.8, "not (?:that|this) (?:day|time|one|date)"),
  rule(
    "no_preference",
    0.85,
    "(?:do|does) not (?:mind|care|matter(?: to me)?)(?: who| which| when| either)?|no (?:preference|particular|specific)(?: \\w+)?|either(?: one| of (?:them|those|these|the \\w+))?(?: (?:is|works|will|would)(?: \\w+)?)?|any (?:one|of (?:them|those|these|the \\w+))(?: (?:is|works|will|would|are|do)(?: \\w+)?)?|any(?= $)|whichever(?: \\w+){0,3}|whatever(?: \\w+){0,3}|whenever(?: \\w+){0,3}|whoever(?: \\w+){0,3}|(?<=^ )(?:anyone|anybody)(?: please)?(?= $)|(?:anyone|anybody) (?:is|works|will|would|who|you|that|available)(?: \\w+){0,2}|with (?:anyone|anybody)|any (?:dentist|doctor|provider|time|day|of them|hygienist|slot|one)(?: \\w+){0,2}|it does not matter|up to you|you (?:choose|pick|decide)|surprise me|(?:i am |we are |am )(?:\\w+ )?(?:flexible|open|easy|free)(?: \\w+){0,2}|flexible|first available|no preferences|not picky|all good with me|anytime(?: \\w+){0,2}|all (?:the )?same(?: to me)?|any (?:is|works)",
  ),
  rule(
    "correct",
    0.85,
    "i (?:meant|mean|said)(?! (?:yes|no)$)|no wait|wait no|(?<=^ )wait(?= )(?! $)|scratch that|correction|(?:that is|thats|that was) (?:not (?:right|correct|what i (?:said|meant|asked)|my \\w+|me)|wrong|incorrect)|(?:wrong|incorrect) (?:day|time|date|name|service|person|doctor|dentist|one|patient|appointment)|(?<!(?:not|can|will|could|to|ever|never) )(?:make|change|switch) (?:it|that|this)|not (?:\\w+ ){1,3}?but|instead(?: of)?|actually|typo|misspelled|i misspoke|sorry (?:i meant|not|no)|or rather",
  ),
  rule(
    "cancel_current",
    0.85,
    "never ?mind|nvm|forget (?:it|about it|that|this)|leave it|do not bother|(?:lets )?stop (?:here|this booking|the booking|booking)|do not (?:book|schedule|do|want) (?:it|that|anything|this)|(?:cancel|abort|drop|exit) (?:this|that|the) (?:request|booking|process|conversation|chat)|abort|exit|skip it|changed my mind|not (?:anymore|any more)|another time then|i will (?:do|book) it later|cancel that",
  ),
  rule(
    "go_back",
    0.9,
    "go back(?: \\w+){0,3}|(?:one )?step back|(?<=^ )back(?: please)?(?= $)|previous(?: \\w+)?|undo(?: that)?|return to (?:the )?(?:previous|last)(?: \\w+)?|take me back|back up",
  ),
  rule(
    "restart",
    0.95,
    "start (?:all )?(?:over|again|afresh|from scratch|fresh)|(?:from|back to) (?:the )?(?:beginning|start|top|scratch)|restart|reset|begin again|main menu|menu|new conversation|redo everything",
  ),
  rule(
    "repeat",
    0.95,
    "(?:say|tell me|send) (?:that|it|this|them|those|me that) (?:again|once more|one more time)|come again|(?:can|could|would|please) (?:you )?(?:please )?(?:repeat|resend)(?: \\w+){0,4}|repeat(?: (?:that|it|please|the \\w+))?|resend(?: \\w+){0,2}|what (?:did you say|was that|were (?:the|my|those) (?:\\w+ )?(?:options|times|choices))(?: \\w+)?|pardon(?: me)?|(?:did|do) not (?:catch|get|understand|hear|follow|see)(?: \\w+){0,4}|huh|what (?:time|day|date) (?:was (?:it|that)|again)|come again|what do you mean|excuse me what|i am confused|once more|one more time",
  ),
  rule(
    "greet",
    0.8,
    "hi|hello|hey|heya|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|hi there|hello there|hey there|yo|whats up|sup|how are you(?: \\w+)?|how is it going",
  ),
  rule(
    "thank",
    0.8,
    "thanks?(?: (?:so much|a lot|a bunch|again|very much|you))?|thank you(?: (?:so much|very much|again|kindly))?|much appreciated|appreciate (?:it|that|you|your)(?: \\w+)?|thankful|grateful|cheers|🙏",
  ),
  rule(
    "bye",
    0.85,
    "bye(?: bye)?|goodbye|good bye|see (?:you|ya)(?: (?:later|around))?|later gator|take care|have a (?:good|great|nice|lovely|wonderful|blessed) (?:day|one|evening|weekend|night|afternoon|week)|good night|talk (?:to you )?(?:later|soon)|ttyl|cya|that is (?:all|it|everything)(?: \\w+){0,3}|nothing else|i am (?:all set|good|done)|(?:we are|all) (?:all )?(?:set|good|done)|no more questions",
  ),
  rule(
    "help",
    0.7,
    "(?:can|could|will) you help(?: me| us)?|(?:i )?need (?:some |your )?help|help me|please help|how (?:does|do) (?:this|it|i use this) work|what can (?:you|i) (?:do|ask|say)(?: \\w+)?|what (?:are my options|do i do|should i say)|instructions|help",
  ),

  // Mouths
  rule(
    "symptom",
    0.85,
    "tooth ?aches?|teeth ache|dental pain|mouth pain|gum pain|jaw pain|cavit(?:y|ies)|abscess(?:ed)?|gingivitis|bad breath|dry socket|canker sores?|bleeding gums|swollen gums?|gum disease|grind(?:ing)? my teeth|clenching",
    `${MOUTH} (?:\\w+ ){0,5}?${HURT}`,
    `${HURT} (?:\\w+ ){0,4}?${MOUTH}`,
    "(?:in|having|have|got|a lot of|so much|severe|sharp|terrible|bad|some|constant|lots of|feel|feeling|really bad) (?:\\w+ )?(?:pain|ache|toothache|discomfort|sensitivity)|(?:it|this|that) (?:really |still |just |kind of )?(?:hurts|aches|is killing me|throbs)(?: \\w+)?|hurts? (?:when|to|so|a lot|really|bad|like)(?: \\w+)?|pain (?:when|in|is|keeps|after)|sensitive to (?:cold|hot|sweets?)|swollen (?:face|cheek|jaw|lip)|(?:face|cheek|lip) (?:\\w+ )?(?:is |looks )?(?:swollen|swelling|puffy)|lost (?:a|my) (?:filling|crown|cap|veneer|bracket|retainer)|(?:wire|bracket|retainer|crown|filling|veneer|denture|aligner) (?:\\w+ ){0,3}?(?:poking|broke|broken|fell|came|loose|cracked|lost|popped)(?: \\w+)?|broke (?:my|a) (?:\\w+ )?(?:tooth|crown|retainer|denture|bracket|filling)|(?:bad|allergic) reaction|infection|pus|bump on my gum",
  ),
  rule(
    "decline_service",
    0.9,
    "not interested(?: \\w+){0,3}|no (?:longer )?interest(?:ed)?|already (?:have|see|saw|go to|found|use|got) (?:a|an|another|my|my own) (?:\\w+ )?dentist|(?:have|found|switched to|going to|go to|see) (?:another|my own|a new|a different) dentist|(?:i|we) have a dentist|(?:i|we) (?:have )?moved (?:away|out|to)(?: \\w+){0,3}|do not (?:need|want) (?:it|one|a cleaning|any|this|that|your services?|an appointment|to come)(?: (?:right now|anymore|at this time|thanks))?|not at this time|maybe (?:next year|another time|some other time)|(?<=^ )pass(?= $)",
  ),
  rule(
    "out_of_scope",
    0.8,
    "weather|(?:tell|know) (?:me )?a joke|super bowl|crypto|bitcoin|stocks?|lottery|recipes?|president|election|politics|movies?|song|sing|poem|essay|homework|write (?:me )?(?:a|an|some) (?:\\w+ )?(?:poem|essay|code|story|song|program|script)|capital of|translate|pizza|flight|hotel|uber|netflix|math|horoscope|meaning of life|ignore (?:your|all|the|any|previous|my)(?: \\w+){0,3} (?:rules|instructions|prompts?)|system prompt|your (?:instructions|prompt|rules)|pretend (?:to be|you)|you are now|jailbreak|marry me|i love you|dating|iphone|car insurance|oil change|haircut",
  ),
];
