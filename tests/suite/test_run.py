"""Many conversations: rates, budgets, services that fail, runs that are killed and go on, recordings."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import random
import subprocess
import sys
import time
import tracemalloc
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from simpatient.errors import ConfigurationError
from simpatient.llm import Completion, Failure, GullibleModel, Patience, Piece, Request, ServiceFailed
from simpatient.suite.cases import Choice
from simpatient.suite.held import Held
from simpatient.suite.journal import Journal
from simpatient.suite.load import Loaded, Shelf
from simpatient.suite.run import Options, Summary, estimate, run_suites
from simpatient.suite.schema import Case, Suite
from simpatient.suite.service import InFlight, Service, Tape
from simpatient.suite.verdict import Verdict, at_least

KILLS = min(20, int(os.environ.get("SIMPATIENT_KILLS", "3")))
Written = Callable[[str], Loaded]

TWO = """\
suite: s
persona: andrew
cases:
  - {case: a, tags: smoke, steps: ["Hello Andrew.", "How have you been?"], throughout: {harms: none}}
  - {case: b, steps: ["Hello Andrew.", {learner: "Sit down.", expect: {rupture: false}}]}
"""


def run(
    loaded: Loaded,
    shelf: Shelf,
    journal: Path,
    service: Service | None = None,
    options: Options | None = None,
    *,
    resume: bool = False,
) -> tuple[Summary, list[Held]]:
    """The whole run, and each conversation as it was told."""
    told: list[Held] = []
    with Journal(journal, resume=resume) as kept:
        going = run_suites([loaded], shelf, service or Service(), kept, options or Options(), told.append)
        return asyncio.run(going), told


class Says:
    """A chat model of a few lines: answers so, after a while, and remembers how many it was asked at once."""

    def __init__(self, answer: Callable[[Request, int], Completion | ServiceFailed], *, wait: float = 0.0) -> None:
        self.answer, self.wait = answer, wait
        self.asked = self.now = self.most = 0

    name, place = "test:says", "test.example"

    async def complete(self, request: Request) -> Completion:
        self.asked += 1
        number = self.asked
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await asyncio.sleep(self.wait)
            found = self.answer(request, number)
        finally:
            self.now -= 1
        if isinstance(found, ServiceFailed):
            raise found
        return found

    async def stream(self, request: Request) -> AsyncIterator[Piece]:
        yield await self.complete(request)


def words(request: Request, number: int) -> Completion:
    """A reply that a patient may give, another one each time."""
    del request
    text = f"I suppose it was number {number * 7919 % 1000} again, on the bus."
    return Completion(text=text, prompt_tokens=100, answer_tokens=10)


def test_at_least_so_many_whatever_the_undecided_would_have_been() -> None:
    """Met when enough are met, unmet when too many are not, undecided when it hangs on the undecided."""
    met, unmet, open_ = Verdict.MET, Verdict.UNMET, Verdict.UNDECIDED
    assert at_least(2, [met, open_, met]) is met
    assert at_least(2, [unmet, unmet, open_]) is unmet
    assert at_least(2, [met, unmet, open_]) is open_


def test_a_run_says_what_was_met_and_how_often(written: Written, shelf: Shelf, tmp_path: Path) -> None:
    """Repeats take one seed after the other, and a rate keeps its share."""
    loaded = written(TWO.replace("case: a,", "case: a, pass: 1 of 2,"))
    summary, told = run(loaded, shelf, tmp_path / "j", options=Options(choice=Choice(repeat=3, seed=5)))
    assert summary.exit_code == 0
    assert [held.key for held in told] == [f"s/{case}#{number}" for case in "ab" for number in (1, 2, 3)]
    assert [held.seed for held in told] == [5, 6, 7, 5, 6, 7]
    assert [str(group.rate) for group in summary.groups.values()] == ["2 of 3", "3 of 3"]


def test_only_the_chosen_cases_are_held(written: Written, shelf: Shelf, tmp_path: Path) -> None:
    """By tag, or by a glob on the name."""
    for pattern, keys in (("smoke", ["s/a"]), ("b*", ["s/b"]), ("s/*", ["s/a", "s/b"]), ("other", [])):
        options = Options(choice=Choice(pattern=(pattern,)))
        assert [held.key for held in run(written(TWO), shelf, tmp_path / "j", options=options)[1]] == keys


def test_the_same_run_again_is_the_same(written: Written, shelf: Shelf, tmp_path: Path) -> None:
    """Word for word, in every number; only seconds are the clock's."""
    first, second = (run(written(TWO), shelf, tmp_path / "j")[1] for _ in range(2))
    assert [replace(each, seconds=0.0) for each in first] == [replace(each, seconds=0.0) for each in second]


