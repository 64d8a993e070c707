"""What a patient turn calls for (clinical section 2.3): a tagger for any turn, ours, a model's or an imported one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from simpatient.appraisal.cues import CueTable, Hit, cue
from simpatient.appraisal.lexicon import FEELING_OF
from simpatient.appraisal.text import Message, remembered
from simpatient.words import Opportunity, Tag

ACCOUNT_WORDS = 12
"""Words from which a turn counts as an account. Source: clinical section 2.2, R1."""

_MARKS = CueTable(
    (
        # Risk first: it outranks all else wherever it stands.
        cue("risk_cue", 1, "here myself kill suicide suicidal die dead disappear end alive point better harm hurt wake",
                r"kill (?:myself|me)|suicid\w*|(?:want|wanted|wish|wishing|like|better) (?:to (?:die|disappear|be "
                r"dead|not be here"
                r"|not wake up|end it)|i (?:was|were|am) (?:dead|not here))|better off (?:dead|without me)|end "
                r"(?:it all|my life|it)"
                r"|not (?:want to )?(?:be alive|wake up|be here any ?more|live any ?more|want to live)|(?:harm|hurt"
                r"|cut|cutting) myself"
            r"|no point (?:in )?(?:being here|living|going on)|(?:wanted|want) to disappear",
            unless=
                r"(?:parents?|mother|father|wife|husband|boss|he|she|they|that|it|this|stairs|shift|shoes|feet|back|knees?) (?:would|will|is|are|could|can|"
                r"might|nearly|almost|going to)(?: \w+)? kill(?:ing)? me|(?:fall|fell|slip|trip|lifting|cooking|gardening|shaving)\b[^.?!]{0,20}\b(?:hurt|cut) myself"
                r"|(?:hurt|cut) myself (?:falling|shaving|cooking|on|at|playing|lifting|in the)|what like suicid\w*|not suicid\w*"),
        cue("question_privacy", 1,
            "hears written write tell know find see told reads read hear share notes record records "
            "confidential private between send get file report",
                r"(?:is|are|was|does|do|will|would|can|could|who|what|so)\b[^.?!]*\b(?:written down|write (?:it"
                r"|this|that)? ?down|notes"
            r"|on (?:my|the) (?:record|file)|confidential|private|between us|report (?:this|me|it))[^.?!]*\?"
            r"|who (?:reads|sees|hears|gets|will (?:know|see|read|hear)|else (?:reads|sees|knows))"
                r"|(?:will|do|are|would|can|have) you (?:going to |have to |got to )?(?:tell|talk to|ring|phone"
                r"|contact|write to|inform|share)"
            r" (?:my|the|anyone|anybody|work|hr|him|her|them|this)"
                r"|(?:does|do|will|would|can|could) (?:my|the|they|he|she|anyone|anybody|work|hr|nobody"
                r"|everyone)\b[^.?!]{0,30}"
                r"(?:find out|know|hear about|see (?:this|it|that)|get told|read (?:this|it|that))[^.?!]*\?|(?:so"
                r"|then) nobody would know"),
        cue("question_process", 1, "how what long works work do next happens many session sessions supposed",
                r"how (?:does|do) (?:this|it|these|that|things|we)\b[^.?!]*\bwork|how long (?:does|do|will|is|are"
                r"|have)[^.?!]*"
                r"|what (?:happens|do we do|do i do|am i supposed|will happen|are we|comes|happens next|now)\b"
                r"|what (?:is|are) (?:the|this|these)"
                r" (?:plan|for|about)|how many (?:sessions|times|of these)|not sure how (?:this|it) works|so what "
                r"now|what do i (?:have to )?do"
            r"|where do (?:we|i) (?:start|begin|sit)"),
        cue("stigma_fear", 1,
            "want hear work weak crazy mad nutter nuts shrink man men lads label labelled loony soft pathetic "
            "psycho know hearing "
            "knew find laugh laughed addict junkie think embarrassing ashamed judge fat",
                r"(?:for|means?|makes?|like|is|am|are|think)\b[^.?!]{0,30}\b(?:weak|crazy|mad|nutter|nuts|soft"
                r"|pathetic|psycho|loony|mental)"
                r"|weak (?:men|people|man)|seeing a shrink|(?:would|will|do) not want (?:the|my|anyone|anybody"
                r"|people|them)\b[^.?!]{0,30}"
                r"(?:know|knowing|hear|hearing|find\w*)|if (?:anyone|anybody|people|they|the lads|work|my \w+) "
                r"(?:knew|know|found|find|heard|hear|saw)"
                r"|(?:would have|would|will|going to|all) (?:laugh|laughed|judge|think i)|man up|not a (?:real "
                r")?man|label(?:led)?|junkie"
            r"|people (?:will|would|might|are going to)? ?(?:think|look at)"),
        cue("self_criticism", 1,
            "terrible let fault stupid useless failure idiot hate weak pathetic should ashamed guilty blame "
            "worthless bad rubbish "
            "failed lazy coward burden silly ridiculous forgive",
                r"my (?:own )?(?:fault|stupid)|i (?:am|was|feel|felt|have been)\b[^.?!]{0,20}\b(?:stupid|useless"
                r"|(?:a )?failure|(?:an )?idiot|pathetic"
                r"|ashamed|guilty|worthless|rubbish|(?:a )?coward|lazy|weak|(?:a )?burden|(?:a )?(?:bad|terrible"
                r"|awful|rubbish) \w+|ridiculous|silly)"
                r"|(?:god )?forgive me|hate myself|i (?:have )?failed|(?:blame|blaming) myself|i should have|let (?:everyone|them|him"
                r"|her|everybody|people) down"
            r"|i am not (?:good|strong|clever) enough"),
        cue("attack", 1,
            "lot dare people stupid idiot useless piss pissing hell waste fuck fucking bloody shut rubbish crap "
            "joke bullshit wow care paid",
                r"(?:you|your)\b[^.?!]{0,20}\b(?:stupid|an idiot|useless|rubbish|full of|clueless|a joke"
                r"|incompetent|pathetic|no idea|lot are all)"
                r"|taking the piss|piss off|fuck (?:off|you)|shut up|what the hell|bullshit|load of (?:rubbish|crap"
                r"|nonsense)"
            r"|you (?:people|lot)|you (?:do not|could not|never) (?:really |even )?care(?! about (?:him|her|them|it)\b)|you are (?:just |only )*paid to|get lost|how dare you|do not you dare"),
        cue("complaint", 1,
            "you again opened said told sounded keep listening asked felt heard exactly last wow answer late "
            "promised rude interrupt interrupting excuse judged already that fault phone door window",
                r"(?<!and then )you (?:opened|said you would(?! (?:ring |come |tell me |find out )?and (?:then )?you (?:did|have))|have not|did not(?! (?:flinch|have to|laugh|rush|push|hurry|rehearse|judge|argue|jump|blink|write|tidy|look)\b)|never"
                r"|keep|kept(?! (?:that|your word|hold|it|me)\b)|just (?:said|told|asked|did)"
                r"|sound(?:ed)? like|promised|interrupted|told me(?! (?:the (?:truth|bad|hard|worst)|that|straight)\b)"
                r"|already|were (?:late|supposed)|are not (?:listening|even|hearing)|do not (?:listen|get it"
                r"|understand|know me|even)|made me)"
                r"|i (?:sat|waited|stayed|stood) by (?:the|that|my) (?:phone|window|door)|excuse me|that is (?:exactly )?what the last one|(?:felt|feels) like (?:you|an interrogation|a "
                r"test|being)|did you (?:even )?(?:hear|read|listen)"
                r"|i (?:just|already) (?:said|told you)|my fault again|that (?:was|is|sounded) (?:a bit )?(?:rude"
                r"|harsh|unfair|out of order)|wow|^you what"),
        cue("pushback", 1,
            "fine sent only nothing if not pointless useless waste bother why need made choice want rather point "
            "ever idea forced whatever "
            "done leave no thanks attitude do stuff help",
                r"(?:i )?(?:do|did|would|will) not (?:really )?(?:want|need|see (?:the|how|why)|think (?:this|it"
                r"|you|that)|like|believe|fancy|care)"
                r"|(?:was|is|were|be|been) (?:useless|pointless|a waste)|waste of (?:time|my time)|why (?:should"
                r"|would) i|(?:she|he|they|work|hr|my \w+|who)"
                r" (?:made|forced|sent|making) me|not my (?:choice|idea)|rather not|what is the point|no point|i "
                r"(?:will|would) not(?! (?:have|normally|usually|think less|mind|argue|lie|pretend)\b)|not going to(?! (?:lie|pretend|argue))"
                r"|not (?:for me|interested|today|ready)|i am (?:fine|only here)|do not start|nothing (?:helps"
                r"|works)|i have tried (?:that|it|all)|already tried"
                r"|none of your|this (?:is not|will not|will never)|tried (?:that|it|this) before|done this before"
                r"|if you say so|you would not understand"),
        cue("confusion", 1, "mean understand confused follow get lost sense what know huh sure words english",
                r"(?:do|did) not (?:really )?(?:know what (?:that|this|it|you)|understand|follow|get (?:it|that"
                r"|what)|know what you mean)"
                r"|what (?:does|do|is|are) (?:that|this|you|it)\b[^.?!]{0,20}\b(?:mean|saying)|i am (?:lost"
                r"|confused)|(?:makes|making) no sense|in (?:plain )?english"
                r"|what is (?:a |an )?[a-z]{2,12} \?$|you have lost me|all (?:that|those) (?:long )?words|not sure "
                r"what (?:that|you|it) mean\w*"),
        cue("setback", 1,
            "week slipped relapsed again missed skipped worse back forgot gave fell could failed drank smoked "
            "stopped no did",
                r"slipped|relapsed?|i (?:missed|skipped|forgot|gave up|gave in|failed|drank again|smoked again"
                r"|could not (?:do|manage|keep|even)|did not (?:do|manage|keep|go))"
                r"|(?:got|gotten|getting|gets|is|was) worse|back to (?:square one|where|how|smoking|drinking)|fell "
                r"off|bad week|blew it|messed up"),
        cue("effort", 1,
            "told have wrote rang touched tried managed started did went cut stopped came trying walked been kept "
            "called days without made gave got",
                r"i (?:have |had |even |actually |did |finally )?(?:tried|managed|started|cut down|stopped|made "
                r"(?:it|myself)|kept|gave it a go|been trying|been (?:walking|going|doing|taking|cutting)"
                r"|walked|went (?:back|to|for|out)|rang|called|came|told (?:him|her|them|my)|wrote|did it|did the"
                r"|turned up|made an effort|have not (?:had|smoked|drunk|touched))"
            r"|i am trying|(?:days|weeks) (?:without|sober|clean)"),
        cue("request", 1, "same can could would please want need get like wish ring give ask slow slowly",
                r"(?:can|could|would|will) (?:you|i|we|someone|somebody|they) (?:please |just |at least )?(?:get"
                r"|give|have|ring|call|ask|find|tell|write|send|check|let|help|speak|sort|move|change|see|come|book"
                r"|make|read|do|stop|wait|explain)"
                r"|i (?:just )?(?:want|need) (?:you|someone|somebody|a letter|a note|something|to (?:know|see"
                r"|speak))|(?:would like|i wish) (?:you|someone|somebody|a|to see)"
            r"|same time next|please \w+|(?:go slow(?:ly)?|slow down|take it slow(?:ly)?)(?= [.?!]|$)"),
        cue("concern", 1,
            "scares dying bad afraid scared worried worry frightened if lose losing anxious nervous fear terrified "
            "panic done cancer die "
            "going heart thought job leave happens serious worries dread concerned",
                r"(?:i am|i was|i get|i feel|i have been|been|am|really|bit|so|getting) (?:so |really |a bit "
                r"|quite |just |a little |very )*(?:afraid|scared|worried|frightened|anxious|nervous|terrified"
                r"|panicking|concerned)"
                r"|i (?:worry|panic|dread|fear|keep worrying)|my (?:worry|fear)|what if|worries me|scares me"
                r"|frightens me|if i (?:lose|do not|get|can not|have to)\b"
                r"|(?:is it|it is|could it be|might be|have i got|do i have) (?:serious|cancer|my heart|bad"
                r"|something|dangerous)|thought it was my (?:heart|\w+)|i am done"
                r"|(?:might|will|could|going to) (?:lose|leave|die|sack|fire|get worse|kill)|lose (?:my|this|the) "
                r"(?:job|house|home|kids|leg|baby|licence)|am i (?:going|dying)"),
        cue("closing", 1,
            "off bye goodbye thanks go week next time going leave done see thursday tuesday monday wednesday friday",
                r"(?:good ?bye|bye)|same time next|(?:see|talk to) you (?:next|then|on|soon|thursday|tuesday|monday"
                r"|wednesday|friday)"
                r"|(?:better|need to|have to|must|should|got to) (?:go|get going|head|be off)|we are done|(?:next "
                r"week|thursday|tuesday|monday|wednesday|friday) then"
                r"|is that (?:it|us|time)|that is (?:it|all|everything) for (?:today|now)|are we (?:done|finished)"
                r"|i am (?:off|going|leaving)"),
        cue("cue", 1,
            "stop face breathe want go point since fine whatever know suppose guess anyway nothing cope hard tired "
            "had quiet so stuff used cried though never enough "
                "matter nobody long alone own sleep sleeping fault laughed lonely pointless something heavy "
                "everyone nothing sides",
                r"(?:am|is|was|feel|been) (?:just )?(?:fine|okay|all right) (?:i (?:suppose|guess)|really|though)"
                r"|it does not matter|never mind"
                r"|nobody (?:knows(?! (?:where|when|which|how to|what time|the|his|her|if))|asks|asked|cares|listens|sees|understands|told|ever|would)"
                r"|(?:can|could) not (?:cope|sleep|do this|go on|carry on|stop|get out|face|breathe|even)"
                r"|(?:had|have had) enough(?! (?:for|to|left|money|time|petrol|change|food|on|in)\b)"
                r"|(?:all|am|was|be|been|live|living|lived|sit|sat|up|left|eat|home|here|there|nights?|evenings?|quiet|it|that|this) on my own(?= [.?!]|$| (?:with|in|and|since|now|all|again|most|at|every|up))"
                r"|(?:(?<=[.?!] )|(?<![\s\S]))(?:all )?on my own(?= [.?!]|$)|all alone|not (?:been )?(?:sleeping|eating|coping|myself)|no sleep|(?:it is|it "
                r"has been|it was|been) (?:a lot|hard|tough|rough|difficult|too much|a nightmare|hell|horrible"
                r"|awful)"
                r"|used to (?:be (?!in\b|at\b|a \w+ (?:shop|pub|road)|called|the\b)|love|enjoy|like (?:it|my|myself|going|people|work|being)|go out)|what is the (?:use|point)|stuff i do not|do not want (?:it "
                r"|that |them )?(?:dug|to talk|to go)|everyone (?:sides|is against|thinks)|sides with"
                r"|goes tight|sit (?:outside|there|in)\b[^.?!]{0,20}\b(?:can not|hours|minutes)|(?:keeps|keep) me "
                r"(?:up|awake)|never the same|not the same|since (?:he|she|they|my \w+) (?:died|left|passed)|have "
                r"a go at"),
        cue("cue", 1,
            "cry cried crying weep wept tears numb empty invisible small sick miss coping nightmare hell horrible awful rough tough "
            "fed nobody quiet gutted sleep",
                r"i (?:\w+ ){0,6}(?:cry|cried|crying|wept|weep|burst into tears)"
                r"|i (?:just |still |only )*(?:feel|felt|am feeling|have been feeling|am|go|went) (?:\w+ ){0,2}(?:numb|empty|invisible|small|gutted)"
                r"|i (?:just )?(?:feel|felt) (?:so |really |physically )?sick"
                r"|i was (?:\w+ )?gutted|i (?:really |do |still |just |only )*miss (?:him|her|them|it|you|my|being|having|that|who)"
                r"|i am not (?:really )?coping|(?:is|was|been) (?:a |an |absolute |just |pure )*(?:nightmare|hell|horrible|awful|rough|tough)(?= [.?!]|$| (?:i|for me|since|the last|lately|without|at home|and))"
                r"|i (?:am|get|was) (?:\w+ )?fed up|(?:have|got) (?:got )?nobody(?: to| i can)? (?:tell|talk|ask|ring|turn)|nobody to (?:tell|talk to|ring|turn to)"
                r"|(?:house|flat|home|place) is (?:so |too |very )?(?:quiet|empty)"
                r"|i (?:do|can|could) not (?:\w+ )?sleep(?! (?:in|on|till|until|much past|past)\b)",
            unless=r"(?:gym|course|hill|sea|boat|crossing|food|onions?|film|book|weather|road|ride|match)\b"),
    )
)  # fmt: skip
"""Marks of each tag on the normalised patient turn."""

_NONVERBAL = (
    (("cry", "tear", "weep", "sob"), "sadness"), (("sigh", "slump", "shoulders"), "weariness"),
    (("look", "away", "down", "quiet", "silence", "pause", "shrug"), "unease"),
    (("fidget", "shak", "trembl", "wring", "hands", "swallow", "bounc", "pick"), "fear"),
    (("arms", "crossed", "jaw", "glare", "fold"), "anger"), (("laugh", "smile"), "unease"),
)  # fmt: skip
"""What a nonverbal cue may hint at; stems."""

_HEDGES = re.compile(r"\b(?:i (?:do not know|dunno|suppose|guess)|whatever|never mind|some days|it does not matter)\b")
"""Hints so slight that they call for nothing by themselves."""
_I_AM = re.compile(
    r"\b(?:i|we) (?:\w+ly |just |still |always |even |also |only |sometimes |really )*(?:am|was|were|are|feel|felt|get|got|go|went|have been|had been|have felt|have got"
    r"|keep|kept|became|end up|ended up|stay|do feel|must be|would be)(?: (?!to\b|the\b|my\b|his\b|her\b|at\b|in\b|on\b)\w+){0,3}$"
)
"""The patient is said to be it; no thing stands between."""
_TO_ME = re.compile(
    r"\b(?:makes?|made|making|gets?|got|getting|leaves?|left|keeps?|kept|drags?|brings?|lets?|pulls?|puts?|makes you) (?:me|you|us)(?: \w+){0,2}$|\b(?:feels?|felt|feeling)(?: \w+){0,2}$|\bmy(?: own)?$"
)
_BARE = re.compile(
    r"^(?:(?:just|bit|a|really|so|very|quite|well|yeah|yes|oh|mostly|honestly|pretty|always|dead|proper|not|great|good) ?)*$"
)
"""A feeling named without its subject."""
_STANDS_ALONE = re.compile(
    r"^(?:$|[.?!]|(?:if|mostly|and|but|really|i|all|most|that|about|of|then|again|since|with|to|because|the (?:whole|evenings|nights))\b)"
)
_I_DO = re.compile(
    r"\bi(?: (?:do|still|just|always|really|even|could|can|also|keep|used to|will|would|have|only|often|sometimes|nearly|tend to|lie awake and))*$|\band$"
)
_IT_DOES = re.compile(r"\b(?:it|that|this|which|what)(?: (?:really|still|does|always))?$")
_THAT_IT_DOES = re.compile(r"^(?:that|when|to|how|me|us|more|most)\b")
_IT_IS = re.compile(
    r"\b(?:it|that|this|life|nights?|evenings?|mornings?|weekends?|home|everything) (?:all )?(?:is|was|gets?|got|are|has been|can be|feels?|felt)(?: (?!a\b|an\b|the\b)\w+){0,2}$"
)
_NOT_FELT = re.compile(
    r"\b(?:not|never|hardly|no)(?: \w+)?$|\b(?:he|she|they|who|dog|cat|lad|lass|boy|girl|people|someone|somebody|neighbour|uncle|aunt|film|book) (?:is|was|are|were|gets?|got|has been|looks?|seems?|sounds?)(?: \w+){0,2}$"
)
_TWO_SIDED = frozenset(
    "down low stuck lost heavy mad blue hurt broken cold small flat pressure drained tight torn up off sick hard worn trapped".split()
)
"""Words that say how things lie as often as how somebody is."""
_SURELY = re.compile(
    r"\b(?:feel|feels|felt|feeling|gets? me|got me|lets? me|bring(?:s|ing)? me|makes? me|drags? me|so|really|pretty|right|completely|totally)(?: \w+)?$"
)
_LEFT_AT_THAT = re.compile(
    r"^(?:$|[.?!]|(?:and|but|without|most|all|sometimes|lately|inside|about it|since|because|when|now|again|in it|in this|with it|if)\b)"
)
_FELT_VERBS = frozenset(
    "worry worries worried hate dread fear hurts upsets scares frightens cry panic regret resent grieve miss".split()
)
_OF_LIFE = frozenset(
    "lonely frightening terrifying humiliating exhausting overwhelming scary isolating depressing embarrassing upsetting hurts".split()
)
"""What only somebody's own life is."""
_TAG_END = re.compile(
    r"\S+ (?:is|are|was|do|does|did|have|has|can|could|will|would|shall) (?:not )?(?:i|you|he|she|it|we|they"
    r"|that)(?: not)?$"
)
"""A remark with a tag, such as "you do pick them, do you not"."""
_OWN = frozenset({"i", "me", "my", "myself", "we", "us", "our"})
"""Words of somebody who tells of themselves; an account has one of them."""
_QUESTION_OPENERS = frozenset(
    "what how when where who why which is are do does did can could will would should have has am may".split()
)


