"""What kinds of thing a message can ask, and the phrases that tell them apart."""

from __future__ import annotations

import re

_PHRASES: dict[str, tuple[str, ...]] = {
    "meta": (
        r"\b(ignore|forget|disregard) (all |your |the |any )*(previous|above|earlier|prior)? ?(instructions?|prompts?|rules)\b",
        r"\b(system prompt|language model|chat ?gpt|chatbot|openai|role ?play|simulat\w*)\b",
        r"\byour (prompt|programming|instructions|persona|(hidden )?state)\b|\btrust (score|level|value)\b|\bhidden facts?\b",
        r"\bare you (?:even |actually |really |just )*(an? )?(ai|robot|bot|machine|real|human|actor|computer)\b|\b(?:talking|speaking|chatting|typing) to an? (?:computer|machine|bot|robot|ai)\b",
    ),
    "sexual": (
        r"\b(sexy|have sex|sleep with me|your (boobs|tits)|(nice|hot|love|like|fit|great) (your )?body|make love|kiss me|date me|shag)\b",
    ),
    "insult": (
        r"\b(fuck (you|off)|piss off|(?<!me to )(?<!i'll )(?<!i should )(?<!i must )(?<!i will )(?<!i can )(?<!i need to )(?<!i have to )(?<!i better )(?<!to just )(?<!i'll just )shut (the fuck )?up|kill yourself)\b",
        r"(?:(?:^|[.!?,:;] *)(?!(?:my|his|her|their|the|an?|that|some|what) )(?:\w+ )?|(?<!not )\b(?:you|u|ur)(?:'re| are)? (?:\w+ ){0,4})(?:idiot|bitch|bastard|twat)s?\b|\bidiot (?:you|u) are\b",
        r"\byou('?re| are) (a |an |so |such an? )?(fucking )?(stupid|pathetic|useless|moron|liar|loser|worthless)\b",
        r"\bi(?:'?ll| will|'m going to| am going to|'?m gonna| am gonna| ought to| swear i'?ll) (?:\w+ )?(?:hit|hurt|kill|punch|slap|smash|batter|smack|thump|stab|strangle|choke|beat) (?:you|u|your|ur)\b(?! (?:to it|at))",
    ),
    "confirm": (
        r"\bhave i (got|understood) (that|this|it|you)\b|\bdid i get (that|it) right\b|\bor have i got\b",
        r"\bis that (right|it|fair|how it is|about right)\b|\bam i (right|close|hearing)\b|\b(does|would) that (sound|be) right\b",
        r"\b(?:have|did) i (?:measured?|read|hear|heard|understood|counted|guessed|got) (?:\w+ ){0,2}(?:wrong|right)\b|\b(?:is|was) that (?:near|close|anything like|about) it\b|\bam i (?:near|far off|getting warm|way off|wrong)\b|\bwould you say that'?s\b|\bis that how it (?:is|was|felt|feels)\b",
        r"(?<!how )(?<!what )(?<!what exactly )\bdo you mean\b|\bis it more\b|(?:^|[,.;:-] ?|\b(?:that'?s|so|about|i'm|am i)\s)(?:right|correct|is that so)\?$",
    ),
    "permission": (
        r"\b(is|would) it (be )?(ok|okay|al+ ?right|alright) (if|to)\b(?! (?:i |we )?(?:just )?call you\b)|\b(do|would) you mind if\b(?! (?:i|we) (?:just )?call you\b)",
        r"\bmay i\b",
        r"\bi can (sit|ask|come|stay|help)\b[^.?!]*\?|\b(?:can|could|shall|may) we (?:start|try|begin|do) (?:\w+ )?(again|over|afresh)\b|\b(?:can|could|may|shall) we (?:go|come|get) back\b|\b(?:shall|should|can) we (?:just |maybe )?(?:get on|go on|carry on|continue|move on|begin|get started|crack on|get going|get to it|make a start|have a chat|talk now)\b|\b(?:can|could|may|shall) we (?:stay|stick|talk|look|return|try|stop)\b",
        r"\b(may|could|can) i (just )?(ask|share|say|tell|offer|suggest|write|take|see|look|meet|hear|read|sit|help|bring|try|call(?! you\b)|use|come|speak|talk|make|check|go|have|join|shake)\b",
        r"\bif (that'?s|it'?s) (ok|okay|al+ ?right) with you\b",
    ),
    "agenda": (
        r"\bwhere (would|shall|should|do) (you|we) (like to |want to )?(start|begin)\b|\bwhat (?:shall|should|do|would|can|could) we (?:talk|start|do|look|discuss|begin)\b|\bwhere (?:shall|do|should|can|could) we go (?:from here|next|now)\b",
        r"\bwhat would (be al+ ?right|feel al+ ?right|be okay|help)\b|\bwhat would you like( us\b| to (talk|discuss|start|begin|look|focus|work|use)\b|\W*$)|\bwh(ich|at) matters most\b|\b(most (useful|helpful)|best use of)\b",
        r"\bwhat (do|would) you (like|want) (to talk|to use|from|me to know|out of)\b",
        r"\bwhat (?:do|would|did) you (?:want|like|need) me to\b|\byou (choose|pick|decide) (where|what|how)\b|\b(rather|prefer to|want to|like to) (talk|start|speak)\b",
    ),
    "feedback": (
        r"\b(?:anything|something) (?:else )?(?:that )?(?:you|u) (?:wanted|meant|hoped) to (?:say|add|tell me|bring up|get to)\b|\bi (?:talked|talk|spoke) over\b",
        r"\banything (?:i|i'?ve|i have) (got|said|did|done|missed)\b|\bwas there anything\b|\blanded (badly|wrong)\b|\bdo differently\b",
        r"\bhow (was|is|has) (today|this|that|it|talking|our \w+)( been)? (for you|going|to me)\b|\bhow (was|is) (today|this|that|it) been\b|\bhow has (today|this) been\b|\bhow (did|do) you find (this|today|it|talking|our)\b|\bhow (was|has) today\b|\bwhat('?s| is) it like (talking|being)\b",
        r"\bget(ting)? (it|something|this) wrong\b|\b(have|did) i (upset|offend(ed)?)\b|\bwrong end of the stick\b|\bi(?:'m| am) (?:missing (?:it|the point|something)|miles off|way off|getting this wrong)\b|\b(?:have|did) i (?:said|say|done|do) (?:something|anything)\b|\byou (?:\w+ )?(?:bored|comfortable|ok|okay) (?:with|at|by|of) me\b",
    ),
    "plan": (
        r"\bdoes that (fit|suit|work|sound (ok|okay|good|al+ ?right|fair|doable))\b|\bhow does that sound\b",
        r"\bwould you change\b|\bwould that (suit|work|help|be)\b|\bsound like a plan\b",
        r"\bshall we (say|try|start|do|book|meet)\b|\bare you (happy|ok|okay) with that\b|\bis that (ok|okay|al+ ?right|something you (?:could|would|might|can))\b",
    ),
    "questions": (
        r"\bask me (?:something|anything|a question|whatever)\b|\byour turn\b|\b(any|what) questions\b|\b(?:any|some)thing (?:else )?(?:that )?(you('?d| would)? (?:like|want) to) (?:ask|know)\b|\b(?:do|have) you (?:have |got )?(?:any |some |a )?questions?\b|\bwant to ask me\b",
        r"\bwhat (would you like|do you want) to (ask|know)\b|\bwhat worries you about\b",
    ),
    "understand": (
        r"\bdo you (understand|follow)( me| that)?\W*$|\bdoes that make sense\b|\bin your own words\b|\bto check i\b",
        r"\bwhat will you tell\b|\bwhat did you take\b",
    ),
    "fear": (
        r"\bbiggest (?:worry|fear)\b|\b(?:afraid|frighten\w*|scared|scar(?:es|y|iest)|fear|fears|dread\w*|terrif\w*|worst (?:that|thing that|case))\b[^.!]*\?|\bwhat(?:'s|s)? (?:\w+ ){0,4}worr(?:y|ies|ied)\b",
    ),
    "would_say": (
        r"\bwhat (?:would|could|might) you (?:\w+ )?(?:say|tell|answer|reply)\b(?! to a (?:tea|coffee|cup|brew))",
    ),
    "suppose": (
        r"\bwhat (?:happens|then|do you do|do you say|does \w+ (?:do|say)),? if\b|\bif\b[^.?!]*,? what (?:happens|then|do you (?:do|say))\b",
        r"\b(?<!i )(?<!i'd )(?<!would )(?<!i can )(?<!did you )(?<!you )(?:imagine|(?<!you )suppose|supposing|pretend|picture this|what if|magic wand)\b(?! (?:so|not)\b)",
        r"\bif (?!you were to|you had to)[^.?!]*(?: (?:would|could|might)|'d)\b[^.?!]*|^\W*(?:\w+ )?(?:what )?if (?!that'?s|it'?s (?:ok|all)|you (?:like|want|don'?t mind))[^?!.]*\?|\b(?:would|could|might)\b[^.?!]* if (?!you were to|you had to|that'?s|it'?s (?:ok|all)|you (?:like|want|don'?t mind))[^.?!]*\?|\bwhat (?:would|might|could) (?:happen|it take|that take|it be like|change|be different|need to)\b",
    ),
    "meaning": (
        r"\bwhat (?:does|did|would|do|has) (?!(?:he|she|they) )[^.?!]{1,30} mean (?:to|for) (?:you|u)\b|\bwhat ma(?:kes|de) (?:it|that|this|them|him|her) (?:so |that |such )?\w+\b[^.!]*\?|\bwhat matters\b",
        r"\b(?:hardest|heaviest|worst|toughest|saddest|loneliest|trickiest|most (?:difficult|important|painful|tiring)) (?:\w+ )?(?:bit|part|thing|of it|about)\b|\bwhat('?s| is| was) (?:so |that |really )?(?:hard|difficult|heavy|important|at stake|behind|underneath|stopping|in the way|missing|holding)\b|\bwhat (?:stops|stopped|keeps|kept|holds|held|prevents|prevented|gets in)\b|\b(?:what'?s|what is|what was|which is) (?:the |your )?(?:\w+ )?(?:hardest|heaviest|worst|toughest|saddest|loneliest)\b",
    ),
    "past": (
        r"\b(?:have|had|has) (?:you|it|that|this|anyone) (?:ever |always )?(?:felt|been|had|happened|known|done)\b[^.?!]* (?:before|ever|like (?:that|this))\b|\bever (?:felt|been|had|happened|known)\b|\bhappened before\b",
        r"\b(?:where|when|how) did (?:you|it|that|this|all (?:this|that)) (?:all )?(?:first|start|begin|learn|come from)\b|\bfirst (?:know|knew|notice|noticed|feel|felt|happen|learn|start)\w*\b|\bwhere (?:does|did) (?:that|it|this|all (?:this|that)) come from\b|\bremind(?:s)? you of\b|\b(?:was it|were you|has it) always\b|\bwhen (?:you|u) were (?:small|little|young|a (?:child|kid|boy|girl|lad))\b|\bas a (?:child|kid|boy|girl|lad)\b",
    ),
    "wish": (
        r"\bwhat (?:(?:would|might) (?:you|u) (?:really |most |actually )*(?:like|want|wish|hope|need|prefer|love)|(?:do|did) (?:you|u) (?:really |most |actually )*(?:want|wish|hope|need))\b(?! (?:to be called|me to call))|\bwhat are you hoping\b|\bdo you (?:ever )?wish\b|\bwhat would (?:help|be (?:good|better|nice)|make)\b|\bwhat (?:else )?(?:would|do) (?:you|u) need\b",
    ),
    "knows": (
        r"\b(?:have|had) you (?:ever )?(?:said|told|admitted)\b[^?]*\b(?:out loud|aloud|before|to (?:a|some|any)\w+)|\bwho (?:else )?(?:knows|have you told|do you (?:tell|talk to|turn to)|can you (?:tell|talk to))\b|\b(?:does|do|did) (?:anyone|anybody|\w+) (?:else )?know\b(?! (?:me|what i|how to))|\b(?:have you|did you|do you|could you) (?:ever )?(?:tell|told|say|said|talk(?:ed)?|mention(?:ed)?|show(?:n)?) (?:\w+ )?(?:anyone|anybody|someone|somebody|them|him|her|it to|to (?:him|her|them|anyone|anybody))\b",
    ),
    "how_are_you": (
        r"(?:^|[.,!?] *)(?:and )?(?:you,? )?how you are\W*$|\bhow are you( doing| feeling| today| this (morning|afternoon))*\b(?! (?:when|with|at|in|on|after|different|like|supposed|going to)\b)|\bhow('?s| is|s) (?:it|the|life|everything|all|your day|things|u|you) (?:going|doing|today|keeping)\b|\bhow (?:goes|is life|is everything|r u|are u|(?:are )?(?:you|u|ya) doing|do you go)\b|\bhow('?s| is) it going\b|\bhow do you do\b",
        r"\byou (al+ ?right|ok|okay)\?|\bhow have you been\b|\bhow are things\b|\b(what's|the) (the )?(craic|up)\W*$|\bhow's (tricks|you|yourself)\b",
    ),
    "name": (
        r"^\W*(?:your |first |full |and |and your )*(?:full )?names?\W*(?:please|pls)?\W*$|^\W*(?:your )?name\?",
        r"\bwhat('?s| is) your (first )?name\b|\bwhat (should|can|may|do|shall) i call you\b",
        r"\bwhat (?:do|would|should|shall|can) (?:you|i|we) (?:(?:like|prefer|want) )?(?:to be called|me to call you|call you)\b|\bwho are you\b|\b(like|want) me to call you\b|\b(?:i|we) (?:just )?call you (?!back|later|again|to\b|in\b|when|up\b|on\b|at\b|a\b|if\b|tomorrow|tonight|soon|next)\w",
    ),
    "offer": (
        r"\b(would you like|do you want|can i get you|get you|fancy|help yourself|there'?s)\b[^.?!]*\b(water|tea|coffee|drink|tissue|biscuit)",
        r"\b(water|tea|coffee|biscuit)\?",
        r"\bi(?:'ve| have)(?: got)? (?:\w+ )?(?:tea|coffee|water)\b|\b(?:tea|coffee|water),? or (?:only |just |a )?(?:tea|coffee|water)\b",
        r"\b(?:want|fancy|like|care for) (?:one|some)\W*\?",
        r"\bhang (up )?your coat\b|\bwould you like (a|some) (break|minute)\b",
    ),
    "opinion": (
        r"\bwhat do you (think|make) of (me|this|us|it here)\b|\bdo you (like|trust|hate|believe) me\b|\b(am i|i'?m|i am) (useless|any good|doing (ok|okay|well|all right|alright|badly|this))\b",
        r"\bdon'?t you (like|trust|believe) me\b",
    ),
    "come_back": (
        r"\b(will|would|could) you (come|be) (back|again|here)\b|\bsee yourself (?:coming|being)\b|\bcoming back (?:next|again|on|to see)\b|\b(meet|see each other|do this|talk) again\b[^.?!]*\?|\banother (session|meeting|appointment|one)\b[^.?!]*\?|\bsame time next\b|\b(will|can|do) i see you (again|next|on)\b",
        r"\b(?:want|like|mind|care) to come (?:back|again)\b|\bcome (back|again)( \w+)?( \w+)?\?|\bsee you (next|on|again|monday|tuesday|wednesday|thursday|friday)[^.?!]*\?",
    ),
    "riddle": (
        r"\bwhy did the \w+ cross\b|\bknock[ ,]+knock\b|\bwhat do you (call|get) (a|an|if|when|it)\b|\b(heard|know) the one about\b|\bwalks into a bar\b",
        r"\bwant to hear a joke\b|\bhere'?s a joke\b|\bi('ve| have)? (got|know) a (good )?joke\b",
    ),
    "nervous": (
        r"\bi('m| am)( \w+){0,3} (nervous|anxious|new( at| to| here)?|a student|a trainee|training|learning|a beginner|rubbish at this)\b",
        r"\bmy (first|second) (day|week|time|client|patient|session|meeting)\b|\bi('ve| have) never done this\b|\bim (\w+ )?(new|nervous|training)\b|\b(not sure|don'?t know) what to (ask|say)\b(?! to (?:that|this|it))|\bmind'?s? (has )?gone blank\b",
    ),
    "wait": (
        r"\b(hang on|hold on|one (sec|second|moment|minute)|give me a (sec|second|moment|minute)|brb|bear with me|lost my (train|place)|my phone|let me (think|write|look))\b",
    ),
    "late": (
        r"\bsorry (i'?m|i am|for being|about being) (so |a bit )?late\b|\bkept you waiting\b|\bsorry (for|about) the wait\b",
    ),
    "challenge": (
        r"\b(?:are|do|did|have|is|was|were|can|will|does|has) (?:you|it|he|she|they) or (?:are|do|did|have|is|was|were|ca|wo|does|has)n'?t\b|\bor not\W*\?",
        r"\bi (asked|didn'?t ask|only asked|was asking) (you|about|where|what|if|why)?\b|\byou skipped\b|\byou('?re| are) (dodging|avoiding|not answering|changing the subject)\b|\byou (did not|didn'?t|haven'?t) answer",
        r"\banswer (me|the question|my question)\b|\bthat'?s not (an answer|what i asked)\b|\byou don'?t (want to talk|give much away|say much|talk much)\b|\bhard to (read|talk to|get to know)\b",
    ),
    "disbelief": (
        r"^\W*(?:oh |but |what,? )?(?:no|nope|not|yes|yeah|nothing|never|none)\W*\?\W*$",
        r"^\W*((oh |but )?(really|seriously|honestly|is that so|is it|isn'?t it|did (you|he|she|they)|are you|do you|have you|was it)\W*)$",
        r"\bis that a (yes|no)\b|\byou sure\b|\bare you (sure|serious)\b",
    ),
    "comfortable": (
        r"\b(warm|cold|cool|hot) enough\b|\btoo (hot|cold|warm)\b|\bare you (comfortable|cold|warm|hot)\b|\bthe (window|heating|radiator)\b",
        r"\b(your coat|the chair|that chair)\b|\b(?:shall|should|can|may|want me to|like me to)\b[^.?!]*\b(?:open|shut|close|turn|put|switch|dim|pull)\b[^.?!]*\b(?:window|door|heating|heater|light|lights|lamp|blinds?|curtains?|fan|radio)\b",
    ),
    "weather": (
        r"\b(nippy|chilly|parky|muggy|(?:cold|hot|wet|lovely|horrible|miserable|bitter|foul|grey) (?:out|outside)|(?:nice|lovely|horrible|gorgeous|grey|miserable|beautiful) (?:day|morning|afternoon) (?:out|today|isn'?t it|for it)|weather|raining|rain|snow\w*|sunny|sunshine|flood\w*|storm\w*|windy|freezing|drizzl\w*)\b",
    ),
    "joke": (r"\b(ha(ha)+|lol|just kidding|only (joking|kidding)|joke)\b",),
    "playful": (
        r"\b(?:i(?:'m| am| was)) (?:just |only )?(?:joking|kidding|teasing|messing|testing|pulling your leg)\b|\b(?:that'?s|you'?re|very|so|how) (?:funny|hilarious)\b|\b(?:made|makes|making) me (?:laugh|smile|giggle)\b|\bi (?:did |had to )?(?:laugh|smile|giggle)\w*\b|\b(?:elephants?|unicorns?|aliens?|wizards?|dragons?|penguins?)\b",
    ),
    "compliment": (
        r"\byou(?:'re| are) (?:a |so |very |such a |one )*(?:lucky|blessed)\b|\bgod bless\b|\bbless (?:you|u)\b|\bi(?:'ll| will) pray\b|\bgood luck\b|\ball the best\b|\b(?:a|bit of a|quite the|quite a) (?:poet|philosopher|comedian|natural|star|legend|gentleman)\b|\bpoetic\b",
        r"\b(?:that'?s|that was|they'?re|you tell|those are|it'?s) (?:a |an |some )?(?:very |really |quite |pretty )?(?:good|great|nice|funny|lovely|clever) (?:jokes?|one|line|point|way of putting)\b|\bi (?:don'?t mind|like|enjoy) (?:them|your jokes)\b",
        r"\byou(?:'ve| have)(?: got)? (?:a |an )?(?:very |really |such a |so )?(?:good|kind|big|nice|lovely|beautiful|warm|great|gentle|strong) (?:heart|voice|smile|eyes|manner|hands|face|sense|way|soul)\b|\byou(?:'re| are| seem| look| sound)(?: like)? (?:a |an )?(?:very |really |such a )?(?:good|nice|kind|decent|lovely|gentle|strong|caring) (?:man|woman|person|guy|bloke|lady|dad|father|mum|husband|one)?\b",
        r"\b(i'?m (?:just |so |really |very )?glad (?:that )?you (?:said|told|came|shared|could)|i (really |quite |so |do )?(?:like|love|adore) (your|you\b)|nice (jacket|bag|coat|boots|hands|work)|you('?re| are) (very |really |so |quite |doing (really |very |so )?)?(funny|brave|clever|kind|honest|lovely|nice|brilliant|great|wonderful|amazing|impressive|patient|polite|generous|thoughtful|gentle|easy to talk to|good at (?:this|that)|strong|well|interesting|sweet|good company|a (good|nice|kind|lovely|brave) \w+))\b",
    ),
    "seat": (
        r"(?:^|[.!,] |\b(?:please|do|(?<!you )(?<!or )(?<!he )(?<!she )(?<!they )just|come and|can|may|want to|like to) )sit (?:down|over|here|there)\b|\b(?:sit (?:wherever|anywhere|where)|take a seat|have a seat)\b",
    ),
    "go_on": (
        r"\b(?:(?:tell|say) (?:me |a bit |a little |some )*more|more about|a bit more|little more)\b|^\W*(?:\w+ ){0,2}(?:what|anything) else\W*$|^\W*(?:well|so|and|but|more|go on)\W*\??\W*$",
    ),
    "and_then": (
        r"^\W*(?:and |so |but )?(?:afterwards?|after that|next|later on|and next)\W*\?",
        r"\band then( what)?\W*($|[?.!])|\b(then what(?=\W*$)|what next|and after that)\b|\bwhat happened( next| then| after( that)?)?\W*$|\b(go|carry) on( then)?\W*($|[.!?])|\bgo on,? (?:then,? )?(?:and|tell|say)\b",
        r"\b(tell me more|say more|more about)\b|^\W*(?:\w+ ){0,2}(?:what|anything|who) else\W*$|^\W*(?:well|so|and|but)\W*\?\W*$",
    ),
    "effect": (
        r"\bhow (?:does|did|do|is|has) (?:that|it|this|all (?:this|that)|they)(?: all| then)? (?:affect\w*|chang\w*|show\w*|touch\w*|impact\w*)\b|\b(?:does|did|has|is) (?:that|it|this|all (?:this|that))(?: all)? (?:affect\w*|impact\w*)\b|\bwhat (?:does|did|has) (?:that|it|this|all (?:this|that)) (?:do|done) to (?:your|you|u|the)\b|\b(?:effect|impact) (?:on|has|does|of)\b",
    ),
    "follow": (
        r"\b(?:when|where|why|how|who) what\b",
        r"\b(?:how|what) (?:do |d'|did )?(?:you|u|ya) mean(?:ing)?\b|\bi (?:am |do )?no(?:t)? (?:understand\w*|follow\w*|get(?:ting)?)\b|\bno (?:understand|comprend\w*)\b|\bwhat is (?:the )?mean(?:ing|s)?\b|^\W*(?:with|about|from|to|for|at|by|in|on|of) (?:who|whom|what|where)\W*$|^\W*(?:who|where|what|when) (?:with|from|about|to|by|for|for how long|else|exactly|then)\W*$",
        r"\b(like what|such as|for example|for instance|(?:an|any|one) example|how so|meaning|in what way|what do you mean|what does that mean|what about (it|that)|pardon|come again|say (that|it) again|repeat|simpler|more simple)\b",
        r"\b(don'?t|didn'?t|not|do not|can'?t|haven'?t|have not|never|no) (really |quite )?(understand|understood|follow|followed|get|got) (you|that|it|what|this|nothing|anything|a word)\b|\b(?:please again|again please|again (?:more )?(?:slow\w*|eas\w+|simpl\w+)|more (?:slow\w*|eas\w+))\b|\bi (?:don'?t|didn'?t|do not|can'?t) (?:quite |really )?(?:follow|understand|get it)\W*$|\bnot making (any |much )?sense\b|\b(to|no|for|of|about|with|than|from) what\W*$|\bwhat do(?:es|s)? (?:it|this|that|(?!he\b|she\b|they\b)\w+) means?\b|\bwhat means?\b|\bthe meaning of\b|^\W*(?:please )?(?:explain|elaborate|clarify|example|more)(?: please)?\W*$",
        r"^\W*(what|who|how|which|because|but why|in what way)\W*$|^\W*\w+( \w+){0,2} (what|how|who|which|where|when)\W*$|^\W*(?:what|which|whose) (?!time|now|day|year|way|one|side)\w+\W*$",
    ),
    "how_old": (r"\bhow old\b|\bwhat age\b",),
    "how_many": (r"\bhow many\b",),
    "how_much": (r"\bhow much\b|\bwhat did it cost\b",),
    "how_long": (r"\b(how long|since when|for how long)\b",),
    "what_said": (
        r"\bwhat (did|does|do|would|has|was) (\w+ ){1,3}(say|said|saying|tell|told|call|reckon|answer)\b|\bexact words\b|\bhow did \w+ put it\b",
    ),
    "where": (r"\bwhere\b",),
    "which": (r"\bwhich\b|\bwhat (kind|sort|type)\b",),
    "how_often": (r"\bhow (often|regularly|frequently|many times)\b",),
    "why": (
        r"^\W*(?:\w+ ){0,2}what (?:are|were|is|was|do|did|does)\b[^?]{1,40}(?<!look )(?<!looking )(?<!wait )(?<!waiting )(?<!ask )(?<!asking )(?<!hope )(?<!hoping )(?<!pay )(?<!care )(?<!long )(?<!live )(?<!search )\bfor\W*$|\b(why( is that| not| so)?|how come|what makes you|what for)\b",
    ),
    "feeling": (
        r"\bhow (did|do|does|has|is) (that|it|this|he|she|they) (make you )?(feel|felt|leave you|sit|been for you|land)\b",
        r"\bhow (do|did) you feel\b|\bwhat('?s| is| was) (that|it) like\b|\bwhat was going (on|through)\b|\bhow('?s| is) that for you\b",
        r"\bwhat (?:goes|went|was going|is going|happens|happened|comes|came|runs|ran|do you (?:feel|notice)|did you (?:feel|notice)) (?:on |round |around |up )?(?:in|inside|through|to|for|around in|up in|up for) (?:you|u|your)\b|\b(?:in|through) your (?:head|mind|body|chest|stomach)\b|\byour body (?:do|say|tell)\b|\btake me there\b",
        r"\bwhat (?:are|were|was) (?:you|u) (?:feeling|thinking|telling yourself)\b|\bwhat do(?:es)? (?:you|that|it) (?:feel|do to you)\b|\bhow(?:'s| is| was| does| do| did| would) (?:it|that|this|you|u|all this|all that)\b[^.?!]{0,60}\b(?:feel|felt|for you|to hear|to have|having|being|hearing|sitting|sit|land|landing|with you)\b",
    ),
    "choice": (
        r"\b(?:comes?|from|it'?s|you|work|home|he|she|they) [^.?!]*\w,? or (?:from |to |in |at |for |with |the |a |an )*\w+\W*\?",
        r"\b(?:is|are|was|were|do|does|did|can|could|would|have|has|will|by|on|just|drive|work|more|wake)\b[^.?!]*\w,? or (?!so\b|anything|something\W*$|something like|what\b|not\W*$|two\b|three\b|whatever|have you|did you|no\W*$)[^.?!]*\?",
        r"\b(?:you|he|she|they|it) \w+ [^.?!]*\w,? or (?:you|he|she|they|it|was it|did) [^.?!]*\?",
        r"\bor (would you (rather|prefer)|do you|is it|shall we|are you|the|just|not|today)\b[^.?!]*\?",
    ),
    "inner": (
        r"^(?!\W*(?:\w+\W+){0,3}(?:what|when|where|who|how|why|which)\b)\W*(?:\w+\W+){0,3}?(?:do|does|did|are|is|was|were|have|has|can|could|would|will|isn'?t|aren'?t|don'?t|doesn'?t|didn'?t|wasn'?t) (?:you|u|it|that|this|there|things|life|part of you|any of (?:it|that)|all (?:this|that))\b[^?]*\b(?:feel\w*|felt|wish|someone|somebody|hard|lonely|tired|tiring|hurts?|annoyed|upset|mad|offended|fed up|disappointed|bother\w*|worr\w*|miss|angry|cross|sad|scary|hope|trust|easy|easier|different|better|worse|change\w*|heavy|alone|proud|ashamed|used to|sometimes|too much|enough|matter\w*|help\w*|difficult|lost|stuck|guilty|relie\w+|strange|odd|weird|safe|nervous|uncomfortable|hide|hiding|pretend\w*|blame|cope|coping|manage|managing|happy|unhappy|low|down|close|alive|numb|deserve\w*|afford|ready|able|expect\w*)\b",
    ),
    "when": (
        r"\b(when('s| is| was| did| do| does| are| will)|how often|what (time|day|year)|^\W*when(?!.*, (?:what|how|who|where|why|which|do|does|did|is|are|can|could|would)))\b",
    ),
    "who": (
        r"(?<!people )(?<!person )(?<!those )(?<!body )(?<!man )(?<!one )(?<!woman )(?<!men )(?<!women )(?<!others )(?<!anyone )(?<!someone )(?<!everyone )(?<!child )(?<!guy )(?<!friend )(?<!patients )(?<!folk )\b(who|whose|with whom)\b",
    ),
    "apology": (
        r"(^|[.!,]\s*|^\W*(?:(?:ok|okay|oh|well|so|and|right|god|no|yeah|ah|look|lol|really|so)\W+)+)sorry\b(?! (what|who|i('m| am) late|to hear|(for|about) (your|the) (loss|dad|father|mum|mother|brother)|(he|she|they|you|it|that|things)('s|'ve)?\b))|\bi said sorry\b",
        r"\bi('?m| am) (so |really |very )?sorry\b(?![.,!]* (?:that|it|this|you)(?: must|'s| is| was| sounds))(?! (to hear|(for|about) (your|the) (loss|dad|father|mum|mother|brother)|(he|she|they|you|it|that|things)('s|'ve)?\b))|\bapologi(?:[sz]e|es)\b|\bmy (mistake|fault)\b",
        r"\bi (?:shouldn'?t|should not) have (?:said|asked|done|put)\b|\bi take (?:it|that|all that) back\b|\bi(?: was|'ve been| have been) (?:wrong|out of line|out of order|rude|short|unfair|cruel|clumsy)\b|\b(?:wasn'?t|was not|not) fair of me\b|\bthat was (wrong|clumsy|rude|unfair) of me\b|\bthat('?s| is) on me\b|\bsorry,? (?:that|it|this) was (?:a bit |really |so |very )?(?:mean|rude|harsh|nasty|unfair|unkind|silly|stupid|wrong|clumsy|cheap)\b",
    ),
    "alike": (
        r"\bi(?:'d| would(?:n'?t)?)\b[^.?!]*\b(?:too|either|as well|the same|if (?:i|somebody|someone|it|they))\b|\bme too\b|\bsame here\b|\bi(?:'m| am) the same\b",
    ),
    "about_learner": (
        r"\bi(?:'m| am) (?:\w+ ){0,2}(?:tired|exhausted|knackered|shattered|poorly|stressed|hungry|freezing|hungover)\b",
        r"\bi('d| would) (be (hopeless|useless|rubbish|terrible|no good|lost|cross|furious)|have (?:gone|been|lost|given|cried|shouted|died)|never|hate)\b|\bi can'?t (spell|cook|swim|drive|sing|draw|even|stand)\b",
        r"\b(i (get|had|have|used to|live|lived|grew up|love|hate|once|also|know how)|my (own |old |little |big )?(wife|husband|mum|mother|dad|father|sister|brother|son|daughter|dog|cat|neighbour|friend|mate|grandfather|grandad|grandmother|nan|gran|uncle|aunt|cousin|boss|supervisor|tutor|teacher|colleague|partner|boyfriend|girlfriend|kids?|children|family|house|job))\b",
    ),
    "impatient": (
        r"\b(boring|bored|waste of (my )?time|hurry up|get on with it|get to (?:it|the point)|move on|running out of time|pushed for time|other people (?:waiting|to see)|whatever(?! (?:you|it|the|that|he|she|they|is|comes|happens))|haven'?t got all day|(?:only|just) (?:got |have )?five minutes|load of (?:\w+ )?(?:rubbish|nonsense|crap|bull\w*|tosh)|what (?:rubbish|nonsense|bull\w*)|talking (?:rubbish|nonsense|crap)|pathetic|spit it out|speak up|grow up|for god'?s sake|moaning|miserable|ungrateful|cow|sod|daft woman|paranoid|pull yourself together|man up)\b",
        r"\b(that'?s|you'?re|that is|you are) (\w+ ){0,2}(rude|difficult|hard work|weird|odd|ridiculous|silly|stupid)\b",
    ),
    "rules": (
        r"\b(?:stays? (?:here|in here|in this room|between us)|between (?:you and me|us)|confidential\w*|supervis\w+|(?:only|nobody|no ?one)\b[^.?!]*\b(?:sees?|reads?|hears?)|i (?:keep|write|take) (?:\w+ )?notes|you can (?:stop|leave|read|see|say no|choose|skip)|(?:don'?t|do not|needn'?t) have to (?:answer|say|tell|talk)|nothing you have to|fifty minutes|an hour together)\b",
    ),
    "guess": (
        r"\byou(?:'re| are|'ve gone| have gone| went)? (?:very |so |really |a bit |awfully )?quiet\b|\b(?:(?:it|that|this)(?:'s| is)? (?:sounds?|seems?|looks?|must)|sounds (?:like|as)|seems (?:like|as)|you (?:sound|seem|look|must|might|may)|as (?:if|though)|part of you|a part of you|i (?:wonder|imagine|guess|suspect|bet|sense|(?:get|got|have|had) (?:the|a) (?:sense|feeling|impression)|can (?:see|hear|imagine)|hear|notice|noticed)|maybe (?:you|it|that)|perhaps (?:you|it|that)|so you(?:'re| are|'ve| have)?|no wonder|i (?:think|feel|believe|reckon|suppose|don'?t think)(?: that| like)? you|i (?:don'?t |do not )?believe you)\b",
        r"^\W*(?:\w+,? )?(?:that|it|this|there)(?:'s| is| was| must|'s got to)\b|\bit strikes me\b|\b(?:it|that) can be\b|\bsometimes (?:i think|people|it)\b|\bpeople (?:often|sometimes|who)\b|\bsome people\b|\banyone would\b|^\W*you(?! (?:said|asked|mentioned|told|were saying|can|could|should|may|need|have to)\b)(?:'re|'ve| are| have| were| had| don'?t| keep| do| want| like| never| always)? \w+",
    ),
    "clarify": (
        r"\bi (?:just |only )?(?:mean|meant)\b|\bi(?:'m| am) (?:asking|not (?:saying|asking|criticising|blaming|judging))\b|\bi (?:do not|don'?t|didn'?t|did not|never) (?:say|said|mean|meant)\b|\blet me (?:ask|put|say) (?:that|it|this)\b|\bwhat i(?:'m| am)? (?:mean|meant|asking|trying)\b",
    ),
    "invite": (
        r"\bi(?:'d| would) (?:really )?(?:like|love) (?:to hear|you to|to (?:go|come) back)\b|\b(?:start|begin) (?:wherever|where|anywhere|with)\b|\btake (?:your|all the) time\b|\bi(?:'m| am) listening\b|\bin your own (?:time|way|words)\b|\bon your mind\b|(?:^|[.!,] ?)(?:so,? |please,? |just )*(?:tell|talk to) me\W*$|\bwhatever you (?:like|want|feel like|fancy)\b|\b(?:go ahead|over to you|the floor is yours|(?<!it )up to you)\b|\bpick (?:one|any|the|whatever)\b",
    ),
    "bye": (
        r"\b(good ?bye|bye|gtg|got to go|i'?m off|i must (go|finish|stop)|i have to (go|finish|stop)|see ya|laters|(?:see|catch|speak|talk)(?: to)?(?: (?:you|ya|u))? later|(?<!\w )later(?=\W*$))\b",
    ),
    "thanks": (
        r"(^|[.!,]\s*|\b(ok|okay|well|and|so|oh|great|right|yes|no|lovely|brilliant)\W+)(many |a big )?(thank you|thanks|cheers)\b|\bi (really |do )?appreciate\b",
    ),
    "greeting": (
        r"^\W*(hi+|hello+|hey|good (morning|afternoon|evening|day)|morning|afternoon|hiya|hallo|howdy|ey up|al+ ?right mate|come (on )?in|nice to meet|pleased to meet|welcome|how do you do)\b",
    ),
    "how": (r"(^|[.!?,;]\s*|\b(and|so|but|well|ok|okay)\s+)how\b",),
    "what": (
        r"(^|[.!?,;]\s*|\b(and|so|but|well|ok|okay|sorry|oh|wait|no|yeah|right|ah)\s+)what('s|s)?\b|\b(?:do|doing|say|saying) what\W*$",
    ),
}
"""Kinds as in `persona.lines.Asked`, most telling first, each with patterns on lower-case text."""

