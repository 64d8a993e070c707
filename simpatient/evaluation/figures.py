"""How an evaluator agrees with human coders: the figures of one calibration, and their record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from simpatient.evaluation.calibration import ENOUGH, CodeAgreement, Disagreement, Interval

WEAK_KAPPA = 0.40
"""Weighted kappa below which a behaviour is shown as experimental. Source: "poor" below .40, Cicchetti 1994."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """What the figures come from."""

    evaluator: str
    """Id of the evaluator."""
    name: str
    rubric: str
    """Version of the rubric."""
    codebook: str
    """Version of the codebook."""
    engine: str
    """Version of simpatient."""
    about: str
    """What the human codes are, in the educator's words; may be empty."""
    digest: str
    """SHA-256 of the file of human codes."""
    rows: int
    dialogues: int
    coding: Literal["codes", "families"]
    """Whether `codes` held the codebook's codes or the seven families."""
    resamples: int
    seed: int
    elsewhere: Mapping[str, int]
    """Behaviours of other rubrics that the file rates too, each with its number of ratings; they were left out."""


@dataclass(frozen=True, kw_only=True)
class CodeFigures:
    """One code or family against the human coders."""

    name: str
    agreement: CodeAgreement
    f1: Interval

    @property
    def experimental(self) -> bool:
        """Whether agreement is too weak, or too little known, to lean on it."""
        return self.agreement.experimental


@dataclass(frozen=True, kw_only=True)
class PrimaryFigures:
    """The one family of each message against the human coders."""

    rows: int
    seven: Interval
    """Cohen's kappa over seven families."""
    four: Interval
    """Cohen's kappa over question, reflection, information or advice, other."""
    families: tuple[CodeFigures, ...]
    table: Mapping[str, Mapping[str, int]]
    """Rows are the human coders' families, columns the evaluator's."""


@dataclass(frozen=True, kw_only=True)
class BehaviourFigures:
    """One behaviour of the rubric against human ratings."""

    behaviour: str
    name: str
    compared: int
    """Messages that both rated."""
    not_rated: int
    """Messages that the human rated and the evaluator did not. Not rated is never zero."""
    kappa: Interval
    """Quadratic-weighted."""
    icc: Interval
    exact: float | None
    """Share of equal values, 0..1."""
    within_one: float | None
    """Share of values at most one apart, 0..1."""

    @property
    def experimental(self) -> bool:
        """Whether agreement is too weak, or too little known, to lean on it."""
        value = self.kappa.value
        return self.compared < ENOUGH or value is None or value < WEAK_KAPPA


@dataclass(frozen=True, kw_only=True)
class QualityFigures:
    """Whole dialogues: good practice against poor."""

    high: int
    low: int
    without_index: tuple[str, ...]
    """Dialogues in which nothing could be rated; they are left out of the figures."""
    index: Interval
    """AUC of the rated index."""
    words: Interval
    """AUC of words per learner turn alone, in the direction that does better: what any index has to beat."""
    words_direction: Literal["more", "fewer"]
    """Whether more or fewer words per turn go with good practice here."""


@dataclass(frozen=True, kw_only=True)
class Differences:
    """The worst disagreements of one kind."""

    kind: Literal["primary", "codes", "ratings"]
    rows: tuple[Disagreement, ...]


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """How an evaluator agrees with human coders; None where they said nothing of the kind."""

    source: Source
    codes: tuple[CodeFigures, ...] | None
    primary: PrimaryFigures | None
    ratings: tuple[BehaviourFigures, ...] | None
    quality: QualityFigures | None
    differences: tuple[Differences, ...]
    experimental: tuple[str, ...]
    """Codes of the codebook that agree weakly, or on too few cases; codes nobody measured are not among them."""
    not_validated: str
    """The rubric's honest sentence about its validity."""

    def record(self, *, texts: bool) -> dict[str, Any]:
        """The figures as plain data; with `texts` also what was said in the worst disagreements."""
        quality = self.quality
        record: dict[str, Any] = {
            "schema_version": 1,
            "source": dict(vars(self.source)),
            "codes": None if self.codes is None else [_code_record(code) for code in self.codes],
            "primary": None if self.primary is None else _primary_record(self.primary),
            "ratings": None if self.ratings is None else [_behaviour_record(each) for each in self.ratings],
            "session_quality": None if quality is None else _quality_record(quality),
            "experimental": list(self.experimental),
        }
        if texts:
            record["without_index"] = list(quality.without_index) if quality else []
            record["disagreements"] = {each.kind: [dict(vars(row)) for row in each.rows] for each in self.differences}
        return record


def spoken(word: str) -> str:
    """An id as words: `open_question` is "open question". Pure."""
    return word.replace("_", " ")


def _interval(interval: Interval) -> dict[str, float | None]:
    return {name: _rounded(value) for name, value in vars(interval).items()}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _code_record(figures: CodeFigures) -> dict[str, Any]:
    agreement = figures.agreement
    return {
        "code": agreement.code, "name": figures.name, "f1": _interval(figures.f1),
        "precision": _rounded(agreement.precision), "recall": _rounded(agreement.recall),
        "support": agreement.support, "found": agreement.found, "experimental": figures.experimental,
    }  # fmt: skip


def _primary_record(figures: PrimaryFigures) -> dict[str, Any]:
    return {
        "rows": figures.rows,
        "kappa_seven": _interval(figures.seven),
        "kappa_four": _interval(figures.four),
        "families": [_code_record(family) for family in figures.families],
        "confusion": figures.table,
    }


def _behaviour_record(figures: BehaviourFigures) -> dict[str, Any]:
    return {
        "behaviour": figures.behaviour, "name": figures.name, "compared": figures.compared,
        "not_rated": figures.not_rated, "weighted_kappa": _interval(figures.kappa), "icc": _interval(figures.icc),
        "exact": _rounded(figures.exact), "within_one": _rounded(figures.within_one),
        "experimental": figures.experimental,
    }  # fmt: skip


def _quality_record(figures: QualityFigures) -> dict[str, Any]:
    return {
        "high": figures.high, "low": figures.low, "without_index": len(figures.without_index),
        "auc": _interval(figures.index), "auc_words_alone": _interval(figures.words),
        "words_direction": figures.words_direction,
    }  # fmt: skip