@lru_cache(maxsize=8192)
def tag_turn(text: str, nonverbal: str = "") -> tuple[Opportunity, ...]:
    """What this patient turn calls for, each with the words that carry it, in order of the words. Pure.

    Source: clinical section 2.3; cues and concerns after VR-CoDES (design).
    """
    message = remembered(text)
    found: dict[Tag, Opportunity] = {}
    for hit in _MARKS.hits(message):
        tag = Tag(hit.cue.code)
        if tag not in found:
            found[tag] = Opportunity(tag=tag, quote=_utterance(message, hit), feeling=_feeling(message, tag))
    _questions(message, found)
    _feelings(message, nonverbal, found)
    felt = any(o.strength > 1 for tag, o in found.items() if tag in (Tag.CUE, Tag.CONCERN))
    told = message.count >= ACCOUNT_WORDS and not _OWN.isdisjoint(message.words)
    if told or felt:
        found.setdefault(Tag.ACCOUNT, Opportunity(tag=Tag.ACCOUNT, quote=text.strip()))
    return tuple(sorted(found.values(), key=lambda each: text.find(each.quote)))


def _utterance(message: Message, hit: Hit) -> str:
    """The whole utterance around a hit, as typed."""
    first = last = message.word_at(hit.start)
    while first > 0 and message.words[first - 1] not in ".?!":
        first -= 1
    last = max(last, message.word_at(max(hit.start, hit.end - 1)))
    while last < len(message.words) and message.words[last] not in ".?!":
        last += 1
    if last < len(message.words):
        last += 1
    return message.quote(message.word_span(first, last))


