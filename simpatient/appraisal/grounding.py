"""Whether what reads as a help was meant for this patient, or would fit anybody.

Words are cheap: a list of techniques, a run of stock phrases, a model answer made for somebody else or the patient's
own words pasted back carry the marks of help and help nobody. Here their levels are taken back (clinical sections
3.11 item 13 and 5.7).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from simpatient.appraisal.families import REFLECTING
from simpatient.appraisal.lexicon import FEELING_OF, STOCK, is_content
from simpatient.appraisal.links import PatientSide, copies, echo
from simpatient.appraisal.reading import FELT, Reading, help_hits_in
from simpatient.appraisal.text import remembered, words_of
from simpatient.words import CodedSpan, Tag

_TECHNIQUE = re.compile(
    r"\b(?:(?P<validate>validat\w+)|(?P<empathy>empath\w+)|(?P<normalise>normali[sz](?:e|es|ing|ation))"
    r"|(?P<affirm>affirm(?:s|ed|ing|ation|ations)?)|(?P<reflect>reflections?|reflect (?:that|it|you|this|your"
    r"|back|in)|reflecting)"
    r"|(?P<summary>summari[sz](?:e|ing)|summary)|(?P<listening>active listening|listening skills|open questions?)"
    r"|(?P<regard>unconditional positive regard|non-?judgement\w*|without (?:any )?judge?ment|without judging)"
    r"|(?P<space>safe space|hold(?:ing|s)? (?:the |this |that )?space(?: for)?)|(?P<honour>honou?r(?:s|ed|ing)?)"
    r"|(?P<journey>your journey|your truth)|(?P<partner>as a team|a team|partner(?:s|ship)?(?: with| in)?"
    r"|collaborat\w+)"
    r"|(?P<pace>(?:at )?your (?:own )?pace|the pace)|(?P<autonomy>autonomy|permission)|(?P<repair>ruptures?"
    r"|repair(?:s|ed|ing)?)"
    r"|(?P<feedback>feedback)|(?P<plan>benchmarks?|agenda|set a goal)|(?P<honest>transparen\w+|be honest with "
    r"you|unconditional\w*)"
    r"|(?P<confidential>confidentiality|your confidence|privacy is)|(?P<respect>respected|respect your)"
    r"|(?P<strengths>(?:your|the) strengths)|(?P<seen>you are (?:seen|heard|valued|welcome here)|(?:is|are) welcome)"
    r"|(?P<heard>(?:what )?i am hearing is|i hear both)|(?P<options>give you (?:options|a choice)|offer you a "
    r"choice))\b"
)
"""Names of techniques, which a listener uses without naming them; one group per technique."""
_LABEL = re.compile(
    r"(?i)(?:^|(?<=[.?!:;] ))(?:empathy|understanding|respect|trust|warmth|validation|affirmation|hope|autonomy"
    r"|partnership"
    r"|confidentiality|plan|feedback|repair|reflection|open question|compassion)\s*(?=[.?!:]|$)"
)
"""A technique that stands alone as a sentence or a heading."""
_MAY_NAME = (
    "valid", "empath", "normali", "affirm", "reflect", "summar", "listening", "open", "uncond", "nonjudge", "non",
    "judg", "space", "hono", "journey", "truth", "team", "partner", "collab", "pace", "autonomy", "permission", "repair",
    "rupture", "feedback", "benchmark", "agenda", "goal", "transparen", "honest", "confiden", "privacy", "respect",
    "strength", "seen", "heard", "valued", "welcome", "hearing", "hear", "options", "choice", "warm", "hope", "plan",
    "compass", "understanding", "trust",
)  # fmt: skip
"""How words begin of which one occurs in every name of a technique."""
_NAMED = 2
"""Techniques named in one message from which it lists them instead of using them."""
_CROWDED = 5
"""Helpful behaviours in one message beyond which only the best three keep their level."""
_KEPT = 3
_LONG = 70
"""Words from which a message that takes nothing up is a lecture."""
_LISTED = 5
"""Times that one content word comes back in a message that lists."""
_TAKEN_UP = 1.6
"""Link from which a message clearly takes up what the patient said."""
_NOD = 3
"""Words up to which a message is a nod, however often it comes."""
_RECENT = 4
"""Earlier messages among which formulas are counted."""
_PLAIN = frozenset("greeting thanks open_question closed_question information backchannel reflect_simple".split())
"""Codes that crowd nothing."""
_OF_THEIRS = frozenset(
    "validation empathy normalising affirmation encouragement cue_response personalisation reflect_complex "
    "reflect_simple active_listening compassion nonjudgement".split()
)
"""Codes that speak of what the patient brought; without a link they earn 1 at most."""
_RETURNS = frozenset({"reflect_simple", "reflect_complex", "active_listening"})
"""Codes that hand back what was said."""
_LINKED = 0.6
_SAYS_SOMETHING = 4
"""Words of a patient turn that can be answered past."""
_STRAYING = 2
"""Content words of which none was ever the patient's."""
_THEIRS = frozenset("you your she he".split())
_CHECKS = re.compile(r"\b(?:have i|did i|am i|is that|right|landed)\b")
_QUOTES = re.compile(
    r"\b(?<!last time )you (?:said|told me|mentioned|were saying|were telling me)\b(?! (?:nothing|that$|last))(.*)"
)
_NAMES_OWN = re.compile(
    r"(?i)\bI (?:said|opened with|called|told|wrote)\b[^.?!'\"‘“]{0,20}['\"‘“]([^'\"’”]{3,60})['\"’”]"
)
"""What the learner owns to have said, in quotation marks."""
_OWN_WORD = frozenset("you your yours yourself we us our let".split())
BARE, CHANTED = 4, 3
"""Words up to which a sentence is bare, and how many such make a run; below as many a message answers barely."""
_UNDERTAKES = re.compile(
    r"\bi (?:will|am sorry|apologise|can(?! not)|could|would(?! not)|hear|see|wonder|understand|am here)\b"
)
_PATIENT_VOICE = re.compile(
    r"\bmy (?:wife|husband|partner|boyfriend|girlfriend|mother|father|boss|manager|chest|heart|head|job|mates"
    r"|lads|gp)\b"
    r"|\b(?:said|told|says|tells|happened|listens?|wrong)(?: [a-z']+){0,5} (?:to|with) me\b|\b(?:will|do|am"
    r"|should|can) i (?:need|have|go|get)\b"
    r"|\bi (?:would not|do not|did not) want\b|\bi (?:sit|lie|wake|thought it was|have not been|can not "
    r"(?:sleep|eat|get out|stop|cope))\b"
    r"|\b(?:i am )?not sure how this works\b|\bi (?:have )?(?:got|am getting) (?:today|an attitude)|i have "
    r"done this before\b"
)
"""How patients speak of their lives."""
_PASTED_RUN = 6
_CLEARLY = 1.0
"""Link from which something of what was said is clearly there."""
_LATELY = 3
"""Earlier messages that make a habit of showing help."""
_PRAISES = re.compile(
    r"\b(?:you are|you have|such) (?:such |so |an? |the |most |really |very |truly |incredibly |amazing |incredible )*(?:brave"
    r"|courageous|amazing|incredible|inspiring|wonderful|insight\w*|self-? ?aware|resilien\w+|strong and)\b"
    r"|\b(?:in awe of|admire|appreciate|honou?r|grateful for|thank you (?:so much )?for) (?:you|your|sharing|trusting)\b"
    r"|\b(?:the most \w+(?: \w+)? person|you are amazing|(?:safe|sacred)(?: \w+){0,2} space|i hear the emotion|you feel things)\b"
)
"""Praise of the person, or thanks for being one."""


