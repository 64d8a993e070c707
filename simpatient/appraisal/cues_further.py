"""Further ways of saying what the tables of helpful behaviours look for: the same acts in other people's words.

Each row names an act by what is said of whom, not by a phrase: many verbs, many subjects, little between them.
"""

from __future__ import annotations

from simpatient.appraisal.cues import Cue, cue

_MANY = r"(?:many|most|lots of|loads of|a lot of|plenty of|so many|quite a few|hundreds of|half(?: of)? the)"
_COUNT = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+|half|most)"

_ACCEPTING = (
    cue("normalising", 2, "hear see meet often most common many lots plenty half only alone everyone day week",
        rf"(?:things?|stories|people|worries|problems?|what) (?:that )?(?:i|we) (?:hear|see|meet|come across|get) (?:the )?(?:most|a lot|often|every|all the"
        rf" time|quite a bit)\b[^.?!]*|(?:i|we) (?:hear|see|meet|get) (?:that|this|it|people with (?:that|this|it)) (?:a lot|often|every (?:day|week)|all the time|quite"
        rf" a bit)\b[^.?!]*|{_MANY} (?!of (?:it|this|that)|time|thank)\w+ (?:and \w+ |who \w+ here |here |in here )?(?:tell (?:me|us)|feel|say|find|worry|think|struggle|"
        r"go through|have (?:this|that|it|the same)|get (?:this|that|it|the same)|come (?:in|here)|are (?:scared|afraid|worried|frightened)|do (?:that|this)|"
        r"would)\b[^.?!]*|you would be (?:amazed|surprised) how (?:many|common)[^.?!]*",
        link="linked|strain|asked|start|shame", facet="common", unless="advise|recommend|statistically|drink less"),
    cue("nonjudgement", 2, "trusting trust telling honest said saying courage",
        r"(?:thanks|thank you|i appreciate you|i am (?:glad|grateful)) (?:so much |very much )?(?:for |that )?(?:you )?(?:trusting|trusted|could say|said|telling|told|letting"
        r"|being (?:honest|straight|open)|felt able)\b[^.?!]*", link="situation", facet="thanks"),
    cue("nonjudgement", 2, "reasons reason kinds sorts yours",
        r"(?:people|folk|everybody|everyone|patients|lots of us|we all|most of us) (?:\w+ ){1,5}for (?:all |many |lots of |plenty of |different |good |their own |various )*"
        r"(?:kinds of |sorts of |manner of )?(?:good |different )?reasons?\b[^.?!]*|what (?:is|are|were|was) (?:the reasons? (?:for|with) you|yours)\b",
        link="linked|disclosed|situation", facet="reasons"),
    cue("nonjudgement", 2, "say here loud hear",
        r"(?:it is|that is) (?:perfectly |quite |absolutely )?(?:okay|all right|fine|safe|allowed) to (?:say|tell me|feel) (?:that|it|this|so|things like that)\b[^.?!]*|(?:that|it|this) "
        r"(?:can|may) be said (?:in )?here|nothing you say (?:\w+ ){0,3}(?:shock|surprise|put)\b[^.?!]*|i have heard (?:worse|that before and)[^.?!]*",
        link="situation", facet="here"),
    cue("compassion", 2, "break pause breather minute moment rest stop",
        r"(?:(?:would|do|shall|can|could|let|may|want|need|should)\b[^.?!]{0,20}\b)?(?:have|take|need|want|stop for|pause for|like) (?:a |another )?(?:little |short |quick |small )?"
        r"(?:break|pause|breather|rest|minute|moment)\b(?! to think)[^.?!]*", link="feeling|strain|disclosed", facet="ease",
        unless="i need|i want|i will take|let me take|give me"),
    cue("compassion", 2, "right angry cross upset unacceptable long enough see do put try sort",
        r"(?:you are|you have every|of course you are|you have a) right to be (?:angry|cross|upset|furious|annoyed|fed up)\b[^.?!]*|(?:is|was) (?:far |much |way )?too long\b[^.?!]*|"
        r"(?:let me|i will|i am going to) (?:go (?:and )?)?(?:see|find out|look at|try|do) what i can (?:do|change|sort|find)\b[^.?!]*", link="strain", facet="under fire"),
    cue("compassion", 2, "rotten horrible awful rough hard terrible day night sorry",
        r"what a (?:rotten|horrible|awful|rough|hard|terrible|miserable|long|dreadful) (?:day|night|week|morning|time|few days)\b[^.?!]*", link="linked|disclosed|feeling",
        facet="sorry"),
    cue("comfort", 2, "words find need time anywhere going stay quiet",
        r"(?:no need to|do not (?:have|need) to|need not) (?:find|look for|search for|have|put it into|worry about) (?:any |the |it in )?(?:right )?words\b[^.?!]*|(?:take|have) all the time "
        r"(?:you need|in the world|you want)|(?:we|i) can (?:just |simply )?(?:sit|be quiet|stay|wait)\b[^.?!]*|i am not (?:going anywhere|leaving|off anywhere)\b[^.?!]*",
        link="situation", facet="silence"),
    cue("comfort", 2, "water tea tissue tissues glass blanket cup",
        r"(?:shall|can|may|could|let|should|want|will) (?:i|me)\b[^.?!]{0,25}\b(?:water|tissues?|blanket|tea|glass|cup)\b[^.?!]*", link="feeling|disclosed", facet="kindness"),
)  # fmt: skip

