"""Marks of helpful behaviours, one row per mark, grouped by code (clinical section 1.2).

Level 1 is the right category in general words; level 2 needs what `link` names; two facets at 2 make a 3.
Reflections, questions and active listening are read from structure in `helps`, not from this table.
"""

from __future__ import annotations

from simpatient.appraisal.cues import Cue, cue

_FEELINGS = (
    "afraid scared scary frightened frightening terrified terrifying worried worrying anxious nervous angry "
    "cross furious frustrated frustrating annoyed annoying upset upsetting sad hurt hurtful painful "
    "heartbreaking devastating lonely alone isolating isolated ashamed embarrassed embarrassing guilty "
    "humiliated humiliating tired tiring exhausted exhausting draining drained overwhelmed overwhelming "
    "stressful stressed confusing disappointed disappointing helpless powerless trapped unsettling maddening "
    "infuriating gutted shaken relieved relief bewildering horrible "
    "heavy awful terrible dreadful"
)
"""Words that name a feeling."""
_NAMED_FEELING = rf"(?:{'|'.join(_FEELINGS.split())}|let down|worn out|fed up|a shock)"
_OF_FEELING = f"{_FEELINGS} let worn fed shock"
"""Words of which one occurs in every name of a feeling."""

_EMPATHY = (
    cue("empathy", 1, "hard tough difficult rough sounds awful lot horrible challenging painful stressful heavy",
            r"(?:that|it|this|which)? ?(?:sounds|must be|must have been|seems|is|looks|has been|feels)(?: like "
            r"(?:it is|a))? (?:so |really |very |incredibly |pretty |quite |just |such a |been |that )*(?:hard"
            r"|tough|difficult|rough|awful|horrible|challenging|painful|stressful|a lot|terrible|heavy)",
        facet="hard"),
    cue("empathy", 1, "understand hear know feel feeling",
            r"i (?:can |do |really |totally |completely )*(?:understand|hear you|feel for you|know it is hard|get "
            r"it)", facet="claim"),
    cue("empathy", 1, "going through sorry",
                r"(?:what|all) you are going through|a lot going on|sorry (?:to hear|you are going through|for "
                r"what)", facet="claim"),
    cue("empathy", 2,
        _OF_FEELING,
            rf"(?:that|it|this|which|you|they|\w+ing)? ?(?:must|sounds?|seems?|can|could|would|might|may|imagine"
            rf"|had to|has to|must of|is|are|hear|see|feels?|felt|makes you|made you|left you|leaves you|has|have"
            rf"|was|were|wears)(?: (?:have|been|be|like|as if|as though|that|you|are|is|feel|feels|feeling|felt|so"
            rf"|really|very|quite|pretty|how|the|a|it|just|bit|left|made|deeply|terribly|to|and|awfully|incredibly"
            rf"|also|me|pretty|you are|left you|lot))* {_NAMED_FEELING}",
        link="linked", facet="feeling"),
    cue("empathy", 2, _OF_FEELING,
            rf"{_NAMED_FEELING}\b[^.?!]{{0,20}}\b(?:because|when|after|since|with|that|to|not knowing|keeping|being"
            rf"|having|waiting|losing|and)\b", link="feeling+linked", facet="reason"),
    cue("empathy", 2, "wears takes lot gets get",
        r"(?:that|it|this) (?:wears|grinds|takes (?:a lot|its toll|it) out of|gets|weighs|would wear|would get) "
                r"(?:a person|anyone|anybody|you|people|someone|on you|to you|to anyone)(?: out| down)?",
                link="linked", facet="toll"),
    cue("empathy", 2, "frightening worst hardest part painful scary lonely",
        r"(?:is|are) (?:what is |the )?(?:frightening|worst|hardest|hard|painful|scary|lonely|frightens you|scares "
        r"you|worries you|hurts)(?: most)?(?: part| bit| thing)?", link="linked", facet="part"),
)  # fmt: skip

