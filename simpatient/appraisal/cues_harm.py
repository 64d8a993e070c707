"""Marks of harmful behaviours, one row per mark with its severity (clinical section 1.2, "Harms").

`unless` holds the legitimate lookalikes that must never be flagged. Harms that lie in structure rather than in words
(interrogation, ignored cues, echoes, length) are read in `harms`.
"""

from __future__ import annotations

from simpatient.appraisal.cues import Cue, cue

HARM_CUES: tuple[Cue, ...] = (
    cue("rushing", 2,
        "minutes twenty ten five time short brief quick quickly busy point hurry",
        r"(?:i|we) (?:have|only have|have got|have only got|only got|got|am having|can give you)(?: about| only| "
        r"just)? (?:twenty|ten|five|fifteen|two|three|\d+) minutes|(?:do not|have not|have not got|not got) "
        r"(?:have )?(?:much |a lot of |all |any )?(?:time|day)\b|(?:make it|keep it|be) (?:quick|brief|short)|i am "
        r"(?:very |really |quite |so )?(?:busy|in a hurry|running late)|get to the point(?= [.?!]|$| please| now| and)|hurry up|quickly please"
        r"|(?:have not|not got|do not have) (?:got )?all day", unless=
        r"(?:we|i) have (?:got )?(?:about |around |still |another )*\w+ minutes left|minutes left (?:and|so|for)"
        "|left what|matters most|use them|which of|what would you like|plenty|(?:no|not) (?:a )?rush|see you "
        "(?:again )?in|i will (?:keep|make)|there is no|in (?:five|ten|two|\\d+) minutes|we have until|water"),
    cue("rushing", 2, "move moving on next anyway",
        r"(?:let us|we need to|we should|we have to|i need to|can we) (?:just )?(?:move|get|press|crack|push) on\b"
        r"|(?:^|[.?!] )(?:next|moving on)(?= [.?!]|$)|moving (?:swiftly )?on|next question", unless=
        "would you like|if you are ready|shall we or|happy to|are you ready|when you are ready"),
    cue("rushing", 2, "yes yeah right", r"(?:yes yes|yeah yeah|right right)(?: yes)?\b (?:and|but|fine|okay and|so)\b"),
    cue("rushing", 2, "if",
        r"if you (?:will not|do not|can not|are not going to) (?:talk|open up|answer|tell me|cooperate"
        r"|say)\b[^.?!]*\b(?:can not|can nt|no use|unable|point|waste|stop)\b[^.?!]*", facet="threat"),
    cue("answering_past", 2, "as i was saying anyway", r"as i was saying\b[^.?!]*"),
    cue("judging", 2, "why thinking how wrong",
        r"why (?:do|would|did|are|have|can not|can you not|will) you (?:not )?(?:always|keep|so many|have so many"
        r"|think you (?:have|keep|always|are)|even|ever|let|never|insist|still|do that|do this to|put up|go and"
        r"|like that|being so)\b[^.?!]*|why (?:did not|have not|would not|can not|do not) you (?:just |simply "
        r")?(?:(?<!why do not you )(?:tell|say|come|ask|come in)|leave|stop|listen|do|think)(?! about)\b[^.?!]*|what were you thinking|how "
        r"could you (?:not|let|be so|say|even|just|have|think|forget|leave|treat|do (?:this|that|it|such))\b[^.?!]*|what is wrong with you|why do you think you (?:have so many|keep|always|cannot|can "
        r"not)[^.?!]*", unless=
        "(?:tell|told|tells|telling|being|beng|know\\w*|decid\\w*|worked out|say\\w*|said) (?:you |someone |me "
        "|people |us )?(?:\\w+ ){0,5}what is wrong"),
    cue("judging", 3, "brought yourself your own fault blame doing",
        r"you (?:have |only |really )*(?:brought|did|done|caused|bring) (?:this|it|that) (?:on |to |up)?(?:on "
        r")?yourself|(?:it is|that is|this is|entirely|all|your)? ?your own (?:fault|doing|making)|you (?:only "
        r")?(?:have |got )*(?:only |just |no one but |nobody but )*(?:got )?yourself to blame|(?:it is|that is"
        r"|this is) (?:all |partly |clearly )?your fault|you are to blame|(?:the )?fault is (?:only )?(?:of you"
        r"|yours)", unless="not your fault|not your own|is not|was not|never your|then it is your|goes wrong|as if it is|as though it is|feel it is|say it is|told it is|always your"),
    cue("judging", 2, "fault",
        r"(?:so |and )?(?:it is |is it )?(?:all )?(?:everyone|everybody|someone|somebody) else's fault[^.?!]*"
        r"|(?:it is )?never your (?:own )?fault[^.?!]*", unless="feel|felt|says|said|told"),
    cue("judging", 2, "excuses excuse",
                r"(?:sounds?|seems?|looks?) like (?:a lot of |just |another |more |an )*excuses?[^.?!]*",
                unless="feel|said|told|worry"),
    cue("judging", 3, "blame", r"(?:nobody|no one)(?: else)? to blame but yourself"),
    cue("judging", 2,
        "good real proper decent responsible mother father parent would never should",
        r"a (?:good|real|proper|decent|responsible|caring|sensible|normal) (?:mother|father|parent|wife|husband|son"
        r"|daughter|person|man|woman|patient|carer|nurse|worker|employee)\b[^.?!]*\b(?:would|does|do|should|never"
        r"|puts)\b[^.?!]*|you (?:really )?should (?:have )?(?:known|know) better|should be ashamed|shame on you|i "
        r"(?:am|expected) (?:disappointed|more|better)\b[^.?!]*(?:in|from|of) you|you should not (?:have )?(?:be"
        r"|been|done|do|feel|think)\b[^.?!]*", unless=
        "should not have (?:to|had to)|should not be (?:alone|left|carrying)|realise|regret|wish|feel|felt|you know|part of you|said|guilt\\w*"),
    cue("judging", 2,
        "statistically type personality always guilt attitude problem kind people irresponsible selfish lazy "
        "foolish careless being are sensitive issues",
        r"(?:people|men|women|patients|parents|personality|personalities) (?:like you|types? (?:\w+ "
        r")?\w+s)\b[^.?!]*|your (?:personality|type|sort|kind|attitude|behaviou?r|problem)\b[^.?!]{0,20}\b(?:type"
        r"|is|externali[sz]es?|problem|clearly|means|makes|needs|that you)\b[^.?!]*|usually (?:guilt|shame|about "
        r"guilt|because of guilt)[^.?!]*|you (?:are|were|are being|have been|sound|seem|just sound)(?: (?:a bit"
        r"|very|really|so|just|quite|pretty|rather|clearly|obviously|too))* (?:irresponsible|selfish|lazy|foolish"
        r"|careless|difficult|dramatic|oversensitive|too sensitive|immature|ungrateful|unreasonable|silly|stupid"
        r"|weak|negative|paranoid|rude|aggressive|stubborn|attention seeking|manipulative|ridiculous|in denial"
        r"|reckless|naive)\b[^.?!]*|you always (?:do|blame|make|have|play)[^.?!]*|you have abandonment issues|you "
        r"have (?:\w+ )?(?:issues|an attitude)",
        unless=
            "not (?:being )?(?:weak|stupid|silly|lazy|difficult)|(?:not|never|does not|do not) (?:mean|think|make)"
            "|you feel|feel like|called you|told you|say you|said you|says you|tell you|worry|as if|like you are"
            "|afraid|hr says"),
    cue("judging", 2, "common denominator", r"common denominator is (?:you|clearly you|yourself)[^.?!]*"),
    cue("confronting", 3, "hit hurt kill punch slap smash batter smack thump stab strangle choke beat",
        r"i (?:will|am going to|am gonna|ought to|swear i will) (?:\w+ )?(?:hit|hurt|kill|punch|slap|smash|batter|smack|thump|stab"
        r"|strangle|choke|beat) (?:you|your)\b(?! (?:to it|at))[^.?!]*", facet="threat"),
    cue("confronting", 3, "common denominator", r"[^.?!]*common denominator[^.?!]*"),
    cue("confronting", 2, "defensive calm help only trying",
        r"(?:no|any)? ?need to (?:be|get) (?:so )?(?:defensive|upset|angry|rude|aggressive|like that)|(?:you are"
        r"|you seem|stop|stop being|being|getting|do not (?:be|get)) (?:so |very |a bit |quite |really |being "
        r")*(?:defensive|difficult|hostile)|(?<!you )(?<!him )(?<!her )(?<!them )(?<!me )(?<!to )calm down|you (?:need|have|have got|ought) to calm down|(?:try|want you) to calm down|(?:can|could|will|would) you (?:please |just )?calm down|i am only trying to help|i was only (?:trying|asking)|there "
                r"is no need (?:for|to)\b[^.?!]*|(?:do not|no need to) take (?:it|that) (?:out on|personally|like "
                r"that)", unless=
        "would you like|not (?:that|think|saying|mean)[^.?!]*being|help you (?:calm|slow)|no need to (?:answer|decide|rush|explain|say|talk|apologise|tell"
        "|bring|thank|hurry)|there is no need to (?:answer|decide|rush|explain|say|talk|apologise|tell|hurry|do)"),
    cue("confronting", 2,
        "chart note notes file record records wife husband doctor letter referral result results test tests mother true "
        "untrue lie nonsense rubbish excuse excuses wrong mistaken lying exaggerating denial contradicting opposite said "
        "believe honest face admit",
        r"that is not what (?:your|the) (?:chart|notes?|file|records?|wife|husband|doctor|letter|referral|results?"
        r"|tests?|mother)\b[^.?!]*|(?:that is|that can not be|it is|this is) (?:simply |just |clearly |obviously "
        r"|really |actually )?(?:not true|untrue|a lie|nonsense|rubbish|an excuse|just an excuse|wrong)\b[^.?!]*"
        r"|(?:you are|you have got it|you have it) (?:simply |just |clearly )?(?:wrong|mistaken|lying(?! (?:awake|there|here|down|in|on|at|still|alone|low))|exaggerating"
        r"|making excuses|in denial|contradicting)\b[^.?!]*|(?:that|this) is (?:just )?an excuse|(?:stop|enough) "
        r"(?:making|with the) excuses|(?:you just|but you|a minute ago you|earlier you) said (?:the opposite|you"
        r"|that you)\b[^.?!]*\bso which[^.?!]*|i (?:do not|can not) believe (?:you|that)|be honest with (?:me"
        r"|yourself)|face (?:it|facts|the facts|reality)|let us be honest|admit it", unless=
        "if (?:i|that|it) (?:am|is) wrong|tell me if|is that wrong|maybe i am wrong"),
    cue("confronting", 3, "leave have hr tell non-compliant compliant",
        r"if you (?:leave|walk out|go|stop|refuse|do not (?:come|cooperate|comply|agree))\b[^.?!]*\b(?:have to tell"
        r"|will tell|report|tell hr|discharge|lose|write that|non)\b[^.?!]*", facet="threat"),
    cue("confronting", 2, "if",
        r"if you (?:will not|do not|can not|are not going to) (?:talk|open up|answer|tell me|cooperate|say|let me"
                r"|try)\b[^.?!]*\b(?:can not|can nt|no use|unable|no point|waste|stop|not going to)\b[^.?!]*",
                facet="ultimatum"),
    cue("judging", 2,
        "disgusting disgraceful selfish irresponsible excuse fault disappointed ought discipline willpower "
        "parenting occur lot shameful duty",
        r"(?:that is|it is|that was|what a) (?:a |an |so |really |just |very |pretty |poor |bad )*(?:disgusting"
        r"|disgraceful|selfish|irresponsible|shameful|appalling|parenting|careless|stupid)\b[^.?!]*|there is no "
        r"excuse for[^.?!]*|whose fault is (?:that|it|this)|i am (?:very |really )?disappointed|(?:you|a \w+) "
        r"ought to (?:know|have known|love|be|feel)[^.?!]*|no (?:discipline|willpower)|did it not occur to "
        r"you[^.?!]*|did not it occur[^.?!]*|do you not think that is (?:rather )?(?:a lot|too)[^.?!]*|it is your "
        r"duty[^.?!]*", unless=
        "does not make|is not (?:selfish|shameful)|(?:people|men|women|families|somebody|someone|you) (?:\\w+ ){0,5}(?:think|thought|taught|feel|felt|say|said|believe)\\w* (?:\\w+ ){0,3}(?:selfish|shameful)|not (?:a )?(?:selfish|stupid)|disappointed (?:in|with) (?:me"
        "|myself|us)|feel|felt|said|says|told"),
    cue("confronting", 2,
        "end lose die never regret ruin wreck kicked thrown fired expelled arrested killing want die kids think happen "
        "happens serious keep",
        r"you (?:will|are (?:just |only |probably )?going to) (?:just |only |probably |definitely |eventually )?(?:end up|lose "
        r"(?:your|the|them|him|her|everything)|die\b|never (?:get|be|have|make|find|learn)|get (?:yourself )?(?:kicked"
        r"|thrown|fired|expelled|arrested|killed|hurt|sick)|regret|ruin|wreck|destroy|be (?:dead|sorry|in trouble|back "
        r"here))\b[^.?!]*|do you (?:really )?want (?:to (?:die|end up|lose|go to (?:jail|prison)|get (?:kicked|fired|expelled)"
        r"|be dead)|your (?:kids|children|son|daughter|baby))\b[^.?!]*|you are (?:only |just |slowly )?killing yourself"
        r"|what do you think (?:is going to|will|would) happen if you (?:keep|carry on|do not|go on)\b[^.?!]*",
        unless=
            "feel|felt|afraid|worr\\w*|scared|frighten\\w*|fear\\w*|said|says|told|tell\\w*|think you|sounds?|seems?|imagine"
            "|sure you|hear\\w*|not going to|suicid\\w*|kill(?:ing)? yourself|part of you|as if|like you", facet="warns"),
    cue("confronting", 2,
        "never not keep carry putting risk danger jeopardy trouble health grave handle make future life career worse",
        r"you (?:are|will) (?:never|not(?: ever)?) (?:ever )?(?:going to )?(?:be able to )?(?:get (?:into|better|out|a|the)|make it|"
        r"handle (?:it|that|this)|keep (?:a|the|your)|hold down|finish|graduate|see \d+)\b[^.?!]*\b(?:if you|like (?:this|that)|this"
        r" (?:much|way)|at this rate|unless)\b[^.?!]*|you (?:just |really |simply )?can not (?:keep|go on|carry on) \w+ing\b[^.?!]*"
        r"|if you (?:keep|carry on|go on|do not (?:stop|quit|change|start|cut|get|take))\b[^.?!]*\b(?:will|going to) (?:just |only "
        r"|probably |definitely |soon )*(?:get (?:worse|sick|hurt|ill|caught|kicked|thrown)|lose|end|die|kill|cost|ruin|be (?:dead|"
        r"sorry|too late|in (?:hospital|prison|jail|trouble|a wheelchair)))\b[^.?!]*|you are (?:really |just |actually |only )*putting "
        r"(?:yourself|your \w+|him|her|them|others|everyone|other people)(?: and \w+(?: \w+)?)? (?:at (?:serious |great )?risk|in "
        r"(?:serious |real )?(?:danger|harm))\b[^.?!]*",
        unless=
            "feel|felt|afraid|worr\\w*|scared|frighten\\w*|fear\\w*|said|says|told|tell\\w*|think you|sounds?|seems?|imagine|hear\\w*"
            "|you know|part of you|as if|suicid\\w*|kill(?:ing)? yourself|realise|because you", facet="warns"),
    cue("confronting", 2, "alter change fact",
        r"(?:does not|will not|do not) (?:alter|change) the fact\b[^.?!]*", unless="feel|said|told|worr\\w*"),
    cue("judging", 2,
        "grow act grip responsibility seriously lazy talk excuses acceptable unacceptable easy care expect realise "
        "better know",
        r"you (?:really |just )?(?:need|have|have got|ought) to (?:grow up|get (?:a grip|your act together|serious)|wake up"
        r"|take (?:some |more )?responsibility|take (?:this|it) (?:more )?seriously|try harder)\b[^.?!]*|stop being (?:so "
        r")?(?:lazy|selfish|silly|childish|stubborn|weak)\b[^.?!]*|you are (?:just |only )?(?:a lot of|all) talk\b[^.?!]*"
        r"|(?:this|that|it) is (?:just |simply |totally |completely )?(?:unacceptable|not acceptable)[^.?!]*|(?:nobody|no "
        r"one) (?:ever )?said (?:\w+ ){1,4}(?:was|would be|is) (?:going to be )?easy[^.?!]*|do not you (?:even )?care\b[^.?!]*"
        r"|how do you expect\b[^.?!]*|do not you realise\b[^.?!]*|you (?:do )?know better(?: than)?\b[^.?!]*",
        unless="feel|felt|said to|says|told|tell\\w*|worr\\w*|afraid|than (?:me|i|anyone|anybody|we|us)", facet="scolds"),
    cue("minimising", 2,
        "that bad small problem exam only one nothing anxious worried scared old age probably tired telly",
        r"can not (?:be|have been) (?:that|so) bad[^.?!]*|it is (?:only |just )?(?:a )?(?:small|little|tiny|minor) "
        r"(?:problem|thing|matter)[^.?!]*|it is only (?:one|a) (?:exam|test|day|week|job|needle|letter|small"
        r"|little)[^.?!]*|nothing to be (?:anxious|worried|scared|upset|nervous|ashamed of) about|that is (?:old "
        r"age|life|kids|men|women|marriage) for you|(?:he|she|they) (?:was|were) probably (?:just|only)[^.?!]*|not "
        r"the end of the world[^.?!]*", unless="feel|felt|said|told|i know it is not|but it (?:was|is)"),
    cue("condescension", 2,
        "monkey diddums bunny baby leave let professionals experts grown big hard name aww aw",
        r"cheeky monkey|diddums|happy bunny|baby girl|leave (?:the )?(?:medicine|science|it|that|thinking"
        r"|worrying)(?: \w+)? (?:to|for) (?:us|me|the (?:professionals|grown ups|experts|doctors))[^.?!]*|let the "
        r"(?:professionals|experts|grown ups)[^.?!]*|big (?:girls|boys) do not[^.?!]*|too hard for (?:us|you)|you "
        r"know your name[^.?!]*|aww? did you"),
    cue("pushing", 2,
        "answer insist until commit hook details out rest no pain letting leaving",
        r"will not take no[^.?!]*|i insist|out with it|keep (?:on )?at (?:you|it) until[^.?!]*|(?:need|want) you "
        r"to (?:commit|say it|sign|decide)[^.?!]*|not (?:letting you|leaving it|going to let)[^.?!]*|i want (?:the "
        r")?details|tell me the rest|no pain no gain|you (?:keep|are) running away[^.?!]*|start talking[^.?!]*"
        r"|that is what you are here for", unless="if you (?:want|would like)"),
    cue("stigma", 2,
        "madhouse mental men boys borderlines borderline demented illegals sicklers hypertensives diabetics "
        "psychos loonies handbag",
        r"madhouse|loony ?bin|real men do not[^.?!]*|boys should not (?:be|cry)[^.?!]*|(?:are you|you are|gone) "
        r"(?:mental|a bit mental|mad|crazy)(?= [.?!]|$| or)[^.?!]*|(?:you|all our|the|these|all the) (?:\w+ "
        r")?(?:borderlines?|sicklers|illegals|diabetics|hypertensives|schizophrenics|single mums|benefit \w+"
        r"|demented|foreigners|gypsies|junkies|alcoholics|drunks)\b[^.?!]*|borderlines are[^.?!]*|mental patients?"
        r"|acting crazy", unless="word|prefer|they (?:call|say)|called|feel|afraid|told you"),
    cue("rushing", 2, "minute time snappy gist forward waiting meeting off call",
        r"have not (?:really )?(?:got )?a minute|(?:nearly|almost|we are) out of time[^.?!]*|make it snappy|i have "
        r"got the gist|stop you there|fast forward(?! (?:to|a|\w+ years?))|(?:yes or (?:a )?no) now|i have to take this call|on my way to "
        r"a meeting|we on a clock|i am off at \w+", unless="would it be|is that okay"),
    cue("minimising", 3, "everyone everybody we gets get stressed",
        r"(?:everyone|everybody|we all|all of us|lots of people) (?:gets?|do|feels?|has|have|is|goes through"
        r"|worr(?:y|ies)) (?:a bit |a little |that |it |like that |this |some )?(?:stress\w*|anxious|nervous|sad"
        r"|down|tired|worried|upset|bad days|problems|ups and downs|low|like that|that|this|worry|it|pain\w*"
        r"|lonely)(?= [.?!]|$| (?:about|it is nothing|sometimes|from time|now and|at times|these days|you know|so"
        r"|do not))[^.?!]*", unless="different|still|does not make|that does not"),
    cue("minimising", 2,
        "worse worry only just small nothing least little bad tiny fuss everyone everybody deal end head silver",
        r"(?:could|might) (?:be|have been) (?:a lot |much |far |so much )?worse|(?:there are|other) (?:people"
        r"|others|patients) (?:\w+ )?(?:who (?:are|have it|have)|with|are|have it|far|much) (?:much |far |a lot "
        r"|it )?worse\b[^.?!]*|worse off|(?:it is|that is|this is|they are) (?:only|just) (?:a |an |some |the "
        r"|your )?(?:small |little |tiny |bit of |minor |mild |silly )*(?:lump|cough|cut|nerves|stress|phase"
        r"|headache|letter|job|period|cold|form|thing|worry|feeling|anxiety|panic|hormones|age|routine|scratch"
        r"|tablet|needle|scan|fall|graze|blood|pain|baby blues)\b[^.?!]*|(?:it is|that is) (?:really |honestly "
        r"|just )*(?:nothing|no big deal|not (?:that|so) (?:bad|serious|big)|not the end of the world|not a big "
        r"deal|all in your (?:head|mind))\b[^.?!]*|at least (?:you|it|they|he|she|your|there|this)\b[^.?!]*"
        r"|(?<!not )(?:making|make) (?:a )?(?:fuss|mountain|drama|big deal)[^.?!]*|(?:it )?(?:just|only) means you worry "
        r"too much|you (?:just )?worry too much|you are over ?(?:reacting|thinking)[^.?!]*|get over it|look on the "
        r"bright side|(?:snap|pull) (?:out of it|yourself together)|first world problem|not that bad|others have "
        r"it worse|(?:it is )?(?:just|only) a bit of \w+|happens to (?:everyone|everybody|us all)|we have all been "
        r"there|silver lining",
        unless=
            "at least (?:for today|not today|not yet|i can|we can|twice|once|one|two|three|until)|not (?:just"
            "|only) a|does not mean|is it (?:just|only)|feel|said|nothing to be ashamed|the scan|nothing you|told "
            "it|told you|as if it|you were told"),
    cue("false_reassurance", 2,
        "fine okay right well worry nothing sure soon better going pass positive sort",
        r"(?:you|it|everything|things|he|she|they|all|that) (?:will|are going to|is going to|is gonna|shall)(?: all"
        r"| be| soon| just| definitely| certainly| surely)* (?:be )?(?:absolutely |completely |totally |perfectly "
        r"|just |all )?(?:fine|okay|all right|well|good|sorted|great|perfect|better|work out|turn out|come right"
        r"|sort itself out|get better|pass)(?= [.?!]|$| (?:i promise|soon|in|trust|just|do not|you|by|again|for"
        r"|dear|love|sweet\w*|before|do|don|and|i))|i am (?:sure|certain|positive|confident) (?:it|that|you"
        r"|everything|they|he|she|there)(?: is| will| are| would)?(?: be)? ?(?:nothing|fine|okay|all right|not|will"
        r"|is|going to)?[^.?!]*(?:nothing|fine|okay|all right|well|better|work out|not serious|not cancer)|nothing "
        r"to worry about|nothing to be (?:worried|scared|afraid|frightened) (?:of|about)|(?:there is )?no need to "
        r"(?:worry|be (?:scared|afraid|anxious|frightened|nervous))|think positive|cheer up|chin up",
        unless=
            "not going to|can not promise|whether|will it|if it|nobody can say|want(?:ed|s)? to hear|tell you|told "
            "you|say that|saying|because the|showed|shows|scan|be fine with|would you|so you can|i will be|which "
            "days"),
    cue("false_reassurance", 1, "worry worrying",
        r"(?:please |just )?(?:do not|try not to|not to|stop) (?:you )?worry(?:ing)?(?: about (?:that|it|a thing"
        r"|anything|this))?", unless=
        "you worry that|tell me not|told not|people say|about getting it wrong|about the time"),
    cue("over_promising", 3,
        "promise guarantee guaranteed sessions weeks solved cured fixed fix hundred 100 always never completely",
        r"(?:i (?:can )?(?:promise|guarantee|swear|assure you|give you my word))(?: you)?\b[^.?!]*\b(?:will (?:be"
        r"|all|never|work|get|have)|fine|better|cured?|gone|solved|sorted|fixed|never|no one|nobody|hand|work|happy"
        r"|sleep|pass|okay|all right|100|100%|disappear|safe)\b[^.?!]*|(?:one|two|three|four|five|six|seven|eight"
        r"|ten|\d+|a few|a couple of|couple) (?:more )?(?:sessions?|weeks?|meetings|visits|months|days"
        r"|tablets)\b[^.?!]{0,20}\b(?:and|you will|it will|it is|it will be|then)\b[^.?!]{0,40}\b(?:solved|cured"
        r"|sorted|gone|fixed|fine|new (?:man|woman|person)|better|good as new|eating out|right as rain)\b[^.?!]*"
        r"|(?:i|we) will (?:definitely |certainly |completely )?(?:cure|fix|solve|sort) (?:you|this|it|that"
        r"|everything|all)\b[^.?!]*|guaranteed[^.?!]*",
        unless=
            "can not (?:promise|guarantee)|can nt|no one can|not promise|i can promise (?:only|to|that i)|will not "
            "promise|promise to (?:ask|tell|ring|call|come|be honest|listen|try|let)|i promise i will (?:ask|tell"
            "|ring|call|come|let|check)"),
    cue("minimising", 2, "say says said",
        r"that is (?:exactly |just |only )?what (?:they all|everyone|everybody|the last (?:one|patient|client)|all "
        r"(?:my|the|our) \w+|people always) (?:say|says|said)(?: that)?", unless="you said|told you"),
    cue("false_reassurance", 2, "sessions weeks promise",
        r"(?:one|two|three|four|five|six|seven|eight|ten|\d+|a few|a couple of) (?:more )?(?:sessions?|weeks?"
        r"|meetings|visits|days)\b[^.?!]{0,20}\b(?:and|then)\b[^.?!]{0,40}\b(?:solved|cured|sorted|gone|fixed|fine"
        r"|better|good as new|eating out|right as rain|over)\b[^.?!]*|i promise (?:you )?(?:you|it|this|that"
                r"|everything|things|all)\b[^.?!]*\b(?:fine|okay|better|sorted|solved|well|all right)\b[^.?!]*",
                unless="can not promise"),
    cue("over_promising", 2, "always never confidential nobody ever 100 hundred whatever",
        r"i will always (?:be )?(?:here|there|available|be)\b[^.?!]*|(?:everything|it|this|all|that) (?:is|stays"
        r"|will be|will stay|you say is)? ?(?:100|one hundred|a hundred|completely|totally|absolutely|strictly"
        r"|fully|entirely)(?: ?%| percent| per cent)? (?:confidential|private|secret|safe|secure)\b[^.?!]*"
        r"|(?:nobody|no one) will ever (?:know|find out|hear|see)\b[^.?!]*|(?:i|we) will never (?:leave|let you "
        r"down|tell|give up|share|ever)\b[^.?!]*|(?:you will|it will) never (?:feel|have|happen|come back"
        r"|be)\b[^.?!]*|(?:never|nothing) (?:will )?go(?:es)? wrong|(?:call|ring|text|phone) me (?:any ?time|day "
        r"or night|24|whenever)\b[^.?!]*|whatever (?:it takes|you need|happens)\b[^.?!]*\bi will[^.?!]*|i just "
        r"know we will[^.?!]*",
        unless=
            "unless|except|exceptions?|apart from|but if|not 100|can not|is not|not everything|almost|one thing"
            "|limits|never feel like you"),
    cue("lecturing", 2,
        "handout statistically research studies important understand realise need know must remember listen fact "
        "complicated tell explain said",
        r"(?:it is|it is very|what is) (?:very |really |so |vital |absolutely )?(?:important|vital|essential"
        r"|crucial) (?:that |for )?you (?:to )?(?:understand|realise|know|remember|recognise|appreciate|learn"
        r"|listen|keep in mind)\b[^.?!]*|you (?:need|have|must|ought|really need) to (?:understand|realise"
        r"|recognise|appreciate|learn that|accept|remember)\b[^.?!]*|(?:let me|i am going to) (?:explain|tell you) "
        r"(?:something|how (?:it|this|anxiety|the body|depression|therapy) (?:really )?works|why)\b[^.?!]*|as (?:i"
        r"|everyone|we all) (?:said|knows?|have said|have told you)\b[^.?!]*|the (?:fact|truth) (?:of the matter "
        r")?is\b[^.?!]*|listen to me|it is really not (?:complicated|hard|difficult)|handout[^.?!]*"
        r"|(?:statistically|studies show|research shows|research says)\b[^.?!]*\b(?:you|your|people like "
        r"you)\b[^.?!]*|it is (?:a )?(?:well[- ]?known|proven|scientific) fact[^.?!]*",
        unless="i need to understand|help me|let me explain how (?:it|this) works (?:here|first|so)"),
    cue("pushing", 3, "hiding really deepest darkest secret trauma",
        r"(?:what|who) are you (?:really |actually )?(?:hiding|not telling|afraid to tell|keeping"
        r"|covering)\b[^.?!]*|(?:what is|tell me|what are|share) (?:me )?(?:your|the|about your) (?:\w+ "
        r")?(?:deepest|darkest|biggest secret|worst secret|most painful|innermost|greatest shame)\b[^.?!]*|you are "
        r"hiding (?:something|things)\b[^.?!]*|what (?:is it|are) you (?:really )?(?:running from|scared to say"
        r"|not saying)[^.?!]*|(?:there is|must be) something you are not (?:telling|saying)[^.?!]*|i know there is "
        r"(?:more|something)[^.?!]*"),
    cue("pushing", 2,
        "come tell say let open spit share talk answer more bottom deeper deep into until hold shy silly anything hide really actually truth everything",
        r"come on\b(?! (?:in|over|through|up|down|round|board)\b)[^.?!]*|(?:just|you can|go on|you must|you have to|you "
        r"need to|you have got to) (?:tell me|say it|let it out|open up|spit it out|get it out|share it|talk about "
        r"it|answer(?: me| the question)?)(?: now| anyway| about (?:it|that))?(?= [.?!]|$| now| anyway| or)[^.?!]*"
        r"|spit it out|one more (?:go|try|rep|bite|step|time)|(?:we|i) (?:need|have|want) to (?:get|dig|go) (?:to "
        r"the bottom|deeper|deep|into (?:it|that|your childhood))\b[^.?!]*|i (?:am not|will not) (?:letting|leaving"
        r"|stop|let|leave|going)\b[^.?!]*until\b[^.?!]*|do not (?:hold back|be shy|be silly|leave anything out"
        r"|hide)\b[^.?!]*|what (?:is|was) it (?:really|actually) about|tell me (?:the truth|everything)\b[^.?!]*",
        unless=
            "if you have|only if|if you (?:want|would like|feel|can|like)|\bor\b|no need|do not have to|when you "
            "are ready|you can just tell me to|you can always|just tell me (?:if|when|to stop)|one at a time|just "
            "tell me stop|as much or as little|and i will"),
    cue("unready_intimacy", 2,
        "regret trauma abuse abused sex sexual childhood deepest intimate",
        r"(?:tell me|talk (?:to me )?|let us talk|share|what (?:is|was|are|were)|start with|open "
        r"up)\b[^.?!]{0,20}\b(?:about )?(?:your |the )?(?:deepest|biggest|greatest|worst|darkest)? ?(?:regrets?"
        r"|trauma|childhood trauma|abuse|sex life|childhood|most painful|most shameful)\b[^.?!]*|(?:were|was|have) "
        r"you (?:ever )?(?:been )?(?:sexually )?abused[^.?!]*|do you love (?:him|her|your \w+)\b[^.?!]*|how is "
        r"your sex life[^.?!]*", facet="early"),
    cue("jargon", 2,
        "gad ssri cbt dbt act mdt somatic adjunct comorbid aetiology etiology prognosis contraindicated titrate "
        "hypertension dysphoria anhedonia cognitive psychodynamic transference protocol phq bpd adhd ptsd ocd "
        "pathological maladaptive psychosomatic affect labile anxiolytic benzodiazepine idiopathic bilateral "
        "myocardial tachycardia dyspnoea psychoeducation externalises externalise formulation presentation "
        "prodrome symptomatology distortions exacerbation biopsychosocial hypervigilance dysregulation attachment "
        "neurotransmitter serotonin stat prn bd tds nocte hba1c ecg mri ct copd tia cva ards sats analgesia oedema "
        "ischaemic arrhythmia fibrillation stenosis lesion neoplasm metastatic carcinoma palliative febrile "
        "pyrexia antiemetic diuretic egfr egfr's ckd microalbuminuria creatinine",
            r"gad|ssris?|cbt|dbt|mdt|somatic|adjuncts?|comorbid\w*|a?etiology|contraindicated|titrat\w+|dysphori\w+"
            r"|anhedonia|cognitive (?:distortions?|restructuring|schema\w*)|psychodynamic|transference|phq ?\d?"
            r"|maladaptive|psychosomatic|labile|anxiolytic\w*|benzodiazepines?|idiopathic|bilateral|myocardial"
            r"|tachycardi\w+|dyspno?ea|psychoeducation|externali[sz]\w+|formulation|prodrom\w+|symptomatology"
            r"|exacerbation|biopsychosocial|hypervigilance|dysregulat\w+|attachment style|neurotransmitters?|prn|bd"
            r"|tds|nocte|hba1c|sats|analgesia|oedema|isch(?:a)?emi[ac]\w*|arrhythmia|fibrillation|stenosis|neoplasm"
            r"|metastatic|pyrexia|antiemetics?|diuretics?|egfr(?:'s)?|ckd|microalbuminuria|creatinine|protocol"
            r"|comorbidit\w+|prognosis|hypertension",
        facet="term", unless=
            "means|which is|that is (?:a|an|the|when|how|your|what)\b|in other words|called|stands for|short for"
            "|basically|you (?:said|mentioned|called|asked)|what is"),
    cue("breach", 3,
        "spoke talked rang told wife husband hr boss manager mother employer mentioned phone phoned called",
        r"i (?:have |also |just |already )*(?:spoke|spoken|talked|rang|phoned|called|told|emailed|wrote|had a "
        r"(?:chat|word)|let|chatted|contacted|mentioned (?:it|this|that) to|shared (?:it|this|that) with"
        r"|informed)\b(?: on the phone)?(?: (?:to|with))? (?:your|hr|the (?:school|boss|manager)|josh|them about "
        r"you|him about you|her about you)(?: \w+)?\b[^.?!]*",
        unless=
            "with your (?:permission|agreement|consent|okay)|you (?:agreed|asked|said i could|signed)|as (?:we"
            "|you) agreed|would|should|if i|did i|like you (?:asked|wanted)|as promised|you wanted|about the "
            "(?:tablets|dose|dizziness|room)|your (?:gp|doctor|nurse|pharmacist|consultant|surgeon|question)"),
    cue("breach", 2, "tell inform report hr employer wife husband boss manager",
        r"i (?:will|am going to|would|shall|am)(?: \w+)? (?:have|need|got|be obliged|be forced) to (?:tell|inform"
        r"|report|let)\b[^.?!]{0,30}\b(?:hr|employer|boss|manager|wife|husband|work|family|mother|father|parents"
        r"|boyfriend|partner|josh|know)\b[^.?!]*|i am (?:going to|telling) (?:tell )?(?:your |hr|the "
        r")[^.?!]*(?:about this|that you)[^.?!]*",
        unless="danger|harm|risk|safe|tell you first|told you first|only that you"),
    cue("breach", 2, "another patient client last mr mrs next bed room lady man",
        r"(?:my |the |another |an? |one of my )(?:last |other |previous )?(?:patient|client|lady|man|woman"
        r"|gentleman|bloke)\b[^.?!]{0,20}\b(?:mr|mrs|ms|miss|called|named|next door|in bed|upstairs|in "
        r"room)\b[^.?!]*|(?:mr|mrs|ms|miss) [a-z]+ (?:has|had|in (?:bed|room)|next door)\b[^.?!]*(?:same|too"
        r"|also)[^.?!]*", unless="hello|hi |good morning"),
    cue("mirroring_overt", 3,
        "cross mirror copy crossed arms folded same match mirroring copying",
        r"(?:so )?i (?:will|am going to|shall) (?:also )?(?:cross|fold|copy|mirror|match|lean|sit like|do the same"
        r"|do it too)\b[^.?!]*|(?:i am |let me )?(?:mirroring|copying|matching) (?:you|your)\b[^.?!]*", unless=
        "off your list|cross (?:it|that) (?:off|out)|match (?:the|it) to"),
    cue("mirroring_overt", 2, "arms crossed folded body posture",
        r"i (?:see|notice|noticed|can see) (?:that )?(?:your arms|you have (?:crossed|folded)|your body|you are "
        r"(?:crossing|folding))\b[^.?!]*"),
    cue("condescension", 2,
        "sweetheart sweetie darling dear love honey pet duck hun hon petal poppet mate young boy girl good clever "
        "silly",
        r"(?:now |there |come |oh )?(?:sweetheart|sweetie|darling|honey|hun|petal|poppet|my dear|my love|dearie"
        r"|sugar|young (?:man|lady)|missy|sonny|sunshine|silly(?: billy)?|buddy|pet)(?= [.?!]|$| (?:you|we|it|let"
        r"|now|i|do|that|what|there|how|just|and))|(?:now|there|there there|hello|yes|no|well|okay|come on|oh) dear"
        r"|(?:good|clever|brave) (?:boy|girl|lad|lass)|big strong (?:man|woman|lad|girl|boy)[^.?!]*|(?:there|now"
        r"|come on|all right|okay|hello) love(?= [.?!]|$)", facet="pet name", unless=
        "you (?:called|said)|black dog|called you|calls you|honey in|the (?:pet|dog)|your pet"),
    cue("condescension", 2,
        "complicated kid fool idiot simple hard understand obvious child words big little simply complicated "
        "rocket there how our expert",
        r"(?:it is |this is )?(?:really |honestly |just |surely )*not (?:that |so |very |really |exactly "
        r")?(?:complicated|rocket science|difficult to understand|hard to (?:understand|grasp))|(?:any|a|even "
        r"a)(?: small| little)? (?:child|kid|fool|idiot|five year old) (?:knows|can|could)[^.?!]*|let me (?:make"
        r"|put|keep) (?:it|this) (?:very )?simple (?:for you)?|(?:i know|i am) (?:best|the expert|what is "
        r"best)[^.?!]*|(?:trust me|i am) ,? ?(?:i am )?(?:the|an) (?:expert|professional|doctor here)|do not "
        r"(?:worry|bother) your (?:pretty |little )*head[^.?!]*|(?:are|have) we (?:taken|taking|had|been|feeling"
        r"|eaten|done) our\b[^.?!]*|we need to take our[^.?!]*|(?:there )?there there|you would not understand"
                r"|leave (?:it|that|the thinking) to (?:us|me|the experts|the professionals)|how are we today",
                unless="not complicated question"),
    cue("condescension", 1, "love just means need defensive only sweetie poor good bless",
        r"love (?:the|your) (?:bag|shoes|hair|top|dress|outfit)|it just means you\b[^.?!]*|there is no need to be "
        r"defensive[^.?!]*|you poor (?:thing|love|dear|lamb)|poor (?:you|thing|love|lamb)|bless (?:you|your|him"
        r"|her)\b(?! you)|be a good\b[^.?!]*", facet="little"),
    cue("stigma", 3,
        "man strong woman up addict junkie crazy mad nuts nutter psycho mental lunatic schizo druggie alcoholic "
        "cripple retard weak loony waster junkie's flyer frequent time",
        r"(?:big )?strong (?:man|bloke|lad|woman) like you[^.?!]*|man up|(?:be|act like|like) a (?:real )?man(?= "
        r"[.?!]|$| about)|(?:you are|as|being|just|typical|another|like|such|you|(?<!kind )(?<!sort )of|an?) (?:an? |all |just |just "
        r"an? )?(?:addicts?|junkies?|crack ?head|crazy|lunatic|nutter|nutjob|psycho|schizo|druggie|alcoholic|drunk"
        r"|mental case|mental patient|retard\w*|loony|cripple|attention seeker|time waster|bed blocker|frequent "
        r"flyer)\b(?! (?:week|day|busy|time|how|hours))[^.?!]*|(?:boys|men) do not (?:cry|talk)",
        unless=
            "not (?:a |an |you are )?|no shame|does not (?:make|mean)|nobody|you (?:said|called|feel|worry)|called"
            "|word|they say|feel (?:like )?(?:you are )?|afraid|going crazy|think you|it is crazy"),
    cue("stigma", 2,
        "non-compliant noncompliant compliant compliance abuser hysterical obese people abusers lot",
        r"non[- ]?complian\w+|(?:are|being|be|were) (?:not )?compliant|(?:substance|drug|alcohol) abusers?"
        r"|hysterical|you people\b(?! (?:look after|often|usually|learn|mostly)\b)[^.?!]*|your lot|the (?:diabetic|schizophrenic|epileptic|borderline|anorexic)(?= "
        r"in| over| on| [.?!]|$)|(?:you are|as) an? (?:diabetic|schizophrenic|epileptic|borderline|anorexic"
        r"|depressive|asthmatic)", unless="word|prefer|they (?:call|say)|called"),
    # Plain abuse degrades as a label does (clinical section 2.6: "stigma or insult").
    cue("stigma", 3,
        "bitch cunt bastard twat idiot moron scum cow loser shit fuck piss shut stupid pathetic worthless useless",
        r"(?:you )?(?:\w+ )?(?:bitch|cunt|bastard|twat)|you (?:are )?(?:an? |such an? |just an? |so )?(?:\w+ )?(?:idiot|moron"
        r"|scum|loser|stupid cow|piece of shit)|you are (?:so |just |really |fucking )?(?:stupid|pathetic|worthless|useless)(?= [.?!,]|$)"
        r"|(?:just )?(?:fuck|piss) off|fuck you|shut (?:the fuck )?up",
        unless="call(?:ed|s|ing)?|said|says|say|saying|told|tell|telling|hear|heard|feel|feels|felt|think|thought|believe|sound"
        r"|want(?:ed|s)? to|could|made|to|were|not|nobody|as if|like|i (?:must|should|had better|will|can|would|need to|have to) (?:just |really |now )*shut",
    ),
    cue("stigma", 1, "personality type statistically externalises", r"your personality (?:type|disorder)[^.?!]*"),
)  # fmt: skip
