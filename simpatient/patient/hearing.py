"""What a learner message asks of this patient: topics touched, questions asked, words to take up.

This is about content, not behaviour; behaviours are the appraisal's business. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TypeAlias

from simpatient.appraisal import to_patient
from simpatient.patient.asked import kinds_in
from simpatient.patient.claims import Claim, claim_in
from simpatient.patient.clauses import WORD, Clause, clauses, stem
from simpatient.patient.coverage import beside_the_point, telling, telling_words
from simpatient.patient.index import NAMED, Index, index_of
from simpatient.patient.named import thing_in
from simpatient.patient.once import once
from simpatient.patient.plainly import ANY_OF, on_a_scale, options, plain_kinds
from simpatient.persona import Persona


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of a message."""

    clause: Clause
    asked: tuple[str, ...]
    """Kinds of thing it asks, most telling first."""
    life: str = ""
    """Id of the small fact it asks for; empty when it names none."""
    sure: float = 0.0
    """How sure that is, 0 upward."""
    of: tuple[str, ...] = ()
    """Words said just before it, where it says nothing of itself: "a catch? like what?", "you look tired. how come?"."""


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A message as this patient hears its content."""

    text: str
    topics: tuple[str, ...] = ()
    """Topics touched, the one most spoken of first."""
    asked: tuple[str, ...] = ()
    """Kinds of thing asked (`persona.lines.Asked`), most telling first."""
    life: tuple[str, ...] = ()
    """Ids of small facts asked for, in the order asked."""
    questions: tuple[Question, ...] = ()
    """The questions in it, in order."""
    asked_topics: tuple[str, ...] = ()
    """Topics that its questions touch."""
    things: tuple[str, ...] = ()
    """People and things of the patient's life that it names, in order."""
    telling: bool = False
    """It says something beside its questions."""
    question: bool = False
    follows: bool = False
    """It asks back about what the patient has just said."""
    free: bool = False
    """The learner leaves it to the patient what to speak of."""
    risk: bool = False
    """The patient is asked about suicide or self-harm."""
    of_learner: bool = False
    """It speaks of the learner, and not to the patient."""
    to_patient: bool = True
    """It speaks to the patient more than of the learner."""
    only_speaks_of_leaving: bool = False
    """A goodbye comes up in it, and nobody is going."""
    content: frozenset[str] = frozenset()
    """Its telling words."""
    word: str = ""
    """A telling word of the learner's that can be taken up; may be empty."""
    kept: tuple[str, ...] = ()
    """Guarded facts that it comes near in words that only they hold: nothing said in passing may bear it out."""
    thing: str = ""
    """A thing the learner named, as the patient would say it back: "the radio", "my keys"; may be empty."""
    choice: tuple[str, ...] = ()
    """Two words that the learner leaves the choice between; may be empty."""
    claim: Claim | None = None
    """What it takes for granted about the patient's circumstances, when the file knows better or as well."""
    learner_name: str = ""
    """The name the learner gives themselves in this message; may be empty."""

    @property
    def tells_riddle(self) -> bool:
        """A riddle is told, and nothing plain is asked after it."""
        return "riddle" in self.asked and not (self.questions and self.questions[-1].life)


