"""Harmful behaviours in a laid-out message: cues of the table, and what lies in structure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from simpatient.appraisal.families import REFLECTING, TELLING, Family, Part
from simpatient.appraisal.lexicon import FEELING_OF, is_content
from simpatient.appraisal.links import copies, echo, longest_run
from simpatient.appraisal.questions import Asks
from simpatient.appraisal.reading import Reading
from simpatient.appraisal.text import words_of
from simpatient.words import CodedSpan, Tag

LECTURE_WORDS = 120
"""Words of unasked information from which it is a lecture. Source: clinical section 1.2, N10."""

_GRAVE = (Tag.QUESTION_PRIVACY, Tag.CUE, Tag.CONCERN, Tag.SELF_CRITICISM, Tag.STIGMA_FEAR, Tag.COMPLAINT, Tag.ATTACK)
_STOCK = re.compile(
    r"^(?:so |and |well |okay |oh )*(?:i (?:hear|understand|see)(?: you| that)?|you (?:said|say|are saying)(?: "
    r"that)?|right|yes|no|sure|mm)$"
)
_SIGNPOSTED = re.compile(
    r"\b(?:(?:few|couple of|some|three|quick|short|routine) (?:quick |short |routine |safety |yes or no "
    r")*(?:questions|checks)|i (?:ask|have to ask|need to ask) (?:everyone|everybody|all)|if (?:that is|you "
    r"are) (?:okay|all right|fine)|is that (?:okay|all right)|run through|quick ones|off the form|form with you"
    r"|safety check|checklist|yes or no)\b"
)
_PARKED = re.compile(
    r"\b(?:(?:come|get|go) back to (?:that|it|this|what)|(?:that|it) (?:matters|is important) and|first "
    r"(?:though|let me|i need)|before (?:i answer|that|we get to)|park (?:that|it)|hold (?:that|on to that)"
    r"|one (?:thing|quick thing) first|which (?:of those|one|first)|return to (?:that|it))\b"
)
_MEETS = frozenset(
    "empathy validation reflect_simple reflect_complex active_listening cue_response comfort compassion "
    "normalising repair "
    "nonjudgement confidentiality transparency admit_unknown timely_response affirmation feedback_seeking autonomy "
    "planning personalisation encouragement shared_decision promise_made plain_language promise_kept "
    "presence_cues genuineness".split()
)
_STRONG = re.compile(r"\b(?:should|must|need to|have to|ought|got to|just|stop|start|cut|get|you will)\b")
_SOFT = re.compile(
    r"\b(?:might|could|perhaps|maybe|one option|option|would you (?:be willing|consider)|wonder|possibly|some "
    r"people|if you (?:want|like|wish))\b"
)
_URGENT = re.compile(
    r"\b(?:999|911|112|emergency|ambulance|straight away|immediately|right away|urgent|a&e|casualty|bleed\w*"
    r"|collapse)\b"
)
_OPENER = 3
"""Words of an opener whose reuse counts."""


_FOND = ("pet name", "little")
"""Marks of talking down that are meant kindly beside a welcome."""


def harms_in(reading: Reading, helps: dict[str, int]) -> list[CodedSpan]:
    """Every harmful behaviour at its severity, given the helps at their levels. Pure."""
    found: dict[str, tuple[int, str, int]] = {}
    for hit in reading.harm_hits:
        if hit.cue.code == "jargon" and _patients_word(reading, hit.start, hit.end):
            continue
        if hit.cue.code == "unready_intimacy" and reading.context.exchange > 5:
            continue
        level, quote, count = found.get(hit.cue.code, (0, "", 0))
        if hit.cue.level > level:
            quote = reading.quote(hit)
        found[hit.cue.code] = (max(level, hit.cue.level), quote, count + 1)
    if helps.get("warmth") and all(
        hit.cue.facet in _FOND for hit in reading.harm_hits if hit.cue.code == "condescension"
    ):
        found.update({code: (1, quote, 1) for code, (_, quote, _) in found.items() if code == "condescension"})
    spans = [
        CodedSpan(code=code, level=_severity(code, level, count), quote=quote)
        for code, (level, quote, count) in found.items()
    ]
    spans += _interrogation(reading)
    if not _ASKS_RISK.search(reading.message.norm):
        spans += _advice(reading, helps)
    spans += _lecture(reading)
    spans += _parrot(reading)
    spans += _self_talk(reading)
    spans += _passed_over(reading, helps, {span.code for span in spans})
    return spans


def _severity(code: str, level: int, count: int) -> int:
    """Severity by the strongest marker and the number of markers."""
    if code == "jargon":
        return min(3, count + (1 if count > 1 else 0)) if count else 0
    return min(3, level + (1 if count >= 3 and level < 3 else 0))


def _patients_word(reading: Reading, start: int, end: int) -> bool:
    """Whether the patient used the term first."""
    words = [word.removesuffix("'s") for word in reading.message.norm[start:end].split()]
    return any(word in reading.side.turn.words for word in words) or any(
        word in said.words for said in reading.side.before for word in words
    )


def _interrogation(reading: Reading) -> Iterable[CodedSpan]:
    """Three or more closed questions in one message, or a run of messages that only check."""
    joint = {reading.part_at(hit.start) for hit in reading.help_hits if hit.cue.level >= 2 and hit.cue.code in _JOINT}
    closed = [part for index, part in enumerate(reading.parts) if _closed(part) and index not in joint]
    if len(closed) >= 3 and not _SIGNPOSTED.search(reading.message.norm):
        first, last = closed[0].utterance.first, closed[-1].utterance.last
        quote = reading.message.quote(reading.message.word_span(first, last))
        yield CodedSpan(code="interrogation", level=3 if len(closed) >= 5 else 2, quote=quote)
        return
    said = reading.context.learner_said[-2:]
    if closed and len(said) == 2 and all(_only_checks(text) for text in said) and _only_checks(reading.message.raw):
        yield CodedSpan(code="interrogation", level=1, quote=reading.quote_of(closed[0]))


_JOINT = frozenset(
    {"shared_decision", "feedback_seeking", "planning", "autonomy", "encouragement", "warmth", "compassion"}
)
"""Helps whose questions hand something over instead of checking something off."""


_GRASPED = re.compile(
    r"^(?:(?:that|it|does (?:that|it|this)) makes? sense|yeah|okay|right|all right|you (?:know|see)|yes|no)$"
)
"""Words that only look for a nod."""


def _closed(part: Part) -> bool:
    if _GRASPED.match(part.utterance.text):
        return False
    return part.asks in (Asks.CLOSED, Asks.OFFER) or (part.asks is Asks.DECLARATIVE and len(part.utterance.core) <= 5)


def _only_checks(text: str) -> bool:
    """Whether a message is one bare closed question."""
    words = words_of(text)
    return (
        2 <= len(words) <= 14
        and words[0] in ("are", "do", "did", "is", "have", "has", "any", "was", "were", "does", "ever")
        and "you" in words
    )


ONLY_ASKS = re.compile(
    r"^(?:so |and |but )*(?:(?:have|had|did) you (?:ever )?(?:talk|talked|speak|spoken|spoke|ask|asked|tell"
    r"|told|been|go|gone)|(?:and )?(?:what|how) about you"
    r"|(?:please )?(?:write|draw|sing|read|tell|show|give|get|make|fetch|bring) (?:me|us))\b"
)
"""Questions about what was done already and about the patient's own view, and what is wanted for oneself."""


