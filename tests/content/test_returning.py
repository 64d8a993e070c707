"""Every shipped patient has words for meeting again and for parting, and gives nothing away with them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from simpatient.authoring import Library
from simpatient.patient import Memory
from simpatient.patient.returning import chosen
from simpatient.persona import Patient, load_patient, persona_ids
from simpatient.rubric import load_codebook
from simpatient.words import Occasion, Rendering, Stance

LIBRARY = Library.choose()
PATIENTS = {name: load_patient(LIBRARY, name, load_codebook(LIBRARY).codes) for name in persona_ids(LIBRARY)}
SPEAKING = (Stance.GUARDED, Stance.TESTING, Stance.WARMING, Stance.OPEN, Stance.COLLABORATING)
STRAINED = (Stance.RUPTURED, Stance.GUARDED, Stance.TESTING)
WHEN_STRAINED = (Occasion.AGAIN_LET_DOWN, Occasion.AGAIN_STRAINED)
OF_A_KIND = (Occasion.FEEDBACK, Occasion.FEEDBACK_ACTED_ON, Occasion.FEEDBACK_IGNORED, Occasion.EVENT)
"""Occasions that have lines only for what they are about."""
returning = pytest.mark.parametrize(
    "patient", [p for p in PATIENTS.values() if p.returning.lines], ids=lambda p: p.persona.id
)


@returning
def test_there_are_words_for_every_occasion_at_every_rung(patient: Patient) -> None:
    """At least sixty lines; none of the occasions falls silent."""
    assert len(patient.returning.lines) >= 60
    missing = [
        (occasion.value, stance.word)
        for occasion in Occasion
        if occasion not in OF_A_KIND
        for stance in (STRAINED[1:] if occasion in WHEN_STRAINED else SPEAKING)
        if chosen(patient, occasion, stance, Memory(meeting=2), (1,), about="ask and tell me") is None
    ]
    assert not missing


@returning
def test_everything_that_can_happen_between_meetings_can_be_told(patient: Patient) -> None:
    """At every rung, once the fact it needs is told."""
    none = Memory(meeting=2)
    known = replace(none, told=tuple((fact.id, Rendering.FULL) for fact in patient.persona.facts))
    assert patient.persona.between
    for event in patient.persona.between:
        for stance in SPEAKING:
            line = chosen(patient, Occasion.EVENT, stance, known, (1,), event.id)
            assert line is not None, (event.id, stance)
            assert line.which == event.id
            if event.needs:
                assert line.needs == event.needs
                assert chosen(patient, Occasion.EVENT, stance, none, (1,), event.id) is None


@returning
def test_no_line_of_a_later_meeting_holds_a_marker_of_a_fact_it_does_not_need(patient: Patient) -> None:
    """Lines that touch a fact carry `needs`, whether the fact is guarded or not."""
    found = [
        (fact.id, marker, text)
        for fact in patient.persona.facts
        for marker in fact.markers
        for line in patient.returning.lines
        if line.needs is None
        for text in (line.say, *line.more)
        if re.search(rf"(?<!\w){re.escape(marker.lower())}(?!\w)", text.lower())
    ]
    later = patient.returning.later
    assert later is not None
    briefing = f"{later.setting} {later.known} {later.task}".lower()
    assert not found
    assert not [m for fact in patient.persona.facts if fact.guarded for m in fact.markers if m.lower() in briefing]


@returning
def test_lines_of_one_occasion_do_not_repeat_each_other(patient: Patient) -> None:
    """Each is said by this person only, and only once."""
    said = [line.say for line in patient.returning.lines]
    assert len(said) == len(set(said))
    others = {line.say for line in patient.lines.lines}
    assert not others & set(said)