_RISK = re.compile(
    r"\b(suicid\w*|kill(ing)? yourself|end(ing)? (it all|your life)|tak(e|ing) your (own )?life|(harm|hurt)(ing|ed)? yourself|self[- ]?harm\w*"
    r"|not want(ing)? to be (here|alive)|life (is|isn'?t|not) worth|better off dead|(thoughts|thinking) (of|about) (dying|death))\b"
)
_YOU = frozenset("you your you're you've you'd yourself yours".split())
_ASKING_WORDS = frozenset(
    "what what's how how's where when who who's whose which why or tell describe explain teach".split()
)
"""Words without which a question is one of yes or no."""
_MINE = frozenset("i i'm i've i'd i'll my me mine myself we our".split())
_EXPLAINS = re.compile(
    r"^(?:\w+ ){0,3}what (?:do|did|does) (?:you|u|that|it|this) (?:actually |exactly |really )?mean(?: by (?:that|it|this))?\W*$"
    r"|\bwhat (?:do|did) (?:you|u) mean,"
)
"""Asks for other words for what was just said."""
_WHICH_OF_IT = frozenset("what who whom where whose which".split())
"""Words on which a question ends that wants one word of the last reply told: "put up with what?"."""
_TOLD_GOODBYE = re.compile(
    r"\b(?:say|says|said|saying|waved?|kiss\w*|proper|last|final) (?:\w+ ){0,2}(?:good ?bye|bye)\b"
)
_BETWEEN_MARKS = re.compile(r"[\"\u201c][^\"\u201c\u201d]*[\"\u201d]")
_GOODBYE = re.compile(r"(?i)\b(?:good ?bye|bye|see you|until (?:next|then)|take care|talk (?:to you )?soon)\b")
_REMARKS = re.compile(
    r"\W*(?:\w+, )?(?:you (?:keep|look|seem|are|have|look like|must (?:be|feel|have))|you'(?:re|ve)|i (?:see|notice|can see|hear) (?:that )?you)\b"
)
"""What is said of the patient to their face, which they may answer like a question."""
HOSTILE = frozenset({"insult", "sexual"})
"""Kinds that harm the patient; they are answered once, then play stops."""
IN_PASSING = frozenset({
    "apology", "thanks", "greeting", "joke", "compliment", "about_learner", "weather", "nervous", "impatient", "wait", "playful", "rules", "clarify",
    "guess", "invite", "alike",
})  # fmt: skip
"""Kinds of remark that give way to a question in the same message."""
ONLY_ASKED = frozenset({
    "why", "who", "when", "where", "which", "how", "what", "suppose", "fear", "meaning", "past", "wish", "knows", "inner", "how_old", "how_many", "how_much", "how_long", "how_often", "what_said", "choice", "yes_no", "would_say",
})  # fmt: skip
"""Kinds that there are only in a question."""
DEEPER = frozenset({"feeling", "fear", "suppose", "would_say", "meaning", "past", "wish", "knows"})
"""Kinds of question that go deeper into what is in hand, whatever plain words they use."""
NOT_BACK = frozenset({
    "how_are_you", "name", "offer", "opinion", "come_back", "permission", "plan", "feedback", "questions", "agenda",
    "greeting", "late", "seat", "comfortable", "choice", "riddle",
})  # fmt: skip
"""Kinds that want an answer of their own even when they use the patient's words."""
_TYPED_KINDS = frozenset({"how_many", "how_much", "how_long", "how_often", "how_old", "when", "where", "who", "which"})
_NEW_MATTER = frozenset("you your you're u ur he she they his her their him them i me my we us".split())
"""Words by which a short question is about somebody and not about the last words."""
_FREE = re.compile(
    r"\b(fill me in|what (?:the (?:hell|heck|fuck) )?are you (?:doing )?here|why are you here|what(?:'s| has| is)? (?:brings|brought|made you come|been (?:going on|happening)|going on|happening|troubling|bothering|up)"
    r"|tell me (?:about yourself|what|how|where|in your own|whatever)|how (?:can|could|may) i help|what'?s (?:the (?:problem|matter|trouble)|wrong)"
    r"|how (?:are things|have things been|has (?:it|the|this|your) (?:\w+ )?been)|anything (?:else )?(?:you|on your mind)|in your own words"
    r"|what (?:is it|would you) (?:like )?(?:you|me)|want(?:ed)? me to know|from the beginning|your side|your own words)\b"
)
_LONGHAND = {
    "u": "you",
    "ur": "your",
    "r": "are",
    "pls": "please",
    "thx": "thanks",
    "wat": "what",
    "y": "why",
    "cos": "because",
    "wats": "what's",
    "whats": "what's",
    "hows": "how's",
    "whos": "who's",
    "wheres": "where's",
    "im": "i'm",
    "dont": "don't",
    "didnt": "didn't",
    "how'd": "how did",
    "what'd": "what did",
    "wot": "what",
    "wots": "what's",
    "dos": "does",
    "alrite": "alright",
    "bcos": "because",
    "tho": "though",
    "fav": "favourite",
    "fave": "favourite",
    "waht": "what",
    "wht": "what",
    "hwat": "what",
    "whta": "what",
    "wich": "which",
    "teh": "the",
    "thier": "their",
    "becuase": "because",
    "becouse": "because",
    "yuo": "you",
    "yuor": "your",
    "favorite": "favourite",
    "d'you": "do you",
    "ya": "you",
    "ye": "you",
    "yer": "your",
    "naw": "no",
    "weans": "kids",
    "bairns": "kids",
    "kiddies": "kids",
}
"""Words as they are typed on a phone."""
_TYPED = re.compile(r"(?<![\w'])(?:" + "|".join(_LONGHAND) + r")(?![\w'])")
_BESIDE_ECHO = frozenset(
    "yes no yeah nope nah not what a an the your you my i me this that which huh eh hm oh ok okay really lol and so but".split()
)
_IT_WORKS = re.compile(
    r"\b(does|did|do|will|would|has|is) (it|that|this|they|any of (?:it|that)) (?:really |actually |ever )?(?:works?|worked|working)\b(?! (?:as|at|in|for|on))"
)
"""Whether something works, which is not about work."""
_WORKING = re.compile(
    r"\b(it|this|that|they|therapy|counselling|things|anything|nothing)((?:'s|'re| is| are| was| were)?(?: really| actually| ever| even| not)?) (?:working|works?|worked)\b(?! (?:as|at|in|for|on|with|there|here|late|hard))"
)
"""The same with the verb after it."""
_SAYS_WHO = re.compile(r"\bwhat (say|think|make)s (?!you\b|it\b|that\b)([a-z]+)\b(?= (?:about|of|to|when|if)\b|\W*$)")
"""As it is put in other languages: "what says Josh about it?"."""
_MY_OWN = re.compile(r"\bmy (?:(?:own|little|big|older|younger|elder|late|poor|old) )?\w+")
"""Whom and what learners call theirs: their brother is not the patient's."""
_COMES_TO = re.compile(
    r"\b(did (?:you|he|she|they)) come to(?= (?:make|do|be|work|like|love|own|have|mend|play|know)\b)"
)
"""How somebody began with something, which is about no coming."""
_LEAVES_CHOICE = re.compile(r"\b(\w+ or (?:the )?\w+)\s?[,:.?]+ (which\b[^?.!,]*)\?")
"""Names two and asks which: "work or home, which is worse?"."""
_PLAINLY_PUT: tuple[tuple[re.Pattern[str], str], ...] = (
    (_COMES_TO, r"\1 start to"),
    (_SAYS_WHO, r"what does \2 \1"),
    (re.compile(r"make of (it|that)"), r"think of \1"),
    (re.compile(r"(are|you're) hard work"), r"\1 difficult"),
    (re.compile(r"as you(?:'re| are) told"), "as you should"),
    (_LEAVES_CHOICE, r"\2, \1?"),
)
"""Ways of putting something that mean else than each of their words, with plainer ones."""
_ASKS_OUTRIGHT = re.compile(r"\W*(?:\w+ ){0,2}(?:what|how|where|who|why|when|which|do|does|did|can|could|would|will)\b")
"""How a question begins that is no statement with a question mark."""
_LOST_KINDS = frozenset({"what", "which", "follow", "clarify", "who"})
_ASKS_ON = re.compile(
    r"\bhappen\w*\b|\b(?:do|does|did|would|will|was|were|are|is|have|has) (?:you|i|he|she|they|we)\b(?! mean)"
)
"""Goes on to ask what somebody did or thought, and not only what a word meant."""
_CANNOT_FOLLOW = re.compile(
    r"\b(?:lost me|i(?:'m| am) (?:a bit |now |really |completely )*(?:lost|confused)|i (?:don't|do not|didn't|did not|can't|cannot) (?:quite |really )?(?:follow|understand|get (?:it|that|you))|makes? no sense)\b"
)
_WHENEVER = re.compile(
    r"\W*(?:(?:and|so|but|then|ok|oh) )*(when (?:you|he|she|they|it|we|i|the|your|somebody|someone)\b[^,?]*),"
)
"""A when that says on what occasion, and asks for no time: "when you get home, does it stop?"."""
_WHO_OF_THEM = re.compile(
    r"^(\W*(?:(?:and|so|but|oh|then) )*who(?:'s| is| are| was) [\w' ]+),? (?:your|his|her|their|the|a|an) [\w ]+\?"
)
"""Asks who somebody is, and guesses: "who is Mick, your boss?"."""
_THAT = frozenset({"that", "that's", "this"})
_AT_HOME = re.compile(
    r"\b(what(?:'s| is| are| was) \w[^,.?!]*?) when (?:it|that|he|she|they)(?:'s|'re| is| are) at home\b"
)
"""What is this, in plain words? It asks after nobody's home."""
_FILLERS = frozenset(
    "ok okay right good great nice lovely fine well so thanks cheers sure yes yeah no alright cool fair".split()
)
"""Words that ask nothing, however short the message."""
_NODS = re.compile(
    r"\W*(?:(?:h+m+|m+h*m+|mm+|uh[- ]?huh|a+h+|o+h+|right|ok(?:ay)?|i see|interesting|gosh|wow|sure|yeah|yes|yep|fair enough|got it|mhm)\W*){1,3}"
)
"""No more than a nod."""
_STAGED = re.compile(r"\([^()]*\)|\*[^*]*\*")
"""What a learner is said to do, not what they say."""
_WAITS = re.compile(r"\W*(?:\.{2,}|\u2026)\W*")
"""Dots alone: a silence that is left to the other."""
_LAUGHS = re.compile(r"(\w\W*)\b(?:lol|lmao|hehe|xd)\b\W*$")
"""A laugh typed after something else."""
BARE = 2
"""Words up to which a message without a question may be no more than a name to go on from."""
SAID_BEFORE = 3
"""Clauses back to which "that" may reach."""
SHORT = 4
"""Words up to which a message without a question mark may be one, and a why is asked of the last words."""
ASKS_YES_NO = re.compile(
    r"^(\W*(so|and|but|ok(ay)?|well|right|no|yes|sorry|oh|then|lol|haha)\W+)*(do|does|did|are|is|was|were|have|has|had|can|could|will|would|should|shall|may|any|ever|you)\b"
)
_NAME = re.compile(
    r"\b(?i:I'?m|I am|my name is|my name's|call me|this is)\s+(?:(?:Dr|Doctor|Nurse|Mr|Mrs|Ms|Sister)\.?\s+)?([A-Z][a-z]{2,14})\b"
)
_NOT_NAMES = frozenset(
    "Sorry Not Just Here Glad Afraid Sure Going Really Very Your Listening Hearing Happy Pleased Thinking Trying Only Also".split()
)
_DULL = frozenset(
    "about after again all also and another any anything are around as ask away back because been before being between both but came can come could "
    "couldn did didn different does doesn doing don done down each else even ever every everything feel feeling felt few find first for from get give "
    "goes going gone good got had last long day days well big has have having hear help her here him his how into isn its just keep kind know let like little long look lot made "
    "make many maybe mean might mind more most much must myself need never next nobody not nothing now off okay once one only other our out over own "
    "people perhaps quite rather really right said same say says see seem should some someone something sometimes soon sorry sort sounds start still "
    "such sure take talk tell than thank thanks that the their them then there these they thing things think this those though through time today "
    "together told too took try understand until very want wanted was wasn way well went were what when where whether which while who why will with "
    "without won word words work would wouldn yes yet you your yourself i'm i'll i've i'd it's that's you're you've you'd we're let's don't".split()
)


