"""Patients are judged side by side, and nobody can tell from what is said."""

from __future__ import annotations

import os
import threading

import pytest

from simpatient.authoring import Library
from simpatient.workshop.check import check
from simpatient.workshop.check import colleague as room
from simpatient.workshop.check.side_by_side import side_by_side
from simpatient.workshop.new import Answers, begin_persona


def test_results_come_in_the_order_of_the_things():
    """However many processors there are."""
    assert side_by_side(lambda number: number * number, range(9)) == [number * number for number in range(9)]


def test_what_a_child_does_not_bring_is_done_here():
    """A child that dies or fails costs time, never a finding."""
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != here:
            raise MemoryError
        return -number

    assert side_by_side(work, range(6)) == [0, -1, -2, -3, -4, -5]


def test_an_error_in_the_work_is_the_callers_to_see():
    """It is not swallowed by a child."""
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda number: 1 // (number - 5), range(6))


def test_with_another_thread_about_nothing_is_forked():
    """A fork would be half a process."""
    gone = threading.Event()
    other = threading.Thread(target=gone.wait)
    other.start()
    try:
        assert side_by_side(lambda _: os.getpid(), range(6)) == [os.getpid()] * 6
    finally:
        gone.set()
        other.join()


def test_a_library_read_side_by_side_gets_the_findings_it_gets_one_by_one(tmp_path, monkeypatch):
    """The same, in the same order, also where a patient cannot be played with."""
    for name in ("ada", "bea", "cleo", "dan", "ed"):
        begin_persona(Answers(name=name), tmp_path / "personas")
    broken = tmp_path / "personas" / "dan" / "persona.yaml"
    broken.write_text(broken.read_text(encoding="utf-8").replace("topic: privacy", "topic: pryvacy"), encoding="utf-8")
    together = check([tmp_path / "personas"], Library.choose())
    monkeypatch.setattr(room, "side_by_side", lambda work, things: [work(thing) for thing in things])
    alone = check([tmp_path / "personas"], Library.choose())
    assert together.findings == alone.findings
    assert {"SP013", "SP137", "SP171"} <= {one.code for one in together.findings}