_VALIDATION = (
    cue("validation", 1, "valid okay normal",
        r"feelings? (?:is|are|be)? ?(?:all |totally |completely |so |very )?(?:valid|okay|real|important)|your "
        r"feelings matter|it is okay to feel|you are allowed to feel|valid", facet="slogan"),
    cue("validation", 1, "sense understandable",
        r"(?:that |it |this )?(?:does |totally |completely |really )?(?:makes?|make) (?:a lot of |perfect |total "
        r"|complete |so much |good |some )?sense|(?:that is|it is|this is)? ?(?:completely |totally |very "
        r"|perfectly |really |so |quite )?understandable", facet="sense"),
    cue("validation", 2, "sense",
        r"(?:makes?|make|making) (?:a lot of |perfect |total |complete |so much |good |some )?sense (?:that |to "
        r"|why |you |if |after |given |when |of )", link="linked", facet="sense2"),
    cue("validation", 2, "wonder", r"(?:no|little|not any|it is no|small) wonder\b", link="linked|strain",
        facet="wonder"),
    cue("validation", 2, "naturally obviously normal natural human logic logical",
        r"(?:naturally|obviously) (?:you|one|anybody|anyone)\b|you would naturally\b|(?:it is|that is) (?:only "
                r"|quite |completely |very )?(?:normal|natural|human|logic|logical) (?:that|to|if|when|after)\b",
                link="linked|strain|feeling", facet="natural"),
    cue("validation", 2, "i would be",
        r"i would (?:be|feel) (?:\w+ )?(?:fuming|furious|cross|angry|wary|upset|scared|annoyed|frightened|raging"
                r"|livid|the same|too|as well|worried|careful|hurt)(?: too| as well)?", link="linked|strain|feeling",
                facet="me too"),
    cue("validation", 2, "course", r"(?:of )?course (?:you|it|that|they|she|he|this|anyone)\b", link="linked|strain",
        facet="course", unless="of course you (?:can|may|could)"),
    cue("validation", 2, "anyone anybody most lots many",
        r"(?:anyone|anybody|any person|most people|lots of people|any of us|i think anyone|many people|a lot of "
                r"people) (?:in (?:your|that|this)|would|who|with|might|could|going through|treated|told|waiting)",
                link="linked", facet="anyone", unless="would know|benefit"),
    cue("validation", 2,
        "right reason reasons every cause surprised surprising surprise natural fair understandable enough blame",
            r"you (?:have|had|have got) (?:every|good|a|all the|plenty of|any) (?:right|reason|reasons|cause)"
            r"|(?:not|hardly) surpris\w+|i (?:do not|would not|can not) blame you|who would not|(?:i|anyone) would "
            r"be \w+ too|(?:quite |perfectly |only )?(?:natural|fair|understandable|human) (?:to|that|you|enough"
            r"|after|given|when)|(?:that is|it is) (?:a )?(?:fair|reasonable|good) (?:worry|concern|point|question"
            r"|thing to)", link="linked|strain|asked", facet="right"),
    cue("validation", 2, "after given told when",
        r"(?:after|given|with) (?:being|what|all|everything|how|that|the way)\b[^.?!]{4,}\b(?:of course|no wonder"
        r"|makes sense|would be|natural|understand|wary|course)", link="linked", facet="cause"),
    cue("validation", 2, "got nothing why would",
                r"so why would (?:this|it|i|you|that)|why would you (?:trust|believe|think|want|feel)", link="linked",
                facet="why"),
    cue("validation", 1, "fair point taken",
        r"^(?:that is )?(?:fair|fair enough|fair point|point taken|none taken)", facet="fair"),
    cue("validation", 1, "manual", r"nobody hands you a", facet="manual"),
)  # fmt: skip

