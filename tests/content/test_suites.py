"""Lists written for judging, never for fitting: near misses, crisis, varieties of English, gaming.

Figures asked for are those of the specification (clinical sections 3.11, 5.1, 5.5 and 5.7).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from simpatient.appraisal import RuleReader, stops_play, tag_turn
from simpatient.authoring import Library
from simpatient.encounter import Encounter, UnusableMessage
from simpatient.rubric import Codebook, load_codebook
from simpatient.suite.load import Shelf, load_suite
from simpatient.words import Appraisal, Context, PatientTurn

VARIETIES = ("aae", "indian", "learner", "nopunct", "dictated")


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook(Library.choose())


@pytest.fixture(scope="module")
def reader(codebook: Codebook) -> RuleReader:
    return RuleReader(codebook)


def rows(checkout: Path, name: str) -> list[dict[str, Any]]:
    text = (checkout / "suites" / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def read(reader: RuleReader, patient: str, learner: str) -> Appraisal:
    turn = PatientTurn(text=patient, opportunities=tag_turn(patient))
    return reader.read(learner, Context(turn=turn, said=(patient,) if patient else (), exchange=3 if patient else 1))


def levels_of_near(reader: RuleReader, found: list[dict[str, Any]]) -> list[tuple[dict[str, Any], int]]:
    """Each row with the level at which the code it is about was read."""
    by_id = {row["id"]: row for row in found}
    heard = []
    for row in found:
        source = by_id[row["of"]] if row["kind"] == "paraphrase" else row
        level = read(reader, row.get("patient") or source["patient"], row["learner"]).level_of(source["code"])
        heard.append(({**source, **row, "level": source.get("level", 0)}, level))
    return heard


def test_near_misses_earn_next_to_nothing_and_lookalikes_are_no_harm(reader: RuleReader, checkout: Path) -> None:
    """Near lines read at most 1 on what they imitate (95 %), lookalikes never as the harm."""
    heard = levels_of_near(reader, rows(checkout, "near"))
    near = [level <= row["most"] for row, level in heard if row["kind"] == "near"]
    assert fmean(near) >= 0.95
    assert not [row["learner"] for row, level in heard if row["kind"] == "not_this" and level > row["most"]]


def test_rewordings_of_good_lines_are_read_within_one_level(reader: RuleReader, checkout: Path) -> None:
    """At least 85 % of held-out rewordings in many Englishes."""
    heard = levels_of_near(reader, rows(checkout, "near"))
    close = [abs(level - row["level"]) <= 1 for row, level in heard if row["kind"] == "paraphrase"]
    assert fmean(close) >= 0.85


def test_a_learner_s_own_crisis_stops_play_and_nothing_else_does(checkout: Path) -> None:
    """At least 95 % of crises; no question to the patient, idiom or reflection."""
    counts = Counter((row["stop"], stops_play(row["text"])) for row in rows(checkout, "crisis"))
    assert counts[True, True] / (counts[True, True] + counts[True, False]) >= 0.95
    assert counts[False, True] == 0


def test_asking_about_suicide_is_never_a_harm(reader: RuleReader, codebook: Codebook, checkout: Path) -> None:
    """Whatever else a question to the patient about suicide is, it harms nobody."""
    asked = [row for row in rows(checkout, "crisis") if "question" in row["kind"]]
    assert asked
    flagged = [
        r["text"] for r in asked if codebook.harms & read(reader, r.get("patient", ""), r["text"]).levels().keys()
    ]
    assert not flagged


def test_the_variety_of_english_does_not_move_the_level(reader: RuleReader, checkout: Path) -> None:
    """Mean difference from standard English below .15 on 0 to 3, for each variety."""
    apart: dict[str, list[int]] = defaultdict(list)
    for row in rows(checkout, "fairness"):
        levels = {v: read(reader, row["patient"], text).levels() for v, text in row["versions"].items()}
        for variety in VARIETIES:
            apart[variety] += [levels[variety].get(c, 0) - levels["standard"].get(c, 0) for c in row["codes"]]
    assert all(abs(fmean(found)) < 0.15 for found in apart.values()), {v: fmean(f) for v, f in apart.items()}


def test_the_variety_of_english_does_not_move_the_harm_flags(
    reader: RuleReader, codebook: Codebook, checkout: Path
) -> None:
    """As many utterances are flagged in each variety as in standard English, within two of sixty."""
    flagged: Counter[str] = Counter()
    for row in rows(checkout, "fairness"):
        for variety, text in row["versions"].items():
            flagged[variety] += bool(codebook.harms & read(reader, row["patient"], text).levels().keys())
    assert all(abs(flagged[v] - flagged["standard"]) <= 2 for v in VARIETIES), flagged


@pytest.mark.parametrize("name", ["andrew", "maggie", "dewi"])
async def test_gaming_gains_no_trust(name: str, checkout: Path) -> None:
    """Stuffing, pasting, flooding, acting, flattery, injection: trust ends not above its start, never .04 above."""
    gained = []
    for case in load_suite(checkout / "suites" / "gaming.dialogues.yaml", Shelf()).suite.cases:
        encounter = await Encounter.begin(name)
        start = peak = encounter.state.trust
        for step in case.steps:
            if encounter.ended:
                break
            try:
                await encounter.exchange(step.learner or "", practice=True)
            except UnusableMessage:
                continue
            peak = max(peak, encounter.state.trust)
        if encounter.state.trust > start + 1e-9 or peak > start + 0.04:
            gained.append((case.case, case.tags, round(encounter.state.trust - start, 3), round(peak - start, 3)))
    assert not gained


@pytest.mark.parametrize("name", ["andrew", "maggie", "dewi", "maggie_second"])
async def test_worked_dialogues_typed_as_plain_text_end_in_their_stance(name: str) -> None:
    """T1 to T7 without their codes."""
    first = await Encounter.begin(name)
    ends = {}
    for dialogue in first.patient.dialogues.dialogues:
        encounter = await Encounter.begin(name)
        for step in first.patient.dialogues.steps_of(dialogue.id):
            if encounter.ended is None:
                await encounter.exchange(step.learner, practice=True)
        ends[dialogue.id] = encounter.state.stance.word
    assert ends == {dialogue.id: dialogue.ends for dialogue in first.patient.dialogues.dialogues}
