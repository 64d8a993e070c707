"""A kept meeting held again, word for word and number for number; or rated again by another rubric."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, cast

from simpatient.authoring import Library
from simpatient.encounter.cast import Evaluator
from simpatient.encounter.encounter import Encounter
from simpatient.encounter.kept import opening_of, versions_of
from simpatient.encounter.records import Exchange
from simpatient.errors import SimpatientError, StoreError
from simpatient.store.rows import KeptDebrief, KeptExchange, KeptMeeting
from simpatient.words import Ending

ABOUT_THE_CLOCK = ("voice", "latency_ms")
"""Part of a record that a clock wrote."""
OF_AFTERWARDS = "meant"
"""What the learner said of an exchange when the meeting was over."""
OF_THE_RATER = ("ratings", "harms", "try_instead", "opportunities", "evaluator")
"""Parts that are empty in an exchange whose ratings had never come."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """The first place where the two meetings part."""

    exchange: int
    field: str
    """Where in the exchange record, such as `state.trust`."""
    kept: object
    now: object


@dataclass(frozen=True, kw_only=True)
class Replay:
    """What came of holding a meeting again."""

    encounter: str
    exchanges: int
    """Exchanges that were held again and are the same."""
    difference: Difference | None
    """None when every word and number is the same."""
    versions: tuple[tuple[str, str, str], ...]
    """What is of another version now: its name, the version then, the version now."""

    def record(self) -> dict[str, Any]:
        """The replay as plain data."""
        return {
            "encounter": self.encounter,
            "same": self.difference is None,
            "exchanges": self.exchanges,
            "difference": asdict(self.difference) if self.difference else None,
            "versions": [{"name": name, "then": then, "now": now} for name, then, now in self.versions],
        }


async def replay(kept: KeptMeeting, library: Library | None = None) -> Replay:
    """Hold `kept` again, branch by branch, and say where it first differs.

    Raises:
        ContentError: the persona or rubric is no longer there, or malformed.
        StoreError: a chat model spoke in it, whose words cannot be called up again.
    """
    for each in kept.exchanges:
        _must_be_embedded(each)
    encounter = await Encounter.again(kept, library=library)
    if kept.start is not None:
        try:
            encounter.open_with(opening_of(kept))
        except StoreError:
            if kept.line.meeting > 1:
                raise
    now = versions_of(encounter.patient, encounter.codebook, encounter.rubric)
    done, difference = 0, None
    for each in kept.exchanges:
        difference = await _held_again(encounter, each)
        if difference is not None:
            break
        done += 1
    for debrief in kept.debriefs if difference is None else ():
        difference = difference or await _ended_again(encounter, debrief)
    then = kept.versions
    changed = then.differing(now) if any(asdict(then).values()) else ()
    return Replay(encounter=kept.line.id, exchanges=done, difference=difference, versions=changed)


async def rated_anew(encounter: Encounter, evaluator: Evaluator) -> tuple[Exchange, ...]:
    """The exchanges of the branch that stands, with what `evaluator` says of them; nothing is kept."""
    return tuple(
        [
            replace(each, assessment=await evaluator.rate(each.learner, encounter.context(each.parent), each.appraisal))
            for each in encounter.exchanges
        ]
    )


def _must_be_embedded(each: KeptExchange) -> None:
    voice, rater = each.record["voice"]["by"], each.record.get("evaluator", {}).get("by", "rules")
    if voice != "embedded" or rater != "rules":
        raise StoreError(
            f"In exchange {each.number} a chat model spoke or rated ({voice if voice != 'embedded' else rater}): its "
            "words cannot be called up again. Only meetings in which everything was embedded can be replayed."
        )


async def _held_again(encounter: Encounter, each: KeptExchange) -> Difference | None:
    """The first difference of one exchange, said again where it was said."""
    here = encounter.exchanges[-1].number if encounter.exchanges else 0
    if here != each.parent:
        await encounter.rewind(each.parent)
    try:
        intended = str(each.record.get("intended", ""))
        exchange = await encounter.exchange(each.record["learner"], practice=True, intended=intended)
        now = (await encounter.rated(exchange.number)).record()
    except SimpatientError as exc:
        return Difference(exchange=each.number, field="learner", kept=each.record["learner"], now=str(exc))
    unrated = not each.record["ratings"]
    then = {
        name: value
        for name, value in each.record.items()
        if not (unrated and name in OF_THE_RATER) and name != OF_AFTERWARDS
    }
    return _difference(each.number, then, now, ())


async def _ended_again(encounter: Encounter, debrief: KeptDebrief) -> Difference | None:
    """The first difference of a debrief; a stop for the learner's own sake is not tried again."""
    if debrief.record["outcome"]["ended"] == Ending.SAFETY.value:
        return None
    await encounter.rewind(debrief.head)
    return _difference(debrief.head, debrief.record, (await encounter.end()).record(), ("debrief",))


def _difference(number: int, then: object, now: object, where: tuple[str, ...]) -> Difference | None:
    """The first difference between two records; fields that the older one did not have yet do not count."""
    here = ".".join(where)
    if where == ABOUT_THE_CLOCK:
        return None
    inside: Iterable[tuple[str, object, object]]
    if isinstance(then, dict) and isinstance(now, dict):
        old, new = cast("dict[str, object]", then), cast("dict[str, object]", now)
        inside = ((name, value, new.get(name)) for name, value in old.items())
    elif isinstance(then, list) and isinstance(now, list):
        before, after = cast("list[object]", then), cast("list[object]", now)
        if len(before) != len(after):
            return Difference(exchange=number, field=here, kept=before, now=after)
        inside = ((str(place), *pair) for place, pair in enumerate(zip(before, after, strict=True)))
    elif then == now:
        return None
    else:
        return Difference(exchange=number, field=here, kept=cast("object", then), now=now)
    found = (_difference(number, one, other, (*where, name)) for name, one, other in inside)
    return next((each for each in found if each is not None), None)
