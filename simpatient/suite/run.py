"""A run: so many conversations at once, written down as they finish, and what came of all of them."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from simpatient.suite.bounds import Rate
from simpatient.suite.cases import Choice, Plan, Run, runs_of
from simpatient.suite.comparing import Compared, Comparing
from simpatient.suite.held import Held
from simpatient.suite.hold import held
from simpatient.suite.journal import Journal
from simpatient.suite.load import Loaded, Shelf
from simpatient.suite.service import ROLES, Budget, Meter, Service
from simpatient.suite.verdict import Verdict, at_least

IN_A_ROW = 3
"""Conversations that a service may spoil one after the other before the rest is not begun."""
ASKED = {"voice": 2, "evaluator": 2, "judge": 2, "learner": 1}
"""Times that one answer is asked for at most, when the first cannot be used."""
Tell = Callable[[Held], None]
"""Hears of each conversation that has been held, or could not be begun."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What a run would take."""

    conversations: int
    exchanges: int
    calls: dict[str, int]
    """By role, when every answer can be used and no call fails."""

    @property
    def all_calls(self) -> int:
        """Calls of all roles together."""
        return sum(self.calls.values())

    @property
    def all_answers(self) -> int:
        """Calls when no answer can be used the first time; what a service turns away is asked again on top."""
        return twice(self.calls)


@dataclass(kw_only=True)
class Group:
    """A case at one point of its matrix, its repeats together."""

    name: str
    rate: Rate
    verdicts: list[Verdict] = field(default_factory=list[Verdict])

    @property
    def verdict(self) -> Verdict:
        """Whether it was met often enough."""
        missing = [Verdict.UNDECIDED] * (self.rate.of - len(self.verdicts))
        return at_least(self.rate.least, [*self.verdicts, *missing])


@dataclass(kw_only=True)
class Summary:
    """What came of a run; it grows by a few words a conversation, not by what was said."""

    groups: dict[str, Group] = field(default_factory=dict[str, Group])
    keys: list[str] = field(default_factory=list[str])
    """Conversations in the order of the files."""
    not_begun: dict[str, str] = field(default_factory=dict[str, str])
    """Why some were not begun."""
    compared: list[Compared] = field(default_factory=list[Compared])
    errors: list[str] = field(default_factory=list[str])
    """Conversations that broke off, such as by a call that was not recorded."""
    checks: int = 0
    exchanges: int = 0
    calls: int = 0
    tokens: int | None = None
    cost: float | None = None
    authored: int = 0
    """Replies that authored lines gave though a chat model was to speak."""
    idle: dict[str, None] = field(default_factory=dict[str, None])
    """Groups of which nothing is expected, in no comparison either: they are met whatever happens."""
    taken_up: int = 0
    """Conversations that an earlier run had held."""
    seconds: float = 0.0
    stopped: bool = False
    """Whether somebody ended the run before it was over; what was not held counts as not begun."""

    def count(self, verdict: Verdict) -> int:
        """Groups of this verdict."""
        return sum(group.verdict is verdict for group in self.groups.values())

    @property
    def exit_code(self) -> int:
        """0 all met, 1 some unmet, 2 recordings that do not fit, 3 undecided, 130 stopped before it was over."""
        if self.stopped:
            return 130
        if self.errors:
            return 2
        verdicts = {*(g.verdict for g in self.groups.values()), *(c.finding.verdict for c in self.compared)}
        if Verdict.UNMET in verdicts:
            return 1
        return 3 if Verdict.UNDECIDED in verdicts else 0


@dataclass(frozen=True, kw_only=True)
class Options:
    """How a run goes."""

    choice: Choice = field(default_factory=Choice)
    jobs: int = 8
    """Conversations at once."""
    budget: int | None = None
    """Calls that are made at most, those made again included; None for any number."""


def estimate(suites: Sequence[Loaded], shelf: Shelf, service: Service, choice: Choice) -> Estimate:
    """What a run would take at most, without holding anything."""
    names = service.names
    conversations = exchanges = 0
    calls: dict[str, int] = dict.fromkeys(ROLES, 0)
    for run in all_runs(suites, shelf, choice):
        conversations += 1
        exchanges += run.plan.exchanges
        for role, count in _calls(run.plan, names).items():
            calls[role] += count
    return Estimate(conversations=conversations, exchanges=exchanges, calls=calls)


def all_runs(suites: Sequence[Loaded], shelf: Shelf, choice: Choice) -> Iterator[Run]:
    """Every conversation of some suites, in the order of the files."""
    for loaded in suites:
        yield from runs_of(loaded, shelf, choice)


async def run_suites(
    suites: Sequence[Loaded],
    shelf: Shelf,
    service: Service,
    journal: Journal,
    options: Options,
    tell: Tell,
    summary: Summary | None = None,
) -> Summary:
    """Hold every conversation that the journal does not have yet; each is written there before it is told of.

    Args:
        suites: what to hold.
        shelf: the library.
        service: who speaks, rates and judges.
        journal: where conversations are written.
        options: how the run goes.
        tell: hears of each conversation.
        summary: is filled as the run goes, so that there is one of a run that is cancelled; by default a new one.
    """
    return await _Running(suites, shelf, service, journal, options, tell, summary or Summary()).run()


