"""An evaluator held against human codes: what `simpatient calibrate` reports.

The statistics stand in `calibration`; here the rows are read, rated, paired with what the human coders said, and the
figures put together. The same rows, seed and number of resamples give the same figures.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from typing import Any, TypeVar

from simpatient import __version__
from simpatient.appraisal import primary_of
from simpatient.errors import ConfigurationError
from simpatient.evaluation.calibration import (
    Disagreement,
    Interval,
    agreement_by_code,
    auc,
    bootstrap,
    cohen_kappa,
    confusion,
    icc_2_1,
    weighted_kappa,
    worst_disagreements,
)
from simpatient.evaluation.dialogues import DialogueTurn, Rater, Reader, Tagger, context_of, rate_dialogues
from simpatient.evaluation.figures import (
    BehaviourFigures,
    Calibration,
    CodeFigures,
    Differences,
    PrimaryFigures,
    QualityFigures,
    Source,
    spoken,
)
from simpatient.evaluation.gold import FAMILIES, Gold, GoldRow
from simpatient.evaluation.profile import RatedExchange
from simpatient.rubric import Codebook

SAVED = "calibration.json"
"""Name of the last calibration in an evaluator's folder."""
PER_KIND = 2
"""Disagreements shown of one confusion, such as advice for information."""
MOST_SHOWN = 20
"""Disagreements shown of the primary family, and of the codes."""

FOUR = {
    "open_question": "question",
    "closed_question": "question",
    "simple_reflection": "reflection",
    "complex_reflection": "reflection",
    "information": "information or advice",
    "advice": "information or advice",
    "other": "other",
}
"""The seven families as four."""

Item = TypeVar("Item")
Draw = Callable[[Sequence[Item], Callable[[Item], Hashable], Callable[[Sequence[Item]], float | None]], Interval]


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """What is held against the human coders."""

    codebook: Codebook
    reader: Reader
    tag: Tagger
    evaluator: Rater


@dataclass(frozen=True, kw_only=True)
class _Pair:
    """One row with what the evaluator made of it."""

    row: GoldRow
    codes: frozenset[str]
    """In the coding of the gold file."""
    primary: str
    ratings: Mapping[str, int | None]

    @property
    def dialogue(self) -> str:
        return self.row.turn.dialogue


async def calibrate(
    gold: Gold, instrument: Instrument, *, about: str = "", resamples: int = 1000, seed: int = 1
) -> Calibration:
    """Everything that can be said of the evaluator by these human codes."""

    def draw(
        rows: Sequence[Item], dialogue_of: Callable[[Item], Hashable], value: Callable[[Sequence[Item]], float | None]
    ) -> Interval:
        return bootstrap(rows, dialogue_of, value, times=resamples, seed=seed)

    pairs, indices = await _pairs(gold, instrument)
    rubric, book = instrument.evaluator.rubric, instrument.codebook
    behaviours = {behaviour.id: behaviour.name for behaviour in rubric.behaviours}
    coded = [pair for pair in pairs if pair.row.codes is not None]
    named = [pair for pair in pairs if pair.row.primary is not None]
    rated = [pair for pair in pairs if pair.row.ratings]
    codes = _codes(coded, book, draw, by_family=gold.by_family) if coded else None
    primary = _primary(named, draw) if named else None
    # Where `codes` repeats the families of `primary`, its disagreements would be the same rows again.
    unlike = [] if gold.by_family and named else coded
    differences = (
        Differences(kind="primary", rows=_spread([_by_primary(pair) for pair in named], seed)),
        Differences(kind="codes", rows=_spread([_by_codes(pair, codes or ()) for pair in unlike], seed)),
        Differences(kind="ratings", rows=worst_disagreements(_by_rating(rated, behaviours))),
    )
    measured = codes if codes is not None else primary.families if primary else ()
    return Calibration(
        source=Source(
            evaluator=rubric.id, name=rubric.name, rubric=rubric.version, codebook=book.version, engine=__version__,
            about=about, digest=gold.digest, rows=len(gold.rows), dialogues=len({pair.dialogue for pair in pairs}),
            coding="families" if gold.by_family else "codes", resamples=resamples, seed=seed,
            elsewhere=gold.elsewhere,
        ),
        codes=codes,
        primary=primary,
        ratings=_ratings(rated, behaviours, draw) if rated else None,
        quality=_quality(pairs, indices, draw),
        differences=tuple(each for each in differences if each.rows),
        experimental=_weak(measured, book, by_family=gold.by_family or codes is None),
        not_validated=rubric.not_validated,
    )  # fmt: skip