_Alone: TypeAlias = tuple[Heard, tuple[Clause, ...], tuple[str, ...]]
REMEMBERED = 1024
"""Messages of which it is remembered what they ask of a patient."""
NAMES_UNTIL = 3
"""Exchanges in which a learner says who they are."""


def hear(text: str, persona: Persona, exchange: int, last: str = "") -> Heard:
    """What `text` asks of this patient.

    Args:
        text: the learner's message.
        persona: who hears it.
        exchange: 1 for the first message of the meeting.
        last: what the patient said before it, which it may ask back about.
    """
    remembered = _remembered(persona)
    known = remembered.get(text)
    if known is None:
        if len(remembered) >= REMEMBERED:
            remembered.clear()
        known = remembered[text] = _heard(text, persona)
    heard, parts, words = known
    if not words and not parts:
        return heard
    if _echoed_by_the_way(parts, last):
        heard = replace(
            heard, question=False, questions=(), free=True, asked=tuple(k for k in heard.asked if k not in ONLY_ASKED)
        )
        parts = tuple(part for part in parts if not part.asks)
    if len(words) <= SHORT and _echoes(words, last) and not _asks_which(words):
        kinds = (kind for kind in heard.asked if kind not in ("yes_no", "what", "which"))
        heard = replace(heard, asked=("echo", *kinds), question=True)
    if _wants_one_word(words, last) and not (heard.life and heard.questions[-1:] and heard.questions[-1].of):
        heard = replace(
            heard, asked=tuple(dict.fromkeys(("follow", *heard.asked))), question=True, life=(), questions=()
        )
    if _lost(heard, words, last):
        heard = replace(heard, asked=("lost", *heard.asked))
    return replace(
        heard,
        follows="lost" in heard.asked or _follows(parts, words, heard.asked, last),
        learner_name=heard.learner_name if exchange <= NAMES_UNTIL else "",
    )


