"""The family of each utterance: question, reflection, telling, recommending, or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from simpatient.appraisal.lexicon import FEELING_OF, is_content
from simpatient.appraisal.links import PatientSide
from simpatient.appraisal.questions import Asks, asks
from simpatient.appraisal.utterances import Utterance


class Family(StrEnum):
    """The seven families of a coarse coding of counsellor talk."""

    OPEN = "open_question"
    CLOSED = "closed_question"
    SIMPLE = "simple_reflection"
    COMPLEX = "complex_reflection"
    INFORMATION = "information"
    ADVICE = "advice"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One utterance with what it does."""

    utterance: Utterance
    asks: Asks
    family: Family
    link: float
    """How strongly it takes up what the patient said; 1 or more is clear."""
    led: bool = False
    """Whether it opens as a reflection does ("it sounds as if")."""
    depth: int = 0
    """Marks of meaning added: a feeling not yet named, contrast, value, image."""


_REFLECT_LEAD = re.compile(
    r"\b(?:(?:it |that |this |you |which )?(?:really |almost |just )?(?:sounds?|seems?|looks?|feels?|sounded|seemed)(?: to me)?(?: a (?:bit|little))? (?:like|as if|as though|that|to (?:me|you)|you)"
    r"|what i am (?:hearing|getting|picking up)|what i hear|i (?:am )?hear(?:d|ing)? (?:you say(?:ing)?|that|you are|a lot|from you|you)\b(?= \w+ \w+)|if i (?:understand|understood|heard|hear|am hearing|got)|you are (?:saying|telling me|wondering|thinking)"
    r"|(?:i|we) (?:gather|sense|get the (?:sense|feeling|impression)|can hear|could hear|can tell|am sensing|am hearing|am guessing|imagine|would imagine|would guess)|in other words|let me (?:just )?(?:see if|check (?:if |that )?i|make sure|summarise|summarize|recap)"
    r"|on (?:the )?one hand|part of you|a part of you|one side of you|(?:that|it|this|which) must (?:be|have|feel|make)|so for you|i am (?:getting|picking up|sensing)|you (?:said|mentioned|told me|were saying|were telling me|were talking|talked about|have said|have told me)(?= (?:\w+ ){6})|strikes you|from your (?:side|point)|for you it is|you would rather)"
)  # fmt: skip
"""How a reflection is led in."""

