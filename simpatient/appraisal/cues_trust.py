"""Marks of trustworthiness, partnership and repair, one row per mark (clinical section 1.2)."""

from __future__ import annotations

from simpatient.appraisal.cues import Cue, cue

_PRIVACY = (
    cue("confidentiality", 2,
        "stays stay between private confidential nobody hears hear tell told see sees know passed share shared "
        "leaves notes learns learn speak only gets goes",
            r"(?:what|everything|anything|all|most of what) you (?:say|tell|share|talk)\b[^.?!]*\b(?:stays?|private"
            r"|confidential|between|with me|kept|keep|in this room|here)|(?:stays?|kept|keep it|remains?|is) "
            r"(?:just |strictly |only )?(?:between (?:you and me|us|the two)|with me|in this room|here|private"
            r"|confidential)|(?<!where )(?<!because )(?<!so that )(?<!like )(?:nobody|no one|none)\b[^.?!]{0,25}\b(?:hears|sees|reads|is told|will know|finds out"
            r"|knows|gets told|will hear|will see|will be told)\b[^.?!]*|(?:do|will|would|am|shall) not (?:going "
            r"to )?(?:tell|share|pass|speak to|talk to|ring|contact|report)\b[^.?!]{0,40}\b(?:wife|husband|work"
            r"|employer|boss|manager|hr|family|partner|anyone|anybody|mother|father|parents|boyfriend|girlfriend"
            r"|them|him|her|lads|son|daughter|what you|it on)|(?:employer|work|hr|boss|manager|wife|husband|partner"
            r"|family|mother|father|parents|school|they|he|she)\b[^.?!]{0,20}\b(?:hears?|learns?|gets?|sees?|knows?"
            r"|is told|is informed|informed|finds? out|are told|will hear|will learn|only "
            r"hears?)\b[^.?!]{0,20}\b(?:only|just|solely|nothing|that you|unless)\b[^.?!]*|nothing (?:goes|gets"
            r"|leaves|is passed)\b[^.?!]*",
        link="privacy", facet="who"),
    cue("confidentiality", 2, "danger harm court exceptions exception hurt risk safety unless sign",
            r"(?:exceptions?|only if|unless|except|have to (?:act|tell|share|say|pass|speak|break)|would have to"
            r"|the (?:one|only) (?:time|thing|reason)|if i (?:thought|think|was|am|were|believed|felt"
            r"|became))\b[^.?!]*(?:\.[^.?!]*)?\b(?:danger|harm\w*|hurt|court|at risk|safety|life|abuse|child"
            r"|unsafe)\b[^.?!]*|(?:only|unless)\b[^.?!]*\byou (?:sign|agree|say so|say yes|ask me|give (?:me "
            r")?permission|consent)",
        link="privacy", facet="limits"),
    cue("confidentiality", 2, "notes written reads read open locked file record records supervisor team",
            r"(?:notes?|record|records|file|it)\b[^.?!]{0,30}\b(?:read by|seen by|open(?:ed)? (?:by|to)|locked"
            r"|kept (?:in|on)|only (?:the|my|i|you))\b[^.?!]*|(?:my )?(?:supervisor|the team) (?:sees|hears|reads"
            r"|may|might|and)\b[^.?!]*|you (?:can|may) (?:read|see|look at|have a copy)\b[^.?!]*(?:notes?|them|it"
            r"|file|record|letter)?", link="privacy", facet="records"),
    cue("confidentiality", 1, "private confidential confidentiality privacy",
        r"(?:it is|this is|that is|all|everything is|completely|100|totally|strictly|fully)? ?(?:private"
        r"|confidential|confidentiality)", facet="word", unless=
        "100|everything is|completely|totally|absolutely|fully|hundred"),
)  # fmt: skip