_STRENGTHENING = (
    cue("normalising", 2, "just only every nearly parent everyone person people weak manage",
        r"(?:it is |you are )?not (?:just|only) you\b[^.?!]*|(?:nearly |almost )?(?:every|each) (?:single )?(?:parent|person|patient|mother|father|man|woman|family|student|couple|new \w+) (?:\w+ )?(?:says?|feels?|tells|finds?|worries"
        r"|goes|comes|thinks|gets|here)\b[^.?!]*|(?:does not|do not|never|will not) make (?:you|anyone|anybody|someone|a (?:man|person)) (?:\w+ )?(?:weak|mad|crazy|less|a failure)\b[^.?!]*",
        link="linked|strain|asked|start|shame|disclosed", facet="just"),
    cue("nonjudgement", 2, "less worse badly think everyone takes always gets way",
        r"(?:nobody|no one|i|we)(?: (?:is|am|are|here|will|would|do|in here))* (?:not )?(?:going to )?think (?:any )?(?:less|worse|badly) of you\b[^.?!]*|not every(?:one|body) (?:takes|does|manages|remembers|keeps|can)\b[^.?!]*|what (?:gets|is) in the way"
        r"\b[^.?!]*|(?:hard|not easy|brave|a lot) to (?:say|tell)(?: (?:that|it|this))?(?: out loud)?\b[^.?!]*\b(?:thank|thanks|glad)\b[^.?!]*", link="situation", facet="reasons"),
    cue("comfort", 2, "breath breathe water drink glass quiet staying right",
        r"(?:get|catch|take) (?:your|a) (?:breath|deep breath)\b[^.?!]*|would (?:a |some )?(?:\w+ (?:of )?)?(?:water|tea|drink)\b[^.?!]*help[^.?!]*|i am staying\b[^.?!]*", link="feeling|disclosed|situation", facet="kindness"),
    cue("compassion", 2, "sorry pause should happen need",
        r"(?:i am )?(?:so |very |really |truly )?sorry (?:that is|you (?:waited|have been|were|had to)|about (?:today|all|the)|what an?)\b[^.?!]*|that (?:should|ought) not (?:to )?(?:have )?happen(?:ed)?\b[^.?!]*|(?:shall|should|can|could) we (?:pause|stop|wait|"
        r"sit)\b[^.?!]*|what do you need(?: right)? now\b[^.?!]*", link="strain|linked|disclosed|feeling", facet="sorry", unless="feel that way|if you"),
    cue("affirmation", 2, "although though everyone would rather honest good catch time came",
        r"not every(?:one|body) would\b[^.?!]*|(?:and you )?(?:sat|stopped|turned|called|rang|went|asked|left) (?:\w+ )?in time\b[^.?!]*|good catch|you would (?:rather|sooner) (?:be honest|tell|say|stand|speak)\b[^.?!]*", link="linked", facet="effort"),
    cue("affirmation", 2, "caught spotted saw felt picked noticed stopped early time coming before",
        r"you (?:have |really |still |even |did )?(?:caught|spotted|saw|felt|picked|noticed|stopped|dealt with|headed)(?: (?:it|that|this|up on it|yourself|the signs?)){0,2} (?:off )?"
        r"(?:early|earlier|coming|before|in time|sooner|straight away|quickly)\b[^.?!]*", link="linked", facet="effort"),
    cue("affirmation", 2, "straight honest truth say stand stood matters even pay pays cost costs price",
        r"(?:matters?|important) to you (?:to|that)\b[^.?!]*|you (?:stood up|spoke up|told the truth|said it straight|were the one who)\b[^.?!]*|even (?:when|if|though) (?:it costs|you are"
        r" the one who pays|you pay|it is hard|nobody)\b[^.?!]*", link="linked", facet="value"),
    cue("encouragement", 2, "or if more",
        r"(?:would|could|might|can|does|shall|how about|maybe|want)\b[^.?!]{0,30}\b(?:a few|a couple of|just (?:one|a few|to the)|one|two|a short|a bit of)\b[^.?!]*\bor (?:shall|do|is|should|would|rather|we"
        r"|leave|not|just|another|today)\b[^.?!]*|if you (?:would like|want|feel (?:like|up to)|fancy)\b[^.?!]*\b(?:go|try|trying|attempt|step)\b[^.?!]*\b(?:if not|or not|if you do not|that is"
        r" (?:all right|okay|fine) too)\b[^.?!]*|nothing more than that|no more than that", link="linked|disclosed|situation", facet="small"),
    cue("self_disclosure", 2, "mine my first still always me myself",
        r"(?:mine|my own (?:\w+)) (?:all |always |never |also |still )?(?:died|die|went|is|are|was|were|does|do|did|takes?|took|ended|got)\b[^.?!]*|i (?:still|always|often|sometimes) (?:take|get|go|lose|forget|end up|"
        r"mix|need|find myself|have to (?:ask|look|check))\b[^.?!]*|my first (?:day|week|shift|time|month|visit)\b[^.?!]*|(?:happens|happened|same) to me\b[^.?!]*",
        link="start|linked", facet="i", unless="you (?:said|told|mentioned)|think|wonder|your (?:notes|file|letter)|sorry|my first (?:question|thought)"),
    cue("self_disclosure", 2, "everything plant same remember credit once did very scared",
        r"everything i (?:plant|cook|touch|grow|buy|bake)\b[^.?!]*|i did (?:the |exactly |just )?(?:the )?(?:very )?same\b[^.?!]*|i remember (?:how|when|being|my)\b[^.?!]*\bi\b[^.?!]*|i can not take the credit[^.?!]*|i (?:was|felt) (?:so |just |as )?"
        r"(?:scared|nervous|lost|new|shy|awkward|terrified)\b[^.?!]*", link="start|linked", facet="i", unless="you (?:said|told)|by that|when you"),
    cue("genuineness", 2, "smart answer did true ouch read tell",
        r"(?:there is|there are) (?:not|no)(?: really)?(?: an?| any)? (?:\w+ )?answers?\b[^.?!]*|i did (?:read|see|know|look|hear)\b[^.?!]*\b(?:and|but)? ?i (?:did not|should have|never)\b[^.?!]*|(?:that one|that|it) (?:hit|stung|got|hurt) me\b[^.?!]*",
        link="linked|strain|asked|situation", facet="own"),
    cue("genuineness", 2, "caught threw took guard surprise aback ought pretend answer honest think seen read",
        r"(?:caught|threw|took|takes|throws) me (?:off guard|by surprise|aback|a bit)\b[^.?!]*|(?:i )?(?:will not|am not going to|would not|do not want to) pretend\b[^.?!]*|i ought to have (?:said|told|asked"
        r"|waited|listened|mentioned|checked)\b[^.?!]*|i had (?:already )?(?:seen|read|looked at)\b[^.?!]*\bbefore\b[^.?!]*|(?:do not|have no|have not) (?:know|have|got)(?: got)? (?:a |an |any |the )(?:clever|good|perfect"
        r"|ready|easy|real) answer\b[^.?!]*|let me think (?:about that|for a)\b[^.?!]*", link="linked|strain|asked|situation", facet="own"),
    cue("presence_cues", 2, "see write writing typing across screen read reading answer properly here",
        r"(?:can not|could not|do not) see (?:you|your face|each other)\b[^.?!]*|if i (?:come across|sound|seem|look) (?:wrong|rude|cold|off|short|harsh|distant)\b[^.?!]*|(?:am |i am )?reading (?:it|this|that|what you)"
        r"[^.?!]{0,20}(?:properly|carefully|slowly|twice|again|all)\b[^.?!]*|(?:give|need) (?:me )?(?:just )?a (?:minute|moment|second)\b[^.?!]*\b(?:answer|read|think|reply)\b[^.?!]*", link="channel|linked|situation",
        facet="written"),
    cue("presence_cues", 2, "still read twice tone writing here",
        r"(?:i am )?still here\b[^.?!]*|(?:want|going|like) to read (?:it|this|that) (?:twice|again|properly|slowly)\b[^.?!]*|(?:hard|easy) to (?:get|miss|read) the tone\b[^.?!]*|(?:let|letting) that sink in\b[^.?!]*", link="channel|linked|situation",
        facet="written"),
    cue("mirroring", 2, "short brief shortly quick few speech", r"(?:i will|let me|i can|then) (?:keep|make) it (?:short|brief|quick)|(?:short|brief|quick) (?:it is|and sweet|then)|(?:few|short) words (?:then|it is)|no long speech\w*",
        link="said", facet="length"),
    cue("mirroring", 2, "days nights when whenever mr mrs ms dr",
        r"(?:on (?:the |those )?(?:days|nights)(?: when| that)?|whenever|while) the (?:\w+ ){1,3}(?:is|are|comes?|gets?|turns?|shows?|starts?|visits?)\b[^.?!]*", link="said+linked", facet="word"),
)  # fmt: skip