def _advice(reading: Reading, helps: dict[str, int]) -> Iterable[CodedSpan]:
    """Advice: permitted where it was asked for, allowed or left open; unasked otherwise."""
    parts = [
        part
        for index, part in enumerate(reading.parts)
        if part.family is Family.ADVICE
        and not ONLY_ASKS.match(part.utterance.text)
        and reading.leans(index, Family.ADVICE) >= _AGREED
    ]
    if not parts:
        return
    quote = reading.quote_of(parts[0])
    if allowed(reading, helps):
        yield CodedSpan(code="advice_permitted", level=1, quote=quote)
        return
    if all(_NO_COUNSEL.search(part.utterance.text) for part in parts):
        yield CodedSpan(code="advice_unasked", level=1, quote=quote, confidence="low")
        return
    text = " ".join(part.utterance.text for part in parts)
    things = len(parts) + len(_ANOTHER_THING.findall(text))
    things += sum(
        1
        for part in parts
        for index in range(part.utterance.first + 1, part.utterance.last)
        if index in reading.message.commas and reading.message.words[index] in ANOTHER
    )
    level = (1 if things < 3 else 2) if _SOFT.search(text) or parts[0].asks is not Asks.NOT else 2 if things < 2 else 3
    yield CodedSpan(code="advice_unasked", level=level, quote=quote)


