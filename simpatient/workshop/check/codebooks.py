"""The codebook: every code shown by examples and near misses, every code with an effect, no two readings of one line."""

from __future__ import annotations

from collections.abc import Iterator

from simpatient.authoring import Document
from simpatient.errors import Diagnostic
from simpatient.rubric import Code, Codebook

LEAST_EXAMPLES = 2
VARIABLES = ("trust", "anxiety", "defensiveness", "hope")
GOOD = {"trust": 1, "hope": 1, "anxiety": -1, "defensiveness": -1}
"""The direction in which each variable moves for the better."""


def codebook_findings(codebook: Codebook, document: Document) -> Iterator[Diagnostic]:
    """All that a colleague would say of a codebook."""
    shown: dict[tuple[str, str], tuple[str, int]] = {}
    for index, code in enumerate(codebook.file.codes):
        at = ("codes", index)
        if code.kind != "neutral" and len(code.examples) < LEAST_EXAMPLES:
            yield document.diagnostic(at, "SP321", code=code.code, count=len(code.examples), least=LEAST_EXAMPLES)
        if code.kind != "neutral" and not code.near:
            yield document.diagnostic(at, "SP322", code=code.code)
        yield from _effect(code, document, at)
        yield from _near(code, codebook, document, at)
        for number, example in enumerate(code.examples):
            place = (*at, "examples", number)
            if example.level > code.max_level:
                yield document.diagnostic(
                    (*place, "level"), "SP326", "most", code=code.code, level=example.level, most=code.max_level
                )
            key = (example.patient, example.learner)
            if key in shown and shown[key][0] == code.code:
                variant = "level" if shown[key][1] != example.level else "again"
                yield document.diagnostic(place, "SP326", variant, code=code.code, one=shown[key][1], other=example.level)
            shown.setdefault(key, (code.code, example.level))


def _effect(code: Code, document: Document, at: tuple[str | int, ...]) -> Iterator[Diagnostic]:
    if code.kind == "neutral":
        return
    if code.weight is not None:
        moves = {name: getattr(code.weight, name) for name in VARIABLES}
        if not any(moves.values()):
            yield document.diagnostic((*at, "weight"), "SP323", "still", code=code.code)
        better = sum(GOOD[name] * value for name, value in moves.items())
        if (better < 0) == (code.kind == "help") and better:
            word = {"help": "worse", "harm": "better"}[code.kind]
            yield document.diagnostic((*at, "weight"), "SP324", code=code.code, kind=code.kind, word=word)
    elif code.moves_as is not None and code.moves_as.code is None and not code.moves_as.ledger:
        if code.moves_as.otherwise.code is None:
            yield document.diagnostic((*at, "moves_as"), "SP323", "nothing", code=code.code)
    if code.kind == "harm" and not code.better:
        yield document.diagnostic(at, "SP327", code=code.code)


def _near(code: Code, codebook: Codebook, document: Document, at: tuple[str | int, ...]) -> Iterator[Diagnostic]:
    own = {(example.patient, example.learner) for example in code.examples}
    for number, near in enumerate(code.near):
        place = (*at, "near", number)
        if near.reads_as is not None and near.reads_as not in codebook.codes:
            yield document.diagnostic((*place, "reads_as"), "SP325", code=code.code, word=near.reads_as)
        if (near.patient, near.learner) in own:
            yield document.diagnostic((*place, "learner"), "SP326", "near", code=code.code)