@lru_cache(maxsize=4096)
def particular(text: str) -> frozenset[str]:
    """The content words of a text that do not fit every patient. Pure."""
    return frozenset(w for w in words_of(text) if is_content(w) and w not in STOCK and w not in FEELING_OF)


@lru_cache(maxsize=4096)
def lists_techniques(text: str) -> bool:
    """Whether a learner message names techniques instead of using them. Pure."""
    message = remembered(text)
    norm = message.norm
    if not any(word.startswith(_MAY_NAME) for word in message.vocabulary):
        return False
    named = {match.lastgroup for match in _TECHNIQUE.finditer(norm)}
    labels = len(_LABEL.findall(text))
    return len(named) + labels >= _NAMED or (len(named) == 1 and not particular(text) and len(norm.split()) > 2)


@lru_cache(maxsize=4096)
def is_stock(text: str) -> bool:
    """Whether a learner message is made of phrases of help that fit anybody. Pure."""
    message = remembered(text)
    if message.count <= _NOD or particular(text):
        return False
    return not STOCK.isdisjoint(message.vocabulary) or any(hit.cue.code not in _PLAIN for hit in help_hits_in(text))


@lru_cache(maxsize=4096)
def overdone(text: str) -> bool:
    """Whether a stock message says the same thing over and over. Pure."""
    if not is_stock(text):
        return False
    said = Counter(hit.cue for hit in help_hits_in(text))
    if any(count >= 2 and cue.code not in _PLAIN for cue, count in said.items()):
        return True
    words = words_of(text)
    return max(Counter(zip(words, words[1:], words[2:], strict=False)).values(), default=0) >= 2