_YOU = re.compile(
    r"^(?:(?:now|then|just|i mean|you know|at the same time|even though|because|when|if|since|although|while|for you|again|still|i think|i guess|i see|and yet|basically) )*"
    r"(?:you|your|yours|both of you|neither of you)\b"
)
_NOT_RETURNING = re.compile(
    r"^(?:you (?:are (?:just |only |really |not |never |probably |still )*(?:ever )?going to (?:be|get|have|find|feel|lose|end|start|want|need|see|notice|miss|regret)|are (?:not |never )(?:ever )?going to|are available|get to choose|know where|should|must|ought|need to|have to|have got to|had better|can(?! not)|could(?! not)|might want|may want|will|shall|might|may|just need|also need|really need|know what|see the|want to (?:make sure|be careful|start|try|avoid))\b|if you (?:want|would like|need|have any|can|could|do not mind|like)\b)"
)
_ADVISE = re.compile(
    r"(?:\b(?:you|u) (?:really |just |probably |definitely |also |all |do |still |absolutely |actually )*(?:should(?! have)|must(?! (?:be|feel|have))|ought to|need to(?! (?:understand|realise|know|move|hear))|have to(?! (?:understand|realise|know))|have got to|got to|had better|better(?! than)|(?:might|may) (?:want|need|like|wish|find it|consider|try|benefit)|could (?:try|always|also|maybe|perhaps|start|do|fill|batch|give|update|swap|cut|visit|leave|download|bring|buy|walk|sit|stop|drop|move|switch|cook|eat|drink|apply|sell|invite|practise|practice|see if|use|take|ask|even|just|consider|think|talk|go|get|set|make|put|call|join|look|write|keep|say|bring|tell)|can (?:try|always|also|start|join)|want to (?:make sure|be careful|avoid|bring|cut|watch|get that|keep that|keep an eye))"
    r"|\b(?:what (?:you|i) (?:could|want to|would|have to|need to|got to|should|tell \w+|would like you to)(?: do)? is|the thing to do is|what works(?: for \w+)? is|what i tell (?:everyone|people|patients)|(?:maybe|perhaps) it is time to|you (?:two|all|both|guys) (?:should|need|must|ought)|it would (?:really )?help if you|would be (?:good|best|better|great) for you|do think you should|why not (?:just |try |you )|if i (?:were|was|am) you|in your (?:place|shoes|position)|what i would do|(?<!want to )(?<!wanted to )(?<!like to )(?<!just to )(?<!let me )(?<!i will )make sure (?:you|that you|to)|be sure to|(?:my|one) (?:advice|suggestion|recommendation)|stay away from|(?:the )?best thing (?:to do|is|would|you)|(?:another|one|a|good) (?:option|idea|approach) (?:is|would|might|could|for you|to)|one thing you (?:can|could|might))"
    r"|\bi (?:would |really |strongly |also |just |do |am going to |will |want to )*(?:suggest|recommend|advise|encourage|urge|prescribe|propose)|\bi (?:really |just )?(?:want|need|would like|would want|would love) (?:for )?you to(?! (?:know|tell|understand|feel|think about (?:what|how)))|\bi (?:would |do |really )?think (?:that )?(?:(?:maybe |perhaps |probably )?you (?:really |just |probably |maybe |do |also )*(?:should|could|need|ought|might|may|will need|can|would benefit|had better)|it is time you|it would be (?:good|helpful|best|better|great|a good))"
    r"|\b(?:it is|it would be|would be|it might be|might be|it is really|it is very|it is also|it may be) (?:a )?(?:really |very |so )*(?:good|best|better|important|helpful|useful|worth|wise|essential|vital|crucial|worthwhile)(?: idea| thing)?(?: for you)? (?:to(?! (?:you|him|her|me|them|your|see|hear|know)\b)|if you|that you(?! (?:are|came|come|have|did|were|told|said|say|asked|ask|could|can|got|let|rang|called|went|stayed|made|took|noticed|do|feel|felt|want)\b)|\w+ing)"
    r"|\blet us (?:try|set|get you|go ahead|come up with|plan|aim|make a)|\b(?:you are|we are) going to (?:need|have|want) to|\byou will (?:just |also |probably )*(?:need|want|have) to|\bi am going to (?:have you|ask you to|need you|give you|refer|prescribe|put you|start you)|\bwe (?:should|need to|have to)(?! (?:(?:also|just|first|really|kind of|sort of) )*(?:talk|discuss|explore|look|go|assume|think about|find out|figure|stop there|finish|wrap|wait|meet|see|check|cover|get back|be clear|charge|ask|do this))|\b(?:the|my|our) (?:plan|goal|homework|next step) (?:is|will|would|could)|\bwe (?:can|could|will|are going to) (?:get you|put you|refer you|give you|start you))(?!\w)"
)  # fmt: skip
"""How advice is given."""
_REPORTED = re.compile(
    r"\b(?:what|everything|whatever|all|anything|things|something|limit|amount|much|many|far|often|part|mean|means|meant|who|how|feel|feels|feeling|like|know|knowing|knew|told|tell|telling you|say|saying|said|says|think|thinks|thinking|realise|sounds|seems|wish|wondering|if|whether|decided|believe|hear|worried|because|when|where|why|and|reasons?|not sure|than) (?:that |as if |as though |like )?you (?:really |just |probably |also |do |still )*(?:should|must|ought|need|have (?:got )?to|might|could|may|can|better)\b"
)
"""Duties and possibilities that are the patient's own, or reported: not advice."""
_COMMANDS = re.compile(
    r"^(?:please |i think |i would |maybe |now |then |and |just |so |first |also )*(?:(?:do not|never(?! \w*[^s]s\b)(?! (?:met|been|had|heard|seen|done|said|known|gone|thought|told|come|\w+ed)\b)) (?!get me wrong|put words|worry|say sorry|apologise|know|mind|think (?:i|we|you)|have to|need to|want to|be (?:sorry|silly|shy|afraid))\w+|just (?:stop|quit|cut|try|take|ask|tell|start|get|do|relax|think|be|leave|go|keep)|try (?:to|and|not|it|this|that|some|a|the|your|\w+ing)|consider)\b"
)
"""Advice as a command."""
_IMPERATIVE = frozenset(
    "stop start cut avoid eat drink exercise walk call ring write keep quit apologise relax calm ignore forget leave join "
    "practise practice limit reduce block book buy download lose join move skip rest update swap turn bring tell sleep stay try wear wash walk sit choose pick remember focus use get go put take ask think breathe set check make give "
    "consider switch replace talk read do be".split()
)
_THEIR_DUTY = re.compile(
    r"^(?:because |and |then )?(?:you|u) (?:(?:actually|also|still|always|really|just) )*(?:have to|have got to|need to|must) "
    r"(?:deliver|provide|work|pay|go (?:to (?:work|school|court)|in|with)|turn down|look after|take care of|watch|wait|put up"
    r"|deal with|live with|explain|hide|justify|feed|earn|travel|drive|commute|carry|fight|beg|prove|get up|stand|choose"
    r"|do everything|do (?:it|this|that|all of it) (?:all )?(?:alone|yourself|on your own)|be (?:strong|the one|there|careful|on))\b"
)
"""What a life asks of the patient, said back to them."""
_NOT_IMPERATIVE = re.compile(
    r"^(?:\w+ as (?:much|little|long|slowly|many|few)\b[^.?!]* as you (?:like|need|want|wish|please|can bear)|take (?:your time|your own time|all the time|whatever time|what time|the time|as long|a (?:seat|moment|breath)|as long)|go (?:on|ahead|for it)|do (?:you|not|they|we|i)|(?:get|put|make|keep|give|set|bring) (?:you|yourself) (?:into|in|through|to|off|on|from)|put words|let you|think of (?:a|an|it as|your)\b|give me (?:until|a|some|one)|breathe\b|have a (?:seat|look)|(?:forget|leave|never mind) the \w+ (?:for now|first|for a|until)|be (?:with you|back|right)|get (?:it|that)$|think(?:ing)? (?:you|it|that|about it)|check(?:ing)? (?:if )?i|give me a|call me|keep going|forget it|make(?:s)? (?:sense|yourself)|stop me|ask me|read(?:y|ing)|talk to me|leave it with me|use(?:d)? to|set(?:ting)?$|get the (?:sense|feeling|impression))"
)
_TELLS = re.compile(
    r"\b(?:(?:research|studies|study|evidence|statistics|guidelines?|experts|scientists|percent|recommended|recommendation|risk|risks|causes?|effects?|program|programme|symptoms?|side effects|disease|treatment|medication|therapy|available|option|called|means that|there (?:is|are) (?:a|an|some|many|several|other|lots|also|no|two|three|different|things|people|studies|evidence|research|programs|medications|groups)|people who|patients who|most people|many people|some people|a lot of people|lots of people|we (?:have|offer|provide|use|do|also|know|give|find|recommend)|it (?:can|will|may|might|could|helps|works|takes|causes|increases|affects)|they (?:can|will|may|might|could|help|have)|this (?:is|can|will|means|program|medication|form)|which (?:is|means|can|will|are)|you (?:will|can|may|might|could|are (?:just |only |really |not |never |probably |still )*(?:ever )?going to) (?:get|see|want|need|notice|miss|regret|not|feel|find|notice|experience|have|be|also|still|develop|lose|end|start))"
    r"|\d+|percent|for example|because|such as|in fact|actually|usually|typically|generally|often|in order to|based on|according to)\b"
)
"""Marks of telling, for statements about the world rather than about the person."""
_SOCIAL = re.compile(
    r"^(?:(?:you are (?:very |most |so )?welcome|not at all|my pleasure|of course|hello|hi|hey|good (?:morning|afternoon|evening)|welcome|nice to|pleased to|thank|thanks|you are welcome|bye|goodbye|see you|take care|my name|i am (?:dr|doctor|nurse|\w+$)|great|good|okay|all right|sure|right|yeah|yes|no problem|absolutely|exactly|of course|wonderful|excellent|perfect|fantastic|awesome|cool|wow|come (?:on )?in|have a seat|sit))\b"
)
_SELF = re.compile(r"^(?:i|my|we|let (?:me|us)|our)\b")
_DEPTH = (
    (re.compile(r"\bpart of you\b|\bone (?:hand|side)\b|\b(?:and|but|yet) at the same time\b|\band yet\b|\bbut (?:you|also|part|at|it|then|now|there)\b|\beven though\b|\bon the other\b|\btorn\b|\bcaught between\b|\brather than\b|\binstead of\b|\balthough\b|\bdespite\b"), 1),
    (re.compile(r"\bas if\b|\bas though\b|\blike (?:a|an|being|you are|there is|everyone|nobody|it is)\b|\bit is as\b|\bgoes against\b|\bhad you worked out\b|\blined up\b|\bon your own\b|\bweigh\w*\b|\bwall\b|\bcarry\w*\b|\bhold\w* (?:it|everything|on)\b"), 1),
    (re.compile(r"\b(?:matters?|important|means? (?:a lot|everything|so much)|value|care (?:about|deeply)|the kind of (?:person|man|woman|mother|father|parent)|who you are|want to be|wish\w*|hop(?:e|ing)|longing|need to (?:know|feel|be)|trust|belong|respect|control|free|freedom|safe|protect\w*|proud|dignity|prove|deserv\w+|ready|determined|motivat\w+|wants? (?:this|more|better|something|things)|the (?:frightening|hard|hardest|worst|painful|lonely|real) (?:part|thing|bit))\b"), 1),
    (re.compile(r"\b(?:so (?:it is )?why would|not (?:just|only|really) (?:about|the)|it is not (?:the|that)|what (?:really )?(?:gets|hurts|bothers|frightens|worries|matters)|underneath|behind (?:that|it|all)|deep down|more than|the more|no matter|either way|whatever you do|before (?:she|he|they|anyone|you|even|your)\b[^.?!]*(?:listen|heard|hear|hearing|listening|had|even|asked)|already (?:decided|sorted|made|judged|knew|had)|brought up|raised (?:to|that)|all that you were|opposite|(?:nonetheless|nevertheless|still|anyway) (?:you )?(?:came|come)|(?:still|anyway) came|(?:and|but) (?:here you are|you (?:came|did it|still|attended))|sick of|sick and tired|a bit of you|another bit|came anyway|anyone would|nothing (?:you do|for it)|taught)\b"), 1),
)  # fmt: skip


