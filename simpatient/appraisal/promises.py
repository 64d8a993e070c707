"""What the learner undertakes: promises read from the learner's own words (clinical section 3.6)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simpatient.appraisal.offtask import to_patient
from simpatient.appraisal.text import Message, remembered
from simpatient.appraisal.utterances import Utterance, utterances_of
from simpatient.words import Context, Promise, PromiseKind

_THREATENS = re.compile(
    r"(?:hit|hurt|kill|punch|slap|smash|batter|smack|thump|stab|strangle|choke|beat) (?:you|your)\b"
)
"""What nobody is held to."""
_UNDERTAKES = re.compile(
    r"\b(?:i (?:will|shall|am going to|am gonna|promise (?:to|that i will|i will|you i will)|can(?= (?:ask|ring"
    r"|find out|call|check|email|write|speak)\b[^.?!]*\b(?:by|before|today|tomorrow|noon|monday|tuesday"
    r"|wednesday|thursday|friday)\b))"
    r"(?: (?:just|also|then|definitely|personally|certainly|try to|make sure (?:to|i|that i)|do my best to|see "
    r"if i can|be able to|first|now|go and|quickly|straight away|get|try and|happily|gladly))* |let me (?:go "
    r"and |just |quickly )?(?=(?:find out|check|ask|look (?:it|into|that) up|ring|call|speak)\b)|we will "
    r"(?=(?:ring|call|email|write|phone|find out|let you know|send|contact|look into|sort|check|start with|go "
    r"through)\b))"
)
_ACTS: tuple[tuple[PromiseKind, re.Pattern[str]], ...] = (
    (PromiseKind.PRIVACY, re.compile(
        r"^(?:not (?:tell|share|pass|say|mention|write|speak|talk|discuss|report)|keep (?:it|this|that|what "
        r"you)(?: \w+){0,4} (?:private|confidential|to myself|between|secret|here)|only (?:tell|write|share)"
        r"|(?:tell|ask) you (?:first|before i))\b")),
    (PromiseKind.FIND_OUT, re.compile(
        r"^(?:find (?:that |it |this )?out|find someone|grab (?:the|a|our)|consult|ask (?!you\b)|check (?!in\b|on "
        r"you)|look (?:into|it up|that up|up|at (?:it|that|the|whether|what))|enquire|inquire|read (?:the|it|your"
        r"|that|up)|see (?:what|if|whether)|chase|get (?:you )?(?:an answer|the (?:answer|result|results|date"
        r"|name))|speak (?:to|with) (?!you)|talk to (?!you)|raise (?:it|that|this))")),
    (PromiseKind.CONTACT, re.compile(
        r"^(?:ring|call|phone|email|write to|text|message|contact|let you know|tell you|get back|be back to you"
        r"|inform you|come back to you|be in touch|send you|drop you)\b")),
    (PromiseKind.TIME, re.compile(
        r"^(?:be (?:back|here|there|with you)|come (?:back|by|and see|round|in|to see)|look in|check (?:in|on you)"
        r"|see you|pop (?:in|back|by)|visit|stop by|meet you|drop (?:in|by)|keep (?:this|the|your) (?:slot|time"
        r"|hour)|sit with you)\b")),
    (PromiseKind.DO, re.compile(
        r"^(?:bring|send|write|book|arrange|get (?:you|the|a|it|someone|them)|make (?:a note|an appointment|you"
        r"|sure|a copy|the)|print|give you|put (?:it|that|you|your|a|in)|order|change (?:it|that|the)|fix|sort"
        r"|show you|refer|fetch|leave (?:you|it|a)|prepare|move|do (?:it|that|this|my best|what i can)|help you "
        r"(?:write|with the|find|fill)|start (?:with|by)|go through|stand up|back you|take (?:it|that|this) up|note"
        r"|turn|stop)")),
)  # fmt: skip
"""What is undertaken, by the verb that follows; the first that fits."""

_NOT_PROMISE = re.compile(
    r"^(?:not (?:lie|pretend|be|judge|know|ask|force|push|tell you what|tell you how|tell you off|keep you|go"
    r"|stop|let|have|need|take|dig)|be (?:honest|straight|here|quiet|frank|blunt|clear|asking|right here)"
    r"|(?:just )?(?:say|explain|start|begin|ask you|admit|leave it|listen|sit|slow|stop|move|let you (?:go"
    r"|think|settle|choose|decide)|give you a (?:moment|minute|second)|tell you (?:what i|how|why|something"
    r"|about|a bit|off|a story|that)|have to|always|never|need|cross|fold))\b"
)
_WHEN = re.compile(
    r"\b(?:(?:by|before|on|until|at|this|next|after|in|within|first thing|later)(?: the| an?)? (?:\w+ "
    r")?(?:today|tonight|tomorrow|noon|lunch|midday|morning|afternoon|evening|monday|tuesday|wednesday|thursday"
    r"|friday|saturday|sunday|week|session|visit|time|hour|minutes|days?|four|five|six|ten|nine|three|two|one"
    r"|\d+(?: ?(?:am|pm|o'clock))?|end of|we meet|you (?:go|leave))"
    r"|today|tonight|tomorrow(?: morning)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|right now|straight away"
    r"|now|when (?:we|you|i) (?:next )?(?:meet|come|see|are back|am back)|next (?:week|time|session|tuesday"
    r"|thursday|monday|wednesday|friday)|in (?:a|an|one|two|ten|five|\w+) (?:minutes?|hours?|days?|moment))\b"
)
_DAY = re.compile(r"\b((?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow)\b")
_SOON = re.compile(
    r"\b(?:today|tonight|now|right now|straight away|before you (?:go|leave)|this (?:morning|afternoon|session"
    r"|hour)|in a (?:moment|minute)|by noon|before lunch|by lunch|first|before (?:four|five|six|\d+)|at the end"
    r"|before we finish)\b"
)
_HOW = re.compile(
    r"\b(?:by (?:email|phone|text|letter|post)|email|ring|call|phone|text|letter|in writing|in person|face to "
    r"face|two lines|tell you|let you know|come back (?:to you|either way)|with you|the (?:pharmacist|doctor"
    r"|clinic doctor|nurse|ward sister|consultant|surgeon|gp|team|receptionist|manager|dietitian|physio|social "
    r"worker)|dr \w+|doctor \w+|their letter|the letter|bring|show you|leaflet)\b"
)
_WEAK = re.compile(
    r"\b(?:look into (?:it|that|this)|see what i can do|try to|do my best|get back to you|see if i can|be in "
    r"touch|sort (?:it|that|this)(?: out)?|try and|when i (?:can|get a chance)|at some point|somehow|soon)\b"
)
_NOT_MINE = re.compile(
    r"\b(?:make (?:him|her|them|your \w+|sure (?:he|she|they|you|your|nothing|it|this|that))|cure|fix (?:you"
    r"|this|it|everything)|get (?:him|her|them) to|never|always|guarantee|everyone|nobody|no one|stop (?:him"
    r"|her|them)|solve|sort everything)\b"
)
_MINE = re.compile(
    r"\b(?:ask|ring|call|email|write|read|find out|check|bring|tell you|let you know|look|be (?:back|here)"
    r"|come back|come|print|speak|book|show|start|note|go through|send|see you|keep|not tell|phone|text|fetch"
    r"|get you)\b"
)


def promises_in(text: str, context: Context) -> tuple[Promise, ...]:
    """What the learner undertakes in this message, in order. Pure.

    What talks to the machinery undertakes nothing. First person, future and an action make a promise; weak forms ("I'll look into it") weigh half and still count.
    What nobody can promise (cures, other people's conduct) is a harm, not a promise. `due` is the day named, `end`
    for today, else the next session.

    Source: clinical section 3.6.
    """
    message = remembered(to_patient(text))
    if not context.promises and not _UNDERTAKES.search(message.norm):
        return ()
    found: list[Promise] = []
    utterances = utterances_of(message)
    for position, utterance in enumerate(utterances):
        previous = found[-1] if found and position and found[-1].made_in == context.exchange else None
        promise = _promise(message, utterance, context, len(found) + 1, previous)
        if promise is not None:
            found.append(promise)
    return tuple(found)


_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*[\"'\u201d\u2019)]*")


def in_full(promise: Promise, messages: Sequence[str]) -> str:
    """The whole sentence in which it was undertaken, where one of `messages` holds it; else its own words. Pure."""
    for message in reversed(messages):
        start = message.find(promise.quote)
        if start < 0 or not promise.quote:
            continue
        end = start + len(promise.quote)
        parts = [each for each in _SENTENCE.finditer(message) if each.start() < end and start < each.end()]
        return message[parts[0].start() : parts[-1].end()].strip() if parts else promise.quote
    return promise.quote


def _promise(
    message: Message, utterance: Utterance, context: Context, number: int, previous: Promise | None
) -> Promise | None:
    """The promise made in one utterance, if any."""
    words = utterance.text
    match = _UNDERTAKES.search(words)
    if match is None:
        return _terse(message, utterance, context, number) if previous is None else None
    act = words[match.end() :].strip()
    if not act or utterance.mark == "?" or _NOT_MINE.search(act) or _THREATENS.match(act):
        return None
    kind = next((kind for kind, pattern in _ACTS if pattern.search(act)), None)
    if kind is None or (kind is not PromiseKind.PRIVACY and _NOT_PROMISE.match(act)):
        return None
    if (
        re.search(r"\bif (?:you|i) (?:will not|do not|leave|thought|think|were|was)\b", words)
        and kind is not PromiseKind.CONTACT
    ):
        return None
    return _made(message, utterance, context, number, kind, act)


def _terse(message: Message, utterance: Utterance, context: Context, number: int) -> Promise | None:
    """A clipped answer such as "By Thursday noon, by email", to a patient who asks whether it will be done."""
    words = utterance.text
    if not re.match(r"^(?:by|before|on) (?:the |this |next )?(?:\w+day|noon|lunch|tomorrow|end|friday)", words):
        return None
    if utterance.mark == "?" or not context.promises:
        return None
    return _made(message, utterance, context, number, context.promises[-1].kind, words)


def _made(
    message: Message, utterance: Utterance, context: Context, number: int, kind: PromiseKind, act: str
) -> Promise:
    """The promise with its due date, specificity and weight."""
    words = utterance.text
    weak = bool(_WEAK.search(words))
    timed = bool(_WHEN.search(words)) or kind is PromiseKind.PRIVACY
    specific = int(timed) + int(bool(_HOW.search(words)))
    power = "yes" if _MINE.search(act) and not weak else "unclear"
    return Promise(
        id=f"p{context.exchange}.{number}",
        quote=message.quote(message.word_span(utterance.first, utterance.last)),
        what=act,
        kind=kind,
        due=_due(words),
        specific=specific,
        in_power=power,
        weight=0.5 if weak and not timed else 1.0,
        made_in=context.exchange,
    )


def _due(words: str) -> str:
    """The day named, `end` for today, else the next session."""
    day = _DAY.search(words)
    if day:
        return day.group(1).capitalize()
    return "end" if _SOON.search(words) else "session 2"