_NORMALISING = (
    cue("normalising", 2,
        "common commonest usual many plenty lots most people lot often others alone one three half four",
            r"(?:one of the |some of the |the )?(?:most |very |really |quite |so |pretty |extremely )?(?:common"
            r"|commonest)\b(?: (?:reasons?|things?|problems?|than|reaction|response|for))?|(?:many|plenty of|lots "
            r"of|a lot of|most|loads of|so many|hundreds of|half of|half the) (?:other )?(?:people|men|women"
            r"|parents|patients|folk|folks|clients|mothers|fathers|carers|students|families|persons|those)\b|you "
            r"are (?:not|far from) (?:the only|alone)|not the only one|people (?:often|who come|who sit|like you"
            r"|in your)|(?:one|two|three|four) in (?:three|four|five|six|ten|every)",
        link="linked|strain|asked|start", facet="common", unless=
            "advise|should|statistically|recommend|drink less|common denominator"),
    cue("normalising", 2, "weak weakness shame alarm sign strength failing failure ashamed crazy mad body",
            r"(?:not|does not|do not|never|no|rather than|is not|nothing)\b[^.?!]{0,25}\b(?:weak|weakness|shame"
            r"|ashamed|a failing|failure|failed|crazy|going mad|a sign of|your fault|embarrassed)|(?:it is|like"
            r"|as) an? (?:alarm|smoke alarm|signal|warning)|(?:body|brain)(?: is)? (?:doing|reacting|sounding"
            r"|trying|playing)|sign of strength|takes (?:strength|courage|guts)",
        link="linked|shame|start", facet="shame", unless="you are weak|going to fail"),
    cue("normalising", 1, "normal everyone everybody we",
        r"(?:totally|completely|perfectly|very|quite|really|so|all)? ?normal|(?:everyone|everybody|we all) (?:gets"
        r"|feels|has|have|goes|get|feel|worries)", facet="normal"),
)  # fmt: skip

_ACCEPTANCE = (
    cue("nonjudgement", 2, "thank thanks glad appreciate grateful",
        r"(?:thank you|thanks|i am glad|i appreciate|grateful|good)(?: so much| very much)? (?:for|that|you|to|it"
        r"|of you|you could|you are)? ?(?:you )?(?:telling|told|sharing|shared|being (?:honest|open|straight|so "
                r"honest)|trusting|trusted|saying|said|letting me|let me know|could tell|can tell)",
                link="disclosed|linked", facet="thanks"),
    cue("nonjudgement", 2, "say here anything judge",
        r"you can (?:say|tell|talk about) (?:that|it|anything|whatever|things like that)(?: \w+)? here|nothing "
        r"(?:you say|you could say)\b|(?:this is )?(?:a place|somewhere) you can say|no wrong answers?|i am not "
        r"here to (?:judge|tell you off|catch you)", link="disclosed|linked|start", facet="here"),
    cue("nonjudgement", 2, "reasons reason yours",
        r"(?:happens?|happen|people|skip\w*|miss\w*|do it|do that|do this)\b[^.?!]{0,25}\bfor (?:a reason|reasons"
        r"|lots of (?:different )?reasons|different reasons|all sorts of reasons|many reasons|good reasons)|there "
        r"(?:is|are) (?:always|usually|often|normally) (?:a |some |good )?reasons?\b[^.?!]*|what (?:is|was|were) "
        r"yours", link="linked|disclosed", facet="reasons"),
    cue("nonjudgement", 1, "judge judging judgement judgment",
                r"(?:not|no|never|without|non) (?:going to |here to |be )?judg\w+|judgement free|safe space",
                facet="claim", unless="but"),
    cue("compassion", 2, "sorry",
        r"i am (?:so |really |very |truly )?sorry (?:today|this|it|that (?:this|today|it|they|you|she|he)|for your "
                r"loss|for (?:all )?(?:that|what you)|about (?:your|what)|to hear (?:about )?your|they|she|he|you (?:had|have|were|are|went|are going))\b",
                link="linked|disclosed", facet="sorry", unless="you feel that way|if you|feel like that|but"),
    cue("compassion", 2, "reason right change see now cross",
        r"every (?:reason|right) to be (?:cross|angry|annoyed|furious|upset|fed up)|let me see what i can (?:change"
                r"|do)|what would (?:ease|make it easier|help) (?:right now|a little|just now)", link="strain|linked",
                facet="under fire"),
    cue("compassion", 2, "stop minute break pause slow moment",
        r"(?:would you like|do you want|shall we|we can|let us|would it help|is it better|want) (?:us )?(?:to "
                r")?(?:stop|pause|take a (?:break|minute|moment)|have a (?:break|minute|moment)|slow down|leave it)",
                link="linked|strain|feeling|disclosed", facet="ease"),
    cue("comfort", 2, "rush hurry time long staying stay going",
        r"(?:there is |we have |you have |i have )?(?:no (?:rush|hurry)|plenty of time|all the time|got time"
        r"|time)(?: you need)?$|there is no (?:rush|hurry)|no (?:rush|hurry)|we have (?:got )?(?:plenty of )?time"
        r"|take (?:all )?(?:your|the)(?: own)? time(?: (?:that )?you)?|take as long as you (?:want|like|need)|i am "
        r"(?:staying|not going anywhere)\b|i stay here", link="linked|strain|feeling", facet="rush"),
    cue("comfort", 2, "here sit stay with",
        r"i am (?:right |still |just )?here(?: with you| if| for you| and| as long)?(?! to)|i will (?:just "
        r")?(?:stay|sit) (?:here|with you)|(?:stay|sit) with you", link="linked|feeling|strain", facet="here"),
    cue("comfort", 2, "say anything talk words need speak answer",
        r"(?:do not|need not|no need to) (?:have to |need to )?(?:say|talk|speak|explain|answer)(?: anything| a "
        r"word| now| just now| right now| about it| about anything)*", link="linked|feeling|strain", facet="silence",
        unless="to your|to him|to her"),
    cue("comfort", 2, "water tissue tissues blanket tea breath glass",
        r"(?:shall|can|may|could|let me|would you like|do you want|want)\b[^.?!]{0,20}\b(?:some |a |me to (?:get"
        r"|fetch) )?(?:water|tissues?|blanket|tea|glass)\b[^.?!]*|catch your breath|(?:here is|here are) (?:a "
        r"|some )?tissues?", link="feeling|disclosed", facet="kindness"),
    cue("comfort", 1, "okay cry all right",
        r"(?:it is )?(?:okay|all right|fine) to cry|let it out|there there", facet="cry"),
)  # fmt: skip