def depth_of(words: tuple[str, ...], text: str, side: PatientSide) -> int:
    """How many marks of added meaning the words carry: new feeling, contrast, image, value. Pure."""
    return (1 if side.new_feeling(words) else 0) + _marks_of_depth(text)


@lru_cache(maxsize=4096)
def _marks_of_depth(text: str) -> int:
    return sum(weight for pattern, weight in _DEPTH if pattern.search(text))


def part_of(utterance: Utterance, side: PatientSide) -> Part:
    """The utterance with its family. Pure.

    Order: questions by shape; advice by its markers, also in question form; statements about "you" or linked to what
    the patient said are reflections; statements about the world are information; the rest is other.
    """
    how = asks(utterance)
    core = utterance.core
    if core[0] in _IMPERATIVE and utterance.words[: -len(core)][-1:] == ("no",):
        core = ("no", *core)  # "no sleep at all" commands nothing
    text = " ".join(core)
    link = side.link(core)
    led = bool(_REFLECT_LEAD.search(text))
    depth = depth_of(core, text, side)
    if utterance.words[0] in _GREETS and len(utterance.words) <= 4:
        return Part(utterance=utterance, asks=how, family=Family.OTHER, link=link)
    family = _family(how, core, text, led, link, depth, side)
    if side.asked and not led and family in (Family.SIMPLE, Family.OTHER) and _ANSWERS.match(text):
        family = Family.INFORMATION
    return Part(utterance=utterance, asks=how, family=family, link=link, led=led, depth=depth)


