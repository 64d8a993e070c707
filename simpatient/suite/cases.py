"""From a suite to the conversations that are held: matrix, repeats, filter, and what each is known by."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache

from simpatient import __version__
from simpatient.authoring.read import Path_
from simpatient.suite.bounds import Rate
from simpatient.suite.expectations import Expectation, expectations_of
from simpatient.suite.learning import VOICED
from simpatient.suite.load import Loaded, Shelf, evaluators_of, personas_of
from simpatient.suite.schema import Case, Expected, Meeting, Step

_REPEAT = re.compile(r"#\d+$")


@dataclass(frozen=True, kw_only=True)
class Placed:
    """An expectation with its line in the file."""

    expectation: Expectation
    line: int
    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class PlannedStep:
    """A step as it is held, blocks and repeats written out."""

    step: Step
    line: int
    expected: tuple[Placed, ...]


@dataclass(frozen=True, kw_only=True)
class PlannedMeeting:
    """A meeting as it is held."""

    meeting: Meeting
    line: int
    steps: tuple[PlannedStep, ...]
    throughout: tuple[Placed, ...]
    at_end: tuple[Placed, ...]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """With whom and how a conversation is held."""

    persona: str
    evaluator: str
    difficulty: str | None
    channel: str | None
    seed: int
    reading: str


@dataclass(frozen=True)
class Plan:
    """A case with everything worked out that is the same whenever it is held."""

    loaded: Loaded
    number: int
    """0-based place of the case in its suite."""

    @property
    def case(self) -> Case:
        """The case."""
        return self.loaded.suite.cases[self.number]

    @property
    def at(self) -> Path_:
        """Its place in the file."""
        return ("cases", self.number)

    @cached_property
    def line(self) -> int:
        """Its line in the file."""
        return self.loaded.line(self.at)

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """Its own tags and its suite's."""
        return tuple(dict.fromkeys((*self.case.tags, *self.loaded.suite.tags)))

    @cached_property
    def written(self) -> str:
        """All that the files say of it, in one string."""
        blocks = {step.block for part in (self.case, *self.case.meetings) for step in part.steps if step.block}
        suite = self.loaded.suite
        shared = {name: [step.model_dump(mode="json") for step in suite.blocks[name]] for name in sorted(blocks)}
        prices = {name: price.model_dump() for name, price in suite.prices.items()}
        return json.dumps([self.case.model_dump(mode="json"), shared, prices], sort_keys=True)

    @cached_property
    def meetings(self) -> tuple[PlannedMeeting, ...]:
        """The meetings; a case without any is one."""
        if self.case.meetings:
            last = len(self.case.meetings) - 1
            planned = [self._meeting(m, (*self.at, "meetings", n)) for n, m in enumerate(self.case.meetings)]
            own = self._placed(self.case.at_end, (*self.at, "finally"))
            every = self._placed(self.case.throughout, (*self.at, "throughout"))
            return tuple(
                PlannedMeeting(
                    meeting=m.meeting, line=m.line, steps=m.steps, throughout=(*m.throughout, *every),
                    at_end=(*m.at_end, *(own if n == last else ())),
                )
                for n, m in enumerate(planned)
            )  # fmt: skip
        case = self.case
        only = Meeting(
            steps=case.steps, learner=case.learner, style=case.style, exchanges=case.exchanges, throughout=case.throughout,
            at_end=case.at_end,
        )  # fmt: skip
        return (self._meeting(only, self.at),)

    @cached_property
    def exchanges(self) -> int:
        """How many exchanges it has at most."""
        return sum(len(m.steps) or (m.meeting.exchanges or 0) for m in self.meetings)

    @cached_property
    def voiced(self) -> int:
        """How many messages a chat model writes for the learner at most."""
        return sum(m.meeting.exchanges or 0 for m in self.meetings if m.meeting.learner == VOICED)

    @cached_property
    def judgements(self) -> int:
        """How many calls its judged statements take at most."""
        return sum(
            judged_in(m.at_end)
            + sum(judged_in(s.expected) for s in m.steps)
            + judged_in(m.throughout) * (len(m.steps) or (m.meeting.exchanges or 0))
            for m in self.meetings
        )

    def _meeting(self, meeting: Meeting, at: Path_) -> PlannedMeeting:
        return PlannedMeeting(
            meeting=meeting,
            line=self.loaded.line(at),
            steps=tuple(self._steps(meeting.steps, (*at, "steps"))),
            throughout=self._placed(meeting.throughout, (*at, "throughout")),
            at_end=self._placed(meeting.at_end, (*at, "finally")),
        )

    def _steps(self, steps: Sequence[Step], at: Path_) -> Iterator[PlannedStep]:
        for number, step in enumerate(steps):
            here = (*at, number)
            expected = self._placed(step.expect, (*here, "expect"))
            if step.block is None:
                said = [PlannedStep(step=step, line=self.loaded.line(here), expected=expected)]
            else:
                said = list(self._steps(self.loaded.suite.blocks[step.block], ("blocks", step.block)))
                last = said[-1]
                said[-1] = PlannedStep(step=last.step, line=last.line, expected=(*last.expected, *expected))
            for _ in range(step.times):
                yield from said

    def _placed(self, expected: Expected, at: Path_) -> tuple[Placed, ...]:
        own = [Placed(expectation=e, line=self.loaded.line((*at, name))) for name, e in expectations_of(expected)]
        if expected.optional is not None:
            inner = self._placed(expected.optional, (*at, "optional"))
            own += [Placed(expectation=each.expectation, line=each.line, optional=True) for each in inner]
        return tuple(own)