async def _pairs(gold: Gold, instrument: Instrument) -> tuple[list[_Pair], dict[str, float | None]]:
    """Every row with its reading, and the index of every dialogue that a row names."""
    by_dialogue: dict[str, list[GoldRow]] = defaultdict(list)
    for row in gold.rows:
        by_dialogue[row.turn.dialogue].append(row)
    pairs: list[_Pair] = []
    indices: dict[str, float | None] = {}
    for name, found in by_dialogue.items():
        rows = sorted(found, key=lambda row: row.turn.turn)
        turns = [row.turn for row in rows]
        if rows[0].alone:
            exchanges = (await _alone(turns[0], instrument),)
        else:
            (whole,) = await rate_dialogues(turns, instrument.reader, instrument.tag, instrument.evaluator)
            exchanges, indices[name] = whole.exchanges, whole.profile.index
        pairs.extend(
            _pair(row, exchange, instrument.codebook, by_family=gold.by_family)
            for row, exchange in zip(rows, exchanges, strict=True)
        )
    return pairs, indices


async def _alone(turn: DialogueTurn, instrument: Instrument) -> RatedExchange:
    """A message without its dialogue: where a patient turn stands before it, it does not open the meeting."""
    context = replace(context_of([turn], 0, instrument.tag), exchange=2 if turn.patient.strip() else 1)
    appraisal = instrument.reader.read(turn.learner, context)
    return RatedExchange(
        number=context.exchange,
        message=turn.learner,
        answers=context.turn,
        appraisal=appraisal,
        assessment=await instrument.evaluator.rate(turn.learner, context, appraisal),
    )


def _pair(row: GoldRow, exchange: RatedExchange, book: Codebook, *, by_family: bool) -> _Pair:
    codes = frozenset(exchange.appraisal.levels())
    if by_family:
        codes = frozenset(book.codes[code].primary for code in codes if code in book.codes) or frozenset({"other"})
    return _Pair(
        row=row,
        codes=codes,
        primary=primary_of(exchange.appraisal, book),
        ratings={rating.behaviour: rating.value for rating in exchange.assessment.ratings},
    )


def _codes(pairs: Sequence[_Pair], book: Codebook, draw: Draw[Any], *, by_family: bool) -> tuple[CodeFigures, ...]:
    """Figures of every code (or family) that the human coders looked for, in the order of the codebook."""
    judged = {code for pair in pairs for code in pair.row.codes or {}}
    names = {code: spoken(code) for code in FAMILIES} if by_family else {c: book.codes[c].name for c in book.codes}
    human = [_present(pair) for pair in pairs]
    machine = [pair.codes for pair in pairs]
    codes = {code: name for code, name in names.items() if code in judged}
    return _figures(codes, human, machine, [pair.dialogue for pair in pairs], draw)


def _present(pair: _Pair) -> frozenset[str]:
    return frozenset(code for code, level in (pair.row.codes or {}).items() if level != 0)


def _figures(
    codes: Mapping[str, str],
    human: Sequence[frozenset[str]],
    machine: Sequence[frozenset[str]],
    dialogues: Sequence[str],
    draw: Draw[Any],
) -> tuple[CodeFigures, ...]:
    made: list[CodeFigures] = []
    for agreement in agreement_by_code(human, machine, tuple(codes)):
        counts = _counts(agreement.code, human, machine, dialogues)
        made.append(
            CodeFigures(
                name=codes[agreement.code], agreement=agreement, f1=draw(list(counts.items()), lambda c: c[0], _f1)
            )
        )
    return tuple(made)


def _counts(
    code: str, human: Sequence[frozenset[str]], machine: Sequence[frozenset[str]], dialogues: Sequence[str]
) -> dict[str, list[int]]:
    """Per dialogue how often both saw the code, and how often either did: all that F1 needs, and quick to add up."""
    counts: dict[str, list[int]] = {dialogue: [0, 0] for dialogue in dialogues}
    for mine, theirs, dialogue in zip(human, machine, dialogues, strict=True):
        counts[dialogue][0] += code in mine and code in theirs
        counts[dialogue][1] += (code in mine) + (code in theirs)
    return counts