@lru_cache(maxsize=4096)
def advises(core: tuple[str, ...], text: str) -> bool:
    """Whether the words recommend something. Pure."""
    if _LEAVES_OPEN.search(text) or _THEIR_DUTY.match(text):
        return False
    if _COMMANDS.match(text):
        return True
    found = _ADVISE.search(text)
    if found and not (_REPORTED.search(text) and not _ADVISE.match(text)):
        return True
    return bool(core) and core[0] in _IMPERATIVE and len(core) > 2 and not _NOT_IMPERATIVE.match(text)


def _family(
    how: Asks, core: tuple[str, ...], text: str, led: bool, link: float, depth: int, side: PatientSide
) -> Family:
    if how in (Asks.OPEN, Asks.CLOSED, Asks.PERMISSION, Asks.OFFER):
        if _ADVISE_ASKING.match(text) and not _ASKS_RISK.search(text):
            return Family.ADVICE
        return Family.OPEN if how is Asks.OPEN else Family.CLOSED
    if _DID_YOU_KNOW.match(text):
        return Family.INFORMATION
    if len(core) == 1 and core[0] in _NODS:
        return Family.OTHER
    if how is Asks.CONFIRM and len(core) <= 7:
        return Family.CLOSED
    reflection = _reflection(core, link, depth)
    if how is Asks.DECLARATIVE:
        returns = led or len(core) >= (_DECLARES_YOU if _YOU.match(text) else _DECLARES)
        if _ADVISE_ASKING.match(text) and not _ASKS_RISK.search(text):
            return Family.ADVICE
        return reflection if returns else Family.CLOSED
    if len(core) <= 8 and (_SOCIAL.match(text) or _EVALUATES.match(text)):
        return Family.OTHER
    if advises(core, text):
        return Family.ADVICE
    if led or (_YOU.match(text) and not _NOT_RETURNING.match(text) and len(core) > 2):
        return reflection
    return _statement(core, text, link, side.thin, reflection, depth)


