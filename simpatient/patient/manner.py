"""How no patient talks, whoever they are: as a machine, as the one who helps, in lists, as a story about themselves. Pure.

None of this knows the persona. Each group stands for a way of talking and not for a sentence that was once seen.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class Fault(StrEnum):
    """Why a sentence may not be said; its value is told to the model at the second try."""

    SHUT = "it touched something that you keep to yourself."
    UNSAFE = "it spoke of means of self-harm, or was indecent."
    REVERSED = "you sounded like the one who helps. You are the one who came."
    ASSISTANT = "it was not you who spoke, but a machine."
    STAGED = "it was full of stage directions."
    LISTED = "people do not talk in lists."
    LONG = "it was far too long."
    CONTRADICTS = "it went against what you have said before."
    REPEATS = "you have said that already, word for word."
    RECITES = "you repeated what you were told instead of talking."


MOST_STAGED = 2
"""Stage directions that one reply may have."""
MOST_STAGED_WORDS = 12
"""Words that those of one sentence may have together."""
_ASSISTANT = re.compile(
    r"(?i)\b(as an? (?:ai|assistant|language model|chatbot)|i(?:'m| am) (?:just |only )?an? (?:ai|assistant|(?:large )?language model|chatbot|program|virtual)"
    r"|language model|system prompt|my (?:guidelines|programming|training data|prompt)|my instructions (?:are|say|tell|do not|don't|prevent|forbid)"
    r"|i(?:'m| am)? ?(?:can(?:no|')t|not able to|unable to) (?:assist|comply|fulfil (?:that|this|your) request|continue with (?:this|that) (?:request|role|scenario|conversation))"
    r"|(?:stay(?:ing)?|remain(?:ing)?|keep(?:ing)?) in character|break(?:ing)? character|step(?:ping)? out of (?:character|(?:my|the) role)"
    r"|(?:play(?:ing)?|portray(?:ing)?) (?:the|a) (?:role|part|character|patient)|in this (?:role-?play|simulation|scenario|exercise)|this is a (?:role-?play|simulation)"
    r"|i(?:'m| am) sorry,? but i (?:can(?:no|')t|am unable to|am not able to) (?:help|assist|do that|continue|discuss|provide)|here are (?:some|a few|the following)"
    r"|bearer [\w.-]{8,}|sk-[\w-]{8,}"
    r"|how (?:can|may) i (?:help|assist) you|feel free to (?:reach out|share|let me know|ask (?:me )?(?:any|more|if))"
    r"|is there anything else (?:i can|you(?:'d| would) like (?:to|me))|let me know if (?:you (?:need|have|would like|'d like)|there(?:'s| is) anything)|let me know if you'd like|i hope this helps"
    r"|(?:always|more than|be|'m|am) happy to (?:help|assist) (?:you|with that)|here(?:'s| is) (?:the|my|your|a) (?:reply|response|answer|json)"
    r"|json|debug mode|developer mode|hidden facts?|trust (?:level|score) ?(?:is|:|=|of) ?\d|my stance is (?:leaving|ruptured|guarded|testing|warming|open|collaborating)"
    r"|(?:by|per|under|according to|on) the rubric|this moment says"
    # what it is, and who made it
    r"|i (?:was|am|'ve been|have been) (?:created|designed|programmed|built|instructed) (?:to|as|for|by)|artificial intelligence|knowledge cut-?off|simulat(?:e|es|ing|ed) (?:a |an |the |your )?(?:client|patient|person|human|conversation)"
    r"|(?:fictional|made-up|simulated|standardi[sz]ed) (?:character|patient|person|client|persona)|i(?:'m| am) (?:chatgpt|claude|gemini|llama|qwen|mistral|deepseek|gpt\S*)|(?:made|trained|developed|created) by (?:openai|anthropic|google|meta|mistral|alibaba)"
    r"|(?:do not|don't|cannot|can't) (?:actually |really |truly )?have (?:any )?(?:real|personal|actual|human|true) (?:experiences?|feelings?|memor(?:y|ies)|emotions?|opinions?|history|body)"
    # what it was told, and what it may not
    r"|(?:told|instructed|asked|allowed|supposed|meant) (?:not )?to (?:reveal|disclose|withhold|conceal)|(?:the|this|my) (?:scenario|prompt|simulation|stance) (?:says|tells|requires|wants|asks|calls)|(?:should|supposed to|meant to|have to|need to) (?:be|act|remain|stay) guarded"
    r"|(?:your|this|that|the) request (?:goes|is|violates|cannot|can't|falls)|(?:my|content|usage|safety) (?:polic(?:y|ies)|guidelines?)|violates? (?:my|the|our)|(?:this|our|the present|outside this) (?:simulation|role-?play|chat session)|end of (?:the )?(?:role-?play|simulation|scenario|scene)"
    # what it offers
    r"|i can (?:provide|generate|offer (?:you )?(?:some|a|general))|provide (?:you with |general |more |some |further )?(?:information|details|support|resources)|(?:which|what) format|(?:else|anything) you(?:'d| would) like help with|(?:happy|glad) to (?:assist|provide)"
    r"|if you or (?:someone|anyone|somebody) you know|(?:contact|reach out to|call|ring|consult|speak (?:to|with)|seek) (?:a |an |your )?(?:local )?(?:crisis|hotline|helpline|emergency services|mental health|qualified|licensed|professional (?:help|support)))\b"
    r"|^\W*(?:happy to help|certainly[!,] (?:i|here|let)|sure[!,] (?:here|i can help))\b"
)
_OF_A_PART = re.compile(
    # what speaks has a design, settings, a profile, messages of its own
    r"(?i)\b(?:my|these) (?:responses|output|configuration|character sheet)\b[^.!?]* (?:are|is|was|were|says?|tells?|come)\b"
    r"|\b(?:due to|because of|according to|per|outside) my (?:settings|background|profile|configuration|character|persona)\b"
    r"|\bi(?:'m| am|m) (?:designed|an? automated|automated|only a simulation|a simulation|a simulated|simulated|scripted|not programmed|programmed|generated|set up to (?:respond|answer|play))\b|\bas an? (?:simulated|virtual|automated|fictional|simulation)\b"
    r"|\bi(?:'ve been| have been| was|'m| am) (?:instructed (?:not )?to|(?:told|asked|meant|supposed) (?:not )?to (?:be |stay |sound |act )?(?:reveal|guarded|withhold|resistant|in role))\b"
    r"|\bmy (?:role|purpose|aim|task|job|function) (?:here )?is to (?:portray|play|help you (?:practi[sc]e|learn)|simulate|represent|respond|act)\b|\bi aim to (?:keep my (?:answers|replies|responses)|respond|provide)\b"
    # a scene, a script, a character
    r"|\bthe character (?:would|might|will|is|feels|has)\b|\b(?:the|this) (?:scene|scenario|role-?play) (?:asks|says|calls|requires|is (?:scripted|fictional|simulated|over))\b|\bthe script does(?:n't| not) say\b|\bthis (?:convo|conversation) is (?:scripted|fictional|simulated)\b"
    r"|\bthis is (?:a )?(?:fictional|simulated)\b|\b(?:continue|restart|end|replay|resume|rewind) (?:the |this |our )?(?:scene|role-?play|simulation|scenario|script)\b"
    r"|\bfor the (?:purposes?|sake) of (?:this|the) (?:exercise|scenario|simulation|role-?play|training)\b|\bpart of (?:my|her|his|their) (?:character|persona|profile|script|story|background|character sheet)\b"
    r"|\b(?:do not|don't) have access to (?:that|this) (?:part|information|data|detail)|\bin my next (?:message|reply|response|turn) i(?:'ll| will) be\b"
    r"|\bi can (?:give|offer) you more detail\b|\b(?:shall|should|can) i elaborate\b|\bfalls outside (?:what|my|the)\b|\b(?:glad|pleased|happy) to help with anything\b|\b(?:information|topic) (?:isn't|is not) (?:available|part)\b"
    r"|\byour (?:empathy|rapport|communication|listening|overall) (?:score|rating|level|marks?)\b|\bearn(?:ed)? (?:it|that|this|the next) (?:by|with|through) (?:empath|rapport|good)"
)
"""It is a part that is played, or a thing that was made."""
_FELT = r"(?:feel\w*|struggl\w*|going through|dealing with|hurting|upset|overwhelmed|anxious|frustrated|carrying)"
_CURES = (
    r"(?:coping (?:strateg\w+|skills?|mechanisms?)|self-care|mindfulness|meditation|breathing exercises?|grounding (?:exercises?|techniques?)|journaling"
    r"|self-compassion|deep breathing|breathing techniques?|sleep hygiene|(?:regular|consistent) (?:bedtime|sleep\w*|routine|exercise)|(?:muscle )?relaxation (?:exercises?|techniques?)|(?:mood|sleep|thought|gratitude) (?:diary|journal)|support (?:network|system))"
)
_REVERSED = re.compile(
    rf"(?i)\b(?:it sounds like you|sounds like you(?:'re| are)(?: really)? {_FELT}|i hear (?:that )?you(?:'re| are)(?: \w+)? {_FELT}|sorry to hear (?:that )?you(?:'re| are|'ve| have)|i hear (?:how|what you(?:'re| are)|that you|that must)|i(?:'m| am) hearing (?:that|you|a lot|how)|what i(?:'m| am) hearing"
    r"|how (?:does|did) that make you feel|how are you feeling (?:about|today|now|in)|thank(?:s| you) for (?:sharing|your question|listening so|being so|opening|trusting)"
    r"|(?:an? |what an? )(?:great|wonderful|excellent|really good|thoughtful|important|insightful|powerful) (?:question|point|reflection|insight|observation)"
    r"|i (?:really |truly |so )?appreciate (?:(?:you|your|that you|how you|how)(?:'re| are)?(?: \w+){0,2} )(?:listen\w*|ask\w*|shar\w*|openness|empath\w*|concern|understanding|validat\w*|support\w*|reflect\w*|check\w* in|kind words|vulnerab\w*)"
    r"|your feelings are|that(?:'s| is) (?:completely|totally|perfectly|entirely|absolutely|so) (?:valid|understandable|normal|natural)|that(?:'s| is) valid|it(?:'s| is) (?:ok|okay|normal|natural|alright|all right) (?:to|for you to) feel"
    rf"|have you (?:considered|tried|thought about) (?:talking|speaking|writing|keeping a|seeing (?:someone|somebody|a)|getting (?:some )?(?:help|support|rest)|reaching out|exercise|taking (?:a break|some time)|{_CURES})"
    r"|you (?:might|may|could) (?:want to |like to )?(?:try|consider) \w+ing|i(?:'d| would) (?:suggest|recommend|encourage|invite) (?:that )?you|i(?:'d| would) (?:suggest|recommend) (?:talking|trying|taking|speaking|writing)|my advice (?:to you|would be|is)"
    r"|(?:great|good|nice|excellent|lovely) (?:open question|reflection|listening|empathy|technique|validation|summary|use of)|you(?:'re| are) (?:validating|reflecting|using|showing|demonstrating) (?:real |such |a lot of )?(?:my|your|empathy|active|open|good|great)"
    r"|(?:^|speaking )as (?:a|your) (?:therapist|counsellor|counselor|nurse|doctor|coach),? i|i(?:'m| am) here (?:for you(?! to)|to (?:help|support|listen to) you|to listen)|take (?:all )?the time you need|you(?:'re| are) not alone(?: in (?:this|that|feeling)|[.!]|$)"
    r"|let(?:'s| us) (?:explore|unpack|work through)|what brings you (?:here|in)|tell me (?:a (?:bit|little) )?more about (?:how you|what you(?:'re| are) feeling|your feelings|that\s*[?.!]*$)"
    rf"|this is a safe space|(?:try(?:ing)?|practi[sc](?:e|ing)|use|using|learn(?:ing)?|keep(?:ing)?|some|your|healthy) (?:some |a few |a |to a |healthy )?{_CURES}"
    # it asks how the other feels, and comforts them
    rf"|what(?:'s| is| was| does) (?:that|this|it)(?: feel)? like for you|(?:what|how) (?:comes|is coming) up for you|what(?:'s| is) going on for you|what(?:'s| has)(?: been)? (?:weighing|troubling|bothering) (?:on )?you|(?:want|like) to talk (?:about|through) (?:it\?|that\?|how you|what(?:'s| is| you))"
    rf"|that must(?: have)? (?:be|been|feel|felt)(?: \w+)? \w+ for you|i want you to know(?: that)? i|(?:be|being) (?:kind|gentle|patient) (?:to|with) yourself|i(?:'m| am) (?:so |really |very )?proud of you|i(?: can|'m able to)? (?:see|tell) (?:how much|that|how deeply|how hard) you(?:'re| are| really| truly)? (?:care|trying|try)\w*"
    rf"|(?:it(?:'s| is)|that(?:'s| is)) (?:\w+ )?(?:ok|okay|normal|natural|alright|all right) to (?:be|get) (?:{_FELT}|nervous|sad|scared|angry|afraid|worried|emotional|unsure|a beginner)(?![^.!]*\?)"
    # it counsels
    rf"|what (?:helps|works|can help|might help) is to|it(?:'s| is| can be)(?: \w+)? (?:important|helpful|vital|essential) (?:to|that you) (?:remember|talk|share|take|be kind|look after|acknowledge|recogni[sz]e|reach|seek|set|practi[sc]e|give yourself|allow|listen|breathe)"
    rf"|(?:remember|don't forget|try) to (?:be kind|breathe|take (?:care|breaks?|a breath|time)|rest|look after|practi[sc]e)|make sure (?:that )?you(?:'re| are)? (?:get|take|rest|sleep|eat|talk)\w*|you should (?:talk|speak|reach out|see) (?:to |with )?(?:someone|somebody|a (?:doctor|professional|therapist|counsellor))"
    # it teaches, and praises technique
    rf"|you(?:'re| are) doing (?:really |so |very |just )*(?:well|great|brilliantly|amazing|wonderfully|an? \w+ job)|(?:great|excellent|good) (?:job|work) (?:with|on|of|listening|asking)|well done (?:for|on|with) \w+ing"
    rf"|(?:bit|piece|example|way|use|display|moment) of (?:\w+ )?(?:listening|empathy|validation|reflection|summari[sz]ing)|(?:active|reflective|empathic|empathetic) listening(?! (?:course|day|thing|again|is it))|(?:use|using|ask|asking|start|starting|begin|try|trying|with|more) (?:\w+ )?open(?:-ended)? questions|(?:build|building|establish\w*) (?:\w+ )?rapport|reflect(?:ing)? back (?:what|on|the|their)"
    rf"|(?:liked?|loved?|noticed?|appreciated?) (?:how|the way|that) you (?:\w+ly )?(?:summari[sz]|paraphras|reflect|validat|mirror|normali[sz]|empathi[sz]|acknowledg|refram)\w+|the way you (?:summari[sz]|paraphras|reflect|validat|acknowledg|refram)\w+[^.!?]* (?:was|is) (?:a |really |very |so )*(?:lovely|great|good|helpful|excellent|skilful|nice|spot)"
    r")(?!\w)"
)
_HELPER = re.compile(
    # it watches the other, and wonders at them
    r"(?i)\bi (?:notice|sense|can (?:see|sense|hear)|feel|wonder if|wonder whether|wonder what)(?: (?:some|a|that|how|what))*(?: \w+){0,2} (?:tension|sadness|hesitation|anxiety|something heavy|in you\b|for you\b|coming up)"
    r"|\bi (?:can )?(?:see|sense) (?:this|that|it) (?:brings?|stirs?)(?: up)?(?: a lot)?\b|\byou(?:'re| are) carrying (?:something|a lot|so much)\b|\bi(?:'m| am) curious (?:what|how|whether|about) (?:that|this|it|your|you)\b"
    r"|\bhow (?:are|r) you (?:coping|holding up|managing) (?:with|yourself|in yourself)\b|\bhow does that (?:sit|land|feel) (?:with|for) you\b|\bis there a part of you\b|\bwhat would it mean (?:to|for) you\b|\bwhere (?:do|would) you (?:feel|notice) (?:that|it|this)\b"
    r"|\bnotice where you feel\b|\bwhat do you need (?:from me |most )?(?:right )?now\b|\bwhere would you like (?:us|me) to (?:begin|start)\b|\bwhenever you(?:'re| are) ready,? (?:tell|share|begin|start)\b|\bwhat(?:'s| is) on your mind\b"
    r"|\byour own (?:relationship|experience|feelings?) (?:with|of|about)\b"
    # it runs the talk
    r"|\b(?:let us|let's|let me(?= reflect)|shall we|perhaps we could|maybe we could|we could|how about we|we can|may i|can i) (?:\w+ )?(?:set an agenda|agree on (?:one|a)|consider the pros|take a (?:slow |deep )?breath|slow (?:it|things) down|look at what went|reflect (?:that|this|it|on)|unpack (?:that|this|it)|explore|work (?:through|on) (?:this|that|it)"
    r"|step by step|offer you|invite you|gently|sit with)\b|\b(?:set|agree|make) (?:an agenda|on one small goal|one small goal)\b|\bone small (?:goal|step) for you\b|^\W*so,? to (?:sum|summari[sz]e)(?: up)?,? (?:you|what you|your)"
    r"|\bhold(?:ing)? (?:the |a )?space\b|\bsit with (?:that|this|the|your) (?:feeling|discomfort|emotion|sadness)\b|\ba different way of looking at (?:it|this|that)\b|\b(?:honou?r|validate|acknowledge|respect) (?:your|what you)(?:'ve| have)? (?:\w+ )?(?:frustration|feelings?|brought|shared|pain|anger|anxiety|courage|experience)"
    r"|\btake (?:it|things|this) at your own pace\b|\bno right or wrong answers?\b|\bim here if (?:u|you)\b|\bi hear (?:you|u),? and i(?:'m|m| am) here\b|\bgive yourself (?:some )?(?:credit|time|permission|grace)\b|\b(?:you|ur|you're|you are) (?:being )?(?:ever |too |so )*hard on (?:yourself|urself)\b"
    # it counsels, as leaflets do
    r"|\b(?:many|most|some|lots of) (?:people|patients|parents|mothers|men|women|carers)(?: in (?:this|these|your|my) (?:situation|position|circumstances))? (?:find that|benefit from|find it (?:helps|helpful|useful))"
    r"|\b(?:mothers|parents|patients|people|men|women|carers) (?:should always|in (?:this|these) (?:situation|circumstances) (?:always|commonly|often|generally|usually))"
    r"|\b(?:it (?:might|may|can|could) be|it(?:'s| is)) (?:\w+ )?(?:useful|helpful|important|worthwhile|beneficial) (?:for you )?to (?:keep|speak|talk|name|notice|write|remember|ask|plan|take)\b"
    r"|\b(?:talk|speak) to your (?:pharmacist|doctor|gp|cardiologist)\b|\bself-?care matters\b|\blook after yourself\b(?=\W*$)|\b(?:one|something|a) (?:thing|technique|exercise|approach) that (?:often|really|usually) (?:works|helps)\b"
    r"|\bi(?:'d| would) (?:gently |strongly |kindly )?(?:encourage|invite|urge|advise|recommend|suggest) (?:you|that you|keeping|slowing|taking|talking)\b|\bwhat i(?:'d| would) (?:invite|encourage|ask) you to\b"
    # it praises how the other talks
    r"|\b(?:your|such a|in a|with) (?:\w+ )?(?:warmth|skilful|skillful|compassion(?:ate)?|gentleness|empathic|validating)(?: \w+)? (?:is|was|really|way|manner|landed?|lands|landing|helps?)\b|\b(?:skilful|skillful|compassionate|empathic|validating|supportive) (?:way|manner|question)\b"
    r"|\b(?:making|make|made|helping|help(?:ed)?) me feel (?:so |very |really )*(?:safe|heard|seen|validated|understood|comfortable)\b|\byou(?:'ve| have)? (?:showed|shown|created|demonstrated|displayed) (?:such |a lot of |real |great |a )*(?:\w+ )?(?:compassion|empathy|warmth|atmosphere|space|understanding)\b"
    r"|\bnon-?judge?ment?al\b[^.!?]*\b(?:share|open|easier|safe)\b|\b(?:that|really|super|so|very) (?:was )?(?:really |so |super )?(?:validating|empathic)\b|\bsuper supportive\b|\b(?:great|good|nice|lovely|excellent|super) (?:(?:job|work) (?:asking|listening)|use of (?:silence|questions?|reflection|pauses?))\b|\byou did (?:great|so well|really well|brilliantly)\b"
    r"|\bit takes (?:courage|strength|guts) to (?:ask|say|sit|do|admit) (?:a|that|this|what you)\b|\bit(?:'s| is) a strength to\b|\byou should be proud\b|\bi(?:'m| am) proud of you\b|\bi admire how you\b|\b(?:open|closed|reflective|better|leading) question (?:was|would be|is|helps)\b"
    r"|\b(?:good|effective|clear) communication (?:starts|begins|means|is)\b|\b(?:reflective|active) listening (?:like|really|does|helps)\b|\b(?:you could|next time,?) (?:try )?(?:asking me about|(?:reflecting|naming|paraphrasing|summari[sz]ing) (?:me|the|my))\b"
    r"|\b(?:your|ur) feelings (?:matter|are|make)\b|\byou have (?:every|the) right to feel\b|\bnormal to feel (?:\w+ )?(?:when|as|if) you(?:'re| are)\b"
)
"""Turns of phrase of the one who helps, in which the patient is no more."""
_TRADE = (
    r"(?:clients?|the patient|trainees?|students? (?:therapist|nurse)|rapport|empath\w*|non-?judg\w*|validat\w*|compassion\w*|opens? up|opening up|reflective|space to (?:reflect|think|talk|feel)|paraphras\w*|summari[sz]\w*|therapeutic|techniques?"
    r"|strategies|resilien\w*|vulnerab\w*|nurturing|effective|skil(?:led|ful|lful)\w*|your (?:use of|tone|silences?|pauses?|questions|questioning|listening|approach|presence|manner)|longer pause|connect(?:s|ing)? with (?:people|others|me|your)|learning|grow(?:th|ing)?|mistakes)"
)
_COUNSELLING: tuple[re.Pattern[str], ...] = tuple(
    re.compile(rf"(?i){group}")
    for group in (  # each says nothing by itself
        # the other is spoken to
        r"\b(?:you|your|yours|yourself|you're|you've|you'll|you'd)\b",
        # and it is about them
        r"\b(?:for|in|within|to|on|of) (?:you|yourself)(?: too)?\s*[.?!]|\b(?:brought|brings?|comes?|came|stirs?) up\b|\byou(?:'re| are) (?:going through|learning|growing|doing so|allowed)\b|\blook(?:ing)? after yourself\b",
        # of feelings
        r"\b(?:feelings?|feels?|felt|emotion\w*|overwhelm\w*|anxious|anxiety|stress\w*|upset|nervous|distress\w*|painful|grief|let(?:ting)? go of|cop(?:e|ing) with|affect(?:ed|ing|s) you|burn(?:t|ed)? ?out|empty cup|(?:hard|difficult|tough)\b.{0,20}\b(?:for|on) you)\b",
        # in the words of the trade, once and again
        rf"\b{_TRADE}\b",
        rf"\b{_TRADE}\b.*\b{_TRADE}\b",
        # with counsel
        (
            r"^(?:count|notice|breathe|take|try|remember|focus|think of|imagine|picture|allow|give yourself|don't worry)\b|\bwhen(?:ever)? you feel|\byou(?:'ll| will) (?:get|be|feel|find|do)\b|\bslowly\b|\b(?:have you got|do you have|is there) (?:any|some)(?:one|body)\b|\bwith practice\b"
            r"|\b(?:perhaps|maybe) (?:we|you) (?:could|might|can)\b|\b(?:could|might|may|would) be (?:a )?(?:\w+ )?(?:useful|helpful|good|worth|first)\b|\b(?:useful|helpful|good|first) (?:first )?step\b|\byou (?:need|deserve|have) to\b|\bno need to apologi[sz]e\b|^next time\b|\bcan you say (?:a (?:bit|little) )?more\b|\bwhere that\b"
        ),
        # with praise
        r"\b(?:helps|warm|lovely|wonderful|better|safe|important|caring|supportive|supported|validated|compassion|effective|gift for|really (?:good|well|effective|helpful))\b",
        # and asked about it
        r"^\W*(?:and |so |but )?(?:how|what|can you|could you)\b.*\byou\b.*\?",
    )
)
"""Marks of the one who helps, none of which says anything by itself."""
_ENOUGH_COUNSEL = 3
_SPEAKS_OF_SELF = re.compile(r"(?i)\b(?:i|i'm|i've|i'd|i'll|me|my|mine)\b")
_MACHINE_MANNER = re.compile(
    r"(?i)\b(?:i(?:'m| am) (?:unable|not able)|i (?:do not|cannot)|would(?: not|n't) be appropriate|unfortunately|apologi[sz]e|as requested|would you like me to|do you want me to|let me (?:rephrase|clarify|continue|try)"
    r"|sorry for (?:the|any)|is this (?:\w+ )?what you wanted|(?:i'll|i will|i can) (?:respond|reply|continue|answer))\b|^\W*(?:note|got it|understood|out of character)\b"
)
_MACHINE_WORDS = re.compile(
    r"(?i)\b(information|content|generat\w+|respon(?:d|se)|reply|request|conversation|summary|assist|topic|access|format|details|instructions|character|provide|discuss|voice|guidelines|role|scene|scenario|rephrase|clarify|confusion|previous|message|sarcasm|artificial|intelligence)\b"
)
_ENOUGH_WORDS = 2
"""Different words of a machine's that make its manner of refusing one."""
_SPOKE = (
    r"(?:'d|'s| had| has| have| always| just| once| only)* (?:say|said|says|tell|told|tells|suggest\w*|gave|gives|give|want\w*|kept|keep|keeps|ask\w*"
    r"|reckon\w*|got|had|has|sent|made|try|tried|taught|teach\w*|went|goes|do|does|did|like|call\w*)\b"
)
_OTHERS = (
    r"she|he|they|doctor|gp|nurse|counsellor|therapist|psychologist|woman|man|bloke|last one|mum|dad|wife|husband|hr|leaflet|app|poster|book|website|video"
    r"|course|someone|somebody|people|everyone|everybody"
)
_REPORTED = (
    r"|\bit (?:says|said|had)\b|\b(?:said to|told|asked|gave|sent|taught) me\b|\bi(?:'ve| have)? (?:already |even )*(?:tried|did|done|had|hate|hated|can't (?:stand|do|abide)|don't do|never)\b"
    r"|\blike (?:it says|they say|on the posters?)"
)
"""Speech or habits of others, or of one's own past."""
_QUOTED = re.compile(r"[\"\u201c][^\"\u201c\u201d]*[\"\u201d]|(?<!\w)'[^']{2,}?'(?!\w)")
_UNSAFE = re.compile(
    r"(?i)\b(overdos(?:e|ed|ing)|noose|h[au]ng(?:ing|ed)? (?:my|your)sel(?:f|ves)|(?:cut|slit|slash)(?:ting)? (?:my|your) wrists?|(?:cut|cutting|burn|burning) myself (?:on purpose|to (?:feel|cope|sleep)|with a (?:razor|blade))"
    r"|hose(?:pipe)? (?:to|from|in|on) the exhaust|(?:jump|step|throw)(?:ed|ing|ped|ping)? (?:myself )?(?:off|in front of|under|from) (?:a|the) (?:\w+ )?(?:bridge|roof|building|train|tram|lorry|multi\w*)"
    r"|(?:[1-9]\d+|twenty|thirty|forty|fifty|a handful of|a whole (?:box|packet|bottle) of|all (?:my|the|of my)) (?:\w+ )?(?:paracetamol|tablets|pills|painkillers)(?! (?:a|per|each|every) (?:day|week|month|morning|night))"
    r"|suicide note|kill(?:ing)? myself (?:by|with)|lethal dose|drink(?:ing)? bleach|tie(?:d)? a rope"
    r"|fuck you|cunt|faggot|nigger|whore|slut|sexy|make love|have sex with you|kiss you)\b"
)
_LIST = re.compile(
    r"(?im)^\s*(?:[-*\u2022]|\d{1,2}[.)])\s+\S|^\s*1[.)]\s*$|^\s*\d\)\s*$|^#{1,4}\s|\*\*[^*]+\*\*|^\s*\|.*\|"
    r"|^\s*(?:first|second|third|fourth|last|final)(?:ly)?:|^\s*step \d+\s*[:.)-]|(?:^|[\s(])(?:1|a|i)\)\s.*[\s(](?:2|b|ii)\)\s|:\s[^:;\n]+;[^;\n]+;"
)
_SPEAKER = re.compile(r"(?im)^\s*(?:learner|therapist|counsellor|nurse|doctor|patient|user|assistant|system|you)\s*:")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,80}>|&[a-z]{2,6};|&#\d+;")
_MARKS = re.compile(r"</?\s*(?:learner|message|name|system|think)[^>]*>|<\|", re.IGNORECASE)
STAGED = re.compile(
    r"\*[^*\n]{1,200}\*|(?<!\w)_[^_\n]{1,200}_(?!\w)|(?<!\w)~[^~\n]{1,200}~(?!\w)|\[[^\]\n]{1,200}\]|\([^)\n]{1,200}\)"
)
"""A stage direction in any of its marks."""
_SAYS = r"(?:say|said|mutter|repl|murmur|snap|sigh|whisper|ask|add|answer|shrug)\w*"
_BODY = r"(?:arms?|eyes|head|hands?|fingers?|lips?|jaw|shoulders?|gaze|coat|jacket|sleeves?|chair|seat|lap|keys|feet|bag|hair|voice|breath|throat|brow|chin|knees?)\b"
_OWN_BODY = rf"(?:\w+ly )?(?!\w+ed\b)\w+s (?:\w+ )?(?:her|his|their) (?:\w+ )?{_BODY}"
_MYSELF = re.compile(r"(?i)\b(?:i|i'm|i've|i'd|i'll|me|my|mine)\b|\?")


