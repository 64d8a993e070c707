"""Whether play has to stop because the learner writes as themselves in crisis (clinical section 5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from simpatient.appraisal.distress import AGREES, ASKS, ASKS_ANYWAY, STOPS, YOU, sounds_in_danger
from simpatient.appraisal.text import remembered
from simpatient.appraisal.utterances import Utterance, utterances_in

_ACT = (
    r"kill(?:ing)? (?:myself|my self|me)|suicid\w*|(?:end|ending|finish|finishing|take|taking) (?:my (?:own "
    r")?life|it all|my life)|(?:end|ending|finish|finishing) (?:things|everything)|(?:hang|hanging|drown|drowning|strangle|strangling|poison|poisoning) myself"
    r"|throw(?:ing)? myself (?:off|under|in front|out|from|down)|(?:hurt|harm|cut|burn|hurting|harming|cutting|burning) (?:myself|my (?:self"
    r"|legs?|arms?|wrists?|own))"
    r"|(?:made|make|do|doing|did) harm to myself|(?:danger|not safe|unsafe|do not feel safe|safe) (?:from|with"
    r"|to) myself|self harm\w*|been sh ing|sh ing again|harmed myself|unalive|kms|ctb|top(?:ping)? myself"
    r"|off(?:ing)? myself|do myself in|sh-?ing|sui thoughts|overdos\w+"
    r"|(?:do|doing|done) (?:something|anything|things) (?:to|bad to) myself|(?:keep|keeping) myself safe"
    r"|(?:afraid|scared|frightened|worried)(?: of| about)? what i (?:might|could|may|will|am going to) do\b(?! (?:with|about|for|if|after|when|next))"
)
"""Acts against oneself in plain, formal and slang words."""
_WISH = (
    r"(?:want|wants|wanted|wish|wishing|wan|prefer|rather|ready|prepare|prepared|going|plan\w*|deserve|like"
    r"|easier|better|love|need)(?: i (?:was|were)| to| it was| if i (?:was|were)| for me| just| really| be| is| was)* "
    r"(?:to )?(?:die|dying|dead|be dead|not exist|disappear for ?ever|not be alive|end it|jump)"
    r"|(?:do not|did not|never|not|no longer|can not)(?: (?!(?:where|who|how|when|whether|what|you|he|she|they|we|people"
    r"|your|his|her|their|far|near)\b)\w+){0,2} (?:want to |want )?(?:be alive|be here any "
    r"?more|be here no more|wake up|woken up|live(?: more| any ?more| after)?(?! (?:up|in|on|with (?!myself|this)|near|there|here|for|off|at|out|alone|together|by|far|without (?!him|her|them))\b)|living|go on "
    r"living|keep living|stay alive|be saved|exist)"
    r"|(?<!would )(?:do not|did not|never|not) (?:\w+ ){0,2}(?:want to )?be here either"
    r"|(?:stopped|given up|gave up|quit) (?:wanting (?:to )?)?(?:live|living|be alive|being alive)|(?:no|lost (?:the|my|all)) (?:will|wish|desire) (?:to live|to go on living)"
    r"|(?:picturing|imagining|imagine|thinking (?:of|about)|think (?:of|about)|thoughts of|thought of|urges? to|wanted to|want to|see myself|considering) "
    r"(?:jumping off|jump off|jumping from|stepping (?:off|in front|out in front)|driving (?:off|into)|crashing (?:my|the) car|walking into (?:the )?(?:sea|traffic)|slitting)"
    r"|(?:wish|wished) i (?:had )?(?:was|were|never) (?:dead|born|woken|wake)|(?:tired|sick|done) (?:of|with) "
    r"(?:living|being alive|life)|had enough of (?:life|living)|(?:no|any|not|see (?:a|any|the)|have (?:a|any)|find (?:a|any)|is no) (?:see any )?(?:reason|point"
    r"|sense)(?: \w+){0,3} (?:live|living|stay alive|be here|being here|me being here|alive|go on)|life has "
    r"(?:no|not) sense"
    r"|not worth living|better off (?:dead|without me)|(?:if|when|wish) i (?:was|were|am) (?:gone|dead)|if i "
    r"disappeared for ?ever|never woken up|(?:did not|do not|not) wake up|way out (?:for me )?is to die|want "
    r"out permanently|not deserve to live|(?:can not|do not) (?:keep|go on|stay) (?:living|alive)"
)
"""Wishes to be dead or not to live."""
_SIGNS = (
    r"(?:wrote|written|writing) (?:my )?(?:goodbye|suicide) (?:letters?|notes?)|saying goodbye to (?:people"
    r"|everyone|everybody|my)|(?:given|giving) (?:my (?:dog|cat|things)|away)\b[^.?!]*|(?:tablets|pills) in "
    r"front of me|saving (?:up )?(?:my )?(?:pills|tablets)|took too many (?:tablets|pills)|(?:took|taken|swallowed|taking) (?:a (?:whole )?(?:load|lot|bunch|handful|box|packet|strip)|loads|lots|the whole (?:box|packet|lot))(?: of)?(?: \w+){0,2} (?:tablets|pills|paracetamol|ibuprofen|medicines|insulin|sleepers)|(?:took|taken"
    r"|swallowed) (?:all|too many)\b[^.?!]*(?:tablets|pills)|worked out (?:the date|how|when) i|crash(?:ing)? "
    r"my car\b[^.?!]*on purpose|(?:looking|look) at the bridge\b[^.?!]*"
    r"|(?:not|do not think i will) be around (?:next|this|to|much)|not (?:want to )?make it to (?:christmas"
    r"|tomorrow|the weekend|next)|can not promise (?:that )?i will (?:come|get|make it) home|last thing i will "
    r"ever write|nothing left for me|(?:going to )?join (?:him|her|them) soon|i have (?:got )?a plan and i "
    r"have (?:got )?what i need|have it all ready"
)
"""Preparations and last words."""
_BETWEEN = (
    r"(?: (?:want|wanting|wanted|wish|wishing|to|just|really|i|it|was|were|would|could|rather|be|better|am|going|think|thinking"
    r"|thought|thoughts?|about|of|ways?|how|keep|on|can|not|stop|feel|feeling|like|being|ready|plan|planning|decided|might|will"
    r"|should|deserve|need|had|have|been|so|tired|easier|if|for|always|every|day|days|night|nights|ideas?|images?|dreams?"
    r"|dreaming|hope|hoping|pray|praying|myself|the|only|again|by|soon|happy|glad|relieved|okay|fine|tonight|today|is|are|all|and|more|ever|even|still|close"
    r"|actually|honestly|do|not|get|getting|imagine|imagining|picture|picturing|obsess\w*|constantly|sometimes|often))"
)
"""Words that may stand between the writer and what they are thinking of."""
_BADLY = r"on (?:my|its|the) (?:arse|feet|backside|bum|stage)"
"""How one dies only in a manner of speaking."""
_BROAD = (
    rf"(?:i|my){_BETWEEN}{{1,9}} (?:die|dead|death)\b(?! (?:for|of|laughing|tired|on|sure|down|end|line|right|centre))"
    rf"|(?:i|my){_BETWEEN}{{0,9}} dying\b(?! (?:to|for|here|of|{_BADLY}))"
    r"|(?:hate|bear|stand|face|end|over with|finished with|sick of|tired of) (?:my|this|living my) (?:own )?life\b|(?:my|this) life (?:to "
    r"be |is |was |were |should be |would |will |could )?(?:over|to end|end|ended|to stop|finished)\b|(?:my )?life (?:is|feels|seems) (?:not|no longer) worth\b"
    r"|(?:why am i|why i am|ashamed to be|sorry to be|hate being|tired of being|not (?:deserve|supposed|meant) to be|wish i (?:was|were)"
    r" not) (?:even |still )?alive\b|if i (?:just |simply )?(?:was|were) (?:just |simply )?not (?:here|around|alive)"
    r"|disappear from (?:this|the) (?:earth|world|planet)|sleep and never wake"
    r"|(?:jump|jumping|step|stepping|walk|walking) (?:in front of|out in front of|under|off)(?: \w+){0,2} (?:train|bus|tram|car|lorry|traffic|"
    r"bridge|roof|cliff|building|balcony|platform)"
    r"|i have(?: got)?(?: \w+){0,2} (?:rope|noose|gun|razor blades?)\b|(?:tablets|pills) (?:are )?(?:right )?(?:here )?(?:next to|beside|in "
    r"front of) (?:me|my|the (?:laptop|computer|keyboard|screen|bed))"
    r"|(?:close to|thinking (?:of|about)|about to|ready to|going to|feel like|considering|decided (?:to|on)|plan\w*(?: is)? (?:to|on)) "
    r"(?:just )?(?:end|ending) it\b(?! (?:there|here|with|between|on|by|for))"
    r"|my last (?:night|day|evening|hours?)(?= [.?!]|$| alive| on (?:this )?earth| of life)"
    r"|(?:wrote|written|left|leaving) (?:a |my |the )?(?:last |goodbye |suicide )?(?:notes?|letters?) (?:to|for) my (?:parents|family|mother"
    r"|father|husband|wife|children|kids|friends|sister|brother|partner|daughter|son|girlfriend|boyfriend)"
    r"|(?:imagin\w*|pictur\w*|dream\w* (?:of|about)|plan\w*|see) my (?:own )?(?:funeral|death)\b|(?:reason |reasons |see )?why i should (?:even )?(?:keep|go on|stay|carry on|be) "
    r"(?:living|alive|going|here)|i (?:just |really |only )*(?:want|need|wish) (?:it|everything|this)(?: all)? to (?:be over|stop for good|end)|(?:nothing|no one|nobody)(?: left)? to live "
    r"for|(?:be|join|see)(?: with)? my (?:dead|late) \w+|if i (?:just |simply )?(?:died|killed myself)\b|way out(?: for me)? is (?:death|dying|suicide)|(?:bought|found|got|"
    r"tied|made) (?:a |the |some |my )?(?:rope|noose|razor blades?)\b|sleep for ?ever|(?:keeps? telling|tells|telling) me to (?:die|jump|do it|kill|cut|hurt|end it)"
    r"|(?:started|been|am|back to|keep) (?:self harming|cutting)(?: again)?(?= [.?!]|$| and| since| because| my)|(?:urges?|want|need|itching) to "
    r"(?:cut|self harm|hurt myself)(?= [.?!]|$| again| and| right)"
)
"""The same said in many ways: the writer, what they think of, and little between the two."""
_RISK = re.compile(rf"\b(?:{_ACT}|{_WISH}|{_SIGNS}|{_BROAD})(?!\w)")
_NO_LIFE = r"(?:not|no|never|nothing|can not|strength|why|stop|stopped|tired|sick|longer|hate|enough|without|pointless|worthless|hard)"
_ALONE = re.compile(
    r"\b(?:suicid\w*|unalive|self ?harm\w*|overdos\w+|(?:want|wants|wanted|going|like|hope|hoped|wish|ready|try|tried|trying|way|ways|better|rather"
    r"|about|of|to|could|should|would|might|will|i|if|be|was|were|am) (?:just |really |only |all )?(?:die|died|dying|dead)\b"
    r"|(?:my|own|of|is|about|want|for) death\b|kill(?:ing)? (?:myself|me|yourself)|(?:jump|jumped|jumping)\b(?: \w+){0,3} (?:bridge|roof|train|"
    r"platform|window|balcony|cliff|building|car park|tracks?)|(?:platform|bridge|roof|balcony|tracks)\b(?: \w+){0,5} (?:jump|jumping|let go|fall)"
    rf"|{_NO_LIFE}\b(?: \w+){{0,7}} (?:living|alive|live|existing|exist|exists|life)\b(?! (?:up|in|near|there|here|at|out|together|by|with that|on my own|is like|outside))"
    r"|(?:living|alive|life|existing|existence)\b(?: \w+){0,2} (?:pointless|worthless|over|unbearable|(?:not|no|no longer) (?:worth|bearable|meaning|sense|point))"
    r"|(?:end|ending|ended|take|took|taking|leave|leaving) (?:my (?:own )?life|this life|it all)|(?:swallow|swallowed|take|taking|took) (?:all|every)(?: of)? (?:my|the) "
    r"(?:\w+ )?(?:tablets|pills|medicines|medication|antidepressants|insulin|paracetamol|stash)|(?:knife|blade|razor|rope|noose|gun|belt|tablets|pills)\b[^.?!]*\b"
    r"(?:on|to|for) (?:myself|me)\b|(?:hurt|harm|cut|burn|hang|drown|poison|starve|shoot)(?:ing|ting|ed)? (?:my ?self|my (?:arms?|legs?|wrists?|thighs?))\b|something (?:\w+ )?to "
    r"myself\b|(?:wish|wishing|wished|hope|hoping) (?:\w+ ){1,3}(?:would|will) (?:just )?(?:hit|run over|crash into|kill|shoot|take) me\b"
    r"|(?:if i|that i|to|and|hope i|wish i) (?:had )?(?:never|not|did not) (?:wake|woke|woken)\b|attempts? on my (?:own )?life|my (?:last|first|second|next) (?:suicide )?attempt (?:was|is|will)|death (?:would|will|seems|sounds|feels|is)(?: \w+){0,3} "
    r"(?:relief|better|easier|welcome|way out|answer)|(?:blade|knife|razor|scissors|glass)\b(?: \w+){0,5} (?:wrists?|skin|arms?|throat|neck)|gone for ?(?:ever|good)|"
    r"(?:insulin|pills|tablets|medicines|medication|paracetamol)\b[^.?!]* (?:inject|swallow|take|drink) (?:it |them )?all\b|never been born|(?:took|taken|swallowed) "
    r"(?:about |like |over )?(?:eight|ten|twelve|fifteen|sixteen|twenty|thirty|forty|fifty|sixty|a hundred|\d\d+) (?:\w+ )?(?:paracetamol|tablets|pills|ibuprofen|capsules|of them)"
    r"|(?:living|life|being alive|existing) (?:is|feels|has become|got) (?:just |simply )?too (?:hard|painful|much|heavy)|(?:train line|railway|rails|bridge|cliff|roof|tracks)\b"
    r"[^.?!]*\b(?:keep|kept) (?:walking|going|standing|ending up|driving))"
)
"""What is enough where the writer speaks of nobody but themselves."""
_OTHERS = frozenset(
    "you your yours yourself he she they him her them his their hers theirs who people person someone somebody anyone everyone others "
    "patient patients client clients mother father brother sister son daughter wife husband uncle aunt cousin grandmother grandfather gran nan "
    "friend friends colleague neighbour partner dog cat phone battery laptop plants tulips flowers baby man woman men women child children students".split()
)
"""Words that show that somebody or something else may be meant."""
_UNSAID = re.compile(
    r"(?:can not|do not|want|going to|ready to|thinking|feel|feeling|tired|wish|planning|tried|no (?:reason|point)|living is|life is too|nothing left|better off)\b"
)
"""Openings of a sentence about oneself without "I"."""
_SIGN = re.compile(rf"\b(?:{_SIGNS})(?!\w)")
_FIRST = re.compile(r"\b(?:i|me|my|myself|mine)\b")
_OWN_VOICE = re.compile(
    r"\b(?:this is me|that is me|me talking|it is me|i mean it|for real|in real life|not (?:a |the |for the "
    r")?(?:patient|character|exercise|role ?play|acting|playing|pretending|joke|joking)|is not (?:a )?(?:role "
    r"?play|part of|a joke)|is not role|out of (?:role|character)|ooc|the learner speaking|me not you|myself "
    r"not|not the (?:role|act|patient|character)|i am the (?:one|student|learner|trainee)|mine i mean|i mean "
    r"mine|only a program|same for me|mine too|forget maggie|i know that one|for me too|help me please|please "
    r"help me|on purpose)\b"
)
"""Words by which the writer steps out of the play."""
_ABOUT_PATIENT = re.compile(
    r"\b(?:you (?:see|saw|have|had|find|found) no (?:reason|point|way|hope|wish|future)|ask(?:ing)? about|my (?:mother|father|brother|sister|son|daughter|wife|husband|uncle|aunt|cousin|grandmother|grandfather|gran|nan|friend|partner"
    r"|neighbour|colleague) (?:\w+ )?(?:wants?|wanted|wishes|wished|died|tried|thinks?|thought|says?|is|was)|you (?:are|will|would|may|might|could) (?:not |all |still )?(?:going to |be )?(?:die|dying|dead)|let you die|do you|are you|have you|did you|were you|would you|will you|can you|asking (?:you|whether|if|about)"
    r"|part of you|ask (?:you|whether|if|about|everyone|everybody)|when you (?:say|said|told|wrote|wake)|you "
    r"(?:said|say|told|mentioned|feel|felt|want|wanted|wish|were|might|may|would|wrote|must|thought|think"
    r"|talk\w*|spoke|used|sound|do not|did not|put)|your (?:own )?(?:life|words?|son|daughter|wife|husband"
    r"|mother|father|partner|friend|brother|sister|form)|yourself"
    r"|(?:people|someone|anyone|anybody|patients|some|others|many|men|women|everyone|he|she|they|client|policy"
    r"|leaflet) (?:\w+ )?(?:who|feel|feels|have|has|think|thinks|with|say|says|want|wants|wanted|said|told|get"
    r"|gets|can|sometimes|tried|attempted)|thoughts of (?:suicide|ending|killing|harming) (?:in|are|can|come)"
    r"|if i (?:thought|believed|was worried|were worried|think) (?:that )?(?:you|someone|anyone)|worried "
    r"(?:that )?(?:about )?you|someone else|it is (?:okay|all right|fine) to say|you can (?:say|tell)|to say i "
    r"want to)\b"
)
"""Words by which it is the patient's, or people's in general."""
_SAYS_YOU = re.compile(
    r"\b(?:you|he|she|they) (?:said|told|wrote|say|mean|meant)\b|^ (?:\w+ ){0,3}(?:to|for) you\b|^ is what you\b"
)
"""Whose words they were, said after them."""
_RUNS_DOWN = re.compile(
    r"\b(?:phone|battery|laptop|tablet|wifi|signal|screen|plants?)(?: (?:is|are|was|has|keeps?|just|nearly|almost|all|always"
    r"|about to|going to))* (?:die|dies|died|dying|dead)\b|\b(?:older|longer|more|better) than i have (?:ever )?been alive\b"
)
"""Things that die, and lives that are only counted, without danger."""
_JOKE = re.compile(
    r"\b(?:(?:would|will|is going to|are going to|nearly|almost|could|is|are|might|going to) (?:\w+ )?kill(?:s"
    r"|ing)? me|kills me|killing me|dying (?:to|for)|die of|died of|(?:nearly|almost|could have) died|kill for"
    r"|to die for|\b(?:omg|lol|haha\w*|lmao)\b|could (?:just |have )?died?\b(?! (?:tonight|today|now|soon))|rather die than|thought i (?:would|was going to) die (?:when|of|with)|imagine (?:living|dying)|tonight i was|be here (?:either )?(?:on|today|at|this (?:morning|late)|until|all|if)|my last (?:day|night|shift|week) (?:on|at|in|of|with|before)"
    r"|(?:kill|shoot) me (?:if|when|later|for|now)|end it (?:there|here)\b[^.?!]*(?:for today|for "
    r"now|today|now|tuesday|pick)|(?:hurt|cut) myself (?:playing|shaving|cooking|chopping|running|on (?:a|the"
    r"|my)|opening|falling|lifting|at (?:football|the gym|work)|gardening|doing)|jump (?:in(?! front)|to|on|at|back|right"
    r"|ahead)|dead (?:tired|on|right|end|line|sure|good|heat)|dying (?:here|of|to|"
    + _BADLY
    + r")|wanted to die (?:of|when)"
    r"|(?:lost|lose) (?:an? |my |our |the )?(?:\w+ ){1,3}to suicide|(?:died|dying|deaths?|bereaved) by suicide|(?:patients?|clients?|friend|uncle|brother|cousin|colleague|neighbour) "
    r"(?:committed|attempted) suicide|safety plan (?:with|for) you|(?:plan|helpline|number|card|leaflet) for (?:when|if)|suicid\w* (?:risk|prevention|assessment|awareness|policy|training|hotline|line|watch|rates?|screen\w*"
    r"|questions?))\b"
)
"""Figures of speech, accidents and shop talk."""
_DENIES = re.compile(
    r"\b(?:am not|was not|never been|never felt|do not feel|not feeling|would never|not going to|never)(?: "
    r"\w+){0,2} $"
)
_ASKS_PATIENT = re.compile(
    r"\b(?:ask(?:ing)?|wonder(?:ing|ed)?|check(?:ing)?|know) (?:you )?(?:if|whether|about)\b|^(?:\w+ ){0,2}(?:do|are|have|did|were|would|will|can|has|is) (?:you|she|he|they)\b"
)
"""How one asks somebody else."""
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]|(?<![^\s])['‘][^'’]{6,}['’](?!\w)")
"""What stands between quotation marks."""
_TURNS = re.compile(r"\b(?:but|because|when|too|and|though) i\b")
"""Words by which one comes from the patient to oneself."""
NEAR = 30
"""Characters before a mark of crisis within which an I is close to it."""
SAID = 4
"""Words that say something by themselves."""
_STILL = re.compile(r"\b(?:not (?:going to make|sure i can|safe)|never (?:told|said)|not (?:a joke|joking|even))\b")


_SLEEP_ON = r"(?:not|never) (?:\w+ ){0,3}(?:wake(?: up)?|come back|be (?:here|alive|around)|exist)\b"
_MEANT = re.compile(
    rf"\b(?:i (?:\w+ ){{0,6}}(?:hoping|hope|wish\w*|want\w*|pray\w*|rather|like) (?:\w+ ){{0,6}}{_SLEEP_ON}"
    rf"|^(?:just )?(?:wish|hoping|want|rather) (?:\w+ ){{0,6}}{_SLEEP_ON}"
    r"|(?:kms|ctb) (?:fr|for real|tonight|today|tomorrow|this|soon|now)|(?:going to|gonna|might|will) (?:kms|ctb)"
    r"|(?:if|when|once|after) i (?:was|were|am) (?:no longer here|gone for good|not here any ?more|out of (?:the|their) way|dead)"
    r"|i (?:will|would) not be (?:here|around|alive) (?:by (?:christmas|summer|spring|easter|new year|then|my)|much longer)(?! .*(?:leave|holiday|placement|rota|shift))"
    r"|(?:written|wrote|writing|finished) (?:\w+ ){0,2}(?:letters?|notes?) (?:to|for) (?:my|the) (?:family|kids|children|mum|mom|mother|parents|wife|husband|partner|sister|brother|friends)"
    r"|i (?:have |had )?(?:got |have |set |picked |chosen )+(?:a|the|my) (?:date|day)(?: picked| set| chosen| for it)|over for me\b|check(?:ing)? out for good"
    r"|(?:will|would|do|can) not step back|i (?:would|will|could) (?:\w+ )?jump (?:if|tonight|today|when)|if i had the (?:guts|courage|nerve)"
    r"|(?:swallow|neck)(?:ing|ed)? (?:it |them )?all\b|(?:take|taking) (?:them all|all of them|all my (?:pills|tablets|meds))|(?:rope|noose|blade|razor|pills|knife) in my hands?"
    r"|hit(?:ting)? myself (?:until|till|so|in|on|with|again)|(?:not|never) see (?:myself|me) (?:surviving|living|making it|alive)"
    r"|thinking (?:about|of) (?:being|standing|stepping|walking|jumping) (?:in front of|under|off|into|onto)"
    r"|standing on the (?:bridge|platform|roof|edge|ledge))"
)
"""Wishes, plans and last arrangements that speak of nobody else where the writer is the subject."""
_TONGUES = re.compile(
    r"je (?:veux|vais) (?:mourir|me tuer)|je ne veux plus vivre|envie de mourir|ich (?:will|möchte) (?:nicht mehr leben|sterben)"
    r"|mich umbringen|no quiero (?:vivir|seguir viviendo)|(?:me )?quiero (?:morir|matar)|quitarme la vida|voglio (?:morire|farla finita)"
    r"|non voglio pi[uù] vivere|quero (?:morrer|me matar)|n[aã]o quero (?:mais )?viver|chc[eę] (?:umrze[cć]|si[eę] zabi[cć])|nie chc[eę] [zż]y[cć]"
    r"|хочу умереть|не хочу (?:больше )?жить|ölmek istiyorum|yaşamak istemiyorum|vreau s[aă] mor|chci um[rř][ií]t|mar vreau|أريد أن أموت|我想死|不想活|死にたい",
    re.IGNORECASE,
)
"""The same in other languages that learners speak."""


@lru_cache(maxsize=1024)
def stops_play(text: str) -> bool:
    """Whether the learner writes of their own wish to die or to hurt themselves. Pure.

    Each utterance is looked at by itself: questions to the patient, reflections of what the patient said, talk about
    people in general, figures of speech and accidents never stop play. An utterance in the first person that speaks of
    the writer alone does, also in the middle of a message that is otherwise good play. In doubt the learner is asked
    (`may_be_own`): a card too many does less harm than one too few.

    Source: clinical section 5.1 (design).
    """
    every = utterances_in(text)
    alone = _leaves_patient_out(every)
    if _names_it(text):
        return bool(_TONGUES.search(text)) or sounds_in_danger(every, AGREES, alone=alone)
    own_voice = _in_own_voice(text)
    own = [each for each in every if _may_be_own(each, own_voice)]
    return not _quotes(text) and sounds_in_danger(own, STOPS, alone=alone)


@lru_cache(maxsize=1024)
def may_be_own(text: str) -> bool:
    """Whether to ask the learner if they speak of themselves, where `stops_play` has not stopped. Pure.

    Words between quotation marks are somebody else's and left out.

    Source: clinical section 5.1 (design); a question too many costs one click.
    """
    if _names_it(text):
        return True
    text = _QUOTED.sub(" ", text)
    every, own_voice = [each for each in utterances_in(text) if _speaks(each)], _in_own_voice(text)
    alone = _leaves_patient_out(every)
    own = [each for each in every if _may_be_own(each, own_voice)]
    said = [each for each in every if not _ASKS_PATIENT.search(each.text)]
    if sounds_in_danger(own, ASKS, alone=alone) or sounds_in_danger(said, ASKS_ANYWAY, alone=alone):
        return True
    return any(_stands_by_i(each) for each in said)


@lru_cache(maxsize=1024)
def _names_it(text: str) -> bool:
    """Whether the marks of an own crisis stand in it."""
    utterances, own_voice, quoted = utterances_in(text), _in_own_voice(text), _quotes(text)
    if any(_in_crisis(utterance, own_voice, quoted) for utterance in utterances):
        return True
    if not quoted and (_TONGUES.search(text) or any(_means_it(utterance) for utterance in utterances)):
        return True
    message = remembered(text)
    return (
        own_voice and message.count <= 14 and bool(re.search(r"\b(?:suicidal|in danger from myself)\b", message.norm))
    )


def _stands_by_i(utterance: Utterance) -> bool:
    """Whether a mark of crisis stands close to an I that no word about the patient comes before."""
    words = _RUNS_DOWN.sub(" ", utterance.text)
    if _JOKE.search(words):
        return False
    for pattern in (_RISK, _ALONE, _MEANT):
        last = 0
        for found in pattern.finditer(words):
            before, last = words[last : found.start()], found.end()
            turned = not _ABOUT_PATIENT.search(before) or _TURNS.search(f"{before}{found[0]}")
            if turned and _FIRST.search(f"{before[-NEAR:]}{found[0]}") and not _DENIES.search(before):
                return True
    return False


def _speaks(utterance: Utterance) -> bool:
    """Whether something is said in it beside a thing that runs down."""
    rest = _RUNS_DOWN.sub(" ", utterance.text)
    return rest == utterance.text or len(rest.split()) >= SAID


def _in_own_voice(text: str) -> bool:
    return bool(_OWN_VOICE.search(remembered(text).norm))


def _leaves_patient_out(utterances: Sequence[Utterance]) -> bool:
    return all(YOU.isdisjoint(each.words) for each in utterances)


def _quotes(text: str) -> bool:
    """Whether somebody's words stand in quotation marks."""
    return '"' in text or "“" in text or re.search(r"(?:^|\s)['‘][^'’]{6,}['’]", text) is not None