@once
def _remembered(persona: Persona) -> dict[str, _Alone]:
    """What messages ask of this patient, by their text: a scripted one is heard many times over."""
    del persona
    return {}


def _heard(text: str, persona: Persona) -> _Alone:
    """What a message asks; words to the machinery are noticed, and touch nothing of this patient's."""
    index, said = index_of(persona), to_patient(text)
    whole = _heard_alone(text, persona, index)
    if said == text:
        return whole
    heard, parts, words = _heard_alone(said, persona, index)
    return replace(heard, text=text, asked=whole[0].asked, risk=whole[0].risk), parts, words


def _in_longhand(text: str, persona: Persona) -> str:
    """A message as it would be spoken, lower case: nothing that is only done, nothing typed short, not the patient's name."""
    plain = _STAGED.sub(" ", text.lower().replace("\u2019", "'"))
    plain = _TYPED.sub(lambda found: _LONGHAND[found[0]], plain if plain.strip() or not text.strip() else "...")
    for pattern, plainer in _PLAINLY_PUT:
        plain = pattern.sub(plainer, plain)
    plain = _WORKING.sub(r"\1\2 helping", _without_name(_LAUGHS.sub(r"\1", plain), persona))
    return _AT_HOME.sub(r"\1", _IT_WORKS.sub(r"\1 \2 help", plain))