def judged_in(expected: Iterable[Placed]) -> int:
    """Calls that the judged statements among these take at most; those within blocks count too."""
    return sum(_judgements(each.expectation) for each in expected)


def _judgements(expectation: Expectation) -> int:
    from simpatient.suite.expectations import AnyOf, Found, Unless  # noqa: PLC0415  names the kinds it looks for

    if isinstance(expectation, Found):
        return Rate.read(expectation.judged.rate).of
    if isinstance(expectation, Unless):
        return sum(_judgements(each) for each in expectation.block)
    if isinstance(expectation, AnyOf):
        return sum(_judgements(each) for block in expectation.blocks for each in block)
    return 0


@dataclass(frozen=True, kw_only=True)
class Run:
    """One conversation to be held."""

    plan: Plan = field(repr=False)
    setting: Setting
    point: str
    """What the matrix says of it, such as `persona=andrew, seed=2`; empty without one."""
    repeat: int
    """1-based."""
    rate: Rate
    """How often of how many times the case has to be met."""
    digest: str
    """Changes with anything that could change what happens."""

    @property
    def group(self) -> str:
        """What it is called, repeats apart."""
        at = f"[{self.point}]" if self.point else ""
        return f"{self.plan.loaded.suite.suite}/{self.plan.case.case}{at}"

    @property
    def key(self) -> str:
        """What it is called."""
        return f"{self.group}#{self.repeat}" if self.rate.of > 1 else self.group


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which of the cases are held, and how often."""

    pattern: tuple[str, ...] = ()
    """Tags, or globs on names; any of them."""
    repeat: int | None = None
    """How often each case is held; by default as often as it says."""
    seed: int | None = None
    """First seed; by default the case's."""
    models: str = ""
    """Who speaks and who rates, for the digest."""


def runs_of(loaded: Loaded, shelf: Shelf, choice: Choice) -> Iterator[Run]:
    """Every conversation of a suite, in the order of the file."""
    for number in range(len(loaded.suite.cases)):
        plan = Plan(loaded, number)
        case = plan.case
        rate = Rate.read(case.passes) if case.passes else Rate(least=1, of=1)
        times = choice.repeat or rate.of
        rate = Rate(least=rate.least_of(times), of=times)
        for setting, point in _points(plan, shelf, choice):
            if not chosen(plan, point, choice.pattern):
                continue
            for repeat in range(1, times + 1):
                here = Setting(
                    persona=setting.persona, evaluator=setting.evaluator, difficulty=setting.difficulty,
                    channel=setting.channel, seed=setting.seed + repeat - 1, reading=setting.reading,
                )  # fmt: skip
                digest = _digest(plan, here, shelf, choice.models)
                yield Run(plan=plan, setting=here, point=point, repeat=repeat, rate=rate, digest=digest)