def hollow(text: str) -> bool:
    """Whether a learner message shows help in form only. Pure."""
    return lists_techniques(text) or is_stock(text)


def pasted_turn(reading: Reading) -> bool:
    """Whether the message is mostly an earlier turn of the patient's, in the first or second person. Pure."""
    if reading.pasted is None:
        reading.pasted = _pasted_turn(reading)
    return reading.pasted


def _pasted_turn(reading: Reading) -> bool:
    words = words_of(reading.message.raw)
    if len(words) < _PASTED_RUN:
        return False
    for said in reading.side.before:
        if not copies(words, said, 0.75):
            continue
        _, run, _ = echo(words, said)
        if run >= _PASTED_RUN and run >= 0.75 * len(words):
            return True
    return False


def tells_own_story(reading: Reading) -> bool:
    """Whether the message speaks as a patient would: of oneself only, to nobody. Pure."""
    words = reading.message.vocabulary
    if not words.isdisjoint(_OWN_WORD) or words.isdisjoint(("i", "my", "me")):
        return False
    return bool(_PATIENT_VOICE.search(reading.message.norm)) and not _UNDERTAKES.search(reading.message.norm)


def grounded(reading: Reading, spans: Sequence[CodedSpan], *, nobody: bool) -> list[CodedSpan]:
    """The helps with levels taken back where they were not meant for this patient, or for `nobody` at all. Pure."""
    raw = reading.message.raw
    if pasted_turn(reading) or tells_own_story(reading):
        return []
    if nobody:
        return [_at_most(span, 1) for span in spans]
    if _owns_what_was_never_said(reading):
        spans = [_at_most(span, 1) if span.code in _RETURNS or span.code == "repair" else span for span in spans]
    if is_stock(raw) and reading.link < _LINKED:
        spans = [_at_most(span, 1) if span.code in _OF_THEIRS else span for span in spans]
    if reading.message.count < BARE:
        spans = [_at_most(span, 1) if span.code == "timely_response" else span for span in spans]
    helping = sorted({span.code for span in spans} - _PLAIN)
    if len(helping) > _CROWDED and reading.link < _TAKEN_UP:
        best = sorted(spans, key=lambda span: (-span.level, -reading.side.link(words_of(span.quote))))
        kept = {span.code for span in [s for s in best if s.code not in _PLAIN][:_KEPT]}
        return [span if span.code in kept else _at_most(span, 1) for span in spans]
    return list(spans)


def meant_for_nobody(reading: Reading) -> bool:
    """Whether a message goes through the motions: what looks like help in it earns 1 at most. Pure."""
    raw = reading.message.raw
    return (
        lists_techniques(raw)
        or overdone(raw)
        or misquotes(reading)
        or _said_before(reading)
        or _in_a_row(reading)
        or (strays(raw, reading.side) and _strayed(reading))
        or _drones(reading)
        or _chants(reading)
        or _for_show(reading)
    )


def formulaic(reading: Reading) -> Iterable[CodedSpan]:
    """The harm in going through the motions: parroting, or a lecture. Pure."""
    raw = reading.message.raw
    quote = reading.quote_of(reading.parts[0])
    if pasted_turn(reading):
        yield CodedSpan(code="parroting", level=2, quote=quote)
        return
    named = any(lists_techniques(text) for text in reading.context.learner_said[-_RECENT:])
    if (lists_techniques(raw) and named) or _in_a_row(reading):
        yield CodedSpan(code="parroting", level=1, quote=quote)
    elif (strays(raw, reading.side) or tells_own_story(reading)) and _strayed(reading):
        yield CodedSpan(code="answering_past", level=1, quote=quote)
    if _drones(reading) and (2 * reading.telling_words >= reading.message.count or _floods(reading)):
        longest = max(reading.parts, key=lambda part: len(part.utterance.words))
        yield CodedSpan(code="lecturing", level=2, quote=reading.quote_of(longest))


def _floods(reading: Reading) -> bool:
    """Whether a message tries its hand at everything at once."""
    tried = {hit.cue.code for hit in reading.help_hits} - _PLAIN
    return bool(reading.side.turn.words) and len(tried) >= _KEPT