def _heard_alone(text: str, persona: Persona, index: Index) -> _Alone:
    """What a message asks whenever it is said, with its clauses and words; these are empty where it holds no word."""
    plain = _in_longhand(text, persona)
    words = tuple(WORD.findall(plain))
    if _NODS.fullmatch(plain):
        return Heard(text=text, asked=("nod",), follows=True), (), ()
    if not any(character.isalnum() for character in plain):
        if _WAITS.fullmatch(plain):
            return Heard(text=text, asked=("nod",), follows=True), (), ()
        return Heard(text=text, asked=("empty",) if not plain.strip() else ("nonsense",)), (), ()
    parts = tuple(replace(part, asks=part.asks or index.sounds_asked(part)) for part in clauses(plain))
    asked = _odd(text, plain, words) + kinds_in(plain, frozenset(words))
    short = len(words) <= SHORT
    question = any(part.asks for part in parts) or not {"and_then", "go_on", "agenda", "feeling", "invite"}.isdisjoint(
        asked
    )
    questions = tuple(
        _question(part, index, last=part is parts[-1], before=parts[:place][::-1])
        for place, part in enumerate(parts)
        if part.asks or (short and not _FILLERS.issuperset(part.words)) or _REMARKS.match(part.text)
    )
    if question and questions:
        scaled = ["scale"] if on_a_scale(plain) else []
        asked = [kind for kind in asked if kind != "how"] if scaled else asked
        asking = [one for one in questions if one.clause.asks]
        last = ([one for one in asking if not _demands(one)] or asking)[-1:]
        asked = [*scaled, *(kind for one in last for kind in one.asked), *asked]
        asked = sorted(dict.fromkeys(asked), key=lambda kind: kind in IN_PASSING)
    if not any(part.asks for part in parts):
        asked = [kind for kind in asked if kind not in ONLY_ASKED]
    name, of_patient = _NAME.search(text), WORD.findall(_MY_OWN.sub(" ", plain))
    heard = Heard(
        text=text,
        topics=index.topics_in(words),
        asked=tuple(asked),
        life=tuple(
            dict.fromkeys(
                one.life for one in questions if one.life and (question or one.sure > NAMED or len(words) <= BARE)
            )
        ),
        questions=tuple(one for one in questions if one.clause.asks or short) if question else (),
        asked_topics=index.topics_in(tuple(word for part in parts if part.asks for word in part.words)),
        things=index.things_in(words),
        telling=any(not part.asks and len(part.words) >= SHORT for part in parts),
        question=question,
        free=not question or "agenda" in asked or bool(_FREE.search(plain)),
        risk=bool(_RISK.search(plain)),
        of_learner=0 < sum(word in _MINE for word in words) >= 2 * sum(word in _YOU for word in words),
        to_patient=2 * sum(word in _YOU for word in words) > sum(word in _MINE for word in words),
        only_speaks_of_leaving=bool(_TOLD_GOODBYE.search(plain)) or _quotes_goodbye(text),
        content=frozenset(word for word in words if len(word) > SHORT) - _DULL,
        word=_word(words, persona),
        thing=thing_in(plain, index.hearts),
        kept=tuple(fact for fact, heart in index.kept.items() if not heart.isdisjoint(of_patient)),
        choice=options(parts[-1].text, index.hearts) if parts and parts[-1].asks else (),
        claim=next((claim for part in reversed(parts) if (claim := claim_in(part.text, persona))), None),
        learner_name=name.group(1) if name and name.group(1) not in _NOT_NAMES else "",
    )
    return heard, parts, words


