"""Rubrics: weights that add up, anchors that can be told apart, behaviours that can be earned and are called for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from simpatient.authoring import Document
from simpatient.authoring.read import Path_
from simpatient.errors import Diagnostic
from simpatient.patient.sentences import twins
from simpatient.rubric import Behaviour, Codebook, Example, Rubric

LEVELS = ("zero", "one", "two", "three")
ENOUGH = 0.005
"""How far the weights of the domains may be from one in sum."""
SLOTS = {
    "reasons": {"quote", "cue"}, "try_instead": {"feeling", "about"}, "called": {"answered", "called"}, "used": {"times"},
}  # fmt: skip
_SLOT = re.compile(r"\{(\w*)\}")
REASON_WORDS = 25


@dataclass(frozen=True, kw_only=True)
class RubricRead:
    """One rubric with the places of its words."""

    rubric: Rubric
    document: Document
    codebook: Codebook


def rubric_findings(read: RubricRead) -> Iterator[Diagnostic]:
    """All that a colleague would say of a rubric."""
    yield from _weights(read)
    for index, behaviour in enumerate(read.rubric.behaviours):
        at = ("behaviours", index)
        yield from _anchors(read, behaviour, at)
        yield from _earned(read, behaviour, at)
        yield from _slots(read, behaviour, at)
        if not (behaviour.required_by_tags or behaviour.required_in):
            yield read.document.diagnostic(at, "SP306", behaviour=behaviour.id)


def _weights(read: RubricRead) -> Iterator[Diagnostic]:
    total = sum(domain.weight for domain in read.rubric.domains)
    if abs(total - 1) > ENOUGH:
        yield read.document.diagnostic(("domains",), "SP301", total=f"{total:.2f}")
    used = {behaviour.domain for behaviour in read.rubric.behaviours}
    known = {domain.id for domain in read.rubric.domains}
    for index, domain in enumerate(read.rubric.domains):
        if domain.id not in used and used <= known:
            yield read.document.diagnostic(("domains", index), "SP305", domain=domain.id)


def _anchors(read: RubricRead, behaviour: Behaviour, at: Path_) -> Iterator[Diagnostic]:
    texts = [getattr(behaviour.anchors, level) for level in LEVELS]
    for (lower, before), (higher, after) in pairwise(zip(LEVELS, texts, strict=True)):
        if twins(before, after):
            place = (*at, "anchors", higher)
            yield read.document.diagnostic(place, "SP302", behaviour=behaviour.id, one=lower, other=higher)
    yield from _shown(read, behaviour, at)


def _shown(read: RubricRead, behaviour: Behaviour, at: Path_) -> Iterator[Diagnostic]:
    """Levels that the examples of the codebook do not show, or do not tell from the next."""
    most = max(behaviour.credited_by.values(), default=0)
    for lower, higher in ((1, 2), (2, 3)):
        if higher > most:
            continue
        low, high = (_examples(read, behaviour, level) for level in (lower, higher))
        told = {"behaviour": behaviour.id, "one": lower, "other": higher}
        missing = lower if not low else higher if not high else 0
        if missing:
            yield read.document.diagnostic((*at, "anchors", LEVELS[missing]), "SP303", "none", level=missing, **told)
            return
        place = (*at, "anchors", LEVELS[higher])
        if same := {example.learner for example in low} & {example.learner for example in high}:
            yield read.document.diagnostic(place, "SP303", "same", example=min(same)[:60], **told)
            continue
        alike = [
            (a.learner, b.learner) for a in low for b in high if a.patient == b.patient and twins(a.learner, b.learner)
        ]
        if alike:
            first, second = min(alike)
            yield read.document.diagnostic(place, "SP303", "alike", first=first[:60], second=second[:60], **told)


def _examples(read: RubricRead, behaviour: Behaviour, level: int) -> list[Example]:
    """What the codebook's examples show of a level of this behaviour."""
    return [
        example
        for code, most in behaviour.credited_by.items()
        if code in read.codebook.codes
        for example in read.codebook.codes[code].examples
        if min(example.level, most) == level
    ]


def _earned(read: RubricRead, behaviour: Behaviour, at: Path_) -> Iterator[Diagnostic]:
    most = max(behaviour.credited_by.values(), default=0)
    if most < 3:
        yield read.document.diagnostic((*at, "credited_by"), "SP304", "low", behaviour=behaviour.id, most=most)
    for code in behaviour.credited_by:
        if code in read.codebook.harms:
            yield read.document.diagnostic(
                (*at, "credited_by", code), "SP304", "harm", behaviour=behaviour.id, code=code
            )
    for number, code in enumerate(behaviour.harmed_by):
        if code in read.codebook.codes and code not in read.codebook.harms:
            yield read.document.diagnostic(
                (*at, "harmed_by", number), "SP304", "help", behaviour=behaviour.id, code=code
            )


def _slots(read: RubricRead, behaviour: Behaviour, at: Path_) -> Iterator[Diagnostic]:
    texts: list[tuple[Path_, str, str]] = []
    if behaviour.reasons is not None:
        texts += [
            ((*at, "reasons", level), "reasons", getattr(behaviour.reasons, level)) for level in (*LEVELS, "promise")
        ]
    if behaviour.tally is not None:
        texts += [((*at, "tally", name), name, getattr(behaviour.tally, name)) for name in ("called", "used")]
    texts += [((*at, "try_instead", n, "say"), "try_instead", one.say) for n, one in enumerate(behaviour.try_instead)]
    for place, kind, text in texts:
        for slot in _SLOT.findall(text):
            if slot not in SLOTS[kind]:
                known = ", ".join(f"`{{{name}}}`" for name in sorted(SLOTS[kind]))
                yield read.document.diagnostic(place, "SP307", "unknown", slot=slot, known=known)
        if kind == "reasons" and len(_SLOT.sub("", text).split()) > REASON_WORDS:
            yield read.document.diagnostic(place, "SP307", "long", words=len(text.split()), most=REASON_WORDS)
