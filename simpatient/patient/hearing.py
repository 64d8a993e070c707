"""What a learner message asks of this patient: topics touched, questions asked, words to take up.

This is about content, not behaviour; behaviours are the appraisal's business. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from simpatient.persona import LifeFact, Persona

_WORD = re.compile(r"[a-z0-9']+")


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
    question: bool = False
    risk: bool = False
    """The patient is asked about suicide or self-harm."""
    word: str = ""
    """A telling word of the learner's that can be taken up; may be empty."""
    learner_name: str = ""
    """The name the learner gives themselves in this message; may be empty."""


_ASKED: tuple[tuple[str, str], ...] = (
    ("meta", r"\b(ignore|forget|disregard) (all |your |the |any )*(previous|above|earlier|prior)? ?(instructions?|prompts?|rules)"
             r"|\b(system prompt|language model|chat ?gpt|chatbot|openai|your prompt|your programming|your instructions|simulat\w*|role ?play"
             r"|your (hidden )?state|trust (score|level)|hidden facts?|your persona)\b|\bare you (an? )?(ai|robot|bot|machine|real|human|actor)\b"),
    ("sexual", r"\b(sexy|have sex|sleep with me|your (boobs|tits|body)|make love|kiss me|date me|shag)\b"),
    ("insult", r"\b(fuck (you|off)|piss off|shut (the fuck )?up|you('?re| are) (a |an |so |such an? )?(fucking )?(stupid|idiot|pathetic|useless|moron|liar|loser|worthless)"
               r"|idiot|bitch|bastard|twat|i('?ll| will) (hit|hurt|kill) you|kill yourself)\b"),
    ("confirm", r"\b(have i (got|understood) (that|this|it|you)( right| correctly| properly)?|did i get (that|it) right|is that (right|it|fair|how it is|about right)"
                r"|am i (right|close|hearing)|does that sound right|would that be right|or have i got|do you mean|is it more)\b|\b(right|correct|isn'?t it|is that so)\?"),
    ("permission", r"\b((is|would) it (be )?(ok|okay|all ?right|alright) (if|to)|(do|would) you mind if|(may|could|can) i (just )?(ask|share|say|tell|offer|suggest|write|take)"
                   r"|if (that'?s|it'?s) (ok|okay|all ?right) with you)\b"),
    ("agenda", r"\b(where (would|shall|should|do) (you|we) (like to |want to )?(start|begin)|what would (you like|be all ?right|feel all ?right|be okay|help) (to talk|to start|us to|most)?"
               r"|what (do|would) you (like|want) (to talk|to use|from|me to know|out of)|what matters most|which matters most|you (choose|pick|decide) (where|what|how))"),
    ("feedback", r"\b(anything i (got|said|did)|how (was|is) (today|this|that|it) (for you|been|going)|how (was|has) today|landed (badly|wrong)|get(ting)? (it|something|this) wrong"
                 r"|do differently|what('?s| is) it like (talking|being)|was there anything|have i upset|did i (upset|offend))"),
    ("plan", r"\b(does that (fit|suit|work|sound (ok|okay|good|all ?right|fair|doable))|would you change|how does that sound|would that (suit|work|help|be)|sound like a plan|shall we (say|try|start|do|book|meet)"
             r"|are you (happy|ok|okay) with that|is that (ok|okay|all ?right|something you))\b"),
    ("questions", r"\b((any|what) questions|anything (you('?d| would) like to|you want to) ask|what (would you like|do you want) to (ask|know)|what worries you about)\b"),
    ("understand", r"\b(do you (understand|follow)|does that make sense|in your own words|to check i|what will you tell|what did you take)\b"),
    ("how_are_you", r"\b(how are you( doing| feeling| today| this (morning|afternoon))*|how('?s| is) it going|you (all ?right|ok|okay)\?|how do you do|how have you been|how are things)\b"),
    ("name", r"\b(what('?s| is) your (first )?name|what (should|can|may|do|shall) i call you|what do you (like|prefer) to be called|who are you)\b"),
    ("offer", r"\b(water|tea|coffee|a drink|a tissue|a seat|sit (wherever|down|anywhere)|take a seat|glass of|biscuit|hang (up )?your coat)\b.*|\bwould you like (a|some) (break|minute)"),
    ("and_then", r"\b(and then|then what|what happened( next| then| after)?|what next|go on|tell me more|say more|carry on|and after that|like what|such as|for example|how so|meaning|in what way)\b"),
    ("why", r"\b(why( is that| not| so)?|how come|what makes you|what for)\b"),
    ("feeling", r"\b(how (did|do|does|has|is) (that|it|this|he|she|they) (make you )?(feel|felt|leave you|affect|sit|been for you|land)|how (do|did) you feel|what('?s| is| was) (that|it) like|what was going (on|through)"
                r"|how('?s| is) that for you)\b"),
    ("choice", r"\bor (would you (rather|prefer)|do you|is it|shall we|are you|the|just|not|today)\b[^.?!]*\?"),
    ("when", r"\b(when|how long|how often|since when|what time|how many (times|days|weeks|nights))\b"),
    ("who", r"\b(who|whose|with whom)\b"),
    ("apology", r"\b(i('?m| am) (so |really |very )?sorry|i apologi[sz]e|my (mistake|fault)|that was (wrong|clumsy) of me|that('?s| is) on me)\b"),
    ("thanks", r"\b(thank you|thanks|i appreciate)\b"),
    ("greeting", r"^\W*(hi+|hello+|hey|good (morning|afternoon|evening|day)|morning|afternoon|nice to meet|pleased to meet|welcome|how do)\b"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _ASKED)
_RISK = re.compile(
    r"\b(suicid\w*|kill(ing)? yourself|end(ing)? (it all|your life)|tak(e|ing) your (own )?life|(harm|hurt)(ing|ed)? yourself|self[- ]?harm\w*"
    r"|not want(ing)? to be (here|alive)|life (is|isn'?t|not) worth|better off dead|(thoughts|thinking) (of|about) (dying|death))\b"
)
_ASKING = re.compile(
    r"(?:^|[.!,;]\s*|\b(?:and|so|but|ok|okay|well|right|then)\s+)"
    r"(?:what|how|where|when|who|which|why|do you|does|did|are you|is (?:it|there|he|she|that)|have you|has|can you|could you"
    r"|would you|will you|were you|was it|any)\b"
)
"""A question by its first word, for those who type without question marks."""
_YES_NO = re.compile(
    r"^(\W*(so|and|but|ok(ay)?|well|right)\W+)*(do|does|did|are|is|was|were|have|has|had|can|could|will|would|should|shall|may|any|ever|you)\b"
)
_NAME = re.compile(r"\b(?i:I'?m|I am|my name is|my name's|call me|this is)\s+(?:(?:Dr|Doctor|Nurse|Mr|Mrs|Ms|Sister)\.?\s+)?([A-Z][a-z]{2,14})\b")
_NOT_NAMES = frozenset("Sorry Not Just Here Glad Afraid Sure Going Really Very Your Listening Hearing Happy Pleased Thinking Trying Only Also".split())
_DULL = frozenset(
    "about after again all also and another any anything are around as ask away back because been before being between both but came can come could "
    "couldn did didn different does doesn doing don done down each else even ever every everything feel feeling felt few find first for from get give "
    "goes going gone good got had has have having hear help her here him his how into isn its just keep kind know let like little long look lot made "
    "make many maybe mean might mind more most much must myself need never next nobody not nothing now off okay once one only other our out over own "
    "people perhaps quite rather really right said same say says see seem should some someone something sometimes soon sorry sort sounds start still "
    "such sure take talk tell than thank thanks that the their them then there these they thing things think this those though through time today "
    "together told too took try understand until very want wanted was wasn way well went were what when where whether which while who why will with "
    "without won word words work would wouldn yes yet you your yourself i'm i'll i've i'd it's that's you're you've you'd we're let's don't".split()
)


def hear(text: str, persona: Persona, exchange: int) -> Heard:
    """What `text` asks of this patient; `exchange` is 1 for the first message of the meeting."""
    plain = text.lower().replace("\u2019", "'")
    words = _WORD.findall(plain)
    if not any(character.isalnum() for character in plain):
        return Heard(text=text, asked=("empty",) if not plain.strip() else ("nonsense",))
    asked = [kind for kind, pattern in _PATTERNS if pattern.search(plain)]
    if not words:
        asked.insert(0, "foreign")
    elif _nonsense(words):
        asked.insert(0, "nonsense")
    elif len(plain) > 12 and text.upper() == text and sum(c.isalpha() for c in text) > 10:
        asked.append("shouting")
    risk = bool(_RISK.search(plain))
    question = "?" in text or bool(_ASKING.search(plain)) or bool({"and_then", "agenda", "feeling"} & set(asked))
    if question and _yes_no(plain):
        asked.append("yes_no")
    life = tuple(fact.id for fact in persona.life if _asks_for(fact, plain, words)) if question or len(words) <= 4 else ()
    name = _NAME.search(text)
    return Heard(
        text=text,
        topics=_topics(persona, plain),
        asked=tuple(asked),
        life=life,
        question=question,
        risk=risk,
        word=_word(words, persona),
        learner_name=name.group(1) if name and name.group(1) not in _NOT_NAMES and exchange <= 3 else "",
    )


def _yes_no(plain: str) -> bool:
    parts = [part.strip() for part in re.split(r"(?<=[.!?])\s+", plain)]
    return any(_YES_NO.match(part) for part in parts if part.endswith("?") or len(parts) == 1)


def _nonsense(words: list[str]) -> bool:
    """Whether there is hardly a pronounceable word in it."""
    letters = [word for word in words if word.isalpha() and len(word) > 3]
    odd = [word for word in letters if not re.search(r"[aeiouy]", word) or re.search(r"[^aeiouy']{6,}", word)]
    return bool(letters) and len(odd) * 2 > len(letters)


def _topics(persona: Persona, plain: str) -> tuple[str, ...]:
    counts = {topic.id: len(_phrases(topic.words).findall(plain)) for topic in persona.topics}
    found = [topic_id for topic_id, count in counts.items() if count]
    return tuple(sorted(found, key=lambda topic_id: -counts[topic_id]))


@lru_cache(maxsize=512)
def _phrases(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all phrases; `*` at the end of a word matches any ending."""
    parts = [re.escape(phrase.lower()).replace(r"\*", r"\w*") for phrase in phrases]
    return re.compile(r"(?<![\w'])(?:" + "|".join(sorted(parts, key=len, reverse=True)) + r")(?!\w)")


@lru_cache(maxsize=4096)
def _phrase_words(phrase: str) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(r"(?<![\w'])" + re.escape(word).replace(r"\*", r"\w*") + r"(?!\w)") for word in phrase.lower().split()
    )


def _asks_for(fact: LifeFact, plain: str, words: list[str]) -> bool:
    """Whether all words of one of its phrases occur near each other in one sentence of the message."""
    sentences = [part for part in re.split(r"(?<=[.!?;])\s+|,\s+", plain) if part]
    return any(
        all(pattern.search(sentence) for pattern in _phrase_words(phrase))
        for phrase in fact.asks
        for sentence in sentences
        if "?" in sentence or len(words) <= 6 or _ASKING.search(sentence)
    )


def _word(words: list[str], persona: Persona) -> str:
    """The longest telling word that is not the patient's name."""
    own = persona.card.name.lower().split()
    telling = [w for w in words if len(w) > 4 and w.isalpha() and w not in _DULL and w not in own]
    return max(telling, key=len, default="")