_STRENGTH = (
    cue("affirmation", 2,
        "took takes take needs needed courage guts effort strength brave taken",
        r"(?:that|it|this|which|coming|must have)(?: \w+){0,4} (?:took|takes|take|taken) (?:something|some|a lot"
        r"|real|guts|courage|effort|strength|nerve|doing|bottle|great|so much)(?: \w+)?|that is (?:brave|courage)"
        r"|(?:that|this|it|for (?:this|that) you) (?:needs?|needed) (?:real |some |a lot of )?(?:courage|strength"
        r"|guts|nerve)", link="linked|start", facet="took"),
    cue("affirmation", 2, "came come anyway still even got",
        r"(?:and|but|yet|even then|still)? ?(?:you )?(?:still |even then )?(?:you )?(?:came|have come|turned up"
        r"|showed up|got here|made it)(?: here)? (?:anyway|nonetheless|nevertheless|all the same|even so|even "
        r"(?:you|though)|without|on a day)\b[^.?!]*|you still came|still you came|without any \w+ (?:also )?you "
        r"(?:have )?c[ao]me", link="linked|start", facet="came"),
    cue("affirmation", 2,
        "came got made managed kept did noticed showed turned asked spotted told stayed stood looked held tried "
        "rang went stuck manage found still been keeping",
            r"you (?:still |even |did |have |really |actually |also |already |always )*(?:came|got here|made it"
            r"|managed|kept|did|noticed|showed up|turned up|asked for|spotted|stayed|stood|looked after|held|tried"
            r"|rang|went|stuck|found a way|worked|been (?:trying|looking|holding|keeping)"
            r"|still)\b[^.?!]*\b(?:anyway|early|yourself|that took|though|despite|even (?:though|when|so)|not "
            r"(?:easy|nothing|slept)|on a day|in spite|without|so (?:hard|long)|this time|all (?:the|that|this"
            r"|those|these))",
        link="linked", facet="effort"),
    cue("affirmation", 2,
        "matters clear care cares careful straight honest loyal important strength person values dedicated",
            r"(?:you (?:clearly |obviously |really |plainly )?(?:care|value|love|work hard|look out)|(?:matters?"
            r"|means? (?:a lot|so much)) to you|(?:is|are) (?:clearly |really |so )?important to you|you are "
            r"(?:clearly |obviously )?(?:someone|a (?:person|man|woman|mother|father|parent)) who|(?:shows|show"
            r"|showed|tells me|that is) (?:how much you|what a|real|a lot of|you are|that you|your)? ?(?:strength"
            r"|care|courage|commitment|determination|insight|how much|how hard))",
        link="linked", facet="value"),
    cue("affirmation", 1,
        "proud great job well done good amazing brilliant fantastic awesome strong brave excellent wonderful "
        "impressive",
            r"(?:i am )?(?:so |really )?proud of you|(?:great|good|amazing|fantastic|brilliant|excellent|nice"
            r"|wonderful) (?:job|work|stuff|going|effort)|well done|good (?:for you|on you)|you are (?:so |doing "
            r"|really |very )*(?:strong|brave|amazing|great|brilliant|well|wonderful|resilient)|that is (?:great"
                    r"|fantastic|brilliant|amazing|wonderful|excellent|awesome|impressive|really good|very good)"
            r"|(?:it is|that is|i think it is) (?:so |really |very )?(?:good|great|brave|nice|lovely) (?:that|of) you (?:are|came|come|have|did|told|said|asked|could|got|let|rang|called|went|stayed|made|took|noticed|talk)\b[^.?!]*",
                    facet="praise"),
    cue("encouragement", 2, "one small step possible lap further next more today little if bit",
            r"(?:would|could|might|is|does|shall|how about|maybe|perhaps)\b[^.?!]{0,30}\b(?:one|a small|the "
            r"smallest|a short|a little|just (?:one|the)|a tiny|two)\b[^.?!]*\b(?:feel|be|possible|manageable"
            r"|do-?able|okay|today|or)\b|(?:got|come|getting|gone) (?:further|farther|on|a long way)|(?:no"
            r"|nothing) more than that|see how (?:the next|it|that|today) (?:one )?(?:goes|feels)|step by step|one "
            r"(?:step|day|thing) at a time|one \w+\b[^.?!]*\bor\b[^.?!]*\b(?:rest|day off|call it|leave it|not "
            r"today|another day)\b[^.?!]*|here if you (?:want|do|need|would like)[^.?!]*(?:if you do not|or not)",
        link="linked|disclosed", facet="small"),
    cue("encouragement", 1, "do got believe give keep hang stay there",
        r"you can do (?:it|this)|you have got this|i believe in you|keep (?:going|it up|at it|trying)|hang in there"
        r"|stay (?:strong|positive)|do not give up|you will get there", facet="cheer"),
)  # fmt: skip