def unsafe(text: str) -> bool:
    """Whether a text speaks of means of self-harm, or is indecent. Pure."""
    return _UNSAFE.search(text) is not None


def out_of_manner(sentence: str, before: str, name: str, pronouns: str) -> Fault | None:
    """Why nobody who is a patient says `sentence` after `before`, or None where one might.

    Args:
        sentence: what is about to be said, with its stage directions.
        before: the reply so far.
        name: the patient's.
        pronouns: the patient's, such as `she/her`.
    """
    if any(
        kind.search(sentence) for kind in (_MARKS, _MARKUP, _ASSISTANT, _OF_A_PART, _SPEAKER)
    ) or _refuses_as_machine(sentence, name):
        return Fault.ASSISTANT
    if unsafe(sentence):
        return Fault.UNSAFE
    if _LIST.search(sentence):
        return Fault.LISTED
    directions = STAGED.findall(sentence)
    if len(directions) + len(STAGED.findall(before)) > MOST_STAGED:
        return Fault.STAGED
    if len(" ".join(directions).split()) > MOST_STAGED_WORDS:
        return Fault.STAGED
    bare = STAGED.sub(" ", sentence).strip()
    return Fault.STAGED if _narrates(bare, before, name, pronouns) else None


def helps(bare: str, near: tuple[str, ...] = ()) -> bool:
    """Whether a sentence is that of the one who helps: it reflects, comforts, counsels, teaches or praises.

    What others said, and what stands in quotation marks, is no counsel to the person in the room.

    Args:
        bare: the sentence without stage directions.
        near: names of the people in the patient's life, whose words may be told.
    """
    plain = _QUOTED.sub(" ", bare)
    marks = sum(bool(mark.search(plain)) for mark in _COUNSELLING) - bool(_SPEAKS_OF_SELF.search(plain))
    return (marks >= _ENOUGH_COUNSEL or bool(_REVERSED.search(plain) or _HELPER.search(plain))) and not _reported(
        near
    ).search(bare)


