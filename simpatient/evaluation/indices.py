"""Summary counts and ratios, each with an honest reference."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from statistics import fmean

from simpatient.evaluation.profile import IndexValue, MeetingEvents, RatedExchange
from simpatient.words import PromiseStatus

EARLY = 10
"""Learner messages below which every index is an early signal only."""
REFLECTIONS = ("reflect_simple", "reflect_complex", "active_listening")
QUESTIONS = ("open_question", "closed_question")
SEEK = ("shared_decision", "feedback_seeking", "advice_permitted")
CONFRONT = ("confronting", "judging", "minimising", "condescension", "stigma")
PERSUADE = ("advice_unasked", "lecturing", "over_promising", "false_reassurance")
FIXES = ("advice_unasked", "advice_permitted", "planning", "lecturing")
INFORMS = ("information", "transparency", "plain_language", "lecturing", "jargon")
PHRASE = 4
"""Words of a phrase whose reuse counts as repetition."""

_MITI = "MITI 4.2.1; thresholds are expert opinion without norms, made for 20-minute recordings with a change goal"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")


def indices(exchanges: Sequence[RatedExchange], events: MeetingEvents) -> tuple[IndexValue, ...]:
    """All indices of a meeting, in the order they are shown. Pure.

    Source: clinical section 2.7; MITI 4.2.1, and older MITI 3.1.1 and MISC where said.
    """
    found = (*_miti_style(exchanges), *_globals(events), *_opportunities(exchanges), *_texts(exchanges))
    early = len(exchanges) < EARLY
    return tuple(
        IndexValue(id=id_, name=name, value=value, reference=reference, source=source, early_signal=early)
        for id_, name, value, reference, source in (*found, *_promises(exchanges, events))
    )


_Row = tuple[str, str, float | None, str, str]


def _miti_style(exchanges: Sequence[RatedExchange]) -> list[_Row]:
    reflections, questions = _messages(exchanges, REFLECTIONS), _messages(exchanges, QUESTIONS)
    complex_ones = _messages(exchanges, ("reflect_complex",))
    opened, closed = (_spans(exchanges, (code,)) for code in QUESTIONS)
    adherent = sum(_messages(exchanges, codes) for codes in (SEEK, ("affirmation",), ("autonomy",)))
    against = sum(_messages(exchanges, codes) for codes in (CONFRONT, PERSUADE))
    return [
        ("r_to_q", "Reflections per question", _ratio(reflections, questions), "fair 1, good 2 (MITI-style)", _MITI),
        (
            "percent_complex", "Complex among reflections, %", _ratio(complex_ones, reflections, 100),
            "fair 40 %, good 50 % (MITI-style); the least reliable count, between people too", _MITI,
        ),
        (
            "mi_adherent", "Asking, affirming and leaving the choice, count", float(adherent),
            "no threshold", "MITI 4.2.1",
        ),
        (
            "mi_non_adherent", "Confronting and persuading, count", float(against),
            "no threshold; none is the aim", "MITI 4.2.1",
        ),
        (
            "percent_open", "Open among questions, %", _ratio(opened, opened + closed, 100),
            "50 % beginning, 70 % competent in the older manuals; MITI 4 does not tell open from closed",
            "MITI 3.1.1 and MISC, not MITI 4",
        ),
    ]  # fmt: skip


def _globals(events: MeetingEvents) -> list[_Row]:
    why = "not rated by rules: global impressions need the MITI-style evaluator with a chat model, or a person"
    rows: list[_Row] = [("relational", "Relational global, 1 to 5", None, why, _MITI)]
    if events.change_goal:
        rows.append(("technical", "Technical global, 1 to 5", None, why, _MITI))
    return rows


def _opportunities(exchanges: Sequence[RatedExchange]) -> list[_Row]:
    cues = [
        rating.value >= 2
        for exchange in exchanges
        for rating in exchange.assessment.ratings
        if rating.behaviour == "cue" and rating.required and rating.value is not None
    ]
    fixes = [x.number for x in exchanges if any(x.appraisal.level_of(code) for code in FIXES)]
    return [
        (
            "cue_response_rate", "Worries and feelings answered, %", _ratio(sum(cues), len(cues), 100),
            "no norm; clinicians were found to miss most openings", "Hsu and others 2012",
        ),
        (
            "time_to_first_fix", "Exchanges before the first advice or plan", float(min(fixes) - 1) if fixes else None,
            "no norm", "design",
        ),
    ]  # fmt: skip


def _texts(exchanges: Sequence[RatedExchange]) -> list[_Row]:
    counts = [len(words_of(x.message)) for x in exchanges]
    total = sum(counts)
    theirs = sum(x.reply_words for x in exchanges) or sum(len(words_of(x.answers.text)) for x in exchanges)
    informing = [x.message for x in exchanges if any(x.appraisal.level_of(code) for code in INFORMS)]
    grade = reading_grade(" ".join(informing)) if informing else None
    return [
        (
            "talk_share", "Your share of the words, %", _ratio(total, total + theirs, 100),
            "25 to 55 % is our band for typed talk; below 50 % by tradition; no threshold in MITI 4", "design; MISC tradition",
        ),
        ("words_per_message", "Words per message", fmean(counts) if counts else None, "no norm", "design"),
        (
            "reading_grade", "Reading grade where you inform", grade,
            "8 or lower when informing", "Flesch-Kincaid; AHRQ toolkit idea",
        ),
        (
            "jargon_per_100", "Unexplained terms per 100 words", _ratio(_spans(exchanges, ("jargon",)), total, 100),
            "none is the aim", "design",
        ),
        (
            "repetition", "Messages that reuse a four-word phrase of yours, %", repetition([x.message for x in exchanges]),
            "below 20 %", "design",
        ),
    ]  # fmt: skip


def _promises(exchanges: Sequence[RatedExchange], events: MeetingEvents) -> list[_Row]:
    ledger = events.promises
    if ledger:
        status = [promise.status for promise in ledger]
        made = len(status)
        kept = sum(s in (PromiseStatus.KEPT, PromiseStatus.PARTLY) for s in status)
        owned = sum(s in (PromiseStatus.LATE_OWNED, PromiseStatus.RENEGOTIATED) for s in status)
        broken = sum(s in (PromiseStatus.BROKEN, PromiseStatus.FORGOTTEN, PromiseStatus.FOUND_OUT) for s in status)
    else:
        made, kept = _messages(exchanges, ("promise_made",)), _messages(exchanges, ("promise_kept",))
        owned, broken = 0, _messages(exchanges, ("broken_promise",))
    broken = max(broken, int(events.promise_silent))
    rows = (("made", made, "no norm"), ("kept", kept, "no norm"), ("owned", owned, "no norm"))
    return [
        *(
            (f"promises_{word}", f"Promises {word}", float(n), ref, "design; keeping one's word")
            for word, n, ref in rows
        ),
        ("promises_broken", "Promises broken in silence", float(broken), "0", "design; keeping one's word"),
    ]


def _messages(exchanges: Sequence[RatedExchange], codes: Collection[str]) -> int:
    """Messages with any of the codes: each kind counts once per message."""
    return sum(1 for x in exchanges if any(span.code in codes for span in x.appraisal.codes))


def _spans(exchanges: Sequence[RatedExchange], codes: Collection[str]) -> int:
    return sum(1 for x in exchanges for span in x.appraisal.codes if span.code in codes)


def _ratio(part: float, whole: float, times: float = 1.0) -> float | None:
    return times * part / whole if whole else None


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, numbers and signs left out. Pure."""
    return [word.lower() for word in _WORD.findall(text)]


def reading_grade(text: str) -> float | None:
    """Years of schooling a text asks for; None for a text without words. Pure.

    Source: Flesch-Kincaid grade; syllables are counted by groups of vowels, so take it as rough.
    """
    words = words_of(text)
    if not words:
        return None
    sentences = max(1, len(re.findall(r"[^.!?]*\w[^.!?]*[.!?]*", text)))
    syllables = sum(_syllables(word) for word in words)
    return max(0.0, 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59)


def _syllables(word: str) -> int:
    groups = len(_VOWELS.findall(word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)


def repetition(messages: Sequence[str]) -> float | None:
    """Share of messages, in percent, that reuse a four-word phrase of an earlier one; None without messages. Pure."""
    seen: set[tuple[str, ...]] = set()
    reused = 0
    for message in messages:
        words = words_of(message)
        phrases = {tuple(words[i : i + PHRASE]) for i in range(len(words) - PHRASE + 1)}
        reused += bool(phrases & seen)
        seen |= phrases
    return _ratio(reused, len(messages), 100)