def test_a_resumed_run_holds_only_what_is_missing_or_changed(written: Written, shelf: Shelf, tmp_path: Path) -> None:
    """A changed case is held anew, an unchanged one never."""
    journal = tmp_path / "j"
    run(written(TWO), shelf, journal, options=Options(choice=Choice(pattern=("a",))))
    summary, _ = run(written(TWO), shelf, journal, resume=True)
    assert (summary.taken_up, len(summary.keys)) == (1, 2)
    summary, _ = run(written(TWO.replace("Sit down.", "Do sit.")), shelf, journal, resume=True)
    assert summary.taken_up == 1


def test_half_a_line_at_the_end_of_a_journal_is_dropped(written: Written, shelf: Shelf, tmp_path: Path) -> None:
    """As a killed process leaves it; what stands before it counts."""
    journal = tmp_path / "j"
    run(written(TWO), shelf, journal)
    whole = journal.read_bytes()
    journal.write_bytes(whole[:-20])
    summary, _ = run(written(TWO), shelf, journal, resume=True)
    assert summary.taken_up == 1
    assert len(journal.read_bytes().splitlines()) == len(whole.splitlines())


def test_a_file_that_is_no_journal_is_left_as_it_is(tmp_path: Path) -> None:
    """And so is one that another run writes."""
    path = tmp_path / "notes.txt"
    path.write_text("dear diary\n")
    for resume in (True, False):
        with pytest.raises(ConfigurationError, match="no journal"):
            Journal(path, resume=resume)
    assert path.read_text() == "dear diary\n"
    with Journal(tmp_path / "j", resume=False), pytest.raises(ConfigurationError, match="Another run"):
        Journal(tmp_path / "j", resume=False)


PROGRAM = """
import asyncio, sys
from pathlib import Path
from simpatient.suite.cases import Choice
from simpatient.suite.journal import Journal
from simpatient.suite.load import Shelf, load_suite
from simpatient.suite.run import Options, run_suites
from simpatient.suite.service import Service

shelf = Shelf()
loaded = load_suite(Path(sys.argv[1]), shelf)
def tell(held):
    print(held.key, flush=True)
with Journal(Path(sys.argv[2]), resume=True) as journal:
    print("ready", flush=True)
    summary = asyncio.run(run_suites([loaded], shelf, Service(), journal, Options(choice=Choice(repeat=60)), tell))
print("taken up", summary.taken_up, flush=True)
"""


@pytest.mark.slow
def test_a_run_killed_at_random_moments_loses_nothing_and_repeats_nothing(
    written: Written, shelf: Shelf, tmp_path: Path
) -> None:
    """No case lost, none held twice, the same report. SIMPATIENT_KILLS=20 for the long run."""
    written(TWO)
    path, journal, chance = tmp_path / "a.dialogues.yaml", tmp_path / "j", random.Random(7)
    for _ in range(KILLS):
        victim = subprocess.Popen([sys.executable, "-c", PROGRAM, str(path), str(journal)], stdout=subprocess.PIPE)
        assert victim.stdout is not None
        assert victim.stdout.readline() == b"ready\n"
        for _ in range(chance.randrange(1, 20)):  # so many more, or as many as there are left
            if not victim.stdout.readline().startswith(b"s/"):
                break
        time.sleep(chance.uniform(0.0, 0.02))
        victim.kill()
        victim.wait()
    loaded = written(TWO)
    options = Options(choice=Choice(repeat=60))
    summary, told = run(loaded, shelf, journal, options=options, resume=True)
    keys = [json.loads(line)["key"] for line in journal.read_bytes().splitlines()[1:]]
    assert len(keys) == len(set(keys)) == 120
    assert summary.taken_up > 0
    _, unbroken = run(loaded, shelf, tmp_path / "other", options=options)
    assert [replace(e, seconds=0.0) for e in told] == [replace(e, seconds=0.0) for e in unbroken]