_HONESTY = (
    cue("admit_unknown", 2, "know sure don't certain outside idea could got",
        r"i (?:do not|honestly do not|really do not|do not actually|am not|can not) (?:yet |actually |really "
        r"|quite |honestly |exactly |entirely |fully |completely )*(?:know(?! (?:what to say|you|me|how you feel"
        r"|about you|if you (?:know|heard)))|sure(?! (?:i|what you) )|certain)\b|(?:outside|beyond) (?:what|my|of "
        r"what)\b[^.?!]{0,15}\b(?:know|knowledge|training|area|depth)|no idea|i have not got (?:your |the |an "
        r")?answer|i could not tell you|tablets i do not know",
        link="asked|linked", facet="unknown"),
    cue("admit_unknown", 2, "find ask check look ring read",
        r"(?:i will|i can|let me|can i|shall i|i would)\b[^.?!]{0,20}\b(?:find out|find someone|ask|check|look it "
        r"up|ring|read it|come back to you)\b[^.?!]*", link="unknown", facet="find out"),
    cue("transparency", 2, "works how write writing written writing down notes why asking reason because first read",
            r"how (?:it|this|that) works|i am (?:asking|writing|telling|noting|taking notes|recording"
            r"|saying)\b[^.?!]{0,30}\b(?:because|so that|lines?|notes?|down|in your)\b[^.?!]*|(?:the )?reason (?:i"
            r"|for|why|we) (?:am |ask|asking|say|want|write|do)[^.?!]*|(?:what|why) i (?:write|am writing|ask|am "
            r"asking|do|put|can and can not|may)[^.?!]*|i (?:have |had )?(?:read|seen|got) (?:the|your|a) "
            r"(?:referral|letter|file|notes|report)|i (?:ask|am asking|want to know)(?: "
            r"about)?\b[^.?!]*\b(?:because|so that)\b[^.?!]*|(?:only |just )?because\b[^.?!]*\b(?:changes?|depends?"
            r"|determines?|affects?|decides?|tells? me|matters?)\b[^.?!]*|that is the reason[^.?!]*|i ask "
            r"(?:everyone|everybody|all|this|that|because)\b[^.?!]*|it is written down[^.?!]*|yes it is written",
        link="privacy|asked|start|strain|linked", facet="why"),
    cue("transparency", 2,
        "helps help works work half third quarter some many not percent ten commonest risk risks rarely side effect nuisance benefit",
            r"(?:helps?|works?|does it)\b[^.?!]{0,30}\b(?:many|most|some|about|half|not everyone|not all|roughly"
            r"|(?:one|two|three|four|five|six|seven|eight|nine|\d+) (?:in|out of) (?:ten|a hundred|\d+|four|three"
            r"|five)|people)\b[^.?!]*|for (?:about|around|roughly|nearly|almost) (?:half|a third|a quarter)\b[^.?!]*|some people (?:yes|get|do|find)\b[^.?!]*(?:some|others)?[^.?!]*|(?:commonest"
            r"|most common|main|usual) (?:nuisance|side effects?|risk|problem|snag)[^.?!]*|(?:rarely|very rarely|a "
            r"small chance|one in (?:a )?(?:hundred|thousand))[^.?!]*|(?:on the plus side|the good|the upside"
            r"|benefits?)\b[^.?!]*(?:\.[^.?!]*)?\b(?:downside|risks?|against|bad|minus)[^.?!]*",
        link="asked|linked", facet="both sides"),
    cue("transparency", 2, "promise can cannot what nobody",
        r"(?:can not|will not|can nt) (?:promise|guarantee|say for (?:sure|certain)|tell you (?:for (?:sure"
        r"|certain)|which))\b[^.?!]*|what (?:we|i|nobody|they) (?:do not|does not|can not|knows?) (?:yet )?(?:know"
        r"|tell|say)?[^.?!]*|what i (?:can|may) and (?:can not|may not)[^.?!]*|nobody (?:knows|can say)[^.?!]*",
        link="asked|linked", facet="uncertain"),
    cue("transparency", 2, "see read look",
        r"would you like to (?:see|read|look at) (?:it|the|your|them)[^.?!]*|you (?:can|may) (?:see|read|check) "
        r"(?:it|them|what)[^.?!]*", link="strain|privacy|asked", facet="open book"),
    cue("transparency", 1, "risks some course transparent",
        r"(?:there are|has|have) (?:some |a few |certain )?risks|(?:totally|completely|fully|very) (?:transparent"
        r"|honest|open)|some side effects", facet="empty"),
    cue("plain_language", 2,
        "means when where like think works acts plain simple everyday other alarm word name term",
        r"[a-z]+(?: [a-z]+){0,3} (?:means|is when|is where|just means|basically means)\b[^.?!]{8,}|(?:it is|it "
        r"works|think of it|a bit|works|acts) (?:like|as) (?:a|an|your)\b[^.?!]{3,}|in (?:plain|simple|other"
        r"|everyday) (?:words|english|terms|language)|it is an alarm[^.?!]*|which (?:just |simply )?means[^.?!]{5,}"
        r"|that is (?:the|a) (?:word|name|term|posh|fancy)[^.?!]*",
        link="asked|linked|informing", facet="plain", unless="just means you|it just means|that means you"),
    cue("plain_language", 2,
        "check explained explain tell own words said matter first two things say",
        r"(?:to|let me|just to) (?:check|see|make sure) (?:that )?(?:i|if i|whether i) (?:have )?(?:explained|put"
        r"|said|made|was)\b[^.?!]*|what will you (?:tell|say to)\b[^.?!]*|(?:in your own words|say it back|tell me "
        r"back|how would you (?:explain|put|say|describe))\b[^.?!]*|i have (?:said|thrown|given you) (?:a lot|loads"
        r"|quite a lot)[^.?!]*|(?:two|three|only two|just two) things (?:matter|to|that|today|i)[^.?!]*",
        link="asked|linked|informing|taught", facet="teach back"),
    cue("invite_questions", 2, "questions question ask know",
        r"what (?:other |else |more )?(?:questions?|questions or worries|queries)\b[^.?!]*(?:have|do you|are there"
        r"|would|come|about)[^.?!]*|which (?:questions?|bit|part)[^.?!]*(?:have|ask|unclear|explain)[^.?!]*|what "
        r"(?:can|could|may) i (?:answer|explain|clear up)[^.?!]*|what (?:all )?(?:would|do) you like to (?:ask|know)(?! before "
        r"i)[^.?!]*|what (?:do|would) you want to (?:ask|know)(?! before i)[^.?!]*",
        link="taught|asked|informing|linked|start", facet="what"),
    cue("invite_questions", 2, "worries worry concerns concern",
        r"what (?:worries|concerns|bothers|frightens|scares) you\b[^.?!]*|what is (?:your |the )?(?:biggest |main "
                r")?(?:worry|concern|fear)[^.?!]*|any (?:worries|fears)[^.?!]*", link="taught|asked|informing|linked",
                facet="worries"),
    cue("invite_questions", 2, "write occurs tonight later anything comes ask",
        r"(?:if|when|should) (?:something|anything|a question|you think of|questions?)\b[^.?!]*\b(?:occurs|comes"
        r"|come|write|ring|ask|jot|tell|start with)[^.?!]*|ask me (?:anything|whatever|again)[^.?!]*(?:any ?time"
        r"|as often)[^.?!]*",
        link="linked|asked|informing|taught|closing", facet="later"),
    cue("invite_questions", 1, "questions question ask anything understand",
        r"(?:any|have you any|do you have (?:any )?|got any|have you got (?:any )?)(?: other| more)?(?: "
        r")?(?:questions?|queries)|ask me anything|feel free to ask|(?:do|did) you understand", facet="any"),
)  # fmt: skip