def _feeling(message: Message, tag: Tag) -> str:
    """The feeling the patient names, for cues and concerns."""
    if tag not in (Tag.CUE, Tag.CONCERN):
        return ""
    return next((FEELING_OF[message.words[index]] for index in _felt(message)), "")


def _felt(message: Message) -> Iterator[int]:
    """Places of the feeling words that the patient feels: not those that say how a thing lies, or how others are."""
    begin = 0
    for index, word in enumerate(message.words):
        if word in ".?!":
            begin = index + 1
            continue
        family = FEELING_OF.get(word)
        if family is None or family in ("relief", "joy"):
            continue
        before = " ".join(message.words[begin:index])
        if _is_felt(word, before, " ".join(message.words[index + 1 : index + 3])):
            yield index


def _is_felt(word: str, before: str, after: str) -> bool:
    """Whether a feeling word between these words of its utterance is the speaker's own feeling."""
    if _NOT_FELT.search(before):
        return False
    if word in _TWO_SIDED and not (_SURELY.search(before) or _LEFT_AT_THAT.match(after)):
        return False
    if _I_AM.search(before) or _TO_ME.search(before) or (_BARE.match(before) and _STANDS_ALONE.match(after)):
        return True
    does_it = _I_DO.search(before) or after.startswith("me ") or after == "me"
    does_it = does_it or (_IT_DOES.search(before) and _THAT_IT_DOES.match(after))
    return bool((word in _FELT_VERBS and does_it) or (word in _OF_LIFE and _IT_IS.search(before)))


