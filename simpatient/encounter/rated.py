"""What an evaluator's failure leaves of the ratings: nothing but that they are absent."""

from __future__ import annotations

import asyncio
import logging

from simpatient.llm import UnexpectedCall
from simpatient.rubric import Rubric
from simpatient.words import Assessment, NotRatedReason, Rating

_LOG = logging.getLogger(__name__)


async def rating_or_none(rating: asyncio.Task[Assessment], rubric: Rubric, number: int) -> Assessment:
    """The ratings of exchange `number`, or an honest absence of all of them when the evaluator failed.

    Raises:
        UnexpectedCall: a scripted or replayed model was asked something else than was written down.
    """
    try:
        return await asyncio.shield(rating)
    except UnexpectedCall:
        raise
    except Exception as exc:  # noqa: BLE001  whatever an evaluator raises, the meeting goes on
        _LOG.error("the evaluator failed in exchange %d: %s", number, type(exc).__name__)
        absent = NotRatedReason.SERVICE_FAILED
        ids = (behaviour.id for behaviour in rubric.behaviours)
        return Assessment(ratings=tuple(Rating(behaviour=b, value=None, not_rated=absent) for b in ids))