@pytest.mark.slow
def test_memory_does_not_grow_with_finished_cases(shelf: Shelf, tmp_path: Path, written: Written) -> None:
    """What is kept of a conversation is a name and a verdict: ten times as many take nearly the same."""
    loaded = written(TWO)

    def kept(times: int) -> int:
        cases = tuple(Case(case=f"c{n}", steps=loaded.suite.cases[0].steps) for n in range(times))
        many = Loaded(suite=Suite(suite="s", persona="andrew", cases=cases), path="")
        gc.collect()
        tracemalloc.start()
        with Journal(tmp_path / "j", resume=False) as journal:
            summary = asyncio.run(run_suites([many], shelf, Service(), journal, Options(), lambda _: None))
            gc.collect()
            now, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(summary.keys) == times
        return now

    kept(10)
    few, many = kept(10), kept(60)
    assert (many - few) / 50 < 1500
    assert (tmp_path / "j").stat().st_size / 60 > 3000


def test_calls_are_counted_before_and_after(written: Written, shelf: Shelf, tmp_path: Path) -> None:
    """The estimate is what a run takes when nothing fails; tokens and money are told where they are known."""
    loaded = written(TWO + "prices: {'test:says': {prompt: 1000, answer: 10000}}\n")
    model = Says(words)
    service = Service(voice=model)
    told = estimate([loaded], shelf, service, Choice())
    assert (told.conversations, told.exchanges, told.calls["voice"], told.all_calls) == (2, 4, 4, 4)
    summary, _ = run(loaded, shelf, tmp_path / "j", service)
    assert (summary.calls, model.asked, summary.tokens) == (4, 4, 440)
    assert summary.cost == pytest.approx(4 * (100 * 0.001 + 10 * 0.01))


def test_a_budget_keeps_what_does_not_fit_from_beginning(written: Written, shelf: Shelf, tmp_path: Path) -> None:
    """It is undecided with the reason; a later run with more takes up the rest."""
    loaded, service = written(TWO), Service(voice=Says(words))
    summary, told = run(loaded, shelf, tmp_path / "j", service, Options(budget=3, jobs=1))
    assert summary.exit_code == 3
    assert [held.verdict for held in told] == [Verdict.MET, Verdict.UNDECIDED]
    assert "budget of 3" in told[1].error
    summary, _ = run(loaded, shelf, tmp_path / "j", service, Options(budget=9), resume=True)
    assert (summary.taken_up, summary.exit_code) == (1, 0)


def refused_first(request: Request, number: int) -> Completion:
    """A reply that no patient gives, and on being asked again one that may be said."""
    if request.turn.endswith("-again"):
        return words(request, number)
    return Completion(text="As an AI language model I have no bus.", prompt_tokens=50, answer_tokens=20)


def test_no_more_calls_are_made_than_the_budget_has_whatever_has_to_be_asked_again(
    written: Written, shelf: Shelf, tmp_path: Path
) -> None:
    """Replies refused and services that fail count too; a conversation cut short by it is undecided and says so."""
    many = TWO + "".join(f"  - {{case: c{n}, steps: [Hello, Well?], finally: {{rupture: false}}}}\n" for n in range(5))
    model = Says(refused_first, wait=0.001)
    summary, told = run(written(many), shelf, tmp_path / "j", Service(voice=model), Options(budget=7, jobs=3))
    assert summary.exit_code == 3
    assert summary.calls == model.asked == 7
    assert summary.count(Verdict.MET) == 1  # not two side by side, both of which would have been cut short
    cut = [c.finding.found for held in told for c in held.checks if c.finding.verdict is Verdict.UNDECIDED]
    assert all("the budget of 7 calls is used up" in found for found in cut)
    assert cut

    failing = Says(lambda *_: ServiceFailed(Failure.DOWN))
    patient = Service(voice=Patience(failing, first_wait=0.001))
    run(written(many), shelf, tmp_path / "k", patient, Options(budget=4, jobs=1))
    assert failing.asked == 4