_NO_COUNSEL = re.compile(
    r"\byou (?:should|need to|ought to|must|have to) know\b"
    r"|\b(?:should|ought to|must) have (?:been|had)\b"
    r"|^(?:\w+ ){0,2}try to (?:tell|say|put|describe|explain|show)\b"
    r"|\byou have to be (?:at|in|there|up|back|on) "
    r"|^(?:(?:many|most|some|other) )?(?:people|men|women|patients|parents|carers)\b"
    r"(?!.*\b(?:should|ought|need to|must|have to)\b)"
)
"""Words of advice that give none: what the learner tells of themselves, of the patient's day or of others, and asks for."""

_AGREED = 0.4
"""Chance of advice that the model must give what the rules call advice: in doubt there is no harm.

Source: clinical section 2.5.
"""
ANOTHER = frozenset(
    "cut stop start try go do make take write join call eat use drink sleep exercise walk avoid drop switch leave tell ask".split()
)
"""Verbs by which a list of recommendations goes on."""
_ANOTHER_THING = re.compile(
    r"\band (?:then )?(?:you |get|keep|cut|stop|start|try|go|do|make|take|be|write|join|call|eat|use)\b"
)


def allowed(reading: Reading, helps: dict[str, int]) -> bool:
    """Whether advice was asked for, permitted, urgent, or offered as a choice."""
    turn = " ".join(reading.side.turn.words)
    if re.search(
        r"\b(?:what (?:should|can|could|would|do) (?:i|we|you)|any (?:advice|ideas|tips|suggestions)|how (?:do"
        r"|can|should|could) i|tell me what to do|what now|do you think i should|should i|so what now|what "
        r"helps|help me|suggest|recommend|i will try anything|go on then|yes tell me)\b",
        turn,
    ):
        return True
    if _URGENT.search(reading.message.norm):
        return True
    earlier = reading.context.learner_said[-1:] or tuple(learner for learner, _ in reading.context.earlier[-1:])
    asked = any(
        re.search(
            r"\b(?:may i|can i|could i|would (?:it|you)|do you mind|shall i|want to hear|okay if|all right if)\b",
            " ".join(words_of(text)),
        )
        for text in earlier
    )
    if asked and re.match(
        r"^(?:yes|yeah|yep|okay|sure|go|please|fine|all right|if you|why not|i (?:guess|suppose)|of course|not "
        r"at all|no)\b",
        turn,
    ):
        return True
    return helps.get("shared_decision", 0) >= 2 or helps.get("autonomy", 0) >= 2


def _lecture(reading: Reading) -> Iterable[CodedSpan]:
    """Long information that nobody asked for."""
    told = [part for index, part in enumerate(reading.parts) if _lectures(reading, index, part)]
    words = sum(len(part.utterance.words) for part in told)
    if words > LECTURE_WORDS and not reading.side.has(Tag.QUESTION_FACT, Tag.QUESTION_PROCESS, Tag.QUESTION_PRIVACY):
        longest = max(told, key=lambda part: len(part.utterance.words))
        yield CodedSpan(code="lecturing", level=3 if words > 2 * LECTURE_WORDS else 2, quote=reading.quote_of(longest))


def _lectures(reading: Reading, index: int, part: Part) -> bool:
    """Whether an utterance tells: by the rules and by the model, remarks on the way of the talk left out."""
    if part.family is Family.OTHER or index in reading.owed:
        return False
    return part.family in TELLING and sum(reading.leans(index, family) for family in TELLING) >= _AGREED