_ONLY_WITH: dict[str, str] = {
    "would_say": "say tell answer reply",
    "suppose": "imagine suppose supposing pretend picture if would could might wand",
    "past": "before ever happened first start begin learn come remind reminds always were as",
    "wish": "what wish",
    "knows": "who know knows told tell say said talk talked mention mentioned show shown",
    "clarify": "i i'm let",
    "invite": "tell talk whatever ahead over floor up i'd i i'm start begin time own pick",
    "confirm": "wrong near far way how like about right got correct so mean more it fair that this close hearing",
    "permission": "shall should ok okay alright right all mind may can could",
    "agenda": "what shall go talk where like help matters want choose pick decide feel okay rather prefer",
    "feedback": "stick missing miles off wrong me something anything landed differently today this that it getting get upset offend offended what how what's how's whats",
    "plan": "fit fits suit work sound sounds change would shall happy ok okay right that",
    "questions": "turn questions question ask know worries",
    "understand": "understand follow sense words check tell take",
    "how_are_you": "how hows how's ok okay right alright craic up",
    "name": "name name's names called call who",
    "offer": "want fancy like care water tea coffee drink tissue tissues biscuit biscuits coat break minute",
    "opinion": "me this us it here useless good doing i'm im",
    "come_back": "come back again next see time another",
    "riddle": "cross knock call get heard know bar joke",
    "nervous": "i'm im am my i've never ask say blank",
    "late": "late waiting wait",
    "challenge": "hard don't dont asked ask skipped dodging avoiding changing answer answering didn't haven't answered talk that's",
    "comfortable": "shall should can may want like enough warm cold cool hot comfortable window heating radiator coat chair",
    "compliment": "lucky blessed bless pray luck best poet poetic philosopher comedian natural star legend gentleman joke jokes one line point way mind glad like love adore nice you're are you you've",
    "seat": "sit seat",
    "sexual": "sexy sex me your make love date kiss shag sleep",
    "go_on": "more else well so and but go",
    "and_then": "afterwards afterward later after then next happened on that more else well so and but",
    "effect": "how what does did has is effect impact",
    "follow": "what such instance example so meaning means way mean what how who whom which because why that pardon again repeat simpler simple understand understanding understood comprend comprende comprendo follow following get getting sense where when",
    "feeling": "how what was what's whats how's",
    "choice": "or",
    "who": "who whose whom who's who'd who'll who've",
    "where": "where where's where'd",
    "which": "which what what's whats",
    "how": "how how'd how's", "how_many": "how", "how_old": "how what", "how_much": "how cost", "how_long": "how since", "how_often": "how",
    "what": "what what's whats",
    "what_said": "what what's whats",
    "why": "why why'd why's how makes for what",
    "thanks": "thank thanks appreciate cheers",
}  # fmt: skip
"""Words of which a message has to hold one before the patterns of a kind are tried; kinds left out are always tried."""
KINDS = tuple(
    (kind, re.compile("|".join(patterns)), frozenset(_ONLY_WITH.get(kind, "").split()))
    for kind, patterns in _PHRASES.items()
)
"""One compiled pattern a kind, with the words it cannot do without."""


HOW_OF = frozenset({"how_many", "how_much", "how_long", "how_often", "how_old"})
"""Questions that begin with how and ask for a number or a time."""


def kinds_in(plain: str, present: frozenset[str]) -> list[str]:
    """The kinds of thing that lower-case text asks, most telling first. Pure.

    Args:
        plain: the text, lower case.
        present: its words.
    """
    found = [
        kind
        for kind, pattern, needed in KINDS
        if (not needed or not needed.isdisjoint(present)) and pattern.search(plain)
    ]
    return [kind for kind in found if kind != "how"] if any(kind in HOW_OF for kind in found) else found