def _may_be_own(utterance: Utterance, own_voice: bool) -> bool:
    """Whether an utterance is no figure of speech, no denial and not about the patient or people in general."""
    if _JOKE.search(utterance.text) or _HARMLESS.search(utterance.text):
        return False
    if utterance.mark == "?" and not (own_voice or _ASKS_SELF.search(utterance.text)):
        return False
    return own_voice or not _ABOUT_PATIENT.search(utterance.text)


_HARMLESS = re.compile(
    r"\b(?:(?:not|never|have never|am not|was never) (?:been )?(?:wanted|suicidal|thought of (?:killing|dying))|dying (?:for|to)|alive to|live up to|live (?:in|on|near|by)"
    r"|(?:can not|could not) imagine|let me know|(?:want|going|like) to (?:ask|hear|check|make sure|help)|(?:end|stop) (?:it |this |things )?(?:there|here)|i ask|asked me"
    r"|(?:my|a|the|last) (?:patients?|colleagues?|father|mother|brother|sister|grandmother|grandfather|dog|cat|dad|mum)\b[^.?!]*\b(?:died|die|dies|works?|ill|his life|her life|to suicide)"
    r"|with my (?:mother|father)|lost (?:patients|my|a) |too if\b|(?:that|this) (?:form|printer|computer|lift|flat|noise|heat|ward|shift)|day off|on leave|cut (?:my|your|the) (?:hair|finger|crusts|tape|paper)"
    r"|cut you|cut (?:myself )?(?:off|shaving|on)|your (?:tablets|arm|tea|table)|headache|thyroid|blood pressure|night shift|after work|every day too|prevention)\b"
)
"""Everyday matters in grave words."""


