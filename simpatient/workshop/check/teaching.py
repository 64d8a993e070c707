"""What the patient is for: promises that can be kept, objectives that get their moment."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from simpatient.appraisal import tag_turn
from simpatient.errors import Diagnostic
from simpatient.patient.sentences import twins
from simpatient.words import Tag
from simpatient.workshop.check.manuscript import PERSONA, Manuscript

LEAST_WORDS = 3


def teaching(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Promises without a truthful result, objectives that nothing calls for."""
    yield from _promises(manuscript)
    yield from _objectives(manuscript)


def _promises(manuscript: Manuscript) -> Iterator[Diagnostic]:
    for index, promise in enumerate(manuscript.persona.promises):
        at = ("promises", index)
        result = promise.truthful_result
        if len(result.split()) < LEAST_WORDS or twins(result, promise.request):
            yield manuscript.finding(PERSONA, (*at, "truthful_result"), "SP150", "none", request=promise.request)
        against = next((phrase for phrase in promise.contradicted_by if _holds(result, phrase)), None)
        if against is not None:
            yield manuscript.finding(PERSONA, (*at, "contradicted_by"), "SP150", "against", phrase=against)
        if not promise.words:
            yield manuscript.finding(PERSONA, at, "SP151", request=promise.request)


def _holds(text: str, phrase: str) -> bool:
    return " ".join(phrase.lower().replace("*", "").split()) in " ".join(text.lower().split())


def _objectives(manuscript: Manuscript) -> Iterator[Diagnostic]:
    persona, codebook = manuscript.persona, manuscript.codebook
    for index, code in enumerate(persona.teaching.objectives):
        at = ("teaching", "objectives", index)
        if code in codebook.harms:
            yield manuscript.finding(PERSONA, at, "SP152", "harm", code=code)
        elif manuscript.rubric is not None and code in codebook.codes:
            yield from _unserved(manuscript, at, code)


def _unserved(manuscript: Manuscript, at: tuple[str | int, ...], code: str) -> Iterator[Diagnostic]:
    rubric = manuscript.rubric
    assert rubric is not None
    earning = [behaviour for behaviour in rubric.behaviours if code in behaviour.credited_by]
    if not earning:
        yield manuscript.finding(PERSONA, at, "SP152", "unrated", code=code, rubric=rubric.id)
        return
    most = max(behaviour.credited_by[code] for behaviour in earning)
    own = [behaviour for behaviour in earning if behaviour.credited_by[code] == most]
    never: set[str] = set() if manuscript.persona.promises else {"promise_due"}
    if any(set(behaviour.required_in) - never or not behaviour.required_by_tags for behaviour in own):
        return
    wanted = {tag for behaviour in own for tag in behaviour.required_by_tags}
    if wanted.isdisjoint(planted(manuscript)) and not _spoken(manuscript, wanted):
        tags = ", ".join(sorted(tag.value for tag in wanted))
        yield manuscript.finding(PERSONA, at, "SP152", "unserved", code=code, tags=tags)


def planted(manuscript: Manuscript) -> set[Tag]:
    """Opportunities that the author planted on purpose."""
    persona = manuscript.persona
    tags = {plant.tag for plant in persona.teaching.plant} | set(persona.story.opening_tags)
    for fact in persona.facts:
        tags |= {*fact.tags, *fact.hint_tags}
    return tags | {tag for line in manuscript.patient.lines.lines for tag in line.tags}


def _spoken(manuscript: Manuscript, wanted: set[Tag]) -> bool:
    """Whether the tagger finds one of these opportunities in what the patient says."""
    return any(passage.spoken and not wanted.isdisjoint(_tags(passage.text)) for passage in manuscript.passages)


@cache
def _tags(text: str) -> frozenset[Tag]:
    return frozenset(opportunity.tag for opportunity in tag_turn(text))