def chosen(plan: Plan, point: str, patterns: Sequence[str]) -> bool:
    """Whether a case at a point of its matrix bears one of the tags or names; without any, all do. Pure.

    A name is that of the case, with or without its suite and its point, as a run prints it; of a point, each part is
    one, such as `persona=amara`.
    """
    case, suite = plan.case.case, plan.loaded.suite.suite
    names = [case, f"{suite}/{case}", suite, *plan.tags]
    if point:
        names += [f"{case}[{point}]", f"{suite}/{case}[{point}]", *point.split(", ")]
    return not patterns or any(_is_called(name, pattern) for pattern in patterns for name in names)


def _is_called(name: str, pattern: str) -> bool:
    """Whether a glob fits; the brackets of a point stand for themselves, and the number of a repeat for all of them."""
    asked = _REPEAT.sub("", pattern)
    return fnmatchcase(name, asked) or fnmatchcase(name, asked.replace("[", "[[]"))


def names_in(suites: Iterable[Loaded], shelf: Shelf) -> tuple[list[str], list[str]]:
    """The names and the tags by which conversations can be chosen, in the order of the files."""
    runs = [run for loaded in suites for run in runs_of(loaded, shelf, Choice())]
    tags = dict.fromkeys(tag for run in runs for tag in run.plan.tags)
    return list(dict.fromkeys(run.group for run in runs)), list(tags)


def _points(plan: Plan, shelf: Shelf, choice: Choice) -> Iterator[tuple[Setting, str]]:
    """The settings of a case's matrix, each with what the matrix says of it."""
    case, suite = plan.case, plan.loaded.suite
    matrix = case.matrix or suite.matrix
    personas, evaluators = personas_of(case, suite, shelf), evaluators_of(case, suite)
    difficulties = (matrix.difficulty if matrix else ()) or (case.difficulty or suite.difficulty,)
    channels = (matrix.channel if matrix else ()) or (case.channel or suite.channel,)
    own = case.seed if case.seed is not None else suite.seed if suite.seed is not None else 1
    seeds = (matrix.seed if matrix else ()) or (own,)
    first = choice.seed if choice.seed is not None else None
    for persona, evaluator, difficulty, channel, seed in itertools.product(
        personas, evaluators, difficulties, channels, seeds
    ):
        told = [
            f"{name}={value}"
            for name, value, many in (
                ("persona", persona, len(personas) > 1),
                ("evaluator", evaluator, len(evaluators) > 1),
                ("difficulty", difficulty, len(difficulties) > 1),
                ("channel", channel, len(channels) > 1),
                ("seed", seed, len(seeds) > 1),
            )
            if many
        ]
        setting = Setting(
            persona=persona, evaluator=evaluator, difficulty=difficulty, channel=channel,
            seed=seed if first is None else first + seed - seeds[0],
            reading=case.reading or suite.reading or "",
        )  # fmt: skip
        yield setting, ", ".join(told)


def _digest(plan: Plan, setting: Setting, shelf: Shelf, models: str) -> str:
    material = _material(shelf, setting.persona, setting.evaluator)
    told = json.dumps([__version__, plan.written, repr(setting), material, models])
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:16]


@lru_cache(maxsize=256)
def _material(shelf: Shelf, persona: str, evaluator: str) -> str:
    """A digest of the files of the persona, the codebook and the rubric."""
    patient, rubric = shelf.patient(persona), shelf.rubric(evaluator)
    files = (patient.persona, patient.lines, patient.returning, shelf.codebook.file, rubric)
    told = "\n".join((*(file.model_dump_json() for file in files), shelf.instructions(evaluator)))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]