def _reflection(core: tuple[str, ...], link: float, depth: int) -> Family:
    """Complex where meaning is added: marks of depth, or much that is not the patient's own wording."""
    if depth == 1 and len(core) <= _STATES and any(word in FEELING_OF for word in core):
        return Family.SIMPLE
    if depth or (len(core) >= _LONG and link < _LONG_LINK):
        return Family.COMPLEX
    return Family.SIMPLE


_DECLARES_YOU = 7
"""Words from which a statement about "you" with a question mark is a reflection with a rising voice."""
_DECLARES = 13
"""The same for other statements."""
_STATES = 9
"""Words up to which naming a feeling ("you are worn out") only says what was meant."""
_LONG = 12
"""Words from which a reflection that shares little wording adds something."""
_LONG_LINK = 1.5


def _statement(core: tuple[str, ...], text: str, link: float, thin: bool, reflection: Family, depth: int) -> Family:
    """The family of a statement that is not about "you".

    What a counsellor says about the matter in hand mostly gives back the account, unless it greets, evaluates, speaks
    of the counsellor, or carries marks of telling.
    """
    size = len(core)
    if _LEAVES_FREE.search(text) or _STRUCTURES.match(text) or _THANKS.match(text):
        return Family.OTHER
    if depth and "you" in core and core[0] not in _OURS and depth + link >= 1.5:
        return reflection
    told = len(_TELLS.findall(text))
    if _SELF.match(text):
        return Family.INFORMATION if size >= 12 and told else Family.OTHER
    if told and size >= 7 and link < 1.0 + told:
        return Family.INFORMATION
    if link < 1.5 and not _OURS.isdisjoint(core):
        return Family.OTHER
    if link >= 0.8 or (thin and size >= 8):
        return reflection
    if size <= 4 and core[0] not in _OURS and any(is_content(word) and word not in _NODS for word in core):
        return reflection
    if size >= 3 and (link > 0 or core[0] in _ABOUT_IT):
        return reflection
    return Family.INFORMATION if size >= 7 else Family.OTHER