_WARMTH = (
    cue("warmth", 2, "hello hi hey morning afternoon evening welcome",
                r"(?:hello|hi|hey|good (?:morning|afternoon|evening)|welcome)(?: there| again)?(?: [a-z]+){0,3}",
                link="start", facet="greet", unless="lovely to meet you|so good"),
    cue("warmth", 1, "nice pleased good glad lovely thanks thank",
        r"(?:nice|good|lovely|pleased|great) to (?:meet|see) you|(?:glad|thank you|thanks|pleased)(?: that)? "
        r"(?:for )?(?:you )?(?:coming|came|come|could come|are here|made it|for coming|for making)", facet="polite"),
    cue("warmth", 2, "name", r"my name is|my name", link="start", facet="name"),
    cue("warmth", 2, "i am",
        r"i am (?!sorry|here|not|just|glad|going|afraid|sure|happy|only|so|really|asking|wondering|a |the |your "
        r"|from |all |also |still |curious|listening|writing|hearing|aware|with |trying|pleased|thinking|worried"
        r"|told|reading|in |on |at |very|hoping|delighted|concerned|interested|looking|about|keen|back|one|probably"
                r"|guessing|sensing|getting|saying)[a-z]+(?: [a-z]+)?(?= [.?!]|$| (?:and|the|one|a|from|your))",
                link="first", facet="name"),
    cue("warmth", 2, "sit seat tea water coffee coat comfortable chair drink warm window door",
            r"(?:sit|seat|chair)\b[^.?!]{0,20}\b(?:wherever|anywhere|where|suits|like|down|comfortable|you)"
            r"|(?:wherever|anywhere) (?:suits|you like|is comfortable)|(?:tea|water|coffee|juice)\b|make yourself "
            r"(?:comfortable|at home)|take your coat|are you (?:warm enough|comfortable|sitting comfortably)|have "
            r"a seat|grab a seat", link="start", facet="hospitality", unless="drink too|cut|caffeine|avoid"),
    cue("warmth", 2, "found find rain weather traffic journey parking trip garden bus heat cold snow",
            r"(?:find|found) (?:us|the place|it|your way)|(?:in )?(?:that|this) (?:rain|weather|heat|snow|cold"
            r"|traffic)|(?:how was|was) (?:your|the) (?:journey|trip|drive|walk|traffic|bus)|(?:admiring|love) "
            r"(?:the|your|that)|the (?:garden|weather|parking|traffic)", link="start", facet="small talk"),
    cue("warmth", 2, "good time now okay convenient",
        r"is (?:now|this)(?: still)? (?:a )?(?:good|okay|all right|convenient|fine|bad)(?: time| moment)?|is it "
        r"(?:still )?(?:a )?(?:good|okay|all right|convenient)(?: time| moment)", link="start|first", facet="ask time"),
    cue("warmth", 1, "care hope smile kind welcome take safe",
        r"take care|look after yourself|you are (?:very |most )?welcome|(?:i )?hope (?:you|the|your|it|that)\b"
        r"|(?:in|see you) (?:good|safe)", facet="kind"),
    cue("self_disclosure", 2, "i my me",
        r"i (?:have (?:killed|lost|been|had|got|never|always|burnt|burned|done|forgotten|only|just)|was (?:nervous"
        r"|late|lost|scared|new|always|terrible|hopeless|brought|raised|once|a (?:nurse|gardener|student|smoker"
        r"|patient))|get (?:lost|nervous|muddled|it wrong)|grew up|once|used to|(?:can|could) never|still get"
        r"|struggle|burn|kill|love|hate|always (?:get|lose|forget|burn|kill)|lost (?:my|a)|had (?:a|an|my)|forget"
        r"|am (?:hopeless|terrible|rubbish|useless|no good|not much of a))\b(?![^.?!]* (?:about you|your (?:notes"
        r"|file|letter)))",
        link="start|linked", facet="i", unless=
            "sorry|anything i|wrong|your notes|your letter|the referral|been told|understand|i have been (?:asked"
            "|listening|thinking|reading|wondering|doing this)|no (?:idea|clever)|i was wrong|had read|promised"
            "|said|i have never met|like the (?:way|sound)|love your|would love|love to (?:hear|know)|love the"
            "|hate to|suggest|ask|lost (?:you|my place|track)"),
    cue("genuineness", 2,
        "honestly honest thrown clever wrong should mistake admit read truth fault muddled nervous moment know "
        "good frankly",
            r"(?:honestly|to be honest|truth is|if i am honest|frankly|i will be (?:straight|honest))\b[^.?!]{3,}"
            r"|i was (?:a bit |really |quite )?(?:thrown|wrong|clumsy|surprised|too quick|nervous|caught off guard)"
            r"|i should have (?:said|asked|told|waited|listened|mentioned|checked)|(?:do not|have not|have not got"
            r"|have no) (?:have )?(?:a |any |the )?(?:clever|good|perfect|easy|neat|right|magic) (?:answer|words?"
            r"|fix)|i (?:got|get|have got) (?:that|it|this) wrong|my mistake|i made a mistake|i do not (?:quite "
            r")?know what to say|give me a (?:second|moment|minute)",
        link="linked|strain|asked|first", facet="own", unless=
            "totally transparent|you need to|you should|you have to|you are|think you|anything i (?:got|get) wrong"),
    cue("presence_cues", 2, "here reading face tone moment screen typing line camera quiet listening taking",
            r"(?:i am )?(?:here )?(?:reading|listening) (?:carefully|to you|this carefully|every word|slowly)"
            r"|(?:can not|can nt|not able to) see (?:your face|you)|got the tone|(?:the )?tone (?:right|wrong)"
            r"|give me a moment to|taking that in|if i go quiet|let me (?:take that in|sit with that)|i am "
            r"(?:still )?(?:with you|on the line|typing)",
        link="channel|linked", facet="written"),
)  # fmt: skip