def test_the_estimate_says_how_many_calls_it_is_when_every_answer_is_asked_for_twice(
    written: Written, shelf: Shelf, tmp_path: Path
) -> None:
    """And that is what such a run takes."""
    model = Says(refused_first)
    told = estimate([written(TWO)], shelf, Service(voice=model), Choice())
    summary, _ = run(written(TWO), shelf, tmp_path / "j", Service(voice=model))
    assert summary.calls == model.asked == told.all_answers == 8


def test_a_service_that_fails_decides_nothing(written: Written, shelf: Shelf, tmp_path: Path) -> None:
    """Not that something was unmet, and not that anything was met; after a few in a row the rest is not begun."""
    many = TWO + "".join(f"  - {{case: c{n}, steps: [Hello], finally: {{rupture: false}}}}\n" for n in range(5))
    model = Says(lambda *_: ServiceFailed(Failure.DOWN))
    summary, told = run(written(many), shelf, tmp_path / "j", Service(voice=model), Options(jobs=1))
    assert summary.exit_code == 3
    assert {held.verdict for held in told} == {Verdict.UNDECIDED}
    assert summary.count(Verdict.UNDECIDED) == 7
    assert len(summary.not_begun) == 4
    assert model.asked <= 6


def test_what_a_failed_service_left_undecided_is_held_again(written: Written, shelf: Shelf, tmp_path: Path) -> None:
    """A resumed run is there for that."""
    loaded = written(TWO)
    run(loaded, shelf, tmp_path / "j", Service(voice=Says(lambda *_: ServiceFailed(Failure.DOWN))))
    summary, _ = run(loaded, shelf, tmp_path / "j", Service(voice=Says(words)), resume=True)
    assert (summary.taken_up, summary.exit_code) == (0, 0)


def test_no_more_calls_are_in_flight_than_allowed(written: Written, shelf: Shelf, tmp_path: Path) -> None:
    """However many conversations go on."""
    cases = "".join(f"  - {{case: c{n}, steps: [Hello, Well?]}}\n" for n in range(12))
    model = Says(words, wait=0.005)
    run(written(TWO + cases), shelf, tmp_path / "j", Service(voice=model, most=3), Options(jobs=12))
    assert 1 < model.most <= 3


def test_a_busy_endpoint_is_given_less_and_asked_again_when_it_says(
    written: Written, shelf: Shelf, tmp_path: Path
) -> None:
    """Nothing is lost, and the limit comes back when it goes well."""
    cases = "".join(f"  - {{case: c{n}, steps: [Hello, Well?]}}\n" for n in range(12))
    busy: list[int] = []

    def answer(request: Request, number: int) -> Completion | ServiceFailed:
        if model.now > 2 and len(busy) < 40:
            busy.append(model.now)
            return ServiceFailed(Failure.BUSY, retry_after=0.01)
        return words(request, number)

    model = Says(answer, wait=0.002)
    patient = Patience(model, first_wait=0.001)
    service = Service(voice=patient, most=8)
    summary, _ = run(written(TWO + cases), shelf, tmp_path / "j", service, Options(jobs=14))
    assert busy
    assert summary.exit_code == 0
    assert summary.count(Verdict.MET) == 14


async def test_the_limit_halves_once_for_a_round_and_grows_by_one_a_round() -> None:
    """Ten calls turned away together are one event, not ten."""
    room, clock = InFlight(8), asyncio.get_running_loop().time
    begun = clock()
    for _ in range(10):
        room.was_busy(begun, None)
    assert room.limit == 4
    for _ in range(4):
        room.went_well()
    assert 4.8 < room.limit <= 5
    for _ in range(100):
        room.went_well()
    assert room.limit == 8