_NODS = frozenset(
    "okay right yeah yes yep yup yap no nope surely gotcha gottcha sure good great fine exactly absolutely definitely totally truly wonderful excellent "
    "fantastic awesome perfect interesting welcome hello hi hey cool true congratulations sorry please indeed obviously "
    "understood agreed beautiful wow nice alright correct huh hm mhm well oh and so but yea bye goodbye thanks gotcha "
    "seriously really brilliant amazing lovely fair pleasure course cheers ah aha ooh gosh certainly precisely bingo "
    "especially mh neat laughs chuckles crosstalk laughter unintelligible inaudible mm um uh all first second next anyway again".split()
)
"""Nods, evaluations and noises: single words that return nothing."""
_DID_YOU_KNOW = re.compile(
    r"^(?:did|do) you know (?:that )?(?!what|how|why|anyone|where|who|when|which|if|whether|about)"
)
"""Telling in the form of a question."""
_ANSWERS = re.compile(
    r"^(?!(?:you|your|part|i (?:hear|see|can|understand|am sorry|wonder)|thank|hello|hi|good|great|that is a|we can (?:talk|come))\b)(?:\w+ ){2,}"
)
"""Statements that answer a question the patient asked, unless they turn back to the patient."""
_CHECKS_GRASP = re.compile(
    r"^(?:does (?:that|this|it) make sense|is (?:that|this) (?:okay|all right|clear)|do you (?:understand|see|follow)|okay|all right|you (?:know|understand))(?: (?:so far|to you|with you))?$"
)
"""Small checks after telling that do not hand the floor over."""
_LEAVES_OPEN = re.compile(
    r"\b(?:if you (?:feel up|fancy)|do (?:go on|correct me|say|tell me|stop me)|keep at it|put (?:your|the) (?:coat|bag|buggy|umbrella|feet)|sit (?:down|wherever|anywhere|where))\b"
)
"""Invitations and hospitality in the form of commands."""
_GREETS = frozenset("hi hello hey thanks".split())
_OURS = frozenset("i we us our me my".split())
"""Words by which the counsellor speaks of themselves or of the work together."""
_LEAVES_FREE = re.compile(
    r"\b(?:up to you|your (?:choice|decision|call)|you (?:decide|choose)|their (?:own )?choices?)\b"
)
"""Words that leave the choice with the patient."""
_STRUCTURES = re.compile(
    r"^(?:i think |i guess |maybe |perhaps |and |then |so |again )*(?:(?:we|i) (?:can|will|could|would|am going to|are going to|would like(?: us)? to|want to|wanted to|might|just want to|have got|have)|let us|let me)(?: (?:just|also|certainly|definitely|maybe|really|always|kind of|sort of|quickly|go ahead and))*"
    r" (?:talk|discuss|look (?:at|back|into|forward)|go (?:over|through|back)|follow(?: this| that| it)? up|come back|meet|check in|check|spend|start|move on|work (?:on|together|through)|make (?:some|sure (?:i|we|that i|that we))|see (?:you|if|how|what|where)|get (?:back|together|started|into)|do (?:that|this|it)|hear|understand|thank|ask you|shift|switch|take a look|take some time|sum|pick (?:this|that|it) up)\b"
)
"""Statements that order the conversation or look ahead to the next one."""
_THANKS = re.compile(
    r"^i (?:really |do |so |just |very much |truly )*(?:appreciate|admire|am (?:so |very |really )?(?:glad|sorry|proud|impressed|happy|pleased|grateful)|(?:want|wanted) to (?:thank|let you know (?:that )?i)|would like to thank|am here for|believe in|respect|have faith|have no doubt)\b"
)
"""Appreciation and support."""
_ABOUT_IT = frozenset("it that this he she they there not like just more less".split())
"""Openings of short statements about the matter in hand."""
_EVALUATES = re.compile(
    r"^(?:(?:that |it |this |which )*(?:is|was|sounds|would be|will be|sounds like|looks) )?(?:(?:so|a|an|really|very|pretty|just|absolutely|such|quite|all) )*(?:great|good|fine|wonderful|excellent|fantastic|awesome|perfect|okay|right|true|interesting|nice|cool|amazing|brilliant|lovely|correct|fair|helpful|all right|impressive|neat|super)\b(?! (?:for you|to you|that you))"
)
"""Evaluations and acknowledgements: about the telling, not the told."""
_ADVISE_ASKING = re.compile(
    r"^(?:why (?:do |would )?(?:not )?(?:you|we) (?:do )?not (?!meet|start|begin|tell|say|start by|fill|talk|describe|give me|share|explain|walk|think|feel|want|like|need|have)|why (?:do|would) not (?:you|we) (?!meet|start|begin|tell|say|start by|fill|talk|describe|give me|share|explain|walk|think|feel|want|like|do|need|have)|why not\b(?! (?:a|an|the|zero|\d+|one|two|three|less|more|higher|lower|then)\b)(?= )|(?:have|had) you (?:ever |also |maybe |already )*(?:thought (?:of|about)(?! (?:that|this|it|those|these|what|how|when|where|why|who)\b(?! \w+ing))|considered|looked into)|(?:have|had) you (?:also |maybe |already )*(?:tried|been to|talked to|spoken to|asked)|(?:how|what) about (?:trying|we|you (?!and)|if (?!you (?:tell|share|show|give|describe)\b)|going|doing|cutting|\w+ing)|what if (?:you|we)|(?:what (?:would|do) you think (?:about|of)|how (?:would|do) you feel about(?! being)|what would you say to) (?:(?:maybe |perhaps |just )*\w+ing|an? (?:plan|deal|goal))|(?:i (?:am wondering|wonder) )?(?:what|how) (?:would|might) (?:it|that) be (?:like )?if you|i (?:am wondering|wonder) what (?:it |that )?(?:would|might) (?:be (?:like )?|happen )if you|(?:would|could|can|might) you (?:be )?(?:willing to|consider|think about|try|just|prepared to|open to)|are you (?:willing|prepared) to|do not you think|(?:could|can|can not|could not) you (?:just|try|not|maybe|perhaps|at least|simply|always)|(?:do you think |is it possible )?(?:you (?:could|can|might)) try|shall we|should you not|would it (?:help|not be|be (?:better|good|useful)) (?:to|if you))"
)
"""Advice in the form of a question."""
_ASKS_RISK = re.compile(
    r"\b(?:suicid\w*|(?:hurt|harm|kill|cut)(?:t?ing)? yourself|end(?:ing)? (?:your|it|things|everything)|(?:tak(?:e|ing)) your (?:own )?life|dying|to die|be(?:ing|tter off)? dead|not (?:being|want to be) (?:here|alive))\b"
)
"""Words that ask about risk; whoever says them recommends nothing."""