_PARTNERSHIP = (
    cue("autonomy", 2,
        "start begin tell say wherever anywhere choose chose call yours shout choice decide pick up you're start "
        "where know whatever pace own time who",
        r"you (?:can |get to |are the one who |alone )?(?:choose|decide|pick|say|set the pace|lead|are in charge"
        r"|are the boss|call the shots|make the (?:call|decision))\b(?! to leave)[^.?!]*|(?:it is|that is|this is"
        r"|entirely|completely|all|totally|really)? ?(?:up to you|your (?:choice|call|decision|say|pace))\b[^.?!]*"
        r"|where would you (?:like|want|prefer) to (?:start|begin|go)[^.?!]*|(?:at|in) your (?:own )?(?:pace"
        r"|time)\b[^.?!]*|(?:what|which|whichever|wherever|however|whatever) (?:you (?:like|want|prefer|choose"
        r"|feel)|suits you|works for you|is (?:best|right|comfortable) for you)[^.?!]*|you(?: would)? pick[^.?!]*"
        r"|(?:the )?(?:choice|decision)\b[^.?!]{0,25}\bis yours|your (?:call|shout|pick)|you (?:chose|choose) "
        r"(?:where|what|when|how)[^.?!]*|you (?:can|may|could) (?:start|begin|stop|talk)\b[^.?!]{0,12}\b(?:any "
        r"?where|from where|where(?:ver)?|with what(?:ever)?)\b[^.?!]*|you (?:decide|tell me|say)(?= [.?!]|$)|you "
        r"know (?:your|yourself|best)[^.?!]*|you (?:are|know) the (?:expert|one who)[^.?!]*",
        link="situation", facet="choice", unless=
            r"silly not|but you would be|silly not to|say (?:a bit )?more|you (?:choose|say) (?:that|to ignore)"
            r"|you say(?: \w+){0,3} (?:but|stays|is|was|matters|counts)|whatever you (?:want|say|like)$|what you "
            r"say (?:stays|here|is|to me)|most of what you say|hear you say|if you say so|when you say"),
    cue("autonomy", 2,
        "leave not today can have dig open unless stop refuse pass say no need must allowed",
        r"(?:we|you|i) (?:do not|need not|will not|never) (?:have to |need to |must )?(?:open|dig|go (?:there|into)"
        r"|talk about|discuss|answer|tell me|do (?:any|this|it|that)|decide|rush|share|touch|explain|have "
        r"to)\b[^.?!]*|then we do not dig[^.?!]*|you (?:can|may|could|are free to|are allowed to) (?:always |just "
        r"|also |still |tell me |say )*(?:not today|say (?:no|stop|not today|when|pass)|stop|pass|skip|refuse"
        r"|leave (?:it|that|any)|change your mind|tell me to (?:stop|back off)|tell me (?:if|when|not"
        r"|stop))\b[^.?!]*|(?:not today|stop|no) (?:is|any time|at any time|whenever)[^.?!]*|(?:just )?(?:say|tell "
        r"me|you can say)\b[^.?!]{0,12}\bnot today[^.?!]*|(?:we|i) (?:will )?(?:leave|keep) (?:it|that) (?:buried"
        r"|shut|closed|there|alone|where it is)[^.?!]*|we must not open[^.?!]*|(?:it|that) stays (?:where it is"
        r"|shut|closed|there|put)[^.?!]*|(?:unless|until) you (?:bring|want|choose|say|raise|are ready|feel "
        r"ready)[^.?!]*|it is (?:fine|okay|all right) (?:not to|to say no|if you (?:do not|would rather "
        r"not))[^.?!]*|no (?:obligation|pressure)\b[^.?!]*|i am not going to (?:tell you|push|make you|force|dig"
        r"|ask you)[^.?!]*",
        link="situation", facet="decline"),
    cue("autonomy", 2,
        "want would okay all right mind may can could like or rather prefer might",
        r"(?:would|will|is) it (?:be )?(?:all right|okay|alright|fine|good|acceptable)(?: with you| for you)? (?:if"
        r"|to|for me)\b[^.?!]*|(?:do|would) you mind (?:if|me)\b[^.?!]*|(?:may|can|could|might) i (?:ask|say|tell"
        r"|share|suggest|offer|check|take|look|explain|go on|come back)\b[^.?!]*|are you (?:okay|all right"
        r"|comfortable|happy) (?:with|if|for me|to)\b[^.?!]*|(?:would|do) you (?:like|want|prefer"
        r"|rather)\b[^.?!]*\bor\b[^.?!]*|would you like (?:to hear|me to|to see|some)\b[^.?!]*|(?:do )?(?:you "
        r")?(?:want|like) to (?:hear|see|know)\b[^.?!]*\bor not\b[^.?!]*|(?:what|which) would be (?:all right|okay"
        r"|easiest|bearable|comfortable|best)\b[^.?!]*|what would (?:you (?:like|prefer)|be all right|feel (?:okay"
        r"|safe|all right|manageable))\b[^.?!]*",
        link="situation", facet="permission"),
    cue("autonomy", 1, "choice free want like your mind",
        r"(?:it is )?your (?:choice|decision|life)|(?:feel )?free to|whatever you want|if you (?:want|like|do not "
        r"mind|are okay)", facet="token", unless="but you would|silly"),
    cue("shared_decision", 2,
        "options ways choices waiting option choice possibilities possibility",
        r"(?:there (?:are|is)|we have|you have|here are|i can see|there be|couple of|two|three|several"
        r"|few)\b[^.?!]{0,25}\b(?:options?|ways?|choices|paths|roads|possibilities)\b[^.?!]*|(?:option|choice) "
        r"(?:one|a|two|b|is)[^.?!]*|including (?:waiting|doing nothing|not)[^.?!]*|(?:do|doing) nothing (?:for now"
        r"|is also)[^.?!]*", link="situation", facet="options", unless=
        "no (?:other )?(?:options?|ways?|choice)|you have no|have you two"),
    cue("shared_decision", 2,
        "matters most important prefer fit change different see decide together agree way make counts suit sound "
        "suits think",
        r"(?:what|which)(?: one| of (?:these|those|them|that))?(?: thing)? (?:matters|is (?:most )?important|counts"
        r"|would matter|bothers you|comes first)(?: the)?(?: most)?(?: to you)?\b[^.?!]*|what (?:would|do) you "
        r"(?:prefer|lean|think (?:about|of) (?:that|this|it))\b[^.?!]*|(?:does|would|how does|do) (?:that|this"
        r"|it)(?: plan| idea)? (?:fit|suit|work for you|sound (?:right|okay|all right|fair|reasonable|doable)|make "
        r"sense to you|seem (?:right|okay))\b[^.?!]*|that work for you[^.?!]*|would you (?:change|do it differently"
        r"|see it|put it|alter|tweak)\b[^.?!]*|do you see it (?:that way|differently|like that)|(?:we|let us|and) "
        r"(?:then )?decide (?:together|on|it)\b[^.?!]*|shall we (?:go through|look at|weigh|decide"
        r"|compare)\b[^.?!]*|what would be (?:all right|okay|different|worth)\b[^.?!]*|what would (?:you (?:like"
        r"|want) from|make (?:it|this|these)|be different)\b[^.?!]*|talk (?:it over|to your)\b[^.?!]*\b(?:decide"
        r"|friday|monday|back|then)[^.?!]*|what do you make of[^.?!]*",
        link="situation", facet="prefer"),
    cue("shared_decision", 2, "tips because said matters",
        r"you said\b[^.?!]*\b(?:matters|more than|important|so that|tips|points|leans|which)\b[^.?!]*|that tips "
        r"it[^.?!]*", link="linked", facet="used"),
    cue("planning", 2, "so far list most first till until now things which got",
        r"(?:so|until|till) (?:far|now|that is|we have|we got|till now|until now|there is|there "
        r"are)\b[^.?!]*[.?!]? ?which\b[^.?!]*|until now we have\b[^.?!]*|(?:two|three|four) things\b[^.?!]*[.?!]? "
        r"?which\b[^.?!]*|so far\b[^.?!]{4,}|(?:to sum up|the list|on the list|on our list|your list)\b[^.?!]*"
        r"|(?:sleep|work|pain|home|the \w+) (?:the \w+ )?(?:the \w+ )?and [^.?!]{3,30} [.?!]? ?which (?:one "
        r")?(?:matters|is)[^.?!]*", link="linked|situation", facet="list"),
    cue("planning", 2,
        "suggest weeks then look plan goal goals aim start start propose steps next check months review know tell "
        "try",
        r"(?:suggest|propose|plan|idea|thought|aim|goal|start|how about|we could|we try|let us"
        r"|try)\b[^.?!]{0,40}\b(?:\w+ (?:weeks?|days|sessions|months|visits|times)|then (?:we )?(?:look|check|see"
        r"|review))\b[^.?!]*|(?:we|let us|last time we) (?:set|agreed|said|wrote down)\b[^.?!]*\b(?:hours|goal"
        r"|target|steps?|times|minutes|days)[^.?!]*|(?:the |our |your |keep the |a )goal\b[^.?!]*|what would be "
        r"different\b[^.?!]*|(?:review|look again|check again|see where we are)\b[^.?!]*\b(?:in|after|on|at"
        r"|next)\b[^.?!]*|how (?:will|would|should) (?:we|you) (?:know|tell) (?:if|whether|that|it)\b[^.?!]*",
        link="linked|situation", facet="outline", unless="be happier|feel happier|feel better"),
    cue("planning", 2, "whether getting hours see if benchmark",
        r"(?:look|check|see|review)\b[^.?!]{0,20}\b(?:if|whether) (?:you are|it is|you have|that is|this is) "
                r"(?:getting|sleeping|working|any use|helping|down|less|better|doing|managing|had)\b[^.?!]*",
                link="linked|situation", facet="benchmark"),
    cue("planning", 1, "plan happier goals",
        r"(?:make|have|follow|come up with|need|here is) (?:a|the|our|my|your) (?:treatment |care )?plan|(?:be"
        r"|feel) (?:happier|better)", facet="generic"),
    cue("feedback_seeking", 2,
        "landed badly wrong anything differently missed useful helping better today said talk how gone fast going",
        r"(?:was|were|is|did) (?:there )?(?:anything|something|any of)\b[^.?!]{0,40}\b(?:landed|badly|wrong|missed"
        r"|rubbed|unwelcome|bad for you|did not like|sit right|hurt|sting|stung|upset|bothered|unhelpful|off"
        r"|annoyed|put you off|jarred|misunderst\w+|unclear)\b[^.?!]*|anything (?:i|that i|in what i|you (?:would"
        r"|did not|wish))\b[^.?!]{0,40}\b(?:wrong|missed|badly|differently|better|change|like|said"
        r"|unhelpful)[^.?!]*|did (?:i say anything|anything i said|something i said)\b[^.?!]*|what (?:should|could"
        r"|can|would you like me to|do you want me to|did) i (?:do |have |get |say )*(?:differently|better|wrong"
        r"|miss|change|stop|missed|missing)\b[^.?!]*|(?:what did|where did|did|have) i (?:get|got|gone|go|miss|say"
        r"|put)\b[^.?!]{0,25}\b(?:wrong|badly|off|missed|miss|too|something)\b[^.?!]*|how (?:was|is|has) (?:today"
        r"|this|that|talking|this session|this been|it been|it)(?: been)?(?: for you| with me| so far| today| "
        r"anything)\b[^.?!]*|(?:if|when) i (?:get|got|say|am) (?:something |anything |it |that )?(?:wrong|off"
        r"|too)\b[^.?!]*\b(?:tell|say|hear|know|stop|like)\b[^.?!]*|what did they do that\b[^.?!]*|what (?:has not"
        r"|did not|does not) (?:work|help)(?:ed)?\b[^.?!]*|(?:talk|talked|talking|went|go|going) too (?:much|fast"
        r"|quick\w*)\b[^.?!]*\b(?:better|today|still|now)\b[^.?!]*|is this (?:any use|useful|helping|helpful|what "
        r"you)\b[^.?!]*|whether it is any use[^.?!]*|we check each time[^.?!]*|tell me (?:if|when|what|where) (?:i"
        r"|it|this|you think i)\b[^.?!]{0,30}\b(?:wrong|off|too|not|miss|badly|differently|useless)\b[^.?!]*",
        link="free", facet="ask", unless="satisfaction"),
    cue("feedback_seeking", 2, "like hear want tell mean spare blunt",
        r"i (?:would (?:like|rather|want)|want|prefer) to (?:hear|know) (?:it|that|if|about it|when|what)\b[^.?!]*"
                r"|you can tell me what (?:it|i) (?:gets?|got) wrong[^.?!]*|be (?:as )?blunt[^.?!]*|do not "
                r"spare[^.?!]*", link="situation", facet="welcome"),
    cue("feedback_seeking", 2, "better today less much",
        r"you (?:said|told me|mentioned) [^?!]*\bi (?:talk|talked|go|went|ask|asked|rush|rushed|say|said|interrupt\w*)[^?!]*"
        r"\b(?:better|less|enough) (?:today|now|this time)", link="said", facet="taken up"),
    cue("feedback_seeking", 1, "feedback helpful useful",
        r"any feedback|was (?:that|this|it) (?:helpful|useful|okay|good)|how (?:am|did) i (?:do|doing)|rate (?:me"
        r"|this)", facet="formula"),
    cue("repair", 2, "i that clumsy",
        r"i (?:just |really |think i |did |have |had |should not have |shouldn't have |also |was |went |might have "
        r"|kept |was too |should have |probably )*(?:pushed|barged in|jumped in|instructed|started telling|went to "
        r"telling|said you what|spoke before|was fixing|interrupted|cut (?:you|across|in)|told you (?:what|how|off)"
        r"|rushed|got (?:it|that|you) wrong|assumed|jumped|lectured|talked (?:over|at|too)|joined the|did what the "
        r"last|opened with|did not listen|ignored|missed|hurt|upset|annoyed|put (?:it|that) badly|said (?:that|it"
        r"|something) (?:badly|clumsily|wrong|that)|said i would|went (?:too|ahead|past|over)|forgot|let you down"
        r"|broke|made you feel|asked too|fired|sounded|said so first|read the referral|too (?:quick|fast|pushy"
        r"|blunt|harsh)|gave you advice|judged|blamed|labelled|called you|said ['a-z]+ and (?:you|that))\b[^.?!]*"
        r"|that was me (?:fixing|talking|pushing|rushing|not listening)[^.?!]*|that was (?:clumsy|unfair|wrong|out "
        r"of order|unkind|too much|a poor|pushy|rude|not fair|harsh|careless|my mistake|thoughtless)[^.?!]*|(?:that"
        r"|it) (?:came out|landed|sounded) (?:wrong|badly|harsh\w*|clumsy|clumsily)[^.?!]*|(?:that is|that was|it "
        r"is) (?:on me|my fault|my mistake|my doing)|my (?:fault|mistake)|you are right (?:to (?:pull|call|be|tell"
        r"|say)|i)\b[^.?!]*|fair\b[^.?!]{0,4}[.?!] i (?:had|did|should|was|have)[^.?!]*|i should (?:not )?have "
        r"(?:said|asked|told|waited|listened|checked|known)[^.?!]*",
        link="strain|own|linked", facet="own", unless=
            "but you|if you felt|i was only|but i|only trying|did not mean|i said i would (?:ask|and i did)|past "
            "(?:the )?(?:hospital|park)"),
    cue("repair", 2, "sorry apologise apologies thank thanks",
        r"(?:i am |so |really |very |truly )*sorry(?! (?:you feel|that you feel|if you|to hear|but|you (?:had|have"
        r"|are|went)|for your loss|today|this|they|about your|for all))|i apologise|my apologies|apologies|please "
                r"forgive|forgive me|thank you for (?:telling me|saying so|pulling me|being straight|calling)",
                link="strain|own|owned", facet="sorry", unless=
        "(?:say|saying|said|be|being|feel|not|to) sorry|apologise to|you feel that way|if you felt|but you|but i"),
    cue("repair", 2,
        "back return rewind again over slow step felt was land landed seemed sounded feel sound across did stop listen quiet first leave drop differently shut see stays done",
        r"(?:can|could|shall|may|might|let) (?:we|i|us|me) (?:please )?(?:go back|return to|rewind|start (?:again"
        r"|over)|try (?:that |it )?again|slow down|take that back|step back|rewind|back up)\b[^.?!]*|we can go "
        r"back[^.?!]*|would you (?:go|take me|take us) back[^.?!]*|is that (?:how it|what it|how that) (?:felt|was"
        r"|landed|seemed|sounded|came across)\b[^.?!]*|(?:how|what) did (?:that|it) (?:land|feel|come across|sound"
        r"|do)\b[^.?!]*|(?:i will|from now on|instead|let me|i am going to) (?:stop|slow down|listen|back off|be "
        r"quiet|ask first|leave (?:it|that)|drop (?:it|that)|do it differently|shut up)\b[^.?!]*|would you like to "
        r"see it|it stays where it is[^.?!]*|i would like to (?:hear|understand) (?:it|what)\b[^.?!]*\b(?:again|properly|this time|instead|now)|here is what "
        r"i have done[^.?!]*", link="strain|owned", facet="change"),
    cue("immediacy", 2,
        "notice noticed noticing here now between disagree concern say when told",
        r"(?:may|can|could) i (?:say|tell you|share|mention|name) (?:something|what|one thing|a thing) i (?:notice"
        r"|see|feel|am noticing|noticed|hear)\b[^.?!]*|(?:i would like to|can i|may i|could i) (?:disagree|push "
        r"back|say something different|challenge)\b[^.?!]*|(?:when you|as you) (?:told|said|talked|spoke|wrote"
        r"|mentioned|were)\b[^.?!]*\b(?:your (?:voice|writing|face|shoulders|tone)|you (?:got|went|slowed|looked"
        r"|smiled|stopped))[^.?!]*|what is (?:happening|going on) (?:between us|here|right now|for you (?:now"
        r"|right now|as))[^.?!]*",
        link="situation", facet="now"),
    cue("partnership", 2, "we together us back side team let work know tools",
        r"(?:let us|we can|we will|we could|shall we|together we)\b[^.?!]{0,20}\b(?:work (?:out|on|through)|figure"
        r"|sort out|find (?:a way|out)|tackle|plan|look at|think about|face|write|practise)\b[^.?!]*|i will back "
        r"you[^.?!]*|(?:on|by) your side|have your back|i (?:know|have|bring) (?:some|a few) tools[^.?!]*|you know "
                r"your life[^.?!]*|(?:work|do|figure|sort|get through|tackle) (?:this|it|that) (?:out )?together",
                link="situation", facet="team", unless="against|our (?:tablets|pills|medicine)|let us move on"),
    cue("two_sided_fit", 2, "suit fit right someone else three meetings try help",
        r"if (?:we|i|this|it|you and i) (?:do not|are not|is not|am not|does not) (?:suit|fit|click|get on|work|gel"
        r"|right|the right)\b[^.?!]*|help you find (?:someone|somebody|another)[^.?!]*|the right person (?:for"
        r"|be)[^.?!]*|what would the right (?:person|therapist|nurse|doctor)[^.?!]*|(?:try|give it|have) (?:two"
        r"|three|a few|four) (?:meetings|sessions|goes|times)\b[^.?!]*\b(?:honest|say|decide|see|stop)[^.?!]*|not "
        r"everyone (?:suits|clicks|fits|gets on)[^.?!]*|find (?:you )?(?:someone|somebody) (?:else|who (?:does"
        r"|suits|fits))[^.?!]*", link="situation", facet="fit"),
    cue("family_rapport", 2,
        "know best her him daughter son child mother father bringing failed details seen noticed",
        r"you know (?:her|him|them|your (?:son|daughter|child|boy|girl|mother|father|husband|wife)) (?:best"
        r"|better)[^.?!]*|what have you (?:seen|noticed)[^.?!]*|bringing (?:him|her|them)\b[^.?!]*\b(?:not|took"
        r"|shows|sign)[^.?!]*|the details stay (?:his|hers|theirs)[^.?!]*|(?:not|never) (?:a sign )?(?:that )?you "
                r"(?:have )?failed[^.?!]*|your (?:mother|father|parents) and i (?:talk|speak)[^.?!]*",
                link="situation", facet="family"),
)  # fmt: skip