def strays(text: str, side: PatientSide) -> bool:
    """Whether a message returns at length what this patient never said. Pure."""
    message = remembered(text)
    felt = {word for word in message.words if word in FEELING_OF}
    if len(particular(text) | felt) < _STRAYING:
        return False
    if "?" in message.words and not _CHECKS.search(message.norm):
        return False
    return bool(_THEIRS & message.vocabulary) and side.link(sorted(particular(text) | felt)) == 0


def _strayed(reading: Reading) -> bool:
    """Whether an earlier message strayed too; words of feeling may be a good guess where something is felt."""
    if reading.side.has(*FELT) or len(reading.side.turn.words) < _SAYS_SOMETHING:
        return False
    if not tells_own_story(reading) and not any(
        part.family in REFLECTING and part.link == 0 and not _THEIRS.isdisjoint(part.utterance.words)
        for part in reading.parts
    ):
        return False
    return any(
        strays(text, reading.side) or _PATIENT_VOICE.search(remembered(text).norm)
        for text in reading.context.learner_said[-_RECENT:]
    )


def misquotes(reading: Reading) -> bool:
    """Whether the message says that the patient said what they never said. Pure."""
    for part in reading.parts:
        match = _QUOTES.search(part.utterance.text)
        if match is None or part.utterance.mark == "?":
            continue
        words = [w for w in match.group(1).split() if is_content(w) and w not in STOCK]
        if words and reading.side.link(words) < 0.3 * len(words):
            return True
    return False


def _in_a_row(reading: Reading) -> bool:
    """Whether this is the third message in a row that would fit anybody."""
    before = reading.context.learner_said[-2:]
    return len(before) == 2 and hollow(reading.message.raw) and all(hollow(text) for text in before)


@lru_cache(maxsize=4096)
def showy(text: str) -> bool:
    """Whether a learner message names a technique or praises the person. Pure."""
    norm = remembered(text).norm
    return bool(_PRAISES.search(norm)) or bool(_TECHNIQUE.search(norm))


def _for_show(reading: Reading) -> bool:
    """Whether a message of several sentences, or one of a row of them, shows help and takes up nothing that was said."""
    if reading.link >= _CLEARLY:
        return False
    raw, lately = reading.message.raw, reading.context.learner_said[-_LATELY:]
    habit = sum(showy(text) or hollow(text) for text in lately)
    if showy(raw):
        return len(reading.parts) > 1 or habit > 0
    return habit == _LATELY and hollow(raw)


def _said_before(reading: Reading) -> bool:
    """Whether the learner said the very same before."""
    words = words_of(reading.message.raw)
    return len(words) >= _PASTED_RUN and any(words_of(text) == words for text in reading.context.learner_said)


def _owns_what_was_never_said(reading: Reading) -> bool:
    """Whether the learner is sorry for words that nobody spoke in this meeting."""
    match = _NAMES_OWN.search(reading.message.raw)
    if match is None or not reading.context.learner_said:
        return False
    spoken = {word for text in (*reading.context.learner_said, reading.context.turn.text) for word in words_of(text)}
    words = words_of(match.group(1))
    return sum(word in spoken for word in words) < 0.7 * len(words)


def _drones(reading: Reading) -> bool:
    """Whether a long message takes next to nothing up of what the patient said or asked, or lists on and on."""
    own = [part.utterance.words for index, part in enumerate(reading.parts) if index not in reading.owed]
    if reading.owed and sum(map(len, own)) <= _LONG:
        return False
    said = Counter(word for words in own for word in words if is_content(word))
    if reading.message.count > _LONG / 2 and max(said.values(), default=0) >= _LISTED:
        return True
    if reading.message.count <= _LONG:
        return False
    asked = reading.side.asked or reading.side.has(Tag.QUESTION_PRIVACY, Tag.QUESTION_FACT)
    return reading.side.link(sorted(said)) < (0.03 if asked else 0.1) * len(said)


def _chants(reading: Reading) -> bool:
    """Whether it is a run of bare sentences about "you" that take up nothing of what was said."""
    bare = [part for part in reading.parts if len(part.utterance.words) <= BARE and part.utterance.mark != "?"]
    yours = sum(part.utterance.words[0] in _THEIRS for part in bare)
    return len(bare) == len(reading.parts) >= CHANTED and yours == len(bare) and reading.link < _LINKED


def _at_most(span: CodedSpan, level: int) -> CodedSpan:
    """The span at no more than this level; a reflection that returns nothing is not a complex one."""
    code = "reflect_simple" if span.code == "reflect_complex" and level == 1 else span.code
    return replace(span, code=code, level=min(span.level, level))
