"""`simpatient calibrate`."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from simpatient.authoring import Library
    from simpatient.evaluation.calibration import Interval
    from simpatient.evaluation.figures import (
        BehaviourFigures,
        Calibration,
        CodeFigures,
        Differences,
        PrimaryFigures,
        QualityFigures,
        Source,
    )
    from simpatient.rubric import Codebook

SHOWN = 6
"""Disagreements of a kind in the terminal; the page and --json have more."""


@click.command("calibrate")
@click.argument("evaluator", default="rapport")
@click.option(
    "--gold", type=click.Path(path_type=Path), default=None,
    help="Human codes (JSON lines, also .gz).  [default: gold.jsonl in the evaluator's folder]",
)  # fmt: skip
@click.option("--about", default="", help="What the human codes are, in your words; shown with the figures.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of tables.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Also write a page to this file.")
@click.option("--seed", type=int, default=1, show_default=True, help="Same seed, same intervals.")
@click.option("--resamples", type=click.IntRange(0, 100_000), default=1000, show_default=True, help="0: no intervals.")
@click.option(
    "--save", "keep", is_flag=True, help="Write calibration.json (figures, no texts) into the evaluator's folder."
)
def command(
    evaluator: str,
    gold: Path | None,
    about: str,
    as_json: bool,
    html: Path | None,
    seed: int,
    resamples: int,
    keep: bool,
) -> None:
    """Hold EVALUATOR against human codes.

    Each line of the file holds "learner" and, where known, "patient", "dialogue" and "turn"; a line without
    "dialogue" stands alone. Any of these says what a human coder found: "codes" (a list, or code and level 0-3),
    "primary" (one family), "ratings" (behaviour and value 0-3), "session_quality" (high or low).
    """
    from simpatient.authoring import Library
    from simpatient.evaluation.calibrate import save

    folder = Library.choose().folder("evaluators", evaluator, "rubric.yaml")
    if gold is None and not (folder / "gold.jsonl").is_file():
        raise click.UsageError(
            f"The evaluator {evaluator} carries no gold.jsonl. Name a file of human codes with --gold."
        )
    if keep:
        _may_save(evaluator, folder, gold)
    done = asyncio.run(_calibrate(evaluator, gold or folder / "gold.jsonl", about, resamples, seed))
    if html is not None:
        _write(html, done)
    text = json.dumps(done.record(texts=True), ensure_ascii=False) if as_json else "\n".join(_lines(done))
    sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    if keep:
        click.echo(f"Saved {save(done, folder)}", err=True)


def _may_save(evaluator: str, folder: Path, gold: Path | None) -> None:
    """Nothing, when the figures belong into the folder.

    Raises:
        UsageError: the folder is one of those we ship, whose figures are those of its own human codes.
    """
    from simpatient.authoring import shipped_root

    own = folder / "gold.jsonl"
    ours = folder.resolve().is_relative_to((shipped_root() / "evaluators").resolve())
    if ours and gold is not None and gold.resolve() != own.resolve():
        raise click.UsageError(
            f"The figures in {folder} are those of the human codes shipped with it, and tell every learner which codes "
            f"are weak. To save yours, copy that folder to evaluators/{folder.name} in a library of your own and name "
            f"it: SIMPATIENT_LIBRARY=FOLDER simpatient calibrate {evaluator} ..."
        )


async def _calibrate(evaluator: str, gold: Path, about: str, resamples: int, seed: int) -> Calibration:
    from simpatient.appraisal import RuleReader, tag_turn
    from simpatient.authoring import Library
    from simpatient.evaluation import RuleEvaluator
    from simpatient.evaluation.calibrate import Instrument, calibrate
    from simpatient.evaluation.gold import read_gold
    from simpatient.rubric import load_codebook, load_rubric

    library = Library.choose()
    codebook = load_codebook(library)
    rubric = load_rubric(library, evaluator, codebook)
    instrument = Instrument(
        codebook=codebook, reader=RuleReader(codebook), tag=tag_turn, evaluator=RuleEvaluator(rubric, codebook)
    )
    rows = read_gold(gold, codebook, rubric, others=_behaviours(library, codebook))
    return await calibrate(rows, instrument, about=about, resamples=resamples, seed=seed)


def _behaviours(library: Library, codebook: Codebook) -> frozenset[str]:
    """Behaviours of all rubrics of the library that can be read."""
    from simpatient.errors import ContentError
    from simpatient.rubric import load_rubric

    found: set[str] = set()
    for name in library.ids("evaluators", "rubric.yaml"):
        try:
            found.update(each.id for each in load_rubric(library, name, codebook).behaviours)
        except ContentError:
            continue
    return frozenset(found)


def _write(html: Path, done: Calibration) -> None:
    from simpatient.errors import ConfigurationError
    from simpatient.evaluation.calibration_page import page

    try:
        html.write_text(page(done), encoding="utf-8", newline="\n")
    except OSError as exc:
        message = f"Cannot write {html} ({exc.strerror})."
        raise ConfigurationError(message) from None


def _lines(done: Calibration) -> Iterator[str]:
    yield from _source(done.source)
    if done.primary is not None:
        yield from _primary(done.primary)
    if done.codes is not None:
        yield ""
        yield from _codes("Codes", done.codes)
    if done.ratings is not None:
        yield from _ratings(done.ratings)
    if done.quality is not None:
        yield from _quality(done.quality)
    for each in done.differences:
        yield from _differences(each)
    yield ""
    if done.experimental:
        yield f"Experimental codes (weak agreement, or too few human cases): {', '.join(done.experimental)}."
    yield "Agreement is not validity: it says how often evaluator and coders saw the same, not that either is right."
    yield done.not_validated


def _source(source: Source) -> Iterator[str]:
    yield f"{source.name} {source.rubric}, codebook {source.codebook}, simpatient {source.engine}"
    about = f"{source.about}; " if source.about else ""
    plural = "rows" if source.rows != 1 else "row"
    dialogues = f"{source.dialogues} dialogue{'s' if source.dialogues != 1 else ''}"
    yield f"Human codes: {about}{source.rows} {plural}, {dialogues}, sha256 {source.digest[:12]}"
    if source.elsewhere:
        named = ", ".join(f"{name} ({count})" for name, count in source.elsewhere.items())
        yield f"Left out, ratings of behaviours of other rubrics: {named}"
    if source.resamples:
        yield f"[95 % intervals: {source.resamples} resamples of whole dialogues, seed {source.seed}]"


def _primary(figures: PrimaryFigures) -> Iterator[str]:
    yield ""
    yield f"Primary family, {figures.rows} rows"
    yield f"  Cohen's kappa, four families   {_ranged(figures.four)}"
    yield f"  Cohen's kappa, seven families  {_ranged(figures.seven)}"
    yield from _codes("Family", figures.families)
    yield "Confusion (rows: human coders, columns: evaluator)"
    yield f"{'':<20}" + "".join(f"{_initials(family):>7}" for family in figures.table)
    for human, row in figures.table.items():
        yield f"  {_words(human):<18}" + "".join(f"{count:>7}" for count in row.values())


def _codes(title: str, figures: Sequence[CodeFigures]) -> Iterator[str]:
    yield f"{title:<34} {'F1':<20} {'precision':>9} {'recall':>7} {'human':>6} {'found':>6}"
    for each in figures:
        seen = each.agreement
        mark = "  experimental" if each.experimental else ""
        yield (
            f"  {each.name:<32} {_ranged(each.f1):<20} {_number(seen.precision):>9} {_number(seen.recall):>7} "
            f"{seen.support:>6} {seen.found:>6}{mark}"
        )


def _ratings(figures: Sequence[BehaviourFigures]) -> Iterator[str]:
    yield ""
    yield f"{'Ratings 0-3':<34} {'weighted kappa':<20} {'ICC(2,1)':<20} {'exact':>6} {'±1':>6} {'both':>5} {'left out':>8}"
    for each in figures:
        mark = "  experimental" if each.experimental else ""
        yield (
            f"  {each.name:<32} {_ranged(each.kappa):<20} {_ranged(each.icc):<20} {_number(each.exact):>6} "
            f"{_number(each.within_one):>6} {each.compared:>5} {each.not_rated:>8}{mark}"
        )


def _quality(figures: QualityFigures) -> Iterator[str]:
    yield ""
    yield f"Session quality: {figures.high} good and {figures.low} poor dialogues"
    yield f"  AUC of {'the index':<28} {_ranged(figures.index)}"
    yield f"  AUC of {f'{figures.words_direction} words per turn alone':<28} {_ranged(figures.words)}"
    if figures.without_index:
        yield f"  Without an index, left out: {', '.join(figures.without_index)}"


def _differences(each: Differences) -> Iterator[str]:
    yield ""
    yield f"Worst disagreements: {each.kind}"
    for row in each.rows[:SHOWN]:
        yield f"  {row.id}: coders {row.human}; evaluator {row.machine}"
        if row.patient:
            yield f"    patient: {_short(row.patient)}"
        yield f"    learner: {_short(row.learner)}"


def _ranged(interval: Interval) -> str:
    if interval.low is None or interval.high is None:
        return _number(interval.value)
    return f"{_number(interval.value)} [{_number(interval.low)}, {_number(interval.high)}]"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{round(value, 2) + 0.0:.2f}"


def _words(word: str) -> str:
    return word.replace("_", " ")


def _initials(family: str) -> str:
    """Six letters over a narrow column: `open_question` is "open q"."""
    first, _, second = family.partition("_")
    return f"{first[:4]} {second[:1]}" if second else first[:6]


def _short(text: str, most: int = 96) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