def _means_it(utterance: Utterance) -> bool:
    """Whether one utterance names the writer's own wish or plan in words that hold for nobody else."""
    words = _RUNS_DOWN.sub(" ", utterance.text)
    found = _MEANT.search(words)
    if not found or _JOKE.search(words) or (utterance.mark == "?" and "you" in utterance.words):
        return False
    before = words[: found.start()]
    return not (_ABOUT_PATIENT.search(before) and not re.search(r"\b(?:because|but|and|too) i\b", words))


def _in_crisis(utterance: Utterance, own_voice: bool, quoted: bool) -> bool:
    """Whether one utterance speaks of the writer's own danger."""
    words = _RUNS_DOWN.sub(" ", utterance.text)
    if _JOKE.search(words):
        return False
    own = _FIRST.search(words) or _UNSAID.match(words)
    if (
        _OTHERS.isdisjoint(word.removesuffix("'s") for word in utterance.words)
        and own
        and (utterance.mark != "?" or _ASKS_SELF.search(words))
    ):
        alone = _ALONE.search(words)
        if (
            alone
            and not quoted
            and not _ABOUT_PATIENT.search(words, 0, alone.end())
            and not _DENIES.search(words[: alone.start()])
        ):
            return True
    found = _RISK.search(words)
    if not found:
        return False
    if _DENIES.search(words[: found.start()]) and not _STILL.search(words):
        return False
    if utterance.mark == "?" and not own_voice and not _ASKS_SELF.search(words):
        return False
    if _SIGN.search(words) and re.search(r"\b(?:i|me|my)\b", words):
        return True
    about_patient = _ABOUT_PATIENT.search(words, 0, found.end()) or _SAYS_YOU.search(words[found.end() :])
    if about_patient and not (own_voice or _turns_to_self(words, about_patient.end(), found.start())):
        return False
    if quoted and not own_voice and not _turns_to_self(words, 0, found.start()):
        return False
    if _FIRST.search(words):
        return True
    brief = utterance.last - utterance.first <= 6 and "you" not in utterance.words
    return brief and utterance.words[0] in ("kms", "suicidal", "thinking", "want", "been")


_ASKS_SELF = re.compile(
    r"^(?:(?:so|and|but|really|honestly) )*(?:why am i|what am i|why do i|why should i)\b(?!.*\byou)"
)
"""A question the writer puts to themselves."""


def _turns_to_self(words: str, after: int, until: int) -> bool:
    """Whether the writer speaks of themselves between the mention of the patient and the risk."""
    if after > until:
        return False
    return bool(
        re.search(
            r"\b(?:but|honestly|and|too|mine|me) (?:\w+ ){0,3}i\b|\bi am (?:the one|that|a burden)|\bi know "
            r"that\b",
            words[after:until],
        )
    )
