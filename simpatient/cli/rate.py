"""`simpatient rate`."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from simpatient.evaluation import RatedExchange
    from simpatient.evaluation.dialogues import RatedDialogue
    from simpatient.rubric import Rubric
    from simpatient.store import Store


@click.command("rate")
@click.argument("file", metavar="FILE|ID", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--evaluator", default="rapport", show_default=True, help="Rubric to rate by.")
@click.option("--exchanges", is_flag=True, help="Also print what each message earned, before its dialogue's debrief.")
@click.option("--keep", is_flag=True, help="With ID: keep the new ratings beside the old ones.")
def command(file: Path, evaluator: str, exchanges: bool, keep: bool) -> None:
    """Rate whole dialogues from FILE (JSON lines, also .gz; - is standard input), or the kept meeting ID anew.

    Each line of FILE holds "dialogue", "turn" (a number that gives the order), "patient" (the turn answered) and
    "learner". One line is printed per dialogue: its name and its debrief.
    """
    if str(file) != "-" and not file.exists() and file.name == str(file) and not file.suffix:
        from simpatient.cli.kept import say_json, with_store

        for record in with_store(lambda store: _anew(store, str(file), evaluator, exchanges=exchanges, keep=keep)):
            say_json(record)
        sys.stdout.flush()
        return
    if keep:
        raise click.UsageError("--keep goes with the ID of a kept meeting.")
    from simpatient.appraisal import RuleReader, tag_turn
    from simpatient.authoring import Library
    from simpatient.evaluation import RuleEvaluator
    from simpatient.evaluation.calibrate import weak_codes
    from simpatient.evaluation.dialogues import rate_dialogues
    from simpatient.evaluation.gold import read_dialogues
    from simpatient.rubric import load_codebook, load_rubric

    library = Library.choose()
    codebook = load_codebook(library)
    rubric = load_rubric(library, evaluator, codebook)
    weak = weak_codes(library.folder("evaluators", evaluator, "rubric.yaml"))
    turns = read_dialogues(file)
    rated = asyncio.run(rate_dialogues(turns, RuleReader(codebook), tag_turn, RuleEvaluator(rubric, codebook)))
    for dialogue in rated:
        for record in _records(dialogue, rubric, weak, exchanges=exchanges):
            sys.stdout.buffer.write((json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


async def _anew(
    store: Store, encounter: str, evaluator: str, *, exchanges: bool, keep: bool
) -> list[dict[str, object]]:
    """The ratings of a kept meeting by `evaluator`, as records."""
    from simpatient.authoring import Library
    from simpatient.encounter import Encounter
    from simpatient.encounter.debrief import events_of, rated
    from simpatient.encounter.replay import rated_anew
    from simpatient.evaluation import RuleEvaluator, roll_up
    from simpatient.evaluation.calibrate import weak_codes
    from simpatient.evaluation.dialogues import RatedDialogue
    from simpatient.rubric import load_rubric
    from simpatient.settings import Settings

    library = Library.choose(Settings().library)
    meeting = await Encounter.resume(store, encounter, library=library)
    rubric = load_rubric(library, evaluator, meeting.codebook)
    said = await rated_anew(meeting, RuleEvaluator(rubric, meeting.codebook))
    for each in said if keep else ():
        await store.add_rating(encounter, each.number, (rubric.id, rubric.version), each.record())
    weak = weak_codes(library.folder("evaluators", evaluator, "rubric.yaml"))
    held = tuple(rated(each) for each in said)
    profile = roll_up(rubric, held, events_of(meeting.memory, meeting.ended))
    dialogue = RatedDialogue(dialogue=encounter, exchanges=held, profile=profile)
    return list(_records(dialogue, rubric, weak, exchanges=exchanges))


def _records(
    dialogue: RatedDialogue, rubric: Rubric, weak: Collection[str], *, exchanges: bool
) -> Iterator[dict[str, object]]:
    from simpatient.evaluation import summary

    if exchanges:
        for exchange in dialogue.exchanges:
            yield _exchange(dialogue.dialogue, exchange, weak)
    words = summary(rubric, dialogue.profile, dialogue.exchanges)
    debrief = {
        **dialogue.profile.record(), "strengths": list(words.strengths), "change": words.change, "text": words.text,
    }  # fmt: skip
    yield {"dialogue": dialogue.dialogue, "debrief": debrief}


def _exchange(dialogue: str, exchange: RatedExchange, weak: Collection[str]) -> dict[str, object]:
    """One message, in the fields of the exchange record, each code with whether it is experimental."""
    codes = [
        {"code": span.code, "level": span.level, "quote": span.quote, "experimental": span.code in weak}
        for span in exchange.appraisal.codes
    ]
    ratings = [
        {"behaviour": r.behaviour, "value": r.value, "not_rated": r.not_rated.value if r.not_rated else None,
         "required": r.required, "quote": r.quote, "cue_quote": r.cue_quote, "why": r.why, "confidence": r.confidence}
        for r in exchange.assessment.ratings
    ]  # fmt: skip
    return {
        "dialogue": dialogue,
        "exchange": exchange.number,
        "learner": exchange.message,
        "appraisal": {
            "by": exchange.appraisal.by, "codes": codes, "off_task": list(exchange.appraisal.off_task),
        },
        "ratings": ratings,
        "harms": [
            {"code": h.code, "severity": h.severity, "quote": h.quote, "confidence": h.confidence}
            for h in exchange.assessment.harms
        ],
        "try_instead": exchange.assessment.try_instead,
    }  # fmt: skip