def _parrot(reading: Reading) -> Iterable[CodedSpan]:
    """The patient's words given back as the whole content, or one opener used again and again."""
    words = [w for part in reading.parts if not _STOCK.match(part.utterance.text) for w in part.utterance.words]
    if words and copies(words, reading.side.turn, 0.75):
        start, run = longest_run(words, reading.side.turn.words)
        _, swapped_run, swapped = echo(words, reading.side.turn)
        copied = words[start : start + run]
        if run >= 4 and run >= 0.8 * len(words) and sum(map(is_content, copied)) >= 1:
            level = 3 if run >= len(words) - 1 and run >= 5 else 2
            if start and words[start - 1] in _TURNED and reading.message.count <= _BRIEF:
                level = 1  # "I want to stop" given back as "you want to stop": poor, and a reflection all the same
            yield CodedSpan(code="parroting", level=level, quote=_quote_run(reading, copied))
            return
        if swapped and swapped_run >= 7 and swapped_run >= 0.75 * len(words):
            yield CodedSpan(code="parroting", level=2, quote=reading.quote_of(reading.parts[-1]))
            return
    opener = tuple(reading.message.words[:_OPENER])
    if len(opener) == _OPENER and opener[0] not in ("hello", "hi", "i", "what", "how"):
        same = sum(1 for text in reading.context.learner_said[-4:] if words_of(text)[:_OPENER] == opener)
        if same >= 2:
            yield CodedSpan(
                code="parroting", level=1, quote=reading.message.quote(reading.message.word_span(0, _OPENER))
            )


_TURNED = frozenset("you your he she they".split())
"""Words by which copied words are turned towards the patient, or to whom they spoke of."""
_BRIEF = 10


def _quote_run(reading: Reading, copied: list[str]) -> str:
    """The copied run as typed."""
    words = reading.message.words
    for index in range(len(words) - len(copied) + 1):
        if words[index : index + len(copied)] == copied:
            return reading.message.quote(reading.message.word_span(index, index + len(copied)))
    return reading.quote_of(reading.parts[0])


_ABOUT_SELF = re.compile(
    r"^(?:(?:and|so|but|because|when|then|well|also) )*(?:i (?:had|was|have (?:had|been|got)|am (?:going|also"
    r"|so|still|just|a )|went|used|never|always|still|felt|could|do not|got|got|lost|tried|took|cried"
    r"|struggle\w*|suffer\w*|love|hate|started|did|know exactly|live|drink|drank|left|married|divorced|met"
    r"|ended|found|thought)|my (?:own )?(?:wife|husband|mother|father|divorce|marriage|son|daughter|kids|boss"
    r"|doctor|depression|anxiety|dog|therapist|life|partner|brother|sister|back|job|ex|boyfriend|girlfriend"
    r"|hours|pay)|me too)\b"
)
_WORKED = re.compile(
    r"\b(?:(?:what )?worked for me|helped me|when i (?:had|went through|was depressed|was divorced)|i know "
    r"(?:exactly |just )?how you feel (?:because|my|when|i)|my (?:own )?(?:divorce|depression|breakdown|anxiety"
    r"|marriage (?:broke|ended))|i had (?:anxiety|depression|panic|cancer|the same|a breakdown)(?: "
    r"attacks)?(?: too| as well| myself)?)\b"
)


def _self_talk(reading: Reading) -> Iterable[CodedSpan]:
    """More than three sentences about oneself, or one's own trouble brought in."""
    own = [
        part
        for part in reading.parts
        if _ABOUT_SELF.match(part.utterance.text)
        and "you" not in part.utterance.words
        and not {"sorry", "promised"} & set(part.utterance.words)
    ]
    if len(own) > 3:
        yield CodedSpan(code="over_disclosure", level=3 if len(own) > 5 else 2, quote=reading.quote_of(own[0]))
        return
    trouble = _WORKED.search(reading.message.norm)
    if trouble:
        part = reading.parts[reading.part_at(trouble.start())]
        yield CodedSpan(code="over_disclosure", level=2 if len(own) >= 2 else 1, quote=reading.quote_of(part))