_TRUSTWORTHY = (
    cue("admit_unknown", 2, "say tell promise predict know area field subject",
        r"i (?:can not|could not|would not like to|am not able to) (?:really |honestly |truly )?(?:say|tell(?: you)?|promise|predict)(?: you)? (?:for (?:certain|sure)|if|whether|how|exactly|when)\b[^.?!]*|i (?:do not|am afraid i do not) "
        r"know (?:enough|much|a lot|anything)\b[^.?!]*|not (?:really )?my (?:area|field|subject)\b[^.?!]*|(?:honestly |truth is )?i do not know\b", link="asked|linked|situation", facet="unknown",
        unless="how you feel|what to say|you well|if you know"),
    cue("admit_unknown", 2, "might may nothing somebody someone idea",
        r"(?:it )?(?:might|may) (?:work|help)[^.?!]*\b(?:might|may) not\b[^.?!]*|i (?:know|can say) nothing (?:about)?[^.?!]*|(?:shall|can|let) (?:i|me) (?:look for|find|get|ask) (?:somebody|someone)\b[^.?!]*|no idea\b[^.?!]*", link="asked|linked|situation",
        facet="unknown"),
    cue("transparency", 2, "notes lines look mix why asking",
        r"(?:lines|something|a bit|words) (?:in|for|on) (?:your|the) (?:notes|file|record)\b[^.?!]*|(?:that is )?why i am (?:asking|writing|saying|telling)\b[^.?!]*|have a look (?:if|any ?time|whenever)\b[^.?!]*", link="asked|privacy|linked", facet="why"),
    cue("promise_made", 2, "until hear from give", r"(?:give me until|you will (?:hear|know|have it|get it)(?: from me)?|you will see me)\b[^.?!]*\b(?:\w+day|today|tomorrow|noon|lunch|afternoon|four|five|three|two|ten|nine|by|before|at)\b[^.?!]*", link="asked|linked|situation",
        facet="when"),
    cue("transparency", 2, "ten five four three twenty hundred 10 100 5 20 rare serious dangerous bad helps works suits some",
        rf"{_COUNT} (?:people )?(?:out of|in|of) (?:every )?(?:ten|five|four|three|twenty|a hundred|\d+)\b[^.?!]*|(?:serious|bad|dangerous) (?:\w+ )?(?:is|are) (?:very )?rare\b[^.?!]*|(?:helps|works for|suits) some (?:people )?(?:and|but|not"
        r"|others)\b[^.?!]*|some (?:people )?(?:get|find|do)\b[^.?!]*\b(?:others|some) (?:do not|not)\b[^.?!]*", link="asked|linked", facet="both sides"),
    cue("plain_language", 2, "simple things explain describe put water traffic hose pump sponge rope tap",
        r"(?:keep|make|put) (?:it|this) simple\b(?! for you)[^.?!]*|(?:only |just )?(?:two|three) things (?:for|are|you|matter|today)\b[^.?!]*|how would you (?:explain|tell|put|describe|say) (?:it|this|that)\b[^.?!]*|(?:a bit )?like (?:too much )?"
        r"(?:water|traffic|a hose|a pump|a sponge|a rope|a tap)\b[^.?!]*", link="asked|linked|informing|taught", facet="plain"),
    cue("invite_questions", 2, "about bothers worries frightens scares ask comes whatever jot note pops night",
        r"what is it about\b[^.?!]* (?:bothers|worries|frightens|scares|concerns|troubles)\b[^.?!]*|what would you (?:like|want) to (?:ask|know|hear|go over)\b(?! before)[^.?!]*|(?:whatever|anything that|if anything|any question that|"
        r"when something) (?:comes?|pops?|occurs?|springs?)\b[^.?!]*\b(?:jot|write|note|bring|begin|start|tell|ring|ask|keep)\b[^.?!]*|(?:jot|write|note) (?:it|them) down\b[^.?!]*\b(?:begin|start|go through|answer|bring)\b[^.?!]*",
        link="taught|asked|informing|linked|situation", facet="what"),
    cue("feedback_seeking", 2, "moment point time",
        r"(?:was|is) there (?:a|any) (?:moment|point|time|bit|place)\b[^.?!]*\b(?:when|where|that) you (?:felt|feel|thought|wished)\b[^.?!]*",
        link="situation", facet="asks"),
    cue("promise_kept", 2, "say said promise promised told meant supposed", r"i (?:did )?(?:say|said|promised?) (?:that )?i would\b[^.?!:]*|i (?:said|promised) (?:that )?i will\b[^.?!:]*|(?:the|that) \w+ (?:that )?i (?:promised|said i would)\b[^.?!:]*|like i (?:said|promised)\b[^.?!:]*|you were (?:meant|supposed) to (?:have|get|hear)\b[^.?!:]*",
        link="kept", facet="said"),
    cue("plain_language", 2, "think imagine hose tap talked take two",
        r"(?:think of|imagine|picture) (?:it as )?(?:a|an|your|the) \w+\b[^.?!]*|(?:let us )?(?:just )?(?:take|start with|do) (?:just |only )?(?:one|two|the first)\b[^.?!]*|(?:could|can|would) you tell me (?:what|how) you (?:will|would|are going to)"
        r"\b[^.?!]*|(?:so i|to) (?:know|see) if i was clear\b[^.?!]*", link="asked|linked|informing|taught", facet="plain"),
    cue("invite_questions", 2, "scares frightens go over paper wakes questions anything",
        r"what (?:scares|frightens|worries|bothers|troubles|concerns) you\b[^.?!]*|(?:is there|what|anything)\b[^.?!]*\byou (?:want|would like) to (?:go over|ask|know|clear up|hear again)\b[^.?!]*|(?:put|get) it (?:on paper|down|in writing)\b[^.?!]*",
        link="taught|asked|informing|linked|situation|feeling", facet="what"),
    cue("confidentiality", 2, "gets get signature permission consent myself nothing nobody else",
        r"(?:gets?|get) to know (?:if|that|only)\b[^.?!]*|only with your (?:signature|permission|consent|say so)\b[^.?!]*|i keep (?:it |that )?to myself\b[^.?!]*|(?:and )?(?<!because )(?<!where )(?<!since )(?:nothing|no one|nobody) (?:more|else)\b(?! (?:will|would|can|could|does|did|is|was|cares?|helps?|has|had)\b)[^.?!]*", link="privacy", facet="who"),
    cue("timely_response", 2, "wait before should", r"(?:the|those|that) (?:\w+ )?(?:forms?|rest|paperwork|questions|others?) can wait\b[^.?!]*|(?:should|will) (?:tell|let|know|hear|have)(?: us| you| me)?(?: know)?\b[^.?!]*\b(?:before|by|at|this|today|tomorrow)\b[^.?!]*",
        link="asked|linked", facet="answer"),
    cue("timely_response", 2, "forget leave first now know yet", r"^(?:forget|leave|never mind|put away|bin) (?:the|those|these|that) \w+(?: for now| first| until)?\b[^.?!]*|(?:let us|i will|we will) (?:see to|sort|look at|deal with|start with) "
        r"(?:your|that|the) \w+ first\b[^.?!]*|^(?:i )?(?:do not|not) know yet\b[^.?!]*", link="asked|linked", facet="answer"),
)  # fmt: skip