class _Running:
    """A run while it goes on."""

    def __init__(
        self,
        suites: Sequence[Loaded],
        shelf: Shelf,
        service: Service,
        journal: Journal,
        options: Options,
        tell: Tell,
        summary: Summary,
    ) -> None:
        self.suites, self.shelf, self.service, self.journal = suites, shelf, service, journal
        self.options, self.tell = options, tell
        self.summary = summary
        self.names = service.names
        self.numbers = Comparing(suites)
        self.budget = Budget(most=options.budget)
        self.going: list[tuple[int, Meter]] = []
        """Calls that each conversation under way may take, and what it has taken."""
        self.over = asyncio.Condition()
        self.spoilt = 0

    async def run(self) -> Summary:
        begun = asyncio.get_running_loop().time()
        runs = all_runs(self.suites, self.shelf, self.options.choice)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self._at_once() if any(self.names.values()) else 1):
                    group.create_task(self._work(runs))
        except asyncio.CancelledError:
            self.summary.stopped = True
            for run in runs:
                self._not_begun(run, self._entered(run), "not begun: the run was stopped")
            raise
        finally:
            self.summary.compared = self.numbers.findings()
            self.summary.seconds = asyncio.get_running_loop().time() - begun
        return self.summary

    def _at_once(self) -> int:
        """Conversations at once, so many that the last round is as full as the others and nobody waits for a few stragglers."""
        left = sum(
            not self.journal.has(run.key, run.digest) for run in all_runs(self.suites, self.shelf, self.options.choice)
        )
        rounds = math.ceil(left / self.options.jobs)
        return math.ceil(left / rounds) if rounds else 1

    async def _work(self, runs: Iterator[Run]) -> None:
        """One conversation after the other, until there is none left."""
        for run in runs:
            group = self._entered(run)
            kept = self.journal.held(run.key) if self.journal.has(run.key, run.digest) else None
            if kept is not None:
                self.summary.taken_up += 1
                self._count(run, kept, group)
                continue
            calls = _calls(run.plan, self.names)
            going = twice(calls), Meter(prices=run.plan.loaded.suite.prices, budget=self.budget)
            async with self.over:
                await self.over.wait_for(lambda most=going[0]: not self.going or self._has_room(most))
                if why := self._why_not(sum(calls.values())):
                    self._not_begun(run, group, why)
                    self.tell(not_begun(run, why))
                    continue
                self.going.append(going)
            try:
                done = await held(run, self.shelf, self.service, going[1])
            except asyncio.CancelledError:
                self._not_begun(run, group, "broken off: the run was stopped")
                raise
            finally:
                async with self.over:
                    self.going.remove(going)
                    self.over.notify_all()
            self.spoilt = self.spoilt + 1 if _spoilt(done) else 0
            self.journal.add(done)
            self.summary.calls += done.calls
            self._count(run, done, group)
            await asyncio.sleep(0)

    def _entered(self, run: Run) -> Group:
        """The group of a conversation whose turn has come."""
        self.summary.keys.append(run.key)
        return self.summary.groups.setdefault(run.group, Group(name=run.group, rate=run.rate))

    def _not_begun(self, run: Run, group: Group, why: str) -> None:
        self.summary.not_begun[run.key] = why
        group.verdicts.append(Verdict.UNDECIDED)
        self.numbers.missing(run)

    def _why_not(self, calls: int) -> str:
        """Why a conversation that takes so many calls is not begun; empty when it is."""
        if not self._has_room(calls):
            return f"not begun: with its {calls} calls the budget of {self.options.budget} would be exceeded"
        if self.spoilt >= max(IN_A_ROW, self.options.jobs):
            return f"not begun: the service failed in the last {self.spoilt} conversations"
        return ""

    def _has_room(self, calls: int) -> bool:
        """Whether the budget has so many calls beside all that the conversations under way may take.

        Where it has not, the next is held when they are over, so that none is begun side by side only to be cut short.
        """
        to_come = sum(max(0, most - meter.calls) for most, meter in self.going)
        return self.budget.most is None or self.budget.made + to_come + calls <= self.budget.most

    def _count(self, run: Run, done: Held, group: Group) -> None:
        summary = self.summary
        group.verdicts.append(done.verdict)
        summary.checks += len(done.checks)
        summary.exchanges += done.exchanges
        summary.authored += done.authored
        if not done.checks and not done.error and not self.numbers.concerns(run):
            summary.idle[run.group] = None
        if done.tokens is not None:
            summary.tokens = (summary.tokens or 0) + done.tokens
        if done.cost is not None:
            summary.cost = (summary.cost or 0.0) + done.cost
        if done.error:
            summary.errors.append(done.key)
        self.numbers.take(run, done)
        self.tell(done)


def not_begun(run: Run, why: str) -> Held:
    """A conversation that was not held."""
    return Held(
        key=run.key, group=run.group, suite=run.plan.loaded.suite.suite, case=run.plan.case.case,
        about=run.plan.case.about or "", path=run.plan.loaded.path, line=run.plan.line, tags=run.plan.tags,
        persona=run.setting.persona, evaluator=run.setting.evaluator, point=run.point, seed=run.setting.seed,
        repeat=run.repeat, digest=run.digest, verdict=Verdict.UNDECIDED, error=why,
    )  # fmt: skip


def _calls(plan: Plan, names: dict[str, str]) -> dict[str, int]:
    """Calls that a case takes, by role, when every answer can be used."""
    return {
        "voice": plan.exchanges if names["voice"] else 0,
        "evaluator": plan.exchanges if names["evaluator"] else 0,
        "judge": plan.judgements if names["judge"] else 0,
        "learner": plan.voiced if names["learner"] else 0,
    }


def twice(calls: Mapping[str, int]) -> int:
    """Calls of all roles when no answer can be used the first time. Pure."""
    return sum(count * ASKED[role] for role, count in calls.items())


def _spoilt(done: Held) -> bool:
    """Whether the service failed in it, so that nothing was decided."""
    return done.verdict is Verdict.UNDECIDED and not done.error