@lru_cache(maxsize=64)
def _reported(near: tuple[str, ...]) -> re.Pattern[str]:
    """What shows that others are quoted, these by their names."""
    others = "|".join((_OTHERS, *map(re.escape, near)))
    return re.compile(rf"(?i)\b(?:{others}){_SPOKE}{_REPORTED}")


def _refuses_as_machine(sentence: str, name: str) -> bool:
    """Whether it declines, or begins, as a machine does and in its words, or speaks of the patient as a part to play."""
    said = {word.lower() for word in _MACHINE_WORDS.findall(sentence)}
    own = re.escape(name)
    if re.search(rf"\b(?:respond|speak|write|answer|talk|reply|continue|act)\w* as {own}\b", sentence):
        return True
    # nobody speaks of themselves as a part of that name
    if re.search(
        rf"(?:^|\b[Ii]n )As {own}, I\b|^As {own},|\bhow {own} (?:would|might|could)\b|\bin {own}'s voice\b", sentence
    ):
        return True
    return len(said) >= _ENOUGH_WORDS and bool(_MACHINE_MANNER.search(sentence))


def _narrates(sentence: str, before: str, name: str, pronouns: str) -> bool:
    """Whether it tells about the patient instead of being said by them."""
    own = re.escape(name)
    if re.search(rf"[\"\u201d]\s*{own} (?:\w+ly )?{_SAYS}", sentence):
        return True
    if _MYSELF.search(sentence):
        return False
    subject = pronouns.partition("/")[0].strip().lower()
    theirs = {"he": "His", "she": "Her", "they": "Their"}.get(subject)
    about = theirs and re.match(
        rf"(?:{subject.capitalize()} {_OWN_BODY}|{theirs} (?:\w+ )?{_BODY} (?:\w+ly )?\w+(?<!ed)\b(?<!had)(?<!was)(?<!were))",
        sentence,
    )
    named = rf"(?:{own}|The (?:patient|client))(?:(?:, [^,]+,)? (?:\w+ly )?\w+s\b|'s (?:\w+ )?{_BODY})"
    return bool((about and not before) or re.match(named, sentence))
