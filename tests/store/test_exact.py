"""What moves in a meeting comes back from text without the least loss."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simpatient.encounter import Encounter
from simpatient.encounter.kept import Point
from simpatient.encounter.moving import Moving
from simpatient.errors import StoreError
from simpatient.patient import Memory
from simpatient.store.exact import packed, unpacked
from simpatient.words import PatientState, PatientTurn, Rendering, Rupture, RuptureCause, RuptureStyle, Stance, Tag

SHARE = st.floats(0, 1)
TEXT = st.text(max_size=12)
STATES = st.builds(
    PatientState, trust=SHARE, anxiety=SHARE, defensiveness=SHARE, hope=SHARE, openness=SHARE,
    stance=st.sampled_from(Stance), exit_pressure=st.floats(0, 9),
    rupture=st.none() | st.builds(Rupture, style=st.sampled_from(RuptureStyle), cause=st.sampled_from(RuptureCause)),
)  # fmt: skip
MEMORIES = st.builds(
    Memory, told=st.tuples(st.tuples(TEXT, st.sampled_from(Rendering))), shown=st.frozensets(TEXT), topic=st.none() | TEXT,
    planted=st.tuples(st.sampled_from(Tag)), spoken=st.tuples(st.tuples(TEXT, TEXT)), hostile=st.integers(0, 3),
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(state=STATES, memory=MEMORIES, text=TEXT)
def test_whatever_moves_comes_back_equal(state: PatientState, memory: Memory, text: str) -> None:
    """Floats to the last bit, sets as sets, enums as enums."""
    moving = Moving(state=state, memory=memory, turn=PatientTurn(text=text))
    assert unpacked(Moving, packed(moving)) == moving


async def test_a_real_meeting_comes_back_equal() -> None:
    """Every exchange of a worked dialogue, ratings included."""
    encounter = await Encounter.begin("maggie", seed=3)
    for step in encounter.patient.dialogues.steps_of("skilled"):
        await encounter.exchange(step.learner)
    for node in encounter._tree.path():
        point = Point(exchange=node.exchange, moving=node.moving)
        assert unpacked(Point, packed(point)) == point


def test_a_field_this_version_does_not_know_is_refused() -> None:
    """Losing it silently would make another meeting of it."""
    text = packed(Moving(state=start(), memory=Memory(), turn=PatientTurn(text="Hm.")))
    newer = json.loads(text)
    newer["value"]["memory"]["grudge"] = 3
    with pytest.raises(StoreError, match="another version"):
        unpacked(Moving, json.dumps(newer))


def test_a_field_that_was_not_there_yet_takes_its_default() -> None:
    """Meetings of older versions go on."""
    text = packed(Moving(state=start(), memory=Memory(), turn=PatientTurn(text="Hm.")))
    older = json.loads(text)
    del older["value"]["memory"]["hostile"]
    assert unpacked(Moving, json.dumps(older)).memory.hostile == 0


@pytest.mark.parametrize("change", [{"kind": "Memory"}, {"version": 99}, {"value": {"state": 1}}, {"value": None}])
def test_another_kind_version_or_shape_is_refused(change: dict[str, object]) -> None:
    """In words, without a traceback."""
    text = json.loads(packed(Moving(state=start(), memory=Memory(), turn=PatientTurn(text="Hm."))))
    with pytest.raises(StoreError, match="cannot be continued"):
        unpacked(Moving, json.dumps({**text, **change}))


def test_text_that_is_not_ours_is_refused() -> None:
    """Whatever stands in the column."""
    for text in ("", "null", "[]", "{}", "nonsense", '{"kind":"Moving"}'):
        with pytest.raises(StoreError):
            unpacked(Moving, text)


def test_numbers_that_only_look_right_are_refused() -> None:
    """Strict: a word is no number."""

    @dataclass(frozen=True, kw_only=True)
    class Small:
        number: int

    with pytest.raises(StoreError):
        unpacked(Small, '{"kind":"Small","version":1,"value":{"number":"3"}}')


def start() -> PatientState:
    return PatientState(trust=0.3, anxiety=0.5, defensiveness=0.4, hope=0.3, openness=0.2)