def _passed_over(reading: Reading, helps: dict[str, int], harms: set[str]) -> Iterable[CodedSpan]:
    """A cue, concern or question of the turn that the message neither touches nor parks."""
    side = reading.side
    if not reading.parts or _ASKS_RISK.search(reading.message.norm):
        return
    quote = reading.quote_of(reading.parts[-1])
    if side.has(Tag.RISK_CUE):
        if not _meets_risk(reading, helps):
            yield CodedSpan(code="cue_ignored", level=3, quote=quote)
        return
    if not side.has(*_GRAVE, Tag.QUESTION_FACT) or _PARKED.search(reading.message.norm):
        return
    met = any(level >= 2 for code, level in helps.items() if code in _MEETS) or allowed(reading, helps)
    touched = reading.link >= 1.0 or (reading.link >= 0.6 and not harms)
    felt = any(word in FEELING_OF for word in reading.message.vocabulary) or any(
        helps.get(code, 0) for code in ("empathy", "comfort", "compassion", "validation", "cue_response")
    )
    if met or (touched and "parroting" not in harms) or (felt and not harms):
        return
    asked = side.has(Tag.QUESTION_PRIVACY, Tag.QUESTION_FACT)
    if asked and not side.has(*_GRAVE):
        if any(part.family in (Family.OPEN, Family.CLOSED) for part in reading.parts) and reading.message.count < 30:
            yield CodedSpan(code="answering_past", level=2 if harms else 1, quote=quote)
        return
    if not harms and _stays_with(reading):
        return
    if asked and not harms:
        yield CodedSpan(code="answering_past", level=1, quote=quote)
        return
    severity = 1 if not harms else 3 if side.has(Tag.QUESTION_PRIVACY) else 2
    yield CodedSpan(code="cue_ignored", level=severity, quote=quote)


_FOLLOWS = frozenset("that it this then they he she him her these those him".split())
_COURTEOUS = re.compile(
    r"^(?:hello|hi|bye|goodbye|yes|no|of course)\b|\b(?:sorry|thanks|thank you|see you|take care)\b"
)
"""Everyday courtesies."""


_OF_YOU = re.compile(
    r"^(?:so |and |but |okay |well )*(?:you (?:do not|did not|would|have|are|were|seem|sound|feel|want|said|look"
    r"|felt|had|found|thought)|part of you)\b"
)
"""Statements about the patient."""


def _stays_with(reading: Reading) -> bool:
    """Whether a harmless message stays with the patient in an everyday way: asks on, nods, thanks, parts."""
    if reading.closing != "no" or reading.link > 0 or _COURTEOUS.search(reading.message.norm):
        return True
    if any(part.family is Family.OPEN or _OF_YOU.match(part.utterance.text) for part in reading.parts):
        return True
    if any(part.family is Family.CLOSED and not _FOLLOWS.isdisjoint(part.utterance.words) for part in reading.parts):
        return True
    grave = reading.side.has(Tag.ATTACK, Tag.COMPLAINT, Tag.CONCERN)
    return reading.message.count <= 3 and not grave


_ASKS_RISK = re.compile(
    r"\b(?:(?:tak(?:e|ing)|end(?:ing)?) (?:your (?:own )?life|it)|wish(?:ed|ing)? you were dead|(?:tried|trying"
    r"|try) to (?:hurt|harm|kill)|do you (?:cut|harm|hurt|scratch) |(?:cut|cutting) yourself|suicid\w*"
    r"|kill(?:ing)? yourself|end(?:ing)? (?:your life|it all)|(?:hurt|harm|hurting|harming) yourself"
    r"|want(?:ing)? to die|thoughts of (?:dying|death|ending)|(?:mean )?not alive|mean (?:die|dying|dead)|not "
    r"(?:wanting to )?(?:be|live|wake up))\b"
)
"""Words that ask about risk: never a harm, whatever else was said."""


def _meets_risk(reading: Reading, helps: dict[str, int]) -> bool:
    """Whether words that sound of not wanting to live are met: asked about, taken up, or answered with feeling."""
    if any(_ASKS_RISK.search(" ".join(words_of(text))) for text in reading.context.learner_said[-1:]):
        return True
    if any(part.led or part.depth for part in reading.parts if part.family in REFLECTING):
        return True
    if any(helps.get(code, 0) >= 2 for code in ("empathy", "validation", "comfort", "compassion", "cue_response")):
        return True
    return reading.link >= 1.0 or bool(
        re.search(
            r"\b(?:suicid\w*|kill yourself|end(?:ing)? your life|thoughts of|hurt yourself|safe|dying"
            r"|disappear\w*|dead|not (?:be|being) (?:here|alive)|thank you for telling|glad you (?:told|said)"
            r"|tell me more|what (?:do you mean|did you mean)|that (?:matters|sounds)|how bad|serious\w*|stay "
            r"with)\b",
            reading.message.norm,
        )
    )
