"""Whether a message only told the patient something, and nobody had asked."""

from __future__ import annotations

from simpatient.evaluation.measures import SHORT
from simpatient.evaluation.profile import RatedExchange
from simpatient.words import Tag

TELLING = frozenset({"information", "advice"})
"""Families of a message that tells or recommends."""
_TELLS = frozenset({"information", "advice_unasked", "lecturing", "jargon"})
"""Codes of telling, for readings that name no family."""
_ASKS = frozenset({"open_question", "closed_question", "invite_questions", "feedback_seeking"})
_GIVES_BACK = frozenset({"reflect_simple", "reflect_complex", "active_listening", "empathy", "cue_response"})
_QUESTIONS = (Tag.QUESTION_FACT, Tag.QUESTION_PRIVACY, Tag.QUESTION_PROCESS, Tag.REQUEST, Tag.CONFUSION)
_ANSWERED = 2
"""Value from which a message did something that the rubric asks for."""


def only_tells(exchange: RatedExchange) -> bool:
    """Whether the message tells or recommends what was neither asked for nor permitted, and does nothing else. Pure.

    An answer to a question is never one when it is no longer than a message may be, nor is advice with leave, nor a
    message that earned 2 for anything but its length.

    Source: design, after MITI 4.2.1 (persuading without permission) and the share of provider's telling in RIAS.
    """
    reading = exchange.appraisal
    if reading.level_of("advice_permitted") or not _tells(exchange):
        return False
    if _asked(exchange) and not reading.level_of("advice_unasked") and _fits(exchange):
        return False
    return not any((r.value or 0) >= _ANSWERED and r.behaviour != "pace" for r in exchange.assessment.ratings)


def _tells(exchange: RatedExchange) -> bool:
    if exchange.appraisal.primary:
        return exchange.appraisal.primary in TELLING
    codes = exchange.appraisal.levels().keys()
    return bool(codes & _TELLS) and not codes & (_ASKS | _GIVES_BACK)


def _asked(exchange: RatedExchange) -> bool:
    tags = {opportunity.tag for opportunity in exchange.answers.opportunities}
    return not tags.isdisjoint(_QUESTIONS) or exchange.answers.text.rstrip().endswith("?")


def _fits(exchange: RatedExchange) -> bool:
    return len(exchange.message.split()) <= max(SHORT, 2 * len(exchange.answers.text.split()))