def test_recorded_calls_are_asked_once_and_replayed_without_the_service(
    written: Written, shelf: Shelf, tmp_path: Path
) -> None:
    """The second recording asks only where the prompt changed; a replay asks nobody and gives the same."""
    tape = Tape.recording(tmp_path / "tape", {"voice": "test:says"})
    model = Says(words)
    _, first = run(written(TWO), shelf, tmp_path / "j", Service(voice=model, tape=tape))
    assert model.asked == 4
    changed = TWO.replace("Sit down.", "Please do sit.")
    run(written(changed), shelf, tmp_path / "j", Service(voice=model, tape=tape))
    assert model.asked == 5
    run(written(TWO), shelf, tmp_path / "j", Service(voice=model, tape=tape))
    assert model.asked == 6
    summary, again = run(written(TWO), shelf, tmp_path / "j", Service(tape=Tape.replaying(tmp_path / "tape")))
    assert (model.asked, summary.exit_code) == (6, 0)
    assert again[0].meetings[0].exchanges[0]["reply"] == first[0].meetings[0].exchanges[0]["reply"]
    assert again[0].meetings[0].exchanges[0]["voice"]["by"] == "test:says"


def test_a_replay_that_misses_names_the_first_difference(written: Written, shelf: Shelf, tmp_path: Path) -> None:
    """Which turn of which conversation, and the line that is another."""
    run(
        written(TWO), shelf, tmp_path / "j",
        Service(voice=Says(words), tape=Tape.recording(tmp_path / "tape", {"voice": "test:says"})),
    )  # fmt: skip
    changed = written(TWO.replace("Sit down.", "Stand up."))
    summary, told = run(changed, shelf, tmp_path / "j", Service(tape=Tape.replaying(tmp_path / "tape")))
    assert summary.exit_code == 2
    assert summary.errors == ["s/b"]
    error = next(held.error for held in told if held.key == "s/b")
    assert "turn '2-voice' was recorded with another prompt: message" in error
    assert "\n    - " in error


def test_the_evaluator_alone_can_be_replayed(written: Written, shelf: Shelf, tmp_path: Path) -> None:
    """The ratings are the recorded ones while the patient speaks anew."""
    tape = Tape.recording(tmp_path / "tape", {"evaluator": "gullible:test"})
    model = GullibleModel()
    run(written(TWO), shelf, tmp_path / "j", Service(evaluator=model, tape=tape))
    replayed = Tape.replaying(tmp_path / "tape", ("evaluator",))
    summary, told = run(written(TWO), shelf, tmp_path / "j", Service(tape=replayed))
    assert summary.exit_code == 0
    assert told[0].meetings[0].exchanges[0]["evaluator"]["by"] == "gullible:test"
    assert told[0].meetings[0].exchanges[0]["voice"]["by"] == "embedded"


def test_a_folder_without_a_recording_says_how_to_make_one(tmp_path: Path) -> None:
    """Before anything is held."""
    with pytest.raises(ConfigurationError, match="--record"):
        Tape.replaying(tmp_path)


def test_cases_are_compared_with_like_at_each_point(written: Written, shelf: Shelf, tmp_path: Path) -> None:
    """Seeds are averaged, personas are not; an order that is another is unmet and says the numbers."""
    text = """\
        suite: s
        matrix: {persona: [andrew, maggie], seed: [1, 2]}
        cases:
          - {case: kind, steps: [{learner: "Hello there, take your time.", codes: {warmth: 3, autonomy: 3}}]}
          - {case: rude, steps: [{learner: "Get on with it.", codes: {rushing: 3}}]}
        compare:
          - {about: Kindness shows, of: trust, order: [kind, rude], by: 0.01}
          - {of: trust, order: [rude, kind]}
    """
    summary, _ = run(written(text), shelf, tmp_path / "j")
    assert [(c.point, c.finding.verdict.value) for c in summary.compared] == [
        ("persona=andrew", "met"),
        ("persona=maggie", "met"),
        ("persona=andrew", "unmet"),
        ("persona=maggie", "unmet"),
    ]
    assert summary.exit_code == 1
    assert "kind 0." in summary.compared[2].finding.found