def _demands(question: Question) -> bool:
    """Whether it only asks for something with a please, and wants no answer."""
    return question.asked == ("yes_no",) and "?" not in question.clause.text


def _quotes_goodbye(text: str) -> bool:
    """Whether every goodbye in it stands between quotation marks."""
    told = _BETWEEN_MARKS.findall(text)
    return any(_GOODBYE.search(each) for each in told) and not _GOODBYE.search(_BETWEEN_MARKS.sub(" ", text))


def _odd(text: str, plain: str, words: tuple[str, ...]) -> list[str]:
    """The kind of a message that is hard to make sense of."""
    if not words:
        return ["foreign"]
    if _nonsense(words):
        return ["nonsense"]
    if len(plain) > 12 and text.upper() == text and sum(c.isalpha() for c in text) > 10:
        return ["shouting"]
    return []


def _question(part: Clause, index: Index, *, last: bool, before: tuple[Clause, ...] = ()) -> Question:
    """One question with what it asks for; `before` is what the learner said before it, the last first."""
    kinds = kinds_in(part.text if not part.asks or "?" in part.text else f"{part.text.rstrip(' .,!;')}?", part.present)
    core = part.text.partition(", ")[2] or part.text
    if (
        ASKS_YES_NO.match(part.text)
        or ASKS_YES_NO.match(core)
        or (part.asks and part.present.isdisjoint(_ASKING_WORDS) and set(kinds) <= IN_PASSING)
    ):
        kinds.append("yes_no")
    kinds = [*plain_kinds(part.text, kinds, asks=part.asks, last=last), *kinds]
    if _WHENEVER.match(part.text):
        kinds = [kind for kind in kinds if kind != "when"]
    if ANY_OF.search(part.text):
        kinds = [kind for kind in kinds if kind != "choice"]
    elif "choice" in kinds:
        beside = ("choice",) if "come_back" in kinds else ("check", "liking", "willing")
        kinds = [kind for kind in kinds if kind not in beside]
    if part.asks and "offer" not in kinds and "choice" not in kinds and options(part.text, index.hearts):
        kinds = ["choice", *kinds]
    asked = _asked_plainly(part)
    life, sure = ("", 0.0) if _EXPLAINS.search(part.text) else index.asked_for(asked, kinds)
    for said in before[:SAID_BEFORE] if not life else ():
        if not life and _asks_of_it(part, said):
            both = Clause(text=f"{said.text} {part.text}", words=(*said.words, *part.words), asks=True)
            life, sure = index.asked_for(both, kinds)
    return Question(
        clause=part, asked=tuple(kinds), life=life, sure=sure, of=_asks_of(part, before[0] if before else None)
    )


