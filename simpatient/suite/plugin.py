"""pytest collects suites as items: `dialogues.yaml` and `*.dialogues.yaml`; fixtures `encounter` and `scripted_model`.

Nothing of simpatient is imported before a file of suites is collected or a fixture is used, and nobody is asked but
the embedded voice unless an option names a chat model. Switched off by `-p no:simpatient.suite.plugin`.
"""

# pytest gives its collectors and items no types of their own.
# pyright: reportUnknownMemberType=false
from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import asyncio

    from simpatient.encounter import Encounter
    from simpatient.llm import ScriptedModel
    from simpatient.llm.scripted import Said, Step
    from simpatient.suite.cases import Run
    from simpatient.suite.comparing import Compared
    from simpatient.suite.held import Held
    from simpatient.suite.load import Loaded, Shelf
    from simpatient.suite.service import Service

NAME, ENDING = "dialogues.yaml", ".dialogues.yaml"
_OURS = re.compile(r"^(?:suite|dialogues)\s*:", re.MULTILINE)
_OPTIONS = {
    "--simpatient-chat-model": "Who finds the patient's words in suites: embedded, openai:NAME or PROVIDER:NAME.",
    "--simpatient-evaluator-model": "Who rates and judges in suites, named likewise.",
    "--simpatient-record": "Folder in which every call of suites is kept; asks only where the prompt changed.",
    "--simpatient-replay": "Folder of kept calls from which alone suites are answered.",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options by which suites meet a chat model."""
    group = parser.getgroup("simpatient", "simpatient suites")
    for name, told in _OPTIONS.items():
        group.addoption(name, default="", metavar="DIR" if name.endswith(("record", "replay")) else "NAME", help=told)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A file that is called as suites are, and is one of ours."""
    if file_path.name != NAME and not file_path.name.endswith(ENDING):
        return None
    try:
        ours = bool(_OURS.search(file_path.read_text(encoding="utf-8", errors="replace")))
    except OSError:
        return None
    return SuiteFile.from_parent(parent, path=file_path) if ours else None


class Material:
    """The library and the service of a whole test run, and the loop in which calls are made."""

    def __init__(self, config: pytest.Config) -> None:
        """Read the options; embedded is the default, whatever the environment says."""
        import asyncio  # noqa: PLC0415  nothing is imported before a suite is there

        from simpatient.suite.load import Shelf  # noqa: PLC0415

        self.shelf: Shelf = Shelf()
        self.service: Service = _service(config)
        self.runner: asyncio.Runner = asyncio.Runner()


_MATERIAL = pytest.StashKey["Material"]()


def material(config: pytest.Config) -> Material:
    """The material of this test run, made when first needed."""
    if _MATERIAL not in config.stash:
        config.stash[_MATERIAL] = made = Material(config)
        config.add_cleanup(made.runner.close)
    return config.stash[_MATERIAL]


class SuiteFile(pytest.File):
    """A file of suites."""

    def collect(self) -> Iterator[pytest.Item]:
        """An item for each case at each point of its matrix, repeats together, and one for each comparison.

        Raises:
            CollectError: the file cannot be used; the findings are told without a traceback.
        """
        from simpatient.errors import SimpatientError  # noqa: PLC0415
        from simpatient.suite.cases import Choice, runs_of  # noqa: PLC0415
        from simpatient.suite.load import load_suite  # noqa: PLC0415

        made = material(self.config)
        try:
            loaded = load_suite(_shown(self.path), made.shelf)
            groups: dict[str, list[Run]] = {}
            for run in runs_of(loaded, made.shelf, Choice()):
                groups.setdefault(run.group, []).append(run)
        except SimpatientError as exc:
            raise self.CollectError(str(exc)) from None
        for wrong in made.shelf.left_out:
            self.warn(pytest.PytestWarning(f"`all` leaves out whoever cannot be met: {wrong}"))
        self.held: dict[str, Held] = {}
        for group, runs in groups.items():
            yield CaseItem.from_parent(self, name=group.partition("/")[2], runs=tuple(runs))
        for number, comparison in enumerate(loaded.suite.compare):
            name = f"compare {comparison.about or ' > '.join(comparison.order)}"
            runs = tuple(r for each in groups.values() for r in each if r.plan.case.case in comparison.order)
            yield ComparisonItem.from_parent(self, name=name, loaded=loaded, number=number, runs=runs)

    def hold(self, run: Run) -> Held:
        """The conversation, held at most once in a process."""
        from simpatient.suite.hold import held  # noqa: PLC0415

        if run.key not in self.held:
            made = material(self.config)
            self.held[run.key] = made.runner.run(held(run, made.shelf, made.service))
        return self.held[run.key]

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:
        """The findings in the file, without a traceback."""
        return (
            str(excinfo.value) if isinstance(excinfo.value, self.CollectError) else str(super().repr_failure(excinfo))
        )


class Unmet(Exception):
    """A case that was not met; the text says all about it."""


class _Item(pytest.Item):
    """An item whose failure is told in words."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *_: Any, **__: Any) -> str:
        """What was expected and what was said, without a traceback."""
        return str(excinfo.value) if isinstance(excinfo.value, Unmet) else str(super().repr_failure(excinfo))

    def file(self) -> SuiteFile:
        """The file it comes from."""
        assert isinstance(self.parent, SuiteFile)
        return self.parent


class CaseItem(_Item):
    """A case at one point of its matrix."""

    def __init__(self, *, runs: tuple[Run, ...], **given: Any) -> None:
        """Hold these; tags can be chosen with `-k`."""
        super().__init__(**given)
        self.runs = runs
        self.extra_keyword_matches.update(runs[0].plan.tags)

    def runtest(self) -> None:
        """Hold it as often as it says.

        Raises:
            Unmet: it was not met often enough, or recordings do not fit.
        """
        from simpatient.suite.junit import ratings_of  # noqa: PLC0415
        from simpatient.suite.telling import failure  # noqa: PLC0415
        from simpatient.suite.verdict import Verdict, at_least  # noqa: PLC0415

        done = [self.file().hold(run) for run in self.runs]
        for held in done:
            prefix = f"seed-{held.seed}." if len(done) > 1 else ""
            self.user_properties += [(prefix + name, value) for name, value in ratings_of(held)]
        broken = [held for held in done if held.error]
        if broken:
            raise Unmet("\n\n".join(failure(held) for held in broken))
        verdict = at_least(self.runs[0].rate.least, [held.verdict for held in done])
        if verdict is Verdict.MET:
            return
        text = "\n\n".join(failure(held) for held in done if held.verdict is not Verdict.MET)
        if verdict is Verdict.UNDECIDED:
            pytest.skip(f"undecided: {text}")
        raise Unmet(text)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it stands in the file."""
        return self.path, max(0, self.runs[0].plan.line - 1), self.name


class ComparisonItem(_Item):
    """One comparison of cases."""

    def __init__(self, *, loaded: Loaded, number: int, runs: tuple[Run, ...], **given: Any) -> None:
        """Compare these."""
        super().__init__(**given)
        self.loaded, self.number, self.runs = loaded, number, runs

    def runtest(self) -> None:
        """Hold what has not been held yet, and compare.

        Raises:
            Unmet: the order is another.
        """
        from simpatient.suite.comparing import Comparing  # noqa: PLC0415
        from simpatient.suite.telling import compared  # noqa: PLC0415
        from simpatient.suite.verdict import Verdict  # noqa: PLC0415

        comparing = Comparing([self.loaded])
        for run in self.runs:
            comparing.take(run, self.file().hold(run))
        line = self.loaded.line(("compare", self.number))
        found: list[Compared] = [each for each in comparing.findings() if each.line == line]
        wrong = [each for each in found if each.finding.verdict is Verdict.UNMET]
        if wrong:
            raise Unmet("\n".join(compared(each) for each in wrong))
        doubtful = [each for each in found if each.finding.verdict is Verdict.UNDECIDED]
        if doubtful:
            pytest.skip("\n".join(compared(each) for each in doubtful))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it stands in the file."""
        return self.path, max(0, self.loaded.line(("compare", self.number)) - 1), self.name


@pytest.fixture
def encounter() -> Callable[..., Encounter]:
    """Begins a meeting: `encounter("andrew", seed=2)`; the arguments are those of `Encounter.begin`."""
    from simpatient.encounter import Encounter  # noqa: PLC0415

    def begin(name: str, **given: Any) -> Encounter:
        beginning = Encounter.begin(name, **given)
        try:
            beginning.send(None)  # beginning waits for nothing, so that it can be used in a test of either kind
        except StopIteration as done:
            return done.value
        beginning.close()
        raise RuntimeError("beginning a meeting waited for something")

    return begin


@pytest.fixture
def scripted_model() -> Iterator[Callable[..., ScriptedModel]]:
    """Makes chat models that say what was written down; each must have been asked for all of it when the test ends."""
    from simpatient.llm import ScriptedModel  # noqa: PLC0415

    made: list[ScriptedModel] = []

    def model(*steps: Said | Step, name: str = "scripted:test") -> ScriptedModel:
        made.append(ScriptedModel(steps, name=name))
        return made[-1]

    yield model
    for each in made:
        each.finished()


def _shown(path: Path) -> Path:
    """The path as short as it can be said from here."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


def _service(config: pytest.Config) -> Service:
    from simpatient.suite.service import Service, Tape  # noqa: PLC0415

    given = {name: str(config.getoption(name) or "") for name in _OPTIONS}
    chat, rates = given["--simpatient-chat-model"], given["--simpatient-evaluator-model"]
    replay, record = given["--simpatient-replay"], given["--simpatient-record"]
    tape = Tape.replaying(Path(replay)) if replay else None
    if chat in ("", "embedded") and rates in ("", "embedded"):
        return Service(tape=tape)
    from simpatient.encounter import Cast  # noqa: PLC0415
    from simpatient.settings import Settings  # noqa: PLC0415

    service = Service.of(Cast.of_settings(Settings(chat_model=chat or "embedded", evaluator_model=rates)), tape=tape)
    return replace(service, tape=Tape.recording(Path(record), service.names)) if record else service