def _questions(message: Message, found: dict[Tag, Opportunity]) -> None:
    """Add a question of fact where an utterance asks and no other question tag holds it."""
    if Tag.QUESTION_PRIVACY in found or Tag.QUESTION_PROCESS in found or Tag.REQUEST in found or Tag.ATTACK in found:
        return
    first = 0
    for index, word in enumerate(message.words):
        if word not in ".?!":
            continue
        opener = next((w for w in message.words[first:index] if w not in ("so", "and", "but", "well", "okay")), "")
        if word == "?" and _wants_answer(message.words[first:index], opener):
            quote = message.quote(message.word_span(first, index + 1))
            found[Tag.QUESTION_FACT] = Opportunity(tag=Tag.QUESTION_FACT, quote=quote)
            return
        first = index + 1


def _wants_answer(words: Sequence[str], opener: str) -> bool:
    """Whether words before a question mark ask for something: not a tag, an echo or a remark about the learner."""
    if len(words) <= 2 or words[0] == "you" or _TAG_END.search(" ".join(words)):
        return False
    return opener in _QUESTION_OPENERS or len(words) > 3


def _feelings(message: Message, nonverbal: str, found: dict[Tag, Opportunity]) -> None:
    """Add a cue for a named feeling or a telling nonverbal sign."""
    if Tag.CUE in found or Tag.CONCERN in found:
        return
    for index in _felt(message):
        quote = message.quote(message.word_span(index, index + 1))
        found[Tag.CUE] = Opportunity(tag=Tag.CUE, quote=quote, feeling=FEELING_OF[message.words[index]])
        return
    if hedge := _HEDGES.search(message.norm):
        words = message.quote(message.span(hedge.start(), hedge.end()))
        found[Tag.CUE] = Opportunity(tag=Tag.CUE, quote=words, strength=1)
        return
    lowered = nonverbal.lower()
    for stems, feeling in _NONVERBAL:
        if any(part in lowered for part in stems):
            strength = 2 if feeling == "sadness" else 1
            found[Tag.CUE] = Opportunity(tag=Tag.CUE, quote="", feeling=feeling, strength=strength)
            return