def _asked_plainly(part: Clause) -> Clause:
    """A question without a guess at its answer, and without the when of an occasion."""
    text = part.text
    if guessing := _WHO_OF_THEM.match(text):
        text = f"{guessing[1]}?"
    elif occasion := _WHENEVER.match(text):
        text = f"{occasion[1].removeprefix('when ')}{text[occasion.end() - 1 :]}"
    return part if text == part.text else replace(part, text=text, words=tuple(WORD.findall(text)))


def _asks_of_it(part: Clause, before: Clause) -> bool:
    """Whether a question says nothing of itself, and asks of this or that, or of a word or two just said."""
    if (
        not part.asks
        or not {"like"}.issuperset(telling_words(part))
        or ASKS_YES_NO.match(part.text)
        or _ASKS_OUTRIGHT.match(before.text)
    ):
        return False
    return not part.present.isdisjoint(_THAT) or len(before.words) < SHORT


def _asks_of(part: Clause, before: Clause | None) -> tuple[str, ...]:
    """The words that a bare question goes on from, if the learner said them: said again after the patient, or about them."""
    if before is None or not part.asks or not {"like"}.issuperset(telling_words(part)):
        return ()
    if before.asks:
        return before.words if len(before.words) < SHORT else ()
    return () if ASKS_YES_NO.match(part.text) or _YOU.isdisjoint(before.words) else before.words


def _follows(parts: tuple[Clause, ...], words: tuple[str, ...], asked: tuple[str, ...], last: str) -> bool:
    """Whether a message asks back about the last words: a bare why, who or go on, or a question that takes up one."""
    if not NOT_BACK.isdisjoint(asked):
        return False
    if {"follow", "and_then", "go_on", "echo"} & set(asked) or ("why" in asked and len(words) <= SHORT):
        return True
    if len(words) <= SHORT and not _TYPED_KINDS.isdisjoint(asked) and _NEW_MATTER.isdisjoint(words):
        return not any(telling_words(part) for part in parts if part.asks)
    taken_up = {stem(w) for w in WORD.findall(last.lower()) if len(w) > 3 and w not in _DULL}
    return any(
        not taken_up.isdisjoint(part.stems) and not beside_the_point(part, frozenset(taken_up))
        for part in parts
        if part.asks
    )