def _f1(counts: Sequence[tuple[str, Sequence[int]]]) -> float | None:
    seen = sum(count[1] for _, count in counts)
    return 2 * sum(count[0] for _, count in counts) / seen if seen else None


def _primary(pairs: Sequence[_Pair], draw: Draw[Any]) -> PrimaryFigures:
    labels = [(pair.dialogue, pair.row.primary or "other", pair.primary) for pair in pairs]
    grouped = [(dialogue, FOUR[human], FOUR[machine]) for dialogue, human, machine in labels]
    human, machine = [label[1] for label in labels], [label[2] for label in labels]
    return PrimaryFigures(
        rows=len(pairs),
        seven=draw(labels, lambda label: label[0], _kappa),
        four=draw(grouped, lambda label: label[0], _kappa),
        families=_figures(
            {family: spoken(family) for family in FAMILIES if family in {*human, *machine}},
            [frozenset({family}) for family in human],
            [frozenset({family}) for family in machine],
            [label[0] for label in labels],
            draw,
        ),
        table=_in_order(confusion(human, machine)),
    )


def _kappa(labels: Sequence[tuple[str, str, str]]) -> float | None:
    return cohen_kappa([label[1] for label in labels], [label[2] for label in labels])


def _in_order(table: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """The table in the order of the families instead of the alphabet."""
    order = [family for family in FAMILIES if family in table]
    return {human: {machine: table[human][machine] for machine in order} for human in order}


def _ratings(pairs: Sequence[_Pair], names: Mapping[str, str], draw: Draw[Any]) -> tuple[BehaviourFigures, ...]:
    """Figures of every behaviour that a human rated, in the order of the rubric."""
    made: list[BehaviourFigures] = []
    for behaviour, name in names.items():
        rated = [pair for pair in pairs if behaviour in (pair.row.ratings or {})]
        if not rated:
            continue
        both: list[tuple[str, int, int]] = []
        for pair in rated:
            value = pair.ratings.get(behaviour)
            if value is not None:
                both.append((pair.dialogue, (pair.row.ratings or {})[behaviour], value))
        apart = [abs(human - machine) for _, human, machine in both]
        made.append(
            BehaviourFigures(
                behaviour=behaviour,
                name=name,
                compared=len(both),
                not_rated=len(rated) - len(both),
                kappa=draw(both, lambda row: row[0], _weighted),
                icc=draw(both, lambda row: row[0], lambda rows: icc_2_1([row[1:] for row in rows])),
                exact=fmean(gap == 0 for gap in apart) if apart else None,
                within_one=fmean(gap <= 1 for gap in apart) if apart else None,
            )
        )
    return tuple(made)


def _weighted(rows: Sequence[tuple[str, int, int]]) -> float | None:
    return weighted_kappa([row[1] for row in rows], [row[2] for row in rows])


def _quality(pairs: Sequence[_Pair], indices: Mapping[str, float | None], draw: Draw[Any]) -> QualityFigures | None:
    """The index of whole dialogues, and the length of turns alone, against the human verdict; None without one."""
    verdicts = {pair.dialogue: pair.row.session_quality for pair in pairs if pair.row.session_quality is not None}
    if not verdicts:
        return None
    lengths: dict[str, list[int]] = defaultdict(list)
    for pair in pairs:
        lengths[pair.dialogue].append(len(pair.row.turn.learner.split()))
    rated = [(name, verdict, indices[name]) for name, verdict in verdicts.items() if indices.get(name) is not None]
    worded = [(name, verdict, fmean(lengths[name])) for name, verdict, _ in rated]
    more = _auc(worded)
    fewer = more is not None and more < 0.5
    if fewer:
        worded = [(name, verdict, -length) for name, verdict, length in worded]
    return QualityFigures(
        high=sum(verdict == "high" for _, verdict, _ in rated),
        low=sum(verdict == "low" for _, verdict, _ in rated),
        without_index=tuple(name for name in verdicts if indices.get(name) is None),
        index=draw(rated, lambda row: row[0], _auc),
        words=draw(worded, lambda row: row[0], _auc),
        words_direction="fewer" if fewer else "more",
    )


def _auc(rows: Sequence[tuple[str, str, float | None]]) -> float | None:
    good = [value for _, verdict, value in rows if verdict == "high" and value is not None]
    poor = [value for _, verdict, value in rows if verdict == "low" and value is not None]
    return auc(good, poor)


def _by_primary(pair: _Pair) -> Disagreement:
    human = pair.row.primary or "other"
    apart = 1.0 if FOUR[human] != FOUR[pair.primary] else 0.5
    return _difference(pair, spoken(human), spoken(pair.primary), apart if human != pair.primary else 0.0)


def _by_codes(pair: _Pair, codes: Sequence[CodeFigures]) -> Disagreement:
    """The codes that only one of the two saw; what the human coders never looked for is no disagreement."""
    judged = {code.agreement.code: code.name for code in codes}
    human, machine = _present(pair), pair.codes & set(judged)
    only = [
        ", ".join(judged[code] for code in sorted(some)) or "nothing" for some in (human - machine, machine - human)
    ]
    return _difference(pair, only[0], only[1], float(len(human ^ machine)))


def _by_rating(pairs: Sequence[_Pair], names: Mapping[str, str]) -> list[Disagreement]:
    found: list[Disagreement] = []
    for pair in pairs:
        for behaviour, value in (pair.row.ratings or {}).items():
            rated = pair.ratings.get(behaviour)
            if rated is not None and rated != value:
                apart = float(abs(value - rated))
                human, machine = (f"{names[behaviour]} {number}" for number in (value, rated))
                found.append(_difference(pair, human, machine, apart))
    return found


def _difference(pair: _Pair, human: str, machine: str, distance: float) -> Disagreement:
    turn = pair.row.turn
    return Disagreement(
        id=pair.row.id, dialogue=turn.dialogue, patient=turn.patient, learner=turn.learner,
        human=human, machine=machine, distance=distance,
    )  # fmt: skip


def _spread(rows: Sequence[Disagreement], seed: int) -> tuple[Disagreement, ...]:
    """The worst of many labels that merely differ: furthest apart first, then the commonest confusions.

    One row is drawn of each confusion before a second of any, so that the list shows what goes wrong and how.
    """
    kinds: dict[tuple[str, str], list[Disagreement]] = defaultdict(list)
    for row in rows:
        if row.distance:
            kinds[row.human, row.machine].append(row)
    chance = random.Random(seed)
    drawn: list[tuple[int, Disagreement]] = []
    for kind in sorted(kinds, key=lambda kind: (-len(kinds[kind]), kind)):
        drawn.extend(enumerate(chance.sample(kinds[kind], min(PER_KIND, len(kinds[kind])))))
    drawn.sort(key=lambda row: (-row[1].distance, row[0]))
    return tuple(row for _, row in drawn[:MOST_SHOWN])


def _weak(figures: Sequence[CodeFigures], book: Codebook, *, by_family: bool) -> tuple[str, ...]:
    """The codebook's codes that are weak, in its order; a weak family makes all its codes so."""
    weak = {each.agreement.code for each in figures if each.experimental}
    return tuple(code for code, entry in book.codes.items() if (entry.primary if by_family else code) in weak)


def save(calibration: Calibration, folder: Path) -> Path:
    """The file in the evaluator's folder that now holds the figures: no texts, no clock, the same every time.

    Raises:
        ConfigurationError: the folder cannot be written to.
    """
    path = folder / SAVED
    text = json.dumps(calibration.record(texts=False), ensure_ascii=False, indent=2)
    try:
        path.write_text(text + "\n", encoding="utf-8", newline="\n")
    except OSError as exc:
        message = f"Cannot write {path} ({exc.strerror}). Copy the evaluator into a folder of your own first."
        raise ConfigurationError(message) from None
    return path


def weak_codes(folder: Path) -> frozenset[str]:
    """Codes that the evaluator's last calibration calls experimental; none where it was never calibrated.

    A file that cannot be understood counts as no calibration: it was made by the command and can be made again.
    """
    try:
        return frozenset(str(code) for code in _saved(folder)["experimental"])
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()


def weak_behaviours(folder: Path) -> frozenset[str]:
    """Behaviours whose ratings the last calibration calls experimental, likewise."""
    try:
        return frozenset(str(each["behaviour"]) for each in _saved(folder)["ratings"] or () if each["experimental"])
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()


def _saved(folder: Path) -> Any:
    return json.loads((folder / SAVED).read_text(encoding="utf-8"))