_FOLLOW_THROUGH = (
    cue("promise_kept", 2, "said promised told",
                r"i (?:said|promised|told you|had said) (?:i would|you|that i would|the|to|a|that)\b[^.?!:]*",
                link="kept", facet="said", unless="sorry|said something|said that badly"),
    cue("continuity", 2,
        "last yesterday meeting wednesday how went go next since time look ring see before monday tuesday thursday "
        "friday sunday",
        r"(?:last (?:time|week|session|visit|thursday|month)|yesterday|earlier|on (?:monday|tuesday|wednesday"
        r"|thursday|friday|saturday|sunday)|the other day|before)\b[^.?!]*\b(?:you (?:said|told|mentioned|were|had"
        r"|wanted|felt|hoped|planned)|we (?:talked|set|spoke|said|agreed|left|planned))\b[^.?!]*|you (?:had|were "
        r"going to|said you|told me|mentioned|were)\b[^.?!]*\b(?:on (?:monday|tuesday|wednesday|thursday|friday)"
        r"|last (?:time|week)|yesterday|today|this week)\b[^.?!]*|how did (?:it|that|the \w+) (?:go|turn "
        r"out)[^.?!]*|i will (?:look in|check in|come (?:back|by)|see you|ring you|call you|be back|pop "
        r"in)\b[^.?!]*\b(?:at|after|on|tomorrow|tonight|in|before|next|this)\b[^.?!]*|(?:shall|let us|can|should) "
        r"we (?:check|look|see) each time[^.?!]*|we (?:check|look) each time[^.?!]*|same time (?:next|on)[^.?!]*",
        link="remembered|linked|situation2", facet="thread"),
    cue("timely_response", 2, "yes no not first before",
        r"^(?:yes|no|not yet|it is|i do not know yet|that (?:pain|worry|question) first|straight (?:away|answer)"
        r"|short answer)\b[^.?!]*", link="asked|linked", facet="answer", unless=
        "yes yes|no no|no need|no wonder|no rush|no hurry|that is (?:great|hard|good)"),
    cue("backchannel", 1,
        "go take mm see right then okay tell understand yeah carry listening sure oh really yes no",
        r"^(?:(?:mm|okay|right|i see|yeah|yes|sure|uh huh|ah|oh|go on|and then|carry on|take your time|tell me more"
        r"|i understand|i am listening|keep going|in your own time|really|got it|please|and|then|no rush|hmm"
        r"|so)(?: |$)){1,3}[.?!]?$", facet="sign"),
)  # fmt: skip

TRUST_CUES: tuple[Cue, ...] = (*_PRIVACY, *_HONESTY, *_PARTNERSHIP, *_FOLLOW_THROUGH)