def _echoed_by_the_way(parts: tuple[Clause, ...], last: str) -> bool:
    """Whether the only question is the patient's own word or two, and the learner goes on to say something."""
    asking = [part for part in parts if part.asks]
    if len(asking) != 1 or asking[0] is parts[-1] or len(asking[0].words) >= SHORT or "?" not in asking[0].text:
        return False
    goes_on = len(parts[-1].words) >= SHORT and asking[0].present.isdisjoint(_ASKING_WORDS)
    return goes_on and _echoes(asking[0].words, last)


def _wants_one_word(words: tuple[str, ...], last: str) -> bool:
    """Whether a few of the patient's own words end on what or who, and so ask for what is missing there."""
    if not 1 < len(words) <= SHORT + 2 or words[-1] not in _WHICH_OF_IT:
        return False
    return _echoes(words[:-1], last)


def _asks_which(words: tuple[str, ...]) -> bool:
    """Whether a few words of the patient's are asked after, and not only said again: "which pigeons?"."""
    return len(words) > 1 and words[0] in _WHICH_OF_IT


def _lost(heard: Heard, words: tuple[str, ...], last: str) -> bool:
    """Whether a learner asks what some words of the patient's were about, or says that they cannot follow."""
    if heard.life or not last or "echo" in heard.asked:
        return False
    asking = [
        one
        for one in heard.questions
        if one.clause.asks and not _LOST_KINDS.isdisjoint(one.asked) and not _ASKS_ON.search(one.clause.text)
    ]
    said = frozenset(map(stem, WORD.findall(last.lower())))
    about = [set(telling_words(one.clause)) | {stem(word) for word in one.of if telling(word)} for one in asking]
    puzzled = bool(_CANNOT_FOLLOW.search(" ".join(words)))
    return (bool(about) and bool(about[-1]) and about[-1] <= said) or (puzzled and (not about or not about[-1] - said))


def _echoes(words: tuple[str, ...], last: str) -> bool:
    """Whether a few words are no more than the patient's own."""
    said = frozenset(WORD.findall(last.lower()))
    own = [word for word in words if word not in _BESIDE_ECHO and word not in _DULL]
    return bool(own) and all(word in said or word in _BESIDE_ECHO for word in words)


def _without_name(plain: str, persona: Persona) -> str:
    """A lower-case message without the patient's name where it only calls them."""
    own = "|".join(re.escape(name) for name in persona.card.name.lower().split())
    called = rf",\s*(?:{own})(?=\s*[,.!?;:]|\s*$)|^\W*(?:{own})\s*[,?!.]\s*(?=\w)|(?<=[.!?;] )(?:{own})\s*,\s*"
    called += (
        rf"|(?:^|(?<=[.!?;] ))\W*(?:{own}) (?=(?:are|do|did|have|can|could|would|will|what|where|when|why|how|who) )"
    )
    return re.sub(called, "", plain)


def _nonsense(words: tuple[str, ...]) -> bool:
    """Whether there is hardly a pronounceable word in it."""
    letters = [word for word in words if word.isalpha() and len(word) > 3]
    odd = [word for word in letters if not re.search(r"[aeiouy]", word) or re.search(r"[^aeiouy']{6,}", word)]
    return bool(letters) and len(odd) * 2 > len(letters)


def _word(words: tuple[str, ...], persona: Persona) -> str:
    """The longest telling word that is not the patient's name."""
    own = persona.card.name.lower().split()
    telling = [w for w in words if len(w) > 4 and w.isalpha() and w not in _DULL and w not in own]
    return max(telling, key=len, default="")
