"""What is recorded can be replayed, and a replay that breaks off is nobody's success."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

from simpatient.llm import Completion, Request
from simpatient.suite.journal import Journal
from simpatient.suite.junit import write_junit
from simpatient.suite.load import Loaded, Shelf
from simpatient.suite.published import read_run, write_json
from simpatient.suite.service import Service, Tape
from simpatient.suite.telling import line_of
from simpatient.suite.verdict import Verdict
from tests.suite.test_run import TWO, Says, run, words

Written = Callable[[str], Loaded]
NAMES = {"voice": "test:says"}


def test_a_replay_that_breaks_off_is_undecided_wherever_it_is_told(
    written: Written, shelf: Shelf, tmp_path: Path
) -> None:
    """Line, group, JSON, JUnit; and it is held again when the run is taken up."""
    tape = Tape.recording(tmp_path / "tape", NAMES)
    run(written(TWO), shelf, tmp_path / "j", Service(voice=Says(words), tape=tape))
    (tmp_path / "tape" / "s_b" / "1-voice.json").write_text("{", encoding="utf-8")
    (tmp_path / "tape" / "s_a" / "2-voice.json").unlink()
    replay = Service(tape=Tape.replaying(tmp_path / "tape"))
    summary, told = run(written(TWO), shelf, tmp_path / "k", replay)
    assert summary.exit_code == 2
    told.sort(key=lambda held: held.key)
    assert [held.verdict for held in told] == [Verdict.UNDECIDED, Verdict.UNDECIDED]
    assert [line_of(held).split()[0] for held in told] == ["undecided", "undecided"]
    assert "2-voice.json does not exist" in told[0].error
    assert "1-voice.json is not a recording" in told[1].error
    assert "Error" not in told[1].error
    with Journal(tmp_path / "k", resume=True) as journal:
        write_json(tmp_path / "r.json", summary, journal, NAMES)
        write_junit(tmp_path / "j.xml", summary, journal)
    assert {held.verdict for held in read_run(tmp_path / "r.json").values()} == {Verdict.UNDECIDED}
    errors = list(ET.parse(tmp_path / "j.xml").iter("error"))
    assert len(errors) == 2
    assert "MET" not in str(errors[0].get("message"))
    assert "no call was recorded for turn '2-voice'" in str(errors[0].get("message"))
    again, _ = run(written(TWO), shelf, tmp_path / "k", replay, resume=True)
    assert again.taken_up == 0


def test_what_was_unmet_before_it_broke_off_decides_nothing(written: Written, shelf: Shelf, tmp_path: Path) -> None:
    """The words it was unmet by may be the wrong ones; the finding is still told."""
    text = TWO.replace('"Hello Andrew.", "How', '{learner: "Hello Andrew.", expect: {rupture: true}}, "How')
    tape = Tape.recording(tmp_path / "tape", NAMES)
    run(written(text), shelf, tmp_path / "j", Service(voice=Says(words), tape=tape))
    (tmp_path / "tape" / "s_a" / "2-voice.json").unlink()
    _, told = run(written(text), shelf, tmp_path / "k", Service(tape=Tape.replaying(tmp_path / "tape")))
    assert told[0].verdict is Verdict.UNDECIDED
    assert [check.finding.verdict for check in told[0].failures] == [Verdict.UNMET]


def test_a_reply_that_was_refused_and_asked_for_again_can_be_replayed(
    written: Written, shelf: Shelf, tmp_path: Path
) -> None:
    """Both calls are kept, and the replay is the same word for word and call for call."""

    def first_out_of_role(request: Request, number: int) -> Completion:
        if not request.turn.endswith("-again"):
            text = "As an AI language model I have no bus. I cannot be him."
            return Completion(text=text, prompt_tokens=50, answer_tokens=20)
        return words(request, number)

    tape = Tape.recording(tmp_path / "tape", NAMES)
    summary, first = run(written(TWO), shelf, tmp_path / "j", Service(voice=Says(first_out_of_role), tape=tape))
    kept = {path.name for path in (tmp_path / "tape" / "s_a").iterdir()}
    assert kept == {"1-voice.json", "1-voice-again.json", "2-voice.json", "2-voice-again.json"}
    whole = json.loads((tmp_path / "tape" / "s_a" / "1-voice.json").read_text(encoding="utf-8"))
    assert whole["completion"]["text"].endswith("I cannot be him.")
    again, second = run(written(TWO), shelf, tmp_path / "k", Service(tape=Tape.replaying(tmp_path / "tape")))
    assert again.exit_code == 0
    assert [h.meetings[0].exchanges[0]["reply"] for h in second] == [h.meetings[0].exchanges[0]["reply"] for h in first]
    assert (again.calls, again.tokens) == (summary.calls, summary.tokens)