TELLING = (Family.INFORMATION, Family.ADVICE)
REFLECTING = (Family.SIMPLE, Family.COMPLEX)


def primary_family(parts: tuple[Part, ...]) -> Family:
    """The one family of a whole message by its most telling utterance. Pure.

    A question that closes the message, or that nothing but remarks follow, is what the patient will answer: it stands
    above reflections that lead up to it, unless such a reflection adds meaning at length. Advice stands above all but
    a longer reflection; information above a shorter question. Otherwise the last family of the message that is not
    `other` decides, complex reflections before simple ones.
    """
    sizes: dict[Family, int] = {}
    telling = [part for part in parts if part.family is not Family.OTHER]
    if not telling:
        return Family.OTHER
    for part in telling:
        sizes[part.family] = sizes.get(part.family, 0) + len(part.utterance.words)
    reflected = sizes.get(Family.SIMPLE, 0) + sizes.get(Family.COMPLEX, 0)
    told = sizes.get(Family.INFORMATION, 0)
    asked = sum(
        len(part.utterance.words)
        for part in telling
        if part.family in ASKING and not (told and _CHECKS_GRASP.match(" ".join(part.utterance.core)))
    )
    if Family.ADVICE in sizes and sizes[Family.ADVICE] * 2 >= max(asked, reflected):
        return Family.INFORMATION if told > 2 * sizes[Family.ADVICE] else Family.ADVICE
    if told and told >= max(asked, reflected):
        return Family.INFORMATION
    if asked and (telling[-1].family in ASKING or asked * 2 >= reflected):
        deep = any(part.family is Family.COMPLEX and part.depth >= 2 for part in telling)
        if not (deep and reflected > 2 * asked):
            return Family.OPEN if Family.OPEN in sizes else Family.CLOSED
    return Family.COMPLEX if Family.COMPLEX in sizes else Family.SIMPLE if reflected else telling[-1].family


ASKING = (Family.OPEN, Family.CLOSED)