_NOTICING = (
    cue("cue_response", 2,
        "took quiet silent silence vanished stopped talking paused pause hesitated hesitate trailed looked",
            r"(?:you|it|that|there|something)(?: \w+){0,4} (?:quiet|silent|silence|vanished|disappeared|took a "
            r"(?:minute|moment|while|beat)|stopped(?: talking| there| yourself)?|paused?|hesitat\w+|trailed off"
                    r"|tailed off|went (?:very )?still|changed the subject|looked away|looked down|shut "
                    r"down)\b[^.?!]*", link="heard", facet="silence", unless=
            "have you stopped|you stopped taking|if i go quiet|stopped (?:drinking|smoking|taking|eating|the)"),
    cue("cue_response", 2, "laughed laughing laugh smiled joke joked ha",
            r"you (?:are |were )?(?:laugh(?:ed|ing)?|smil(?:ed|ing)|jok(?:ed|ing)|made a joke|shrugged|sighed|said "
            r"that lightly)\b[^.?!]*\b(?:but|and|wonder\w*|looked|if|whether|sounded|though)\b[^.?!]*|there was a "
            r"(?:ha|laugh|joke|sigh)\b[^.?!]*", link="free", facet="joke"),
    cue("cue_response", 2, "fine okay nothing whatever covers kind suppose lot guess",
            r"(?:fine|okay|nothing|whatever|not bad|all right|i suppose|tired|a bit)(?: can| might| could)? "
            r"(?:covers?|means?|hides?|holds?|says?|carry|carries|mean|is a big word|makes me wonder)\b[^.?!]*"
            r"|(?:which|what) kind of (?:fine|okay|nothing|tired|quiet)\b[^.?!]*|you (?:said|say) (?:fine|okay"
                r"|nothing|whatever|i suppose|not bad|it is nothing)\b[^.?!]*\b(?:but|and|like|as if"
                r"|wonder)\b[^.?!]*", link="free", facet="word"),
    cue("cue_response", 2,
        "notice noticed heard hear caught wonder wondering something changed shifted when sounded sounds past "
        "skipped",
            r"(?:i (?:noticed?|heard|hear|caught|picked up|saw|could hear)|something (?:changed|shifted|happened"
            r"|came up|moved|dropped))\b[^.?!]{0,40}\b(?:when|in your voice|as you|there|just (?:now|then)|how you"
            r"|the way you|that you|you (?:said|went|got|slowed|did not|mentioned|sounded|left|almost|nearly"
            r"|skipped|passed))\b[^.?!]*|the way you (?:said|put|told)\b[^.?!]*|(?:your|that) (?:voice|tone|face"
            r"|shoulders) (?:dropped|changed|fell|went|got)\b[^.?!]*|you (?:went|passed|skipped|moved|skated|rushed"
            r"|hurried|slid) (?:past|over|by|quickly|fast|on)\b[^.?!]*|you (?:almost|nearly|started to|were about "
            r"to) (?:said|say|saying|told|tell)\b[^.?!]*|there (?:is|was|seems) (?:more|something) (?:in|behind"
            r"|under|to|else in)\b[^.?!]*|(?:sounds|sounded|feels) (?:like|as if) there (?:is|was|might be) (?:more"
            r"|something)\b[^.?!]*",
        link="linked|heard", facet="noticed", unless=
            "crossed|folded|arms|defensive|you are hiding|not telling|you use marijuana"),
    cue("cue_response", 1, "lot going on something bothering",
        r"a lot going on|something (?:is )?bothering you|what is (?:up|wrong|the matter)", facet="vague"),
    cue("personalisation", 2,
        "last time said told mentioned like hate your with so instead around because since",
        r"(?:last (?:time|week)|the other day|earlier|before|on \w+day) you (?:said|told|mentioned|talked|described"
        r"|called)\b[^.?!]*|(?:with|given|because of|around|since) (?:the|your|his|her)\b[^.?!]*\b(?:will not work"
        r"|is no good|so|how about|what about|better|instead|would|could)\b[^.?!]*|you (?:hate|like|love|prefer"
        r"|can not stand|said you (?:hate|like|love|prefer|can not)|are not one for|work nights|finish at"
        r"|know)\b[^.?!]*\b(?:i will|so|let us|we can|instead|could we|shall we|could it)\b[^.?!]*|(?:would|does"
        r"|could|might) (?:that|it|this) (?:fit|sit|go|work)(?: in)? (?:with|around|there|beside"
        r"|alongside)\b[^.?!]*", link="linked|remembered", facet="fits"),
    cue("personalisation", 2, "mornings nights shifts work kettle garden dog daughter form",
        r"(?:mornings?|nights?|evenings?|that time|nine|monday\w*) (?:will not|would not|does not|is not going to) "
        r"(?:work|suit|fit)\b[^.?!]*", link="linked", facet="constraint"),
    cue("personalisation", 2, "hate dislike stand prefer like love",
        r"you (?:hate|dislike|can not stand|do not like|prefer|like|love) [a-z]+(?: [a-z]+){0,3}(?: [.])? (?:so |then )?(?:i "
        r"will|we will|we can|let us|i can)\b[^.?!]*", link="linked", facet="taste"),
    cue("mirroring", 2, "short version brief",
        r"(?:short|brief|quick) (?:version|one|answer)\b[^.?!]*|in (?:a few|two|few) words|straight to it then"
        r"|plain answer", link="said", facet="length"),
    cue("mirroring", 2, "thank mr mrs ms dr",
        r"(?:thank you|good (?:morning|afternoon|evening)|of course|certainly) (?:mr|mrs|ms|miss|dr"
        r"|professor)\b[^.?!]*", link="said", facet="formal"),
    cue("mirroring", 2, "when the",
        r"when the (?:\w+ ){1,3}(?:is|are|comes?|gets?|turns?|shows?|starts?)(?: about| up| around| here| "
        r"back)?\b[^.?!]*", link="said+linked", facet="word"),
    cue("greeting", 1, "hello hi hey morning afternoon evening",
        r"^(?:hello|hi|hey|good (?:morning|afternoon|evening)|morning|afternoon)(?: there)?", facet="hello"),
    cue("thanks", 1, "thank thanks cheers",
        r"(?:thank you|thanks|cheers)(?! for (?:telling|sharing|being (?:honest|straight)))", facet="thanks"),
    cue("competence", 2,
        "guideline guidelines evidence trained training studies research advises",
        r"(?:the )?(?:guidelines?|evidence|research|studies) (?:advises?|says?|suggests?|shows?|recommends?"
        r"|is)\b[^.?!]*\b(?:because|and (?:why|the reason)|so)\b[^.?!]*|i (?:have|was|am) (?:been )?(?:trained"
        r"|training|done this|supervised|qualified)\b[^.?!]*", link="asked|linked", facet="basis"),
    cue("privacy_systems", 1, "locked system password encrypted secure",
        r"(?:locked|secure|encrypted|password)(?: \w+)? (?:system|cabinet|drawer|computer|file|server)|(?:four|two"
        r"|three|few|only \w+) people can (?:open|see|read)", facet="system"),
)  # fmt: skip

HELP_CUES: tuple[Cue, ...] = (
    *_NOTICING, *_EMPATHY, *_VALIDATION, *_NORMALISING, *_ACCEPTANCE, *_STRENGTH, *_WARMTH,
)  # fmt: skip