_IN_OTHER_ENGLISHES = (
    cue("cue_response", 2, "passed went skipped hurried moved", r"you (?:passed|went|skipped|hurried|moved) (?:very |so |quite |rather |a bit |a little )*(?:fast|quick|quickly|lightly) (?:over|past|from|through)\b[^.?!]*", link="linked|feeling",
        facet="event"),
    cue("genuineness", 2, "should", r"i (?:should|could|must) (?:have )?(?:say|said|tell|told)(?: you)? (?:this|it|that|so)(?: to you)? (?:at the (?:start|beginning)|before|earlier|first|at once|already)\b[^.?!]*", link="linked|situation", facet="owns"),
)  # fmt: skip

_TOGETHER = (
    cue("autonomy", 2, "shall should rather or listen tell stay shut closed prefer",
        r"(?:shall|should|can|would you like me to) (?:i )?[^.?!]*\bor (?:would|do|shall|should|is|rather|just)\b[^.?!]*|(?:would|do) you rather\b[^.?!]*|(?:that|it|this) (?:can|may) stay (?:shut|closed|there|where it is|put)\b[^.?!]*|(?:no|not) "
        r"need to (?:open|go into|tell me|decide)\b[^.?!]*", link="situation", facet="permission"),
    cue("autonomy", 2, "door closed unless ideas listen wherever",
        r"(?:that |the |your )?door (?:stays|is|can stay|remains) (?:shut|closed|locked)\b[^.?!]*|(?:do|would) you (?:want|like) [^.?!]*\bor (?:do|would|just|somebody|should)\b[^.?!]*|(?:we )?(?:begin|start|go) where(?:ver)? you\b[^.?!]*", link="situation", facet="choice"),
    cue("shared_decision", 2, "done nothing together jointly choose decide lean minds ask",
        r"(?:a few|two|three|several|some) things (?:can|could) be done\b[^.?!]*|doing nothing (?:yet|now|at all)?\b[^.?!]*\b(?:is|one)\b[^.?!]*|(?:we )?(?:make up our minds|decide|choose|settle it) (?:together|between us|jointly)\b[^.?!]*|so i would (?:go for|choose|lean|"
        r"say)\b[^.?!]*|ask your (?:son|daughter|wife|husband|partner|family)\b[^.?!]*\b(?:decide|choose|together|friday|then)\b[^.?!]*", link="situation", facet="options"),
    cue("personalisation", 2, "kettle there forms then after shift possible did",
        r"after (?:a|the|your) (?:night |late |early |long )?shift\b[^.?!]*|what if you (?:did|do|put|had|kept) (?:it|that)\b[^.?!]*|no (?:forms|needles|mornings|lectures|groups|phone calls)(?: then)?\b[^.?!]*|(?:was|is) your (?:safe|own|favorite|quiet|best) \w+\b[^.?!]*",
        link="linked|remembered", facet="fits"),
    cue("personalisation", 2, "use good work suit better know thing form",
        r"(?:mornings?|nights?|evenings?|afternoons?|\w+days?|that time|early) (?:is|are|will be) (?:no (?:use|good)|not (?:going to )?(?:work|good|possible|easy)|out|hard)\b[^.?!]*|would (?:\w+ ){1,6}(?:be better|suit you|work better|be "
        r"easier|fit better)\b[^.?!]*|(?:i know )?\w+ (?:is|are) not your (?:thing|favorite|cup of tea)\b[^.?!]*|you told me\b[^.?!]*", link="linked|remembered", facet="fits"),
    cue("planning", 2, "weeks week days months said set agreed put work first stick",
        r"(?:what about|how about|what if|shall|could|can) (?:if )?we (?:work|start|try|focus|look|give it|spend|take)\b[^.?!]*\b(?:weeks?|days|sessions|months|times|meetings)\b[^.?!]*|(?:we|last time we) (?:said|set|agreed|settled on) \w+ (?:hours|"
        r"times|steps|minutes|days|nights|cigarettes|walks)\b[^.?!]*|(?:which|what) (?:one )?(?:would|do) you (?:put|want|tackle|take) first\b[^.?!]*|(?:do|shall|should) we (?:stick with|keep|change|stay with) (?:it|that|the (?:goal|plan))\b[^.?!]*",
        link="linked|situation|remembered", facet="outline"),
    cue("planning", 2, "aiming target close having where want give",
        r"(?:is|was|were) what we (?:were )?(?:aimed|aiming|set|wanted|agreed)\b[^.?!]*|(?:still )?the right (?:target|goal|aim)\b[^.?!]*|(?:let us )?(?:say )?we give \w+ (?:\w+ )?(?:weeks?|days|months|sessions)\b[^.?!]*|there is the \w+\b[^.?!]*\band\b[^.?!]*",
        link="linked|situation|remembered", facet="outline"),
    cue("continuity", 2, "end meeting turn see back",
        r"at the (?:end|start|beginning) of (?:each|every) \w+\b[^.?!]*|you will see me (?:at|again|tomorrow|tonight|after)\b[^.?!]*|i am back (?:at|after|on|before|tomorrow)\b[^.?!]*", link="remembered|linked|situation", facet="thread"),
    cue("continuity", 2, "was coming back looking time each every meet how",
        r"(?:\w+day|yesterday|last (?:night|week)|this morning) was (?:your|the|that) \w+\b[^.?!]*|i (?:am|will be) (?:coming|popping|back|looking in|calling|dropping)\b[^.?!]*\b(?:at|after|when|before|in|around|tonight|tomorrow|again)\b[^.?!]*|"
        r"(?:every|each) time we (?:meet|talk|speak|see)\b[^.?!]*|how (?:was|did) (?:the|your) \w+ (?:go|yesterday|last|on)\b[^.?!]*", link="remembered|linked|situation", facet="thread"),
    cue("feedback_seeking", 2, "different differently better do rub way time talking",
        r"(?:what|how) (?:would|could|should|can|do) (?:you (?:want|like) me to|i) do (?:it |this |things )?(?:different|differently|better|instead)\b[^.?!]*|(?:rub|rubbed|got|get)(?: you| up)* (?:up )?the wrong way\b[^.?!]*|(?:was|is) (?:it|that|this) "
        r"(?:any |a bit )?better (?:this time|today|now|for you)\b[^.?!]*", link="free", facet="ask"),
    cue("repair", 2, "started began giving telling listened rest others sounded before",
        r"i (?:just )?(?:started|began|was|kept|went straight to|jumped to) (?:giving|telling|handing|lecturing|pushing|preaching|ordering|explaining|fixing|talking)\b[^.?!]*\b(?:before|without|instead|over|when you)\b[^.?!]*|i (?:think i |probably )?"
        r"(?:sounded|was|did|went|ended up|talked)(?: \w+){0,2} (?:just )?(?:like|as) (?:all )?(?:the|them|everyone)(?: (?:rest|others|last|one))?\b[^.?!]*", link="strain|own|linked|situation", facet="own",
        unless="but you|if you felt|i was only"),
    cue("repair", 2, "start try again bit part over",
        r"(?:could|can|may|shall|let) (?:we|i|us|me) (?:please )?(?:start|try|do|begin|take|have)(?: that| it| this)?(?: bit| part| one)? (?:again|over|once more)\b[^.?!]*", link="owned|strain", facet="change"),
    cue("immediacy", 2, "tell say share something noticing notice noticed differently see",
        r"(?:is|would) it (?:be )?(?:okay|all right|fine) (?:if|for me to) (?:i )?(?:tell|say|share|mention)(?: you)? (?:something|what) i\b[^.?!]*|i (?:see|look at|read) (?:it|that|one thing|this|things) (?:a bit |a little |somewhat )?differently\b[^.?!]*|"
        r"(?:one|a) thing i (?:see|look at|would put) (?:a bit )?differently\b[^.?!]*|i notice\w* (?:that )?you (?:were|are|got|started|began|have been|went)\b[^.?!]*\b(?:when|as|once|while)\b[^.?!]*", link="situation", facet="now"),
    cue("repair", 2, "side took", r"i took (?:their|his|her) side\b[^.?!]*|i (?:put it right|have put it right|have sorted it)\b[^.?!]*", link="strain|own|linked|situation", facet="own"),
    cue("immediacy", 2, "agree disagree typing part started noticing",
        r"i do not (?:quite |really |altogether |fully )?agree (?:with you )?(?:about|on) (?:one|that|this)\b[^.?!]*|you (?:started|began|got|went) (?:typing|talking|writing|really|very|quiet\w*|fast\w*) [^.?!]*\b(?:when|at|part|there|bit)\b[^.?!]*|(?:can|may|could) i (?:say|tell "
        r"you) what i (?:am )?notic\w+\b[^.?!]*", link="situation", facet="now"),
    cue("partnership", 2, "find words side sit table know add",
        r"we (?:could|can|will) (?:find|think up|work out|write|plan|look for)\b[^.?!]*|i will (?:sit|stand|be) (?:on|at|by) your side\b[^.?!]*|you know (?:best|that best|your own)\b[^.?!]*|i can add\b[^.?!]*", link="situation", facet="team"),
    cue("family_rapport", 2, "brought live parents exactly stays",
        r"you brought (?:him|her|them)\b[^.?!]*|what good parents do\b[^.?!]*|what (?:he|she|they) says?\b[^.?!]*\bstays? (?:with|between)\b[^.?!]*|you (?:live with|notice|see) (?:her|him|them|things)\b[^.?!]*\bi (?:never|would not|can not|do not)\b[^.?!]*", link="situation",
        facet="family"),
    cue("two_sided_fit", 2, "one better somebody come honest straight worth",
        r"if i am not (?:the (?:one|right)|who|what|right)\b[^.?!]*|what would (?:somebody|someone|a person|the next one) have to\b[^.?!]*|come (?:two|three|four|a few) times\b[^.?!]*|(?:we )?tell each other (?:straight|honestly)\b[^.?!]*", link="situation", facet="fit"),
    cue("partnership", 2, "together we stand beside with come side",
        r"(?:shall|can|could|let|will|why do not|we can) (?:we|us)\b[^.?!]*\b(?:together|between us|side by side)\b[^.?!]*|(?:stand|sit|be|come)(?: in)?(?: there)? (?:by|beside|next to|with|behind) you\b[^.?!]*|(?:shall|can|could) we "
        r"(?:think|work|look|go|plan|practise|sort|write)\b[^.?!]*\bwhat (?:you|to|we) (?:could|can|might|want|say)?\b[^.?!]*|i bring (?:some|a few|the)\b[^.?!]*", link="situation", facet="team"),
    cue("family_rapport", 2, "failed fail mean details belong day better",
        r"(?:does not|is not|do not|never) mean (?:that )?(?:you|either of you)(?: have)? (?:failed|fail|let|done)\b[^.?!]*|(?:details|rest|private (?:stuff|things)|words) (?:belong|are|is|stay)\b[^.?!]*\b(?:to |with )?(?:him|his|her|hers|them|theirs)\b[^.?!]*|"
        r"you (?:see|live with|look after|know) (?:her|him|them)\b[^.?!]*\b(?:every day|better|best|longer)\b[^.?!]*", link="situation", facet="family"),
    cue("two_sided_fit", 2, "fit match right suit times meetings goes honestly",
        r"(?:good|right|better) (?:fit|match) (?:for you )?\b[^.?!]*|(?:how about|let us (?:try|say|do|have)|what about|shall we say|maybe) (?:two|three|four|a few|a couple of) (?:times|meetings|goes|visits|sessions)\b[^.?!]*|i am not (?:the )?(?:right|best)"
        r" (?:one |person |match |fit )?for you\b[^.?!]*|if (?:it )?(?:turns out|you find|you feel) (?:that )?(?:i am|we are|this is) not\b[^.?!]*", link="situation", facet="fit"),
)  # fmt: skip

FURTHER_CUES: tuple[Cue, ...] = (*_ACCEPTING, *_STRENGTHENING, *_TRUSTWORTHY, *_IN_OTHER_ENGLISHES, *_TOGETHER)
